package cognilint.rules.password.password_requires_lowercase_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.password.password_requires_lowercase as rule

_path := ["UserPool", "Policies", "PasswordPolicy", "RequireLowercase"]

_require := {"op": "replace", "path": _path, "value": true}

_not_required := {"op": "replace", "path": "/UserPool/Policies/PasswordPolicy/RequireLowercase", "value": false}

_absent := {"op": "remove", "path": "/UserPool/Policies/PasswordPolicy/RequireLowercase"}

test_good_pool_passes if {
	rule.applies with input as fixtures.good
	count(rule.deny) == 0 with input as fixtures.good
	count(rule.fix) == 0 with input as fixtures.good
}

test_class_that_is_not_required_fails_and_is_required if {
	pool := fixtures.pool([_not_required])
	rule.deny == {{
		"msg": `passwords need no lowercase letter, expected at least one (local passwords: client "web")`,
		"path": _path,
		"actual": false,
		"expected": true,
	}} with input as pool
	rule.fix == {_require} with input as pool
}

test_absent_member_of_a_policy_means_not_required if {
	pool := fixtures.pool([_absent])
	some violation in rule.deny with input as pool
	violation.actual == null
	contains(violation.msg, "absent, which means not required")
	rule.fix == {_require} with input as pool
}

test_absent_policy_is_the_default_of_the_service if {
	every path in ["/UserPool/Policies", "/UserPool/Policies/PasswordPolicy"] {
		count(rule.deny) == 0 with input as fixtures.pool([{"op": "remove", "path": path}])
	}
}

test_other_classes_do_not_count if {
	others := [{"op": "replace", "path": sprintf("/UserPool/Policies/PasswordPolicy/%s", [member]), "value": false} |
		some member in ({"RequireLowercase", "RequireUppercase", "RequireNumbers", "RequireSymbols"} - {"RequireLowercase"})
	]
	count(rule.deny) == 0 with input as fixtures.pool(others)
}

test_pool_with_federated_sign_in_only_is_exempt if {
	not rule.applies with input as fixtures.pool([_not_required, {"op": "replace", "path": "/Clients", "value": [fixtures.sso_client]}])
}

test_unread_clients_exempt_nothing if {
	pool := fixtures.pool([_not_required, {"op": "remove", "path": "/Clients"}])
	rule.applies with input as pool
	some violation in rule.deny with input as pool
	contains(violation.msg, "was not tested")
}
