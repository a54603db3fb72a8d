package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// terraformArguments are those that the documentation of the provider aws, in
// version 6, has for resources and, after their names, for blocks within them.
// https://registry.terraform.io/providers/hashicorp/aws/latest/docs
var terraformArguments = map[string]string{
	"aws_cognito_user_pool": "name account_recovery_setting admin_create_user_config alias_attributes auto_verified_attributes deletion_protection email_configuration " +
		"mfa_configuration password_policy schema sign_in_policy sms_configuration software_token_mfa_configuration tags user_attribute_update_settings " +
		"user_pool_add_ons user_pool_tier username_attributes username_configuration web_authn_configuration lifecycle",
	"account_recovery_setting":           "recovery_mechanism",
	"recovery_mechanism":                 "name priority",
	"admin_create_user_config":           "allow_admin_create_user_only",
	"email_configuration":                "configuration_set email_sending_account from_email_address reply_to_email_address source_arn",
	"password_policy":                    "minimum_length password_history_size require_lowercase require_numbers require_symbols require_uppercase temporary_password_validity_days",
	"sign_in_policy":                     "allowed_first_auth_factors",
	"schema":                             "attribute_data_type developer_only_attribute mutable name required string_attribute_constraints",
	"string_attribute_constraints":       "min_length max_length",
	"software_token_mfa_configuration":   "enabled",
	"user_attribute_update_settings":     "attributes_require_verification_before_update",
	"user_pool_add_ons":                  "advanced_security_mode advanced_security_additional_flows",
	"advanced_security_additional_flows": "custom_auth_mode",
	"username_configuration":             "case_sensitive",
	"lifecycle":                          "prevent_destroy",
	"aws_cognito_user_pool_client": "name user_pool_id access_token_validity allowed_oauth_flows allowed_oauth_flows_user_pool_client allowed_oauth_scopes " +
		"callback_urls enable_token_revocation explicit_auth_flows generate_secret id_token_validity logout_urls prevent_user_existence_errors " +
		"refresh_token_validity supported_identity_providers token_validity_units",
	"token_validity_units":                       "access_token id_token refresh_token",
	"aws_cognito_user_pool_domain":               "domain user_pool_id managed_login_version certificate_arn",
	"aws_cognito_managed_login_branding":         "client_id user_pool_id use_cognito_provided_values",
	"aws_cognito_risk_configuration":             "user_pool_id account_takeover_risk_configuration compromised_credentials_risk_configuration",
	"account_takeover_risk_configuration":        "actions notify_configuration",
	"compromised_credentials_risk_configuration": "actions event_filter",
	"actions":                                "event_action high_action medium_action low_action",
	"high_action":                            "event_action notify",
	"medium_action":                          "event_action notify",
	"low_action":                             "event_action notify",
	"notify_configuration":                   "from source_arn",
	"aws_cognito_log_delivery_configuration": "user_pool_id log_configurations",
	"log_configurations":                     "event_source log_level cloud_watch_logs_configuration",
	"cloud_watch_logs_configuration":         "log_group_arn",
	"aws_cloudwatch_log_group":               "name retention_in_days",
	"aws_iam_role":                           "name assume_role_policy",
	"aws_iam_role_policy":                    "name role policy",
	"aws_wafv2_web_acl":                      "name scope default_action rule visibility_config",
	"default_action":                         "allow",
	"allow":                                  "",
	"rule":                                   "name priority action statement visibility_config",
	"action":                                 "block",
	"block":                                  "",
	"statement":                              "rate_based_statement",
	"rate_based_statement":                   "limit aggregate_key_type",
	"visibility_config":                      "cloudwatch_metrics_enabled metric_name sampled_requests_enabled",
	"aws_wafv2_web_acl_association":          "resource_arn web_acl_arn",
}

// repeatedBlocks are lists in the API.
var repeatedBlocks = []string{"recovery_mechanism", "schema", "log_configurations", "rule"}

// apiNames are those that their parts do not tell.
var apiNames = map[string]string{
	"recovery_mechanism": "RecoveryMechanisms", "from_email_address": "From", "allowed_oauth_flows": "AllowedOAuthFlows",
	"allowed_oauth_flows_user_pool_client": "AllowedOAuthFlowsUserPoolClient", "allowed_oauth_scopes": "AllowedOAuthScopes",
	"callback_urls": "CallbackURLs", "logout_urls": "LogoutURLs", "cloudwatch_metrics_enabled": "CloudWatchMetricsEnabled",
	"rule": "Rules", "web_authn_relying_party_id": "WebAuthnRelyingPartyID",
}

func apiName(name string) string {
	if known, ok := apiNames[name]; ok {
		return known
	}
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

// readTerraform does what an apply would, with the defaults of the variables.
func readTerraform(t *testing.T, text []byte) map[string]any {
	t.Helper()
	file, diagnostics := hclsyntax.ParseConfig(text, "pool.tf", hcl.InitialPos)
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	r := &terraformReader{t: t}
	variables, made := map[string]cty.Value{}, map[string]map[string]cty.Value{}
	body := file.Body.(*hclsyntax.Body)
	for _, block := range body.Blocks {
		switch block.Type {
		case "variable":
			value, diagnostics := block.Body.Attributes["default"].Expr.Value(nil)
			if diagnostics.HasErrors() {
				t.Fatal(diagnostics)
			}
			variables[block.Labels[0]] = value
		case "resource":
			kind, name := block.Labels[0], block.Labels[1]
			if made[kind] == nil {
				made[kind] = map[string]cty.Value{}
			}
			made[kind][name] = exports(kind)
		}
	}
	scope := map[string]cty.Value{"var": cty.ObjectVal(variables), "data": cty.ObjectVal(map[string]cty.Value{
		"aws_region":          cty.ObjectVal(map[string]cty.Value{"current": cty.ObjectVal(map[string]cty.Value{"region": cty.StringVal("eu-west-1")})}),
		"aws_caller_identity": cty.ObjectVal(map[string]cty.Value{"current": cty.ObjectVal(map[string]cty.Value{"account_id": cty.StringVal("111122223333")})}),
	})}
	for kind, names := range made {
		scope[kind] = cty.ObjectVal(names)
	}
	r.context = &hcl.EvalContext{Variables: scope, Functions: map[string]function.Function{"jsonencode": stdlib.JSONEncodeFunc}}
	resources := map[string]map[string]any{}
	for _, block := range body.Blocks {
		switch block.Type {
		case "resource":
			r.other = strings.HasPrefix(block.Labels[0], "awscc_")
			resources[block.Labels[0]] = r.body(block.Labels[0], block.Body)
		case "output":
			r.expression(block.Body.Attributes["value"].Expr)
		}
	}
	return terraformSections(t, resources)
}

// exports are what other resources may refer to.
func exports(kind string) cty.Value {
	id, arn := "1example", "arn:aws:example"
	switch kind {
	case "aws_cognito_user_pool", "awscc_cognito_user_pool":
		id, arn = "eu-west-1_Example01", "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Example01"
	case "aws_iam_role":
		arn = "arn:aws:iam::111122223333:role/EmployeeAppSMSRole"
	}
	values := map[string]cty.Value{"id": cty.StringVal(id), "arn": cty.StringVal(arn)}
	if kind == "awscc_cognito_user_pool" {
		values["user_pool_id"] = cty.StringVal(id)
	}
	return cty.ObjectVal(values)
}

func terraformSections(t *testing.T, resources map[string]map[string]any) map[string]any {
	t.Helper()
	sections := newSections()
	if pool := resources["awscc_cognito_user_pool"]; pool != nil {
		delete(pool, "Lifecycle")
		delete(pool, "DependsOn")
		stackPool(t, pool, sections)
	} else {
		terraformPool(t, resources["aws_cognito_user_pool"], sections)
	}
	client := resources["aws_cognito_user_pool_client"]
	client["ClientName"] = client["Name"]
	delete(client, "Name")
	sections["Clients"] = describedClient(client)
	if domain := resources["aws_cognito_user_pool_domain"]; domain != nil {
		describedDomain(sections, domain)
	}
	if risk := resources["aws_cognito_risk_configuration"]; risk != nil {
		sections["RiskConfigurations"] = []any{risk}
	}
	if logs := resources["aws_cognito_log_delivery_configuration"]; logs != nil {
		sections["LogDeliveryConfiguration"] = logs
	}
	if acl := resources["aws_wafv2_web_acl"]; acl != nil && resources["aws_wafv2_web_acl_association"] != nil {
		sections["WebACL"] = acl
	}
	return sections
}

// terraformPool puts the arguments where the API has them. The provider makes
// SMS a second factor of every pool with MFA that may send SMS.
func terraformPool(t *testing.T, input, sections map[string]any) {
	t.Helper()
	if input["SmsConfiguration"] != nil || input["WebAuthnConfiguration"] != nil {
		t.Error("the provider aws would make another pool")
	}
	mfa := map[string]any{"MfaConfiguration": input["MfaConfiguration"], "SoftwareTokenMfaConfiguration": input["SoftwareTokenMfaConfiguration"]}
	input["Policies"] = map[string]any{"PasswordPolicy": input["PasswordPolicy"], "SignInPolicy": input["SignInPolicy"]}
	input["PoolName"] = input["Name"]
	for _, name := range []string{"SoftwareTokenMfaConfiguration", "PasswordPolicy", "SignInPolicy", "Lifecycle"} {
		delete(input, name)
	}
	sections["MfaConfig"], sections["UserPool"] = mfa, describedPool(input)
}

type terraformReader struct {
	t       *testing.T
	context *hcl.EvalContext
	// other tells that a resource is not of the provider aws.
	other bool
}

func (r *terraformReader) body(name string, body *hclsyntax.Body) map[string]any {
	known := strings.Fields(terraformArguments[name])
	check := func(argument string) {
		if !r.other && !slices.Contains(known, argument) {
			r.t.Errorf("%s has no argument %s", name, argument)
		}
	}
	members := map[string]any{}
	for argument, attribute := range body.Attributes {
		check(argument)
		members[apiName(argument)] = r.expression(attribute.Expr)
	}
	for _, block := range body.Blocks {
		check(block.Type)
		inner := r.body(block.Type, block.Body)
		if slices.Contains(repeatedBlocks, block.Type) {
			elements, _ := members[apiName(block.Type)].([]any)
			members[apiName(block.Type)] = append(elements, inner)
			continue
		}
		if members[apiName(block.Type)] != nil {
			r.t.Errorf("%s has the block %s twice", name, block.Type)
		}
		members[apiName(block.Type)] = inner
	}
	return members
}

func (r *terraformReader) expression(expression hclsyntax.Expression) any {
	value, diagnostics := expression.Value(r.context)
	if diagnostics.HasErrors() {
		r.t.Fatal(diagnostics)
	}
	return r.value(value)
}

func (r *terraformReader) value(value cty.Value) any {
	switch kind := value.Type(); {
	case kind == cty.String:
		return value.AsString()
	case kind == cty.Bool:
		return value.True()
	case kind == cty.Number:
		return json.Number(value.AsBigFloat().Text('f', -1))
	case kind.IsTupleType():
		elements := []any{}
		for _, element := range value.AsValueSlice() {
			elements = append(elements, r.value(element))
		}
		return elements
	}
	members := map[string]any{}
	for name, member := range value.AsValueMap() {
		members[apiName(name)] = r.value(member)
	}
	return members
}
