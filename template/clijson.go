package template

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/cognilint/cognilint/snapshot"
)

// call is one call of the AWS CLI.
type call struct {
	// Command is what follows "aws" on the command line.
	Command string `json:"command"`
	// Rules fail without the call, or without something in its input.
	Rules []string `json:"rules"`
	// Input is what --cli-input-json takes.
	Input any `json:"input"`
}

func (t *Template) cliJSON() ([]byte, error) {
	calls := []call{}
	for _, r := range t.resources() {
		calls = append(calls, t.calls(r)...)
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(calls)
	return text.Bytes(), err
}

var cliCommands = map[kind]string{
	domain:        "cognito-idp create-user-pool-domain",
	loginBranding: "cognito-idp create-managed-login-branding",
	riskSettings:  "cognito-idp set-risk-configuration",
	logDelivery:   "cognito-idp set-log-delivery-configuration",
	webACL:        "wafv2 create-web-acl",
}

// calls are what makes a resource, in their order.
func (t *Template) calls(r resource) []call {
	o := r.object
	switch r.kind {
	case smsRole:
		return []call{
			t.call("iam create-role", r.rules, append(o, member{"AssumeRolePolicyDocument", t.document(trustPolicy(parameter("SmsExternalId"), exampleAccount)), nil})),
			t.call("iam put-role-policy", nil, append(o, member{"PolicyName", "send-sms", nil}, member{"PolicyDocument", t.document(publishPolicy), nil})),
		}
	case logGroup:
		name := []member{{"logGroupName", o.get("LogGroupName").value, nil}}
		return []call{
			t.call("logs create-log-group", r.rules, name),
			t.call("logs put-retention-policy", nil, append(name, member{"retentionInDays", o.get("RetentionInDays").value, nil})),
		}
	case userPool:
		mfa, _ := o.get("MfaConfig").value.(object)
		created := o.without("MfaConfig").renamed("Name", "PoolName").renamed("SchemaAttributes", "Schema")
		for i := range created {
			if created[i].name == "Schema" {
				created[i].value = createdSchema(created[i].value)
			}
		}
		// The first call cannot enable authenticator apps, and MFA needs a factor.
		return []call{
			t.call("cognito-idp create-user-pool", r.rules, created),
			t.call("cognito-idp set-user-pool-mfa-config", nil, append(mfa, member{"UserPoolId", reference{userPool, "", "Id"}, nil})),
		}
	case appClient:
		return []call{t.call("cognito-idp create-user-pool-client", r.rules, o.renamed("HasClientSecret", "GenerateSecret"))}
	case webAssociation:
		return []call{t.call("wafv2 associate-web-acl", r.rules, o)}
	}
	return []call{t.call(cliCommands[r.kind], r.rules, o)}
}

func (t *Template) call(command string, rules []string, o object) call {
	all := append([]string{}, rules...)
	walk(o, func(v any) {
		if below, ok := v.(object); ok {
			for _, m := range below {
				all = append(all, m.rules...)
			}
		}
	})
	slices.Sort(all)
	return call{command, slices.Compact(all), t.plain(o)}
}

// document is JSON within JSON, as IAM takes it.
func (t *Template) document(o object) string {
	text, err := json.Marshal(t.plain(o))
	if err != nil {
		return ""
	}
	return string(text)
}

// plain puts the example values in the place of parameters and references.
func (t *Template) plain(value any) any {
	switch value := value.(type) {
	case object:
		plain := tree{}
		for _, m := range value {
			plain[m.name] = t.plain(m.value)
		}
		return plain
	case []any:
		plain := list{}
		for _, element := range value {
			plain = append(plain, t.plain(element))
		}
		return plain
	case parameter:
		return t.used(t.resources())[value]
	case suffixed:
		return t.used(t.resources())[value.parameter] + value.suffix
	case reference:
		return t.example(value)
	default:
		return value
	}
}

func (t *Template) example(r reference) string {
	switch {
	case r.kind == userPool && r.member == "Id":
		return examplePoolID
	case r.kind == userPool:
		return examplePoolARN
	case r.kind == appClient:
		return exampleClientID
	case r.kind == logGroup:
		return exampleGroup + exampleLogs + "/" + r.name
	case r.kind == smsRole:
		return t.lookup("/UserPool/SmsConfiguration/SnsCallerArn")
	case r.kind == webACL:
		return t.lookup("/WebACL/ARN")
	case r.member == "Region":
		return exampleRegion
	}
	return exampleAccount
}

// lookup returns a text of the pool.
func (t *Template) lookup(path string) string {
	value, _ := snapshot.Lookup(t.Pool.Sections, path)
	text, _ := value.(string)
	return text
}
