package template

import (
	"bytes"
	"encoding/json"
	"strings"

	"go.yaml.in/yaml/v3"
)

var cloudFormationTypes = map[kind]string{
	smsRole:        "AWS::IAM::Role",
	logGroup:       "AWS::Logs::LogGroup",
	userPool:       "AWS::Cognito::UserPool",
	domain:         "AWS::Cognito::UserPoolDomain",
	appClient:      "AWS::Cognito::UserPoolClient",
	loginBranding:  "AWS::Cognito::ManagedLoginBranding",
	riskSettings:   "AWS::Cognito::UserPoolRiskConfigurationAttachment",
	logDelivery:    "AWS::Cognito::LogDeliveryConfiguration",
	webACL:         "AWS::WAFv2::WebACL",
	webAssociation: "AWS::WAFv2::WebACLAssociation",
}

// kept are the resources that stay when a stack is deleted, because users or
// evidence would be lost.
var kept = map[kind]bool{userPool: true, logGroup: true}

func (t *Template) cloudFormation() ([]byte, error) {
	resources := t.resources()
	inputs := t.cloudFormationParameters(resources)
	var made object
	for _, r := range resources {
		body := object{{"Type", cloudFormationTypes[r.kind], nil}}
		if kept[r.kind] {
			body = append(body, member{"DeletionPolicy", "Retain", nil}, member{"UpdateReplacePolicy", "Retain", nil})
		}
		body = append(body, member{"Properties", cloudFormationProperties(r), nil})
		made = append(made, member{logicalID(r.kind, r.name), body, r.rules})
	}
	document := object{
		{"AWSTemplateFormatVersion", "2010-09-09", nil},
		{"Description", "An Amazon Cognito user pool that passes the cognilint baseline " + t.baseline(), nil},
		{"Parameters", inputs, nil},
		{"Resources", made, nil},
		{"Outputs", object{
			{"UserPoolId", object{{"Value", reference{userPool, "", "Id"}, nil}}, nil},
			{"UserPoolArn", object{{"Value", reference{userPool, "", "Arn"}, nil}}, nil},
			{"ClientId", object{{"Value", reference{appClient, "", "Id"}, nil}}, nil},
		}, nil},
	}
	root := yamlNode(document)
	root.HeadComment = "# " + strings.Join(t.heading("Give the parameters values of your own before you create a stack."), "\n# ")
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	if err := encoder.Encode(root); err != nil {
		return nil, err
	}
	return text.Bytes(), encoder.Close()
}

func (t *Template) cloudFormationParameters(resources []resource) object {
	var inputs object
	values := t.used(resources)
	for _, p := range parameters {
		if value, ok := values[p.name]; ok {
			inputs = append(inputs, member{string(p.name), object{
				{"Type", "String", nil}, {"Description", p.explain, nil}, {"Default", value, nil},
			}, nil})
		}
	}
	return inputs
}

// logicalID names a resource within a template.
func logicalID(k kind, name string) string {
	if name == "" {
		return string(k)
	}
	return strings.ToUpper(name[:1]) + name[1:] + string(k)
}

// cloudFormationProperties renames what CloudFormation calls otherwise.
func cloudFormationProperties(r resource) object {
	o := r.object
	switch r.kind {
	case smsRole:
		return append(
			o,
			member{"AssumeRolePolicyDocument", trustPolicy(parameter("SmsExternalId"), reference{"", "", "AccountId"}), nil},
			member{"Policies", list{object{{"PolicyName", "send-sms", nil}, {"PolicyDocument", publishPolicy, nil}}}, nil},
		)
	case userPool:
		return cloudFormationPool(o)
	case appClient:
		return o.renamed("HasClientSecret", "GenerateSecret")
	case riskSettings:
		return append(o, member{"ClientId", "ALL", nil})
	case webACL:
		// CloudFormation makes a name that no other stack has.
		return o.without("Name")
	}
	return o
}

func cloudFormationPool(o object) object {
	mfa, _ := o.get("MfaConfig").value.(object)
	var pool object
	for _, m := range o.without("MfaConfig").renamed("Name", "UserPoolName") {
		if m.name == "SchemaAttributes" {
			m.name, m.value = "Schema", createdSchema(m.value)
		}
		pool = append(pool, m)
	}
	factors := member{name: "EnabledMfas", value: list{}}
	for _, m := range mfa {
		factor := ""
		switch m.name {
		case "MfaConfiguration":
			pool = append(pool, m)
		case "SoftwareTokenMfaConfiguration":
			if enabled := m.value.(object).get("Enabled"); enabled.value == true {
				factor, m.rules = "SOFTWARE_TOKEN_MFA", append(m.rules, enabled.rules...)
			}
		case "SmsMfaConfiguration":
			factor = "SMS_MFA"
		case "EmailMfaConfiguration":
			factor = "EMAIL_OTP"
		case "WebAuthnConfiguration":
			webAuthn := m.value.(object)
			for _, member := range webAuthn.renamed("RelyingPartyId", "RelyingPartyID") {
				member.name = "WebAuthn" + member.name
				pool = append(pool, member)
			}
		}
		if factor != "" {
			factors.value = append(factors.value.(list), factor)
			factors.rules = append(factors.rules, m.rules...)
		}
	}
	if len(factors.value.(list)) > 0 {
		pool = append(pool, factors)
	}
	return pool
}

// yamlNode makes a node, with the rules as comments.
func yamlNode(value any) *yaml.Node {
	switch value := value.(type) {
	case object:
		n := &yaml.Node{Kind: yaml.MappingNode}
		for _, m := range value {
			key := &yaml.Node{Kind: yaml.ScalarNode, Value: m.name}
			if len(m.rules) > 0 {
				key.HeadComment = "# " + strings.Join(m.rules, ", ")
			}
			n.Content = append(n.Content, key, yamlNode(m.value))
		}
		if len(value) == 0 {
			n.Style = yaml.FlowStyle
		}
		return n
	case []any:
		n := &yaml.Node{Kind: yaml.SequenceNode}
		if len(value) == 0 {
			n.Style = yaml.FlowStyle
		}
		for _, element := range value {
			n.Content = append(n.Content, yamlNode(element))
		}
		return n
	case parameter:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!Ref", Value: string(value)}
	case suffixed:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!Sub", Value: "${" + string(value.parameter) + "}" + value.suffix}
	case reference:
		return yamlReference(value)
	case json.Number:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: value.String()}
	default:
		n := &yaml.Node{}
		// Only texts and truth values are left, which have nodes.
		_ = n.Encode(value)
		return n
	}
}

func yamlReference(r reference) *yaml.Node {
	id := logicalID(r.kind, r.name)
	tag, value := "!Ref", id
	switch {
	case r.kind == "":
		value = "AWS::" + r.member
	case r.kind == logGroup:
		// The attribute Arn ends in ":*", which Cognito refuses.
		tag, value = "!Sub", "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${"+id+"}"
	case r.member == "Arn":
		tag, value = "!GetAtt", id+".Arn"
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value}
}
