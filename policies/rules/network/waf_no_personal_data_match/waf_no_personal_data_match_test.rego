package cognilint.rules.network.waf_no_personal_data_match_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.network.waf_no_personal_data_match as rule

_pool(statement) := fixtures.pool([{
	"op": "replace", "path": "/WebACL",
	"value": {"Name": "edge", "Rules": [{"Name": "match", "Statement": statement, "Action": {"Block": {}}}]},
}])

_match(field) := {"FieldToMatch": {field: {}}, "PositionalConstraint": "CONTAINS"}

test_other_parts_pass if {
	every field in ["SingleHeader", "UriPath", "QueryString", "Method", "FutureField"] {
		rule.applies with input as _pool({"ByteMatchStatement": _match(field)})
		count(rule.deny) == 0 with input as _pool({"ByteMatchStatement": _match(field)})
	}
}

test_body_fails if {
	every field in ["Body", "JsonBody"] {
		every kind in ["ByteMatchStatement", "SqliMatchStatement", "RegexMatchStatement"] {
			rule.deny == {{
				"msg": `the rule "match" of the web ACL looks at the body only, where Cognito withholds personal data, expected another part of the request`,
				"path": ["WebACL", "Rules", 0, "Statement", kind, "FieldToMatch"],
				"actual": field,
				"expected": "headers, path or query string",
			}} with input as _pool({kind: _match(field)})
		}
	}
}

test_combined_statements_are_not_judged if {
	inner := {"ByteMatchStatement": _match("Body")}
	count(rule.deny) == 0 with input as _pool({"AndStatement": {"Statements": [inner, {"GeoMatchStatement": {}}]}})
	count(rule.deny) == 0 with input as _pool({"NotStatement": {"Statement": inner}})
	count(rule.deny) == 0 with input as _pool({"RateBasedStatement": {"Limit": 100, "ScopeDownStatement": inner}})
}

test_web_acl_without_rules_passes if {
	count(rule.deny) == 0 with input as fixtures.pool([{"op": "replace", "path": "/WebACL", "value": {"Name": "edge"}}])
}

test_pool_without_web_acl_is_exempt if {
	not rule.applies with input as fixtures.good
}
