package cognilint.rules.operations.pool_tags_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.operations.pool_tags as rule

_path := ["UserPool", "UserPoolTags"]

_with(tags) := fixtures.pool([{"op": "add", "path": "/UserPool/UserPoolTags", "value": tags}])

_required(keys) := {"pool-tags": {"required": keys}}

test_any_own_tag_passes if {
	count(rule.deny) == 0 with input as _with({"owner": "identity"})
	count(rule.deny) == 0 with input as _with({"aws:cloudformation:stack-name": "s", "env": ""})
}

test_pool_without_tags_fails if {
	rule.deny == {{
		"msg": "the pool has no tags, expected at least one of its owner",
		"path": _path,
		"actual": null,
		"expected": "a tag that no service gave",
	}} with input as fixtures.good
	some violation in rule.deny with input as _with({})
	violation.actual == {}
}

# FP30
test_tags_of_services_do_not_count if {
	tags := {"aws:cloudformation:stack-name": "s", "aws:cloudformation:stack-id": "i"}
	some violation in rule.deny with input as _with(tags)
	violation.actual == tags
	contains(violation.msg, "but those of services")
}

test_each_missing_key_fails if {
	params := _required(["owner", "env", "cost"])
	rule.deny == {
		{
			"msg": "the pool has no tag cost, expected one",
			"path": array.concat(_path, ["cost"]),
			"actual": null,
			"expected": "a tag with the key cost",
		},
		{
			"msg": "the pool has no tag env, expected one",
			"path": array.concat(_path, ["env"]),
			"actual": null,
			"expected": "a tag with the key env",
		},
	} with input as _with({"owner": "identity", "Env": "prod"}) with data.params as params
	count(rule.deny) == 3 with input as fixtures.good with data.params as params
}

test_required_keys_pass_with_any_value if {
	count(rule.deny) == 0 with input as _with({"owner": "", "other": "x"}) with data.params as _required(["owner"])
	count(rule.deny) == 0 with input as _with({"aws:cloudformation:stack-name": "s"})
		with data.params as _required(["aws:cloudformation:stack-name"])
}
