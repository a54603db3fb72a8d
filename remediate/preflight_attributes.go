package remediate

import (
	"strings"
	"unicode/utf8"
)

const (
	customPrefix = "custom:"
	awsPrefix    = "aws:"

	// https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
	maxCustomAttributes = 50
	maxAttributeName    = 20
	maxTags             = 50
)

// addAttributes refuses everything but new custom attributes: those that there
// are can be neither changed nor removed.
func (p *preflight) addAttributes() {
	attributes := p.pool.at("SchemaAttributes")
	if attributes.before.empty() {
		p.refuse("The snapshot does not tell the pool's SchemaAttributes, so that nobody sees whether a name is taken; read them first.")
		return
	}
	before, after := byName(attributes.before), byName(attributes.after)
	for _, attribute := range attributes.before.list() {
		if name := attribute.at("Name").text(); !after[name].set() {
			p.refuse("The plan removes the attribute %s, which cannot be removed.", name)
		}
	}
	custom := 0
	added := map[string]bool{}
	for _, attribute := range attributes.after.list() {
		name, full := attribute.at("Name").text(), fullName(attribute)
		switch old := before[name]; {
		case !old.set():
			if before[full].set() || added[full] {
				p.refuse("The plan adds the attribute %s twice or next to one of that name: \"%s: Existing attribute already has name %s.\"; choose another name.", full, full, full)
			}
			added[full] = true
			p.newAttribute(full, attribute)
			custom++
		case !attribute.equal(old):
			p.refuse("The plan changes the definition of the attribute %s, which cannot be changed.", name)
		case name == full:
			custom++
		}
	}
	if custom > maxCustomAttributes && len(added) > 0 {
		p.refuse("The pool would have %d custom attributes; Cognito allows %d.", custom, maxCustomAttributes)
	}
}

// byName returns the definitions of attributes by their names.
func byName(attributes setting) map[string]setting {
	definitions := map[string]setting{}
	for _, attribute := range attributes.list() {
		definitions[attribute.at("Name").text()] = attribute
	}
	return definitions
}

// newAttribute judges the definition of an attribute.
func (p *preflight) newAttribute(full string, attribute setting) {
	name := full[strings.LastIndex(full, customPrefix)+len(customPrefix):]
	if n := utf8.RuneCountInString(name); n < 1 || n > maxAttributeName {
		p.refuse("The name of the new attribute %s has %d characters after the prefix; Cognito takes 1 to %d.", full, n, maxAttributeName)
	}
	if attribute.at("Required").is(true) {
		p.refuse("The new attribute %s would be required, which custom attributes cannot be.", full)
	}
	p.oneOf("AttributeDataType of "+full, attribute.at("AttributeDataType"), "String", "Number", "DateTime", "Boolean")
}

// fullName returns the name of an attribute as Describe shows it: the request
// leaves the prefix out.
func fullName(attribute setting) string {
	name := attribute.at("Name").text()
	if strings.Contains(name, customPrefix) {
		return name
	}
	return customPrefix + name
}

// tag refuses tags that the API does not take.
func (p *preflight) tag() {
	tags := p.pool.at("UserPoolTags")
	if !tags.changed() {
		return
	}
	own := 0
	for _, key := range tags.after.names() {
		if !reserved(key) {
			own++
		}
	}
	reported := map[string]bool{}
	for _, key := range append(tags.before.names(), tags.after.names()...) {
		if reserved(key) && tags.at(key).changed() && !reported[key] {
			reported[key] = true
			p.refuse("The plan changes the tag %s, and only AWS itself changes tags that begin with aws:.", key)
		}
	}
	if own > maxTags {
		p.refuse("The pool would have %d tags; AWS allows %d.", own, maxTags)
	}
}

func reserved(key string) bool { return strings.HasPrefix(strings.ToLower(key), awsPrefix) }
