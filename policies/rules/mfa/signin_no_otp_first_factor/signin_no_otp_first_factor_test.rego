package cognilint.rules.mfa.signin_no_otp_first_factor_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.signin_no_otp_first_factor as rule

_path := ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors"]

_factors(factors) := {"op": "replace", "path": concat("/", array.concat([""], _path)), "value": factors}

_choice := {"op": "replace", "path": "/Clients/0/ExplicitAuthFlows", "value": ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}

_domain(domain) := {"op": "add", "path": "/Domains/-", "value": object.union({"Domain": "example"}, domain)}

_partly(section) := {"op": "add", "path": "/unknown/-", "value": {"path": sprintf("/%s/-", [section]), "reason": "the list may be longer"}}

test_good_pool_offers_no_choice_and_is_exempt if {
	not rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.unknown) == 0 with input as fixtures.good
}

test_codes_fail_where_users_can_choose if {
	every offer in [_choice, _domain({"ManagedLoginVersion": 2})] {
		pool := fixtures.pool([_factors(["SMS_OTP", "PASSWORD", "EMAIL_OTP"]), offer])
		rule.applies with input as pool
		rule.deny == {
			{
				"msg": "SMS_OTP is a first factor, so a texted code alone signs in and MFA cannot be required, expected PASSWORD or WEB_AUTHN",
				"path": array.concat(_path, [0]),
				"actual": "SMS_OTP",
				"expected": "PASSWORD or WEB_AUTHN",
			},
			{
				"msg": "EMAIL_OTP is a first factor, so a mailed code alone signs in and MFA cannot be required, expected PASSWORD or WEB_AUTHN",
				"path": array.concat(_path, [2]),
				"actual": "EMAIL_OTP",
				"expected": "PASSWORD or WEB_AUTHN",
			},
		} with input as pool
	}
}

test_other_factors_pass if {
	every factors in [["PASSWORD"], ["WEB_AUTHN", "PASSWORD"], ["NEW_FACTOR"], []] {
		pool := fixtures.pool([_factors(factors), _choice])
		rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
		count(rule.unknown) == 0 with input as pool
	}
}

test_unset_list_means_passwords if {
	every path in ["/UserPool/Policies", "/UserPool/Policies/SignInPolicy"] {
		pool := fixtures.pool([{"op": "remove", "path": path}, _choice])
		rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
	}
}

test_codes_that_nobody_can_choose_are_exempt if {
	every patches in [
		[],
		[{"op": "remove", "path": "/Clients/0/ExplicitAuthFlows"}],
		[_domain({"ManagedLoginVersion": 1})],
	] {
		pool := fixtures.pool(array.concat([_factors(["EMAIL_OTP"])], patches))
		not rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
		count(rule.unknown) == 0 with input as pool
	}
}

test_exemption_needs_all_clients_and_domains if {
	every section in ["Clients", "Domains"] {
		every gap in [_partly(section), {"op": "remove", "path": sprintf("/%s", [section])}] {
			codes := fixtures.pool([_factors(["EMAIL_OTP"]), gap])
			rule.applies with input as codes
			count(rule.deny) == 0 with input as codes
			rule.unknown == {[section, "-"]} with input as codes

			passwords := fixtures.pool([gap])
			count(rule.deny) == 0 with input as passwords
			count(rule.unknown) == 0 with input as passwords
		}
	}
}

test_domain_without_a_version_decides_nothing if {
	pool := fixtures.pool([_factors(["EMAIL_OTP"]), _domain({})])
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
	rule.unknown == {["Domains", 0, "ManagedLoginVersion"]} with input as pool
}

test_one_client_that_offers_the_choice_is_proof_enough if {
	pool := fixtures.pool([_factors(["EMAIL_OTP"]), _choice, _partly("Clients"), {"op": "remove", "path": "/Domains"}])
	count(rule.deny) == 1 with input as pool
	count(rule.unknown) == 0 with input as pool
}
