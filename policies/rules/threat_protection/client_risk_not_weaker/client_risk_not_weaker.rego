# METADATA
# title: The risk configuration of a client is not weaker than that of the pool
# description: |
#   An app client has a risk configuration of its own, which replaces that of
#   the pool completely, and it answers less. Who attacks accounts does it
#   through this client.
# related_resources:
# - description: Advanced security with threat protection
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html
# - description: SetRiskConfiguration
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetRiskConfiguration.html
# custom:
#   id: client-risk-not-weaker
#   severity: high
#   target: risk_configuration
#   needs: [RiskConfiguration, RiskConfigurations, UserPool.UserPoolAddOns]
#   applies_needs: [RiskConfiguration, UserPool.UserPoolAddOns]
#   remediation: |
#     Drop the configuration of the client, so that the pool's holds, or raise
#     it to the pool's.
#
#     Console: turn off the client's own configuration under App clients > the
#     client > Threat protection, or raise its responses there.
#
#     AWS CLI: set-risk-configuration with the pool id and the client id only
#     drops it. To raise it, describe-risk-configuration with both ids, then
#     set-risk-configuration with everything it returned and the raised values;
#     the call resets what it is not told.
#
#     CloudFormation: remove the
#     AWS::Cognito::UserPoolRiskConfigurationAttachment with this ClientId, or
#     raise its properties.
#
#     Terraform: remove the aws_cognito_risk_configuration with this client_id,
#     or raise its arguments.
#   waive_when: |
#     Only for a client whose secret stays on a server that rates sign-ins
#     itself and blocks risky ones. Otherwise not reasonable: attackers choose
#     the weakest client.
#   fix:
#     class: disruptive
#     note: |
#       Users of this client may be blocked or asked for a second factor as
#       those of other clients are. Address ranges that only this client skips
#       are scored again. Not proposed if it would ask for MFA that is off.
#   since: "0.1"
package cognilint.rules.threat_protection.client_risk_not_weaker

import data.cognilint.lib.threat

applies if {
	threat.mode != "OFF"
	input.RiskConfiguration.ClientId
	not threat.pool_risk == {}
}

unknown contains ["RiskConfigurations", "-"] if not threat.pool_risk

_ours := input.RiskConfiguration

_rank := {"NO_ACTION": 0, "MFA_IF_CONFIGURED": 1, "MFA_REQUIRED": 2, "BLOCK": 3}

# What an absent answer means is not documented; it is not the pool's.
_rank_of(action) := 0 if {
	action == null
} else := _rank[action]

_weaker_levels[level] := wanted if {
	some level in ["HighAction", "MediumAction", "LowAction"]
	wanted := threat.takeover_action(threat.pool_risk, level)
	_rank_of(threat.takeover_action(_ours, level)) < _rank[wanted]
}

deny contains violation if {
	some level, wanted in _weaker_levels
	found := threat.takeover_action(_ours, level)
	violation := {
		"msg": sprintf("client %s answers %s with %s, expected the %s of the pool", [_ours.ClientId, level, _text(found), wanted]),
		"path": ["RiskConfiguration", "AccountTakeoverRiskConfiguration", "Actions", level, "EventAction"],
		"actual": found,
		"expected": wanted,
	}
}

_text(action) := "no answer of its own" if {
	action == null
} else := action

_pool_blocks if threat.credentials_action(threat.pool_risk) == "BLOCK"

_lets_leaked_pass if {
	_pool_blocks
	threat.credentials_action(_ours) in {"NO_ACTION", null}
}

deny contains violation if {
	_lets_leaked_pass
	found := threat.credentials_action(_ours)
	violation := {
		"msg": sprintf("client %s answers leaked passwords with %s, expected the BLOCK of the pool", [_ours.ClientId, _text(found)]),
		"path": ["RiskConfiguration", "CompromisedCredentialsRiskConfiguration", "Actions", "EventAction"],
		"actual": found,
		"expected": "BLOCK",
	}
}

_events_path := ["RiskConfiguration", "CompromisedCredentialsRiskConfiguration", "EventFilter"]

_missing_events := threat.credentials_events(threat.pool_risk) - threat.credentials_events(_ours) if _pool_blocks

_all_events := sort(threat.credentials_events(threat.pool_risk) | threat.credentials_events(_ours))

deny contains violation if {
	threat.credentials_action(_ours) == "BLOCK"
	count(_missing_events) > 0
	violation := {
		"msg": sprintf("client %s does not look for leaked passwords at %s, expected the events of the pool", [_ours.ClientId, concat(", ", _missing_events)]),
		"path": _events_path,
		"actual": object.get(input, _events_path, null),
		"expected": _all_events,
	}
}

_ranges_path := ["RiskConfiguration", "RiskExceptionConfiguration", "SkippedIPRangeList"]

# A range in the notation of the API, or one address; undefined for other text.
_range(text) := text if {
	contains(text, "/")
	net.cidr_is_valid(text)
} else := range if {
	not contains(text, "/")
	range := concat("", [text, _one_address(text)])
	net.cidr_is_valid(range)
}

_one_address(text) := "/128" if {
	contains(text, ":")
} else := "/32"

_pool_range contains _range(text) if {
	some text in object.get(threat.pool_risk, ["RiskExceptionConfiguration", "SkippedIPRangeList"], [])
}

_wider contains [i, text] if {
	some i, text in object.get(input, _ranges_path, [])
	range := _range(text)
	not _skipped_by_pool(range)
}

_skipped_by_pool(range) if range in _pool_range

_skipped_by_pool(range) if {
	some covering in _pool_range
	net.cidr_contains(covering, range)
}

# Ranges side by side cover what none of them does alone: each fills its part of
# the whole. net.cidr_merge would tell, but panics at IPv4-mapped ranges. What
# overlaps counts twice, in favour of the client.
_skipped_by_pool(range) if {
	whole := 128
	parts := [part |
		some inner in _pool_range
		net.cidr_contains(range, inner)
		part := _power(whole - (_prefix(inner) - _prefix(range)))
	]
	sum(parts) >= _power(whole)
}

# 2 to the power of n.
_power(n) := product([2 | some _ in numbers.range(1, n)]) if {
	n > 0
} else := 1

_prefix(range) := to_number(split(range, "/")[1])

deny contains violation if {
	is_object(threat.pool_risk)
	some [i, text] in _wider
	violation := {
		"msg": sprintf("client %s leaves %s out of threat protection, expected no range that the pool does not skip", [_ours.ClientId, text]),
		"path": array.concat(_ranges_path, [i]),
		"actual": text,
		"expected": "only ranges that the pool skips",
	}
}

_fixable if {
	count(deny) > 0
	not _asks_in_vain
}

# An answer that asks for MFA where MFA is off does nothing, or locks out.
_asks_in_vain if {
	some _, wanted in _weaker_levels
	wanted in {"MFA_IF_CONFIGURED", "MFA_REQUIRED"}
	not _mfa_on
}

_mfa_on if input.UserPool.MfaConfiguration in {"ON", "OPTIONAL"}

_action(level) := ["RiskConfiguration", "AccountTakeoverRiskConfiguration", "Actions", level]

fix contains {"op": "replace", "path": array.concat(_action(level), ["EventAction"]), "value": wanted} if {
	_fixable
	some level, wanted in _weaker_levels
	object.get(input, _action(level), null) != null
}

# The API takes no action without Notify.
fix contains {"op": "replace", "path": _action(level), "value": {"EventAction": wanted, "Notify": false}} if {
	_fixable
	some level, wanted in _weaker_levels
	object.get(input, _action(level), null) == null
}

fix contains edit if {
	_fixable
	_lets_leaked_pass
	edit := {"op": "replace", "path": ["RiskConfiguration", "CompromisedCredentialsRiskConfiguration", "Actions", "EventAction"], "value": "BLOCK"}
}

fix contains {"op": "replace", "path": _events_path, "value": _all_events} if {
	_fixable
	count(_missing_events) > 0
}

fix contains {"op": "remove", "path": _ranges_path, "value": text} if {
	_fixable
	some [_, text] in _wider
}
