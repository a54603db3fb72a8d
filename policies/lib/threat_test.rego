package cognilint.lib.threat_test

import data.cognilint.lib.fixtures
import data.cognilint.lib.threat

_pool(tier, mode) := fixtures.pool([
	{"op": "replace", "path": "/UserPool/UserPoolTier", "value": tier},
	{"op": "add", "path": "/UserPool/UserPoolAddOns", "value": {"AdvancedSecurityMode": mode}},
])

_untold(mode) := json.patch(_pool("LITE", mode), [{"op": "remove", "path": "/UserPool/UserPoolTier"}])

test_modes_are_off_by_default if {
	threat.mode == "OFF" with input as fixtures.good
	threat.custom_auth_mode == "OFF" with input as fixtures.good
	threat.mode == "AUDIT" with input as _pool("PLUS", "AUDIT")
	threat.custom_auth_mode == "OFF" with input as _pool("PLUS", "ENFORCED")
	custom := {"UserPool": {"UserPoolAddOns": {"AdvancedSecurityAdditionalFlows": {"CustomAuthMode": "AUDIT"}}}}
	threat.custom_auth_mode == "AUDIT" with input as custom
	threat.mode == "OFF" with input as custom
}

test_available if {
	every mode in ["OFF", "AUDIT", "ENFORCED"] {
		threat.available with input as _pool("PLUS", mode)
		threat.available == false with input as _pool("ESSENTIALS", mode)
	}
	threat.available == false with input as _pool("LITE", "OFF")
	threat.available == false with input as fixtures.good
}

test_old_pools_on_lite_keep_what_they_have if {
	every mode in ["AUDIT", "ENFORCED"] {
		threat.grandfathered with input as _pool("LITE", mode)
		threat.available with input as _pool("LITE", mode)
	}
	not threat.grandfathered with input as _pool("LITE", "OFF")
	not threat.grandfathered with input as _pool("PLUS", "ENFORCED")
}

test_plan_that_is_not_told if {
	not threat.tier with input as _untold("ENFORCED")
	threat.available with input as _untold("ENFORCED")
	off := _untold("OFF")
	not threat.available with input as off
	not threat.available == false with input as off
}

_of_pool := {"CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": "BLOCK"}}}

_of_client := {"ClientId": "1example"}

test_pool_risk if {
	every risks in [[_of_pool, _of_client], [_of_client, _of_pool]] {
		threat.pool_risk == _of_pool with input.RiskConfigurations as risks
	}
	threat.pool_risk == {} with input as fixtures.good
	threat.pool_risk == {} with input as object.union(fixtures.good, {"RiskConfigurations": [_of_client]})
}

test_pool_risk_that_was_not_read if {
	not threat.pool_risk with input as fixtures.pool([{"op": "remove", "path": "/RiskConfigurations"}])
	every path in ["/RiskConfigurations", "/RiskConfigurations/-"] {
		unknown := object.union(fixtures.good, {"unknown": [{"path": path, "reason": "denied"}]})
		not threat.pool_risk with input as unknown
	}
	found := object.union(fixtures.good, {"RiskConfigurations": [_of_pool], "unknown": [{"path": "/RiskConfigurations/-", "reason": "denied"}]})
	threat.pool_risk == _of_pool with input as found
}

test_answers if {
	risk := {"AccountTakeoverRiskConfiguration": {"Actions": {"HighAction": {"EventAction": "BLOCK", "Notify": true}}}}
	threat.takeover_action(risk, "HighAction") == "BLOCK"
	threat.takeover_action(risk, "LowAction") == null
	threat.takeover_action({}, "HighAction") == null
	threat.credentials_action(_of_pool) == "BLOCK"
	threat.credentials_action(risk) == null
}

test_events if {
	every filter in [{}, {"EventFilter": []}, {"EventFilter": ["SIGN_UP", "SIGN_IN", "PASSWORD_CHANGE"]}] {
		threat.credentials_events({"CompromisedCredentialsRiskConfiguration": filter}) == {"SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"}
	}
	threat.credentials_events({"CompromisedCredentialsRiskConfiguration": {"EventFilter": ["SIGN_IN"]}}) == {"SIGN_IN"}
}
