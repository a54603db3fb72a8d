package cognilint.rules.mfa.passkey_phishing_resistant_offered_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.mfa.passkey_phishing_resistant_offered as rule

_path := ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors"]

_factors(factors) := {"op": "replace", "path": concat("/", array.concat([""], _path)), "value": factors}

test_passkey_in_any_place_passes if {
	every factors in [["WEB_AUTHN"], ["PASSWORD", "WEB_AUTHN"], ["WEB_AUTHN", "PASSWORD"]] {
		pool := fixtures.pool([_factors(factors)])
		rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
	}
}

test_passwords_only_fail if {
	rule.applies with input as fixtures.good
	rule.deny == {{
		"msg": `users cannot sign in with a passkey, expected WEB_AUTHN among the first factors (local passwords: client "web")`,
		"path": _path,
		"actual": ["PASSWORD"],
		"expected": "WEB_AUTHN among them",
	}} with input as fixtures.good
	count(rule.deny) == 1 with input as fixtures.pool([_factors(["PASSWORD", "EMAIL_OTP"])])
}

test_unset_list_means_passwords if {
	every path in ["/UserPool/Policies", "/UserPool/Policies/SignInPolicy"] {
		some violation in rule.deny with input as fixtures.pool([{"op": "remove", "path": path}])
		violation.actual == null
	}
}

test_plan_without_passkeys_is_named if {
	some violation in rule.deny with input as fixtures.pool([{"op": "replace", "path": "/UserPool/UserPoolTier", "value": "LITE"}])
	contains(violation.msg, "the plan LITE has no passkeys")
	some other in rule.deny with input as fixtures.pool([{"op": "remove", "path": "/UserPool/UserPoolTier"}])
	not contains(other.msg, "plan")
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as fixtures.pool([{"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_unread_clients_exempt_nothing if {
	pool := fixtures.pool([{"op": "remove", "path": "/Clients"}])
	rule.applies with input as pool
	some violation in rule.deny with input as pool
	contains(violation.msg, "was not tested")
}
