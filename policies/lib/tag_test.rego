package cognilint.lib.tag_test

import data.cognilint.lib.tag

_with(tags) := {"UserPool": {"UserPoolTags": tags}}

test_keys if {
	tag.keys == {"team"} with input as _with({"team": "a", "aws:cloudformation:stack-name": "b"})
	tag.keys == set() with input as {"UserPool": {}}
}

test_matching if {
	wanted := {"env": ["prod", "live"], "stage": ["production"]}
	tag.matching(wanted) == {"Env"} with input as _with({"Env": "Prod", "stage": "test", "x": "prod"})
	tag.matching(wanted) == {"env", "STAGE"} with input as _with({"env": "live", "STAGE": "PRODUCTION"})
	tag.matching(wanted) == set() with input as _with({"env": "nonprod", "stage": "prod"})
	tag.matching({"aws:x": ["y"]}) == set() with input as _with({"aws:x": "y"})
	tag.matching(wanted) == set() with input as {"UserPool": {}}
}
