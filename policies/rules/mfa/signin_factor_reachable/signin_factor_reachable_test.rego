package cognilint.rules.mfa.signin_factor_reachable_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.signin_factor_reachable as rule

_path := ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors"]

_with(factors, patches) := fixtures.pool(array.concat([{"op": "replace", "path": concat("/", array.concat([""], _path)), "value": factors}], patches))

_flows(flows) := {"op": "replace", "path": "/Clients/0/ExplicitAuthFlows", "value": flows}

_domain(domain) := {"op": "add", "path": "/Domains/-", "value": object.union({"Domain": "example"}, domain)}

test_good_pool_has_passwords_only_and_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as fixtures.pool([{"op": "remove", "path": "/UserPool/Policies"}])
	not rule.applies with input as _with([], [])
}

test_factors_that_nobody_can_choose_fail if {
	pool := _with(["PASSWORD", "WEB_AUTHN", "EMAIL_OTP"], [_domain({"ManagedLoginVersion": 1})])
	rule.applies with input as pool
	rule.deny == {{
		"msg": "EMAIL_OTP, WEB_AUTHN cannot be chosen, expected an app client with ALLOW_USER_AUTH or a domain with managed login (version 2)",
		"path": _path,
		"actual": ["PASSWORD", "WEB_AUTHN", "EMAIL_OTP"],
		"expected": "only PASSWORD, or a way to choose",
	}} with input as pool
}

test_each_way_to_choose_is_enough if {
	every patch in [
		_flows(["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH"]),
		_domain({"ManagedLoginVersion": 2}),
	] {
		count(rule.deny) == 0 with input as _with(["WEB_AUTHN"], [patch])
		count(rule.unknown) == 0 with input as _with(["WEB_AUTHN"], [patch])
	}
}

test_other_flows_offer_no_choice if {
	every patch in [
		_flows(["ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_USER_PASSWORD_AUTH"]),
		_flows(["USER_PASSWORD_AUTH"]),
		{"op": "remove", "path": "/Clients/0/ExplicitAuthFlows"},
		{"op": "replace", "path": "/Clients", "value": []},
		{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]},
	] {
		count(rule.deny) == 1 with input as _with(["WEB_AUTHN", "PASSWORD"], [patch])
	}
}

test_any_of_several_clients_and_domains_is_enough if {
	second := {"op": "add", "path": "/Clients/-", "value": {"ClientId": "4choice", "ExplicitAuthFlows": ["ALLOW_USER_AUTH"]}}
	count(rule.deny) == 0 with input as _with(["WEB_AUTHN"], [second])
	count(rule.deny) == 0 with input as _with(["WEB_AUTHN"], [_domain({"ManagedLoginVersion": 1}), _domain({"ManagedLoginVersion": 2})])
}

test_domain_without_a_version_decides_nothing if {
	pool := _with(["WEB_AUTHN"], [_domain({})])
	count(rule.deny) == 0 with input as pool
	rule.unknown == {["Domains", 0, "ManagedLoginVersion"]} with input as pool

	reachable := _with(["WEB_AUTHN"], [_domain({}), _flows(["ALLOW_USER_AUTH"])])
	count(rule.unknown) == 0 with input as reachable
}
