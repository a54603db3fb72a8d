package cognitotest

import (
	"fmt"
	"slices"
)

// addCustomAttributes adds to the schema of a pool; nothing takes it back.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddCustomAttributes.html
func addCustomAttributes(e *edit) (string, *apiError) {
	pool, err := e.get(UserPool, "")
	if err != nil {
		return "", err
	}
	added, _ := e.request["CustomAttributes"].([]any)
	if len(added) < 1 || len(added) > 25 {
		return "", invalid("1 validation error detected: Value at 'customAttributes' failed to satisfy constraint: Member must have length between 1 and 25")
	}
	schema, _ := pool["SchemaAttributes"].([]any)
	for _, element := range added {
		attribute, err := newAttribute(element)
		if err != nil {
			return "", err
		}
		name := textAt(attribute, "Name")
		if slices.ContainsFunc(schema, func(known any) bool {
			o, _ := known.(object)
			return textAt(o, "Name") == name
		}) {
			return "", invalid(fmt.Sprintf("%s: Existing attribute already has name %s.", name, name))
		}
		schema = append(schema, attribute)
	}
	custom := 0
	for _, element := range schema {
		o, _ := element.(object)
		if isCustom(textAt(o, "Name")) {
			custom++
		}
	}
	if custom > 50 {
		return "", invalid("Number of custom attributes exceeds the limit of 50.")
	}
	pool["SchemaAttributes"] = schema
	touch(pool)
	return "{}", e.put(UserPool, "", pool)
}

func isCustom(name string) bool {
	return len(name) > 7 && name[:7] == "custom:" || len(name) > 4 && name[:4] == "dev:"
}

// newAttribute returns an attribute as Describe tells it.
func newAttribute(element any) (object, *apiError) {
	sent, _ := element.(object)
	attribute := clone(sent)
	name := textAt(attribute, "Name")
	switch {
	case len(name) < 1 || len(name) > 20:
		return nil, invalid("1 validation error detected: Value at 'customAttributes.member.name' failed to satisfy constraint: Member must have length between 1 and 20")
	case attribute["Required"] == true:
		return nil, invalid("Required custom attributes are not supported currently.")
	}
	for name, value := range map[string]any{
		"AttributeDataType": "String", "DeveloperOnlyAttribute": false, "Mutable": true, "Required": false,
	} {
		if !has(attribute, name) {
			attribute[name] = value
		}
	}
	attribute["Name"] = "custom:" + name
	if attribute["DeveloperOnlyAttribute"] == true {
		attribute["Name"] = "dev:custom:" + name
	}
	if err := oneOf(attribute, "AttributeDataType", "String", "Number", "DateTime", "Boolean"); err != nil {
		return nil, err
	}
	for kind, constraints := range map[string]string{"String": "StringAttributeConstraints", "Number": "NumberAttributeConstraints"} {
		if attribute["AttributeDataType"] == kind && !has(attribute, constraints) {
			attribute[constraints] = object{}
		}
	}
	return attribute, nil
}

// tagResource adds and overwrites tags of a pool.
func tagResource(e *edit) (string, *apiError) {
	pool, err := e.get(UserPool, "")
	if err != nil {
		return "", err
	}
	sent := at(e.request, "Tags")
	if err := checkTags(sent); err != nil {
		return "", err
	}
	tags := at(pool, "UserPoolTags")
	if tags == nil {
		tags = object{}
	}
	for key, value := range sent {
		tags[key] = value
	}
	if len(tags) > 50 {
		return "", &apiError{"UserPoolTaggingException", "A user pool can have 50 tags at most."}
	}
	put(pool, "UserPoolTags", tags)
	return "{}", e.put(UserPool, "", pool)
}

// untagResource removes tags of a pool; keys that it lacks are no error.
func untagResource(e *edit) (string, *apiError) {
	pool, err := e.get(UserPool, "")
	if err != nil {
		return "", err
	}
	keys := textsOf(e.request, "TagKeys")
	removed := object{}
	for _, key := range keys {
		removed[key] = ""
	}
	if err := checkTags(removed); err != nil {
		return "", err
	}
	for _, key := range keys {
		delete(at(pool, "UserPoolTags"), key)
	}
	return "{}", e.put(UserPool, "", pool)
}
