package cognilint.rules.messaging.verification_link_has_domain_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.messaging.verification_link_has_domain as rule

_with(option, patches) := fixtures.pool(array.concat(
	[{"op": "add", "path": "/UserPool/VerificationMessageTemplate", "value": {"DefaultEmailOption": option}}],
	patches,
))

_domain(member, value) := {"op": "add", "path": sprintf("/UserPool/%s", [member]), "value": value}

test_link_without_domain_fails if {
	rule.applies with input as _with("CONFIRM_WITH_LINK", [])
	rule.deny == {{
		"msg": "addresses are confirmed with a link but the pool has no domain for it, expected a domain or codes",
		"path": ["UserPool", "VerificationMessageTemplate", "DefaultEmailOption"],
		"actual": "CONFIRM_WITH_LINK",
		"expected": "CONFIRM_WITH_CODE, or a domain",
	}} with input as _with("CONFIRM_WITH_LINK", [])
}

test_either_domain_passes if {
	every member in ["Domain", "CustomDomain"] {
		count(rule.deny) == 0 with input as _with("CONFIRM_WITH_LINK", [_domain(member, "login")])
	}
}

test_empty_domain_is_none if {
	count(rule.deny) == 1 with input as _with("CONFIRM_WITH_LINK", [_domain("Domain", "")])
}

test_codes_are_exempt if {
	every pool in [
		fixtures.good,
		_with("CONFIRM_WITH_CODE", []),
		fixtures.pool([{"op": "add", "path": "/UserPool/VerificationMessageTemplate", "value": {}}]),
	] {
		not rule.applies with input as pool
		count(rule.deny) == 0 with input as pool
	}
}
