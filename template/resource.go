package template

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/snapshot"
)

// kind says what a resource is, whatever a format calls it.
type kind string

const (
	smsRole        kind = "SmsRole"
	logGroup       kind = "LogGroup"
	userPool       kind = "UserPool"
	domain         kind = "Domain"
	appClient      kind = "Client"
	loginBranding  kind = "LoginBranding"
	riskSettings   kind = "RiskConfiguration"
	logDelivery    kind = "LogDelivery"
	webACL         kind = "WebACL"
	webAssociation kind = "WebACLAssociation"
)

// resource is one thing that a template makes. Its members have the names that
// the API gives them.
type resource struct {
	kind kind
	// name tells resources of one kind apart; empty for the only one.
	name string
	object
	// rules fail without the resource.
	rules []string
}

// object is a JSON object whose members have an order and reasons.
type object []member

type member struct {
	name  string
	value any
	rules []string
}

// logs are the event sources that are logged.
func (t *Template) logs() []string {
	var sources []string
	configurations, _ := snapshot.Lookup(t.Pool.Sections, "/LogDeliveryConfiguration/LogConfigurations")
	elements, _ := configurations.([]any)
	for _, element := range elements {
		source, _ := element.(map[string]any)["EventSource"].(string)
		sources = append(sources, source)
	}
	return sources
}

// given are members that the service gives to a pool or its parts.
var given = []string{"Id", "Arn", "ARN", "EstimatedNumberOfUsers", "CreationDate", "UserPoolId", "ClientId", "Domain", "Status"}

// part turns what stands at a path of the pool into members, without those that
// the service gives.
func (t *Template) part(path string, replaced map[string]any) object {
	value, _ := snapshot.Lookup(t.Pool.Sections, path)
	content, _ := value.(map[string]any)
	o := t.object(path, content, replaced)
	return slices.DeleteFunc(o, func(m member) bool {
		_, isParameter := m.value.(parameter)
		return slices.Contains(given, m.name) && !isParameter
	})
}

func (t *Template) object(path string, content map[string]any, replaced map[string]any) object {
	var o object
	for _, name := range slices.Sorted(maps.Keys(content)) {
		at := path + snapshot.Pointer(name)
		if value := t.value(at, content[name], replaced); value != nil {
			o = append(o, member{name, value, t.reasons[at]})
		}
	}
	return o
}

// quiet takes the rules away: those of elements stand at their list.
func quiet(value any) any {
	o, ok := value.(object)
	if !ok {
		return value
	}
	var silent object
	for _, m := range o {
		silent = append(silent, member{m.name, quiet(m.value), nil})
	}
	return silent
}

// value returns nil for an object that says nothing.
func (t *Template) value(path string, value any, replaced map[string]any) any {
	if other, ok := replaced[path]; ok {
		return other
	}
	switch value := value.(type) {
	case map[string]any:
		// Of a web ACL, an empty object is a choice.
		if len(value) == 0 && !strings.HasPrefix(path, "/WebACL/") {
			return nil
		}
		return t.object(path, value, replaced)
	case []any:
		elements := list{}
		for i, element := range value {
			elements = append(elements, quiet(t.value(path+snapshot.Pointer(i), element, replaced)))
		}
		return elements
	default:
		return value
	}
}

// resources are what the template makes, each after those that it refers to.
func (t *Template) resources() []resource {
	replaced := t.replaced()
	pool := member{"UserPoolId", reference{userPool, "", "Id"}, nil}
	client := member{"ClientId", reference{appClient, "", "Id"}, nil}
	var all []resource
	add := func(k kind, name string, o object, path string) {
		all = append(all, resource{k, name, o, t.reasons[path]})
	}
	if _, ok := snapshot.Lookup(t.Pool.Sections, "/UserPool/SmsConfiguration"); ok {
		add(smsRole, "", object{{"RoleName", parameter("SmsRoleName"), nil}}, "/UserPool/SmsConfiguration")
	}
	for _, source := range t.logs() {
		add(logGroup, source, object{{"LogGroupName", suffixed{"LogPrefix", "/" + source}, nil}, {"RetentionInDays", json.Number("365"), nil}}, "")
	}
	add(userPool, "", append(t.part("/UserPool", replaced), member{"MfaConfig", t.part("/MfaConfig", replaced), nil}), "")
	for i := range t.Pool.Elements("Domains") {
		path := snapshot.Pointer("Domains", i)
		add(domain, "", append(t.part(path, replaced), pool), path)
	}
	for i := range t.Pool.Elements("Clients") {
		path := snapshot.Pointer("Clients", i)
		add(appClient, "", append(t.part(path, replaced), pool), path)
	}
	for i := range t.Pool.Elements("Domains") {
		if version, _ := snapshot.Lookup(t.Pool.Sections, snapshot.Pointer("Domains", i, "ManagedLoginVersion")); version == json.Number("2") {
			// Without one the pages of this version are not shown.
			add(loginBranding, "", object{pool, client, {"UseCognitoProvidedValues", true, nil}}, "")
		}
	}
	for i := range t.Pool.Elements("RiskConfigurations") {
		path := snapshot.Pointer("RiskConfigurations", i)
		add(riskSettings, "", append(t.part(path, replaced), pool), path)
	}
	if len(t.logs()) > 0 {
		add(logDelivery, "", append(t.part("/LogDeliveryConfiguration", replaced), pool), "/LogDeliveryConfiguration")
	}
	if t.Pool.Sections["WebACL"] != nil {
		add(webACL, "", append(t.part("/WebACL", replaced), member{"Scope", "REGIONAL", nil}), "/WebACL")
		add(webAssociation, "", object{{"ResourceArn", reference{userPool, "", "Arn"}, nil}, {"WebACLArn", reference{webACL, "", "Arn"}, nil}}, "/WebACL")
	}
	return all
}

// walk visits all values below one.
func walk(value any, visit func(any)) {
	visit(value)
	switch value := value.(type) {
	case object:
		for _, m := range value {
			walk(m.value, visit)
		}
	case []any:
		for _, element := range value {
			walk(element, visit)
		}
	}
}

// get returns a member; its zero value if there is none.
func (o object) get(name string) member {
	for _, m := range o {
		if m.name == name {
			return m
		}
	}
	return member{}
}

func (o object) without(names ...string) object {
	return slices.DeleteFunc(slices.Clone(o), func(m member) bool { return slices.Contains(names, m.name) })
}

// renamed gives a member another name.
func (o object) renamed(old, other string) object {
	o = slices.Clone(o)
	for i := range o {
		if o[i].name == old {
			o[i].name = other
		}
	}
	return o
}

// createdSchema are the attributes that a request to create a pool holds: those
// of the service are left out, and names have no prefix.
func createdSchema(attributes any) []any {
	created := list{}
	elements, _ := attributes.([]any)
	for _, element := range elements {
		attribute, _ := element.(object)
		name, _ := attribute.get("Name").value.(string)
		if name == "sub" {
			continue
		}
		attribute = slices.Clone(attribute)
		for i := range attribute {
			if attribute[i].name == "Name" {
				attribute[i].value = strings.TrimPrefix(name, "custom:")
			}
		}
		created = append(created, attribute)
	}
	return created
}

// trustPolicy lets the pools of the account that name the external id use a
// role.
func trustPolicy(externalID, account any) object {
	return object{
		{"Version", "2012-10-17", nil},
		{"Statement", list{object{
			{"Effect", "Allow", nil},
			{"Principal", object{{"Service", "cognito-idp.amazonaws.com", nil}}, nil},
			{"Action", "sts:AssumeRole", nil},
			{"Condition", object{{"StringEquals", object{{"sts:ExternalId", externalID, nil}, {"aws:SourceAccount", account, nil}}, nil}}, nil},
		}}, nil},
	}
}

// publishPolicy lets a role send SMS; phone numbers have no ARN.
var publishPolicy = object{
	{"Version", "2012-10-17", nil},
	{"Statement", list{object{{"Effect", "Allow", nil}, {"Action", "sns:Publish", nil}, {"Resource", "*", nil}}}, nil},
}
