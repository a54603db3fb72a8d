package cognilint.rules.recovery.recovery_attribute_collected_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.recovery.recovery_attribute_collected as rule

_path := ["UserPool", "AccountRecoverySetting", "RecoveryMechanisms"]

# Anyone can sign up, with no address at all.
_bare(names, patches) := fixtures.pool(array.concat(
	[
		{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": false},
		{"op": "replace", "path": "/UserPool/AccountRecoverySetting/RecoveryMechanisms", "value": _mechanisms(names)},
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": []},
		{"op": "remove", "path": "/UserPool/UsernameAttributes"},
		{"op": "replace", "path": "/UserPool/SchemaAttributes/1/Required", "value": false},
	],
	patches,
))

_mechanisms(names) := [{"Name": name, "Priority": i + 1} | some i, name in names]

test_address_that_nobody_asks_for_fails if {
	rule.applies with input as _bare(["verified_email"], [])
	rule.deny == {{
		"msg": "accounts are recovered by email, which users need not state at sign-up, expected an address that is required, verified or signed in with (local passwords: client \"web\")",
		"path": _path,
		"actual": _mechanisms(["verified_email"]),
		"expected": "a channel whose address is required, verified or signed in with",
	}} with input as _bare(["verified_email"], [])
}

test_any_way_to_collect_it_passes if {
	every patch in [
		{"op": "replace", "path": "/UserPool/SchemaAttributes/1/Required", "value": true},
		{"op": "add", "path": "/UserPool/UsernameAttributes", "value": ["phone_number", "email"]},
		{"op": "add", "path": "/UserPool/AliasAttributes", "value": ["preferred_username", "email"]},
		{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": ["email"]},
	] {
		count(rule.deny) == 0 with input as _bare(["verified_email"], [patch])
		count(rule.deny) == 0 with input as _bare(["verified_phone_number", "verified_email"], [patch])
	}
}

test_address_of_another_channel_does_not_count if {
	count(rule.deny) == 1 with input as _bare(["verified_phone_number"], [{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": ["email"]}])
}

test_absent_setting_means_both_addresses if {
	absent := [{"op": "remove", "path": "/UserPool/AccountRecoverySetting"}]
	some violation in rule.deny with input as _bare(["verified_email"], absent)
	violation.actual == null
	contains(violation.msg, "by phone_number or email,")

	verified := array.concat(absent, [{"op": "replace", "path": "/UserPool/AutoVerifiedAttributes", "value": ["email"]}])
	count(rule.deny) == 0 with input as _bare(["verified_email"], verified)
}

test_absent_schema_requires_nothing if {
	count(rule.deny) == 1 with input as _bare(["verified_email"], [{"op": "remove", "path": "/UserPool/SchemaAttributes"}])
}

test_recovery_without_addresses_is_no_finding if {
	not rule.applies with input as _bare(["admin_only"], [])
	not rule.applies with input as _bare(["verified_pigeon"], [])
	count(rule.deny) == 0 with input as _bare(["verified_email", "verified_pigeon"], [])
}

test_closed_sign_up_is_exempt if {
	not rule.applies with input as fixtures.good
	not rule.applies with input as _bare(["verified_email"], [{"op": "replace", "path": "/UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly", "value": true}])
}

test_pool_without_local_passwords_is_exempt if {
	every clients in [[fixtures.sso_client], [fixtures.machine_client]] {
		not rule.applies with input as _bare(["verified_email"], [{"op": "replace", "path": "/Clients", "value": clients}])
	}
}

test_unread_clients_exempt_nothing if {
	unread := _bare(["verified_email"], [{"op": "remove", "path": "/Clients"}])
	rule.applies with input as unread
	some violation in rule.deny with input as unread
	contains(violation.msg, "was not tested")
}
