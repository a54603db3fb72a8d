package cognilint.rules.federation.social_provisioning_gated_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.social_provisioning_gated as rule

_arn := "arn:aws:lambda:eu-west-1:111122223333:function:gate"

_with(names, patches) := json.patch(
	object.union(fixtures.good, {
		"IdentityProviders": [
			{"ProviderName": "Google", "ProviderType": "Google"},
			{"ProviderName": "SignInWithApple", "ProviderType": "SignInWithApple"},
			{"ProviderName": "Corp", "ProviderType": "SAML"},
			{"ProviderName": "New", "ProviderType": "SomethingNew"},
		],
		"Clients": [
			fixtures.good.Clients[0],
			object.union(fixtures.sso_client, {"SupportedIdentityProviders": names}),
		],
	}),
	patches,
)

_more(section) := {"op": "add", "path": "/unknown/-", "value": {"path": sprintf("/%s/-", [section]), "reason": "the list may be longer"}}

test_good_pool_is_exempt if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
}

test_social_provider_without_trigger_fails if {
	rule.applies with input as _with(["Google"], [])
	rule.deny == {{
		"msg": "only administrators create users, but anyone with an account at Google, SignInWithApple gets one, expected a pre sign-up or inbound federation trigger that decides",
		"path": ["UserPool", "LambdaConfig", "PreSignUp"],
		"actual": null,
		"expected": "the ARN of a function",
	}} with input as _with(["SignInWithApple", "COGNITO", "Google", "Corp"], [])
}

test_absent_triggers_fail if {
	count(rule.deny) == 1 with input as _with(["Google"], [{"op": "remove", "path": "/UserPool/LambdaConfig"}])
	count(rule.deny) == 1 with input as _with(["Google"], [{"op": "add", "path": "/UserPool/LambdaConfig/PostConfirmation", "value": _arn}])
}

test_either_trigger_passes if {
	every name, value in {"PreSignUp": _arn, "InboundFederation": {"LambdaArn": _arn, "LambdaVersion": "V1_0"}} {
		pool := _with(["Google"], [{"op": "add", "path": sprintf("/UserPool/LambdaConfig/%s", [name]), "value": value}])
		rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
	}
}

test_open_sign_up_is_exempt if {
	every patch in [
		{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false},
		{"op": "remove", "path": "/UserPool/AdminCreateUserConfig"},
	] {
		not rule.applies with input as _with(["Google"], [patch])
		count(rule.deny) == 0 with input as _with(["Google"], [patch])
		not rule.applies with input as _with(["Google"], [patch, {"op": "remove", "path": "/Clients"}])
	}
}

test_other_providers_are_exempt if {
	every names in [["Corp"], ["COGNITO"], ["New"], ["Facebook"], []] {
		not rule.applies with input as _with(names, [])
		count(rule.deny) == 0 with input as _with(names, [])
	}
}

test_providers_that_nobody_can_use_are_exempt if {
	every patch in [
		{"op": "replace", "path": "/Clients/1/AllowedOAuthFlowsUserPoolClient", "value": false},
		{"op": "remove", "path": "/Clients/1/SupportedIdentityProviders"},
		{"op": "remove", "path": "/Clients/1"},
	] {
		not rule.applies with input as _with(["Google"], [patch])
	}
}

test_exemption_needs_all_clients_and_their_providers if {
	more_clients := _with(["Corp"], [_more("Clients")])
	rule.applies with input as more_clients
	rule.unknown == {["Clients", "-"]} with input as more_clients
	count(rule.deny) == 0 with input as more_clients

	more_providers := _with(["Other"], [_more("IdentityProviders")])
	rule.applies with input as more_providers
	rule.unknown == {["IdentityProviders", "-"]} with input as more_providers

	unread := _with(["Google"], [{"op": "remove", "path": "/IdentityProviders"}, {"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	count(rule.deny) == 0 with input as unread
	rule.unknown == {["Clients", "-"]} with input as unread
}

test_exemption_needs_no_more_than_that if {
	not rule.applies with input as _with(["Corp"], [_more("IdentityProviders")])
	not rule.applies with input as _with(["COGNITO"], [{"op": "remove", "path": "/IdentityProviders"}])
}

test_one_social_provider_is_proof_enough if {
	pool := _with(["Google", "Other"], [_more("Clients"), _more("IdentityProviders")])
	count(rule.deny) == 1 with input as pool
	count(rule.unknown) == 0 with input as pool
}
