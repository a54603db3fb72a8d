package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// newSections is a pool of which nothing was created yet.
func newSections() map[string]any {
	return map[string]any{
		"MfaConfig": map[string]any{}, "Clients": []any{}, "IdentityProviders": []any{}, "Groups": []any{}, "ResourceServers": []any{},
		"RiskConfigurations": []any{}, "LogDeliveryConfiguration": map[string]any{"LogConfigurations": []any{}}, "Domains": []any{}, "WebACL": nil,
	}
}

// describedPool is what describe-user-pool would return for the input of
// create-user-pool.
func describedPool(input map[string]any) map[string]any {
	pool := maps.Clone(input)
	pool["Name"], pool["Id"] = input["PoolName"], "eu-west-1_Example01"
	pool["Arn"] = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Example01"
	pool["EstimatedNumberOfUsers"], pool["LambdaConfig"] = 0, map[string]any{}
	schema := []any{map[string]any{"Name": "sub", "AttributeDataType": "String", "Mutable": false, "Required": true}}
	for _, element := range input["Schema"].([]any) {
		attribute := maps.Clone(element.(map[string]any))
		if name := attribute["Name"].(string); !slices.Contains([]string{"email", "phone_number", "given_name"}, name) {
			attribute["Name"] = "custom:" + name
		}
		schema = append(schema, attribute)
	}
	pool["SchemaAttributes"] = schema
	delete(pool, "Schema")
	delete(pool, "PoolName")
	return pool
}

func describedClient(input map[string]any) []any {
	client := maps.Clone(input)
	client["ClientId"], client["HasClientSecret"] = "1example", input["GenerateSecret"] == true
	delete(client, "GenerateSecret")
	return []any{client}
}

func describedDomain(sections, input map[string]any) {
	domain := maps.Clone(input)
	domain["Status"] = "ACTIVE"
	sections["Domains"] = []any{domain}
	sections["UserPool"].(map[string]any)["Domain"] = input["Domain"]
}

// readCLI follows the calls.
func readCLI(t *testing.T, text []byte) map[string]any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var calls []struct {
		Command string
		Rules   []string
		Input   map[string]any
	}
	if err := decoder.Decode(&calls); err != nil {
		t.Fatal(err)
	}
	sections := newSections()
	roles, groups := map[string]bool{}, map[string]bool{}
	for _, c := range calls {
		switch c.Command {
		case "iam create-role":
			roles[c.Input["RoleName"].(string)] = true
		case "logs create-log-group":
			groups[c.Input["logGroupName"].(string)] = true
		case "iam put-role-policy", "logs put-retention-policy", "cognito-idp create-managed-login-branding":
		case "cognito-idp create-user-pool":
			sections["UserPool"] = describedPool(c.Input)
			if sms, ok := c.Input["SmsConfiguration"].(map[string]any); ok && !roles[afterLast(sms["SnsCallerArn"], "/")] {
				t.Errorf("the role %v was not created", sms["SnsCallerArn"])
			}
		case "cognito-idp set-user-pool-mfa-config":
			sections["MfaConfig"] = c.Input
			sections["UserPool"].(map[string]any)["MfaConfiguration"] = c.Input["MfaConfiguration"]
		case "cognito-idp create-user-pool-client":
			sections["Clients"] = describedClient(c.Input)
		case "cognito-idp create-user-pool-domain":
			describedDomain(sections, c.Input)
		case "cognito-idp set-risk-configuration":
			sections["RiskConfigurations"] = []any{c.Input}
		case "cognito-idp set-log-delivery-configuration":
			sections["LogDeliveryConfiguration"] = c.Input
			for _, element := range c.Input["LogConfigurations"].([]any) {
				if arn := element.(map[string]any)["CloudWatchLogsConfiguration"].(map[string]any)["LogGroupArn"]; !groups[afterLast(arn, ":")] {
					t.Errorf("the log group %v was not created", arn)
				}
			}
		case "wafv2 create-web-acl":
			sections["WebACL"] = c.Input
		case "wafv2 associate-web-acl":
			if c.Input["ResourceArn"] != sections["UserPool"].(map[string]any)["Arn"] {
				t.Errorf("the web ACL protects %v", c.Input["ResourceArn"])
			}
		default:
			t.Errorf("unknown call %s", c.Command)
		}
	}
	return sections
}

func afterLast(text any, separator string) string {
	s, _ := text.(string)
	return s[strings.LastIndex(s, separator)+1:]
}

// readCloudFormation does what a stack would, with the defaults of the
// parameters.
func readCloudFormation(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	r := &stackReader{t: t, values: map[string]string{"AWS::Region": "eu-west-1", "AWS::AccountId": "111122223333", "AWS::Partition": "aws"}}
	document := r.value(root.Content[0]).(map[string]any)
	for name, p := range document["Parameters"].(map[string]any) {
		r.values[name] = p.(map[string]any)["Default"].(string)
	}
	resources := document["Resources"].(map[string]any)
	for name, resource := range resources {
		switch of := resource.(map[string]any); of["Type"] {
		case "AWS::Cognito::UserPool":
			r.values[name], r.values[name+".Arn"] = "eu-west-1_Example01", "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Example01"
			if of["DeletionPolicy"] != "Retain" || of["UpdateReplacePolicy"] != "Retain" {
				t.Errorf("%s would be lost with its stack", name)
			}
		case "AWS::IAM::Role":
			r.values[name+".Arn"] = "arn:aws:iam::111122223333:role/" + r.values["SmsRoleName"]
		default:
			r.values[name], r.values[name+".Arn"] = "1example", "arn:aws:example"
		}
	}
	r.strict = true
	resources = r.value(root.Content[0]).(map[string]any)["Resources"].(map[string]any)
	sections := newSections()
	properties := func(kind string) map[string]any {
		for _, resource := range resources {
			if of := resource.(map[string]any); of["Type"] == kind {
				return of["Properties"].(map[string]any)
			}
		}
		return nil
	}
	stackPool(t, properties("AWS::Cognito::UserPool"), sections)
	sections["Clients"] = describedClient(properties("AWS::Cognito::UserPoolClient"))
	if domain := properties("AWS::Cognito::UserPoolDomain"); domain != nil {
		describedDomain(sections, domain)
	}
	if risk := properties("AWS::Cognito::UserPoolRiskConfigurationAttachment"); risk != nil {
		if risk["ClientId"] != "ALL" {
			t.Errorf("the risk configuration is for the client %v", risk["ClientId"])
		}
		delete(risk, "ClientId")
		sections["RiskConfigurations"] = []any{risk}
	}
	if logs := properties("AWS::Cognito::LogDeliveryConfiguration"); logs != nil {
		sections["LogDeliveryConfiguration"] = logs
	}
	if acl := properties("AWS::WAFv2::WebACL"); acl != nil && properties("AWS::WAFv2::WebACLAssociation") != nil {
		sections["WebACL"] = acl
	}
	return sections
}

// stackPool tells the pool from its MFA settings, which CloudFormation has in
// one place.
func stackPool(t *testing.T, properties, sections map[string]any) {
	t.Helper()
	input := maps.Clone(properties)
	mfa := map[string]any{"MfaConfiguration": input["MfaConfiguration"]}
	factors, _ := input["EnabledMfas"].([]any)
	for _, factor := range factors {
		if factor != "SOFTWARE_TOKEN_MFA" {
			t.Errorf("unexpected factor %v", factor)
		}
		mfa["SoftwareTokenMfaConfiguration"] = map[string]any{"Enabled": true}
	}
	passkeys := map[string]any{}
	for name, member := range map[string]string{"WebAuthnRelyingPartyID": "RelyingPartyId", "WebAuthnUserVerification": "UserVerification", "WebAuthnFactorConfiguration": "FactorConfiguration"} {
		if value, ok := input[name]; ok {
			passkeys[member] = value
		}
		delete(input, name)
	}
	if len(passkeys) > 0 {
		mfa["WebAuthnConfiguration"] = passkeys
	}
	input["PoolName"] = input["UserPoolName"]
	delete(input, "EnabledMfas")
	delete(input, "UserPoolName")
	sections["MfaConfig"], sections["UserPool"] = mfa, describedPool(input)
}

// stackReader resolves what CloudFormation fills in.
type stackReader struct {
	t      *testing.T
	values map[string]string
	// strict refuses references to nothing.
	strict bool
}

func (r *stackReader) value(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			object[n.Content[i].Value] = r.value(n.Content[i+1])
		}
		return object
	case yaml.SequenceNode:
		elements := []any{}
		for _, element := range n.Content {
			elements = append(elements, r.value(element))
		}
		return elements
	}
	switch n.Tag {
	case "!Ref", "!GetAtt":
		return r.resolve(n.Value)
	case "!Sub":
		text := n.Value
		for {
			before, rest, found := strings.Cut(text, "${")
			if !found {
				return text
			}
			name, after, _ := strings.Cut(rest, "}")
			text = before + r.resolve(name) + after
		}
	case "!!str":
		return n.Value
	}
	var value any
	if err := n.Decode(&value); err != nil {
		r.t.Fatal(err)
	}
	if number, ok := value.(int); ok {
		return json.Number(fmt.Sprint(number))
	}
	return value
}

func (r *stackReader) resolve(name string) string {
	value, ok := r.values[name]
	if r.strict && !ok {
		r.t.Errorf("%s refers to nothing", name)
	}
	return value
}
