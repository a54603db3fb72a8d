package template

import (
	"slices"
	"strings"
)

var terraformTypes = map[kind]string{
	smsRole:        "aws_iam_role",
	logGroup:       "aws_cloudwatch_log_group",
	userPool:       "aws_cognito_user_pool",
	domain:         "aws_cognito_user_pool_domain",
	appClient:      "aws_cognito_user_pool_client",
	loginBranding:  "aws_cognito_managed_login_branding",
	riskSettings:   "aws_cognito_risk_configuration",
	logDelivery:    "aws_cognito_log_delivery_configuration",
	webACL:         "aws_wafv2_web_acl",
	webAssociation: "aws_wafv2_web_acl_association",
}

// cloudControlPool is the type of the other provider for pools.
const cloudControlPool = "awscc_cognito_user_pool"

func (t *Template) terraform() ([]byte, error) {
	resources := t.resources()
	w := &hclWriter{cloudControl: needsCloudControl(resources)}
	for _, line := range t.heading("Give the variables values of your own before you apply it.") {
		w.line("# " + line)
	}
	w.line("")
	w.providers()
	values := t.used(resources)
	for _, p := range parameters {
		if value, ok := values[p.name]; ok {
			w.open(`variable "` + snake(string(p.name)) + `"`)
			w.attributes(object{{"description", p.explain, nil}, {"type", expression("string"), nil}, {"default", value, nil}})
			w.close()
		}
	}
	uses := func(name string) bool {
		return slices.ContainsFunc(resources, func(r resource) bool {
			found := r.kind == smsRole && name == "AccountId"
			walk(r.object, func(v any) { found = found || v == reference{"", "", name} })
			return found
		})
	}
	if uses("Region") {
		w.open(`data "aws_region" "current"`)
		w.close()
	}
	if uses("AccountId") {
		w.open(`data "aws_caller_identity" "current"`)
		w.close()
	}
	for _, r := range resources {
		w.resource(r)
	}
	for _, output := range []struct {
		name string
		reference
	}{
		{"user_pool_id", reference{userPool, "", "Id"}},
		{"user_pool_arn", reference{userPool, "", "Arn"}},
		{"client_id", reference{appClient, "", "Id"}},
	} {
		w.open(`output "` + output.name + `"`)
		w.attributes(object{{"value", output.reference, nil}})
		w.close()
	}
	return w.text(), nil
}

// needsCloudControl tells whether the provider aws cannot make the pool: it
// knows no passkeys as several factors, and turns SMS into a second factor
// wherever a pool may send SMS.
func needsCloudControl(resources []resource) bool {
	i := slices.IndexFunc(resources, func(r resource) bool { return r.kind == userPool })
	pool := resources[i].object
	mfa, _ := pool.get("MfaConfig").value.(object)
	webAuthn, _ := mfa.get("WebAuthnConfiguration").value.(object)
	sms := pool.get("SmsConfiguration").value != nil && mfa.get("SmsMfaConfiguration").value == nil && mfa.get("MfaConfiguration").value != "OFF"
	return sms || webAuthn.get("FactorConfiguration").value != nil
}

func (w *hclWriter) providers() {
	w.open("terraform")
	w.open("required_providers")
	w.attributes(object{{"aws", object{{"source", "hashicorp/aws", nil}, {"version", "~> 6.0", nil}}, nil}})
	if w.cloudControl {
		w.line("# The provider aws lacks a setting of this pool.")
		w.attributes(object{{"awscc", object{{"source", "hashicorp/awscc", nil}, {"version", "~> 1.0", nil}}, nil}})
	}
	w.close()
	w.close()
}

// resource writes a resource with what belongs to it.
func (w *hclWriter) resource(r resource) {
	o := r.object
	w.comment(r.rules)
	label := terraformName(r.kind, r.name)
	if r.kind == userPool && w.cloudControl {
		w.open(`resource "` + cloudControlPool + `" "` + label + `"`)
		pool := snakeNames(cloudFormationPool(o))
		if o.get("SmsConfiguration").value != nil {
			// The service tries the role when it makes the pool.
			pool = append(pool, member{"depends_on", expression("[aws_iam_role_policy." + terraformName(smsRole, "") + "]"), nil})
		}
		w.attributes(pool)
		w.preventDestroy()
		w.close()
		return
	}
	w.open(`resource "` + terraformTypes[r.kind] + `" "` + label + `"`)
	switch r.kind {
	case smsRole:
		w.attributes(object{
			{"name", o.get("RoleName").value, nil},
			{"assume_role_policy", document(trustPolicy(parameter("SmsExternalId"), reference{"", "", "AccountId"})), nil},
		})
		w.close()
		w.open(`resource "aws_iam_role_policy" "` + label + `"`)
		w.attributes(object{{"name", "send-sms", nil}, {"role", expression("aws_iam_role." + label + ".id"), nil}, {"policy", document(publishPolicy), nil}})
	case userPool:
		w.body(terraformPool(o))
		w.preventDestroy()
	case logGroup:
		w.body(o.renamed("LogGroupName", "Name"))
	case appClient:
		w.body(o.renamed("ClientName", "Name").renamed("HasClientSecret", "GenerateSecret"))
	case webACL:
		// The provider makes a name that is not taken.
		w.body(o.without("Name").renamed("Rules", "Rule"))
	case webAssociation:
		w.body(o.renamed("WebACLArn", "WebAclArn"))
	default:
		w.body(o)
	}
	w.close()
}

func (w *hclWriter) preventDestroy() {
	w.line("")
	w.open("lifecycle")
	w.attributes(object{{"prevent_destroy", true, nil}})
	w.close()
}

// terraformPool puts the members where the provider has them.
func terraformPool(o object) object {
	var pool object
	for _, m := range o {
		switch inner, _ := m.value.(object); m.name {
		case "MfaConfig":
			pool = append(pool, inner...)
		case "Policies":
			pool = append(pool, inner...)
		case "SchemaAttributes":
			pool = append(pool, member{"Schema", constrained(createdSchema(m.value)), m.rules})
		case "AccountRecoverySetting":
			pool = append(pool, member{m.name, inner.renamed("RecoveryMechanisms", "RecoveryMechanism"), m.rules})
		case "EmailConfiguration":
			pool = append(pool, member{m.name, inner.renamed("From", "FromEmailAddress"), m.rules})
		case "UserPoolTags":
			pool = append(pool, member{"tags", quotedKeys(inner), m.rules})
		default:
			pool = append(pool, m)
		}
	}
	return pool
}

// constrained adds the limits without which the provider makes the pool anew.
func constrained(schema []any) []any {
	for i, element := range schema {
		attribute := element.(object)
		if attribute.get("AttributeDataType").value == "String" && attribute.get("StringAttributeConstraints").value == nil {
			schema[i] = append(slices.Clone(attribute), member{"StringAttributeConstraints", object{}, nil})
		}
	}
	return schema
}

// terraformName is the second label of a resource.
func terraformName(k kind, name string) string {
	switch {
	case name != "":
		return snake(name)
	case k == smsRole:
		return "sms"
	}
	return "main"
}

// reference is the expression for what another resource gets.
func (w *hclWriter) reference(r reference) string {
	switch {
	case r.member == "Region":
		return "data.aws_region.current.region"
	case r.member == "AccountId":
		return "data.aws_caller_identity.current.account_id"
	case r.kind == userPool && w.cloudControl && r.member == "Id":
		return cloudControlPool + ".main.user_pool_id"
	case r.kind == userPool && w.cloudControl:
		return cloudControlPool + ".main.arn"
	}
	return terraformTypes[r.kind] + "." + terraformName(r.kind, r.name) + "." + strings.ToLower(r.member)
}
