# METADATA
# title: Threat protection
# description: |
#   Feature plan, modes and risk configurations. The configuration of a client
#   replaces that of the pool completely.
package cognilint.lib.threat

import data.cognilint.lib.known

# METADATA
# description: |
#   LITE, ESSENTIALS or PLUS. Undefined in older answers; old pools are LITE,
#   so the default of new ones would be a guess.
tier := input.UserPool.UserPoolTier

# METADATA
# description: OFF, AUDIT or ENFORCED.
mode := object.get(input.UserPool, ["UserPoolAddOns", "AdvancedSecurityMode"], "OFF")

# METADATA
# description: The mode for custom challenges, which do not follow the other one.
custom_auth_mode := object.get(input.UserPool, ["UserPoolAddOns", "AdvancedSecurityAdditionalFlows", "CustomAuthMode"], "OFF")

# METADATA
# description: |
#   An old pool on LITE that keeps threat protection; a change of its plan may
#   lose it.
grandfathered if {
	tier == "LITE"
	mode != "OFF"
}

# METADATA
# description: |
#   The pool can have threat protection: true or false, undefined if it tells
#   no plan. If it does not but threat protection is on, it can.
available if tier == "PLUS"

available if grandfathered

available if {
	not tier
	mode != "OFF"
}

available := false if {
	tier != "PLUS"
	not grandfathered
}

# METADATA
# description: |
#   The risk configuration of the pool, {} if it has none. Undefined if it was
#   not read.
pool_risk := [risk |
	some risk in input.RiskConfigurations
	not risk.ClientId
][0] if {
	known.section("RiskConfigurations")
} else := {} if known.complete("RiskConfigurations")

# METADATA
# description: |
#   How a risk configuration answers a level (HighAction, MediumAction,
#   LowAction) of account takeover: BLOCK, MFA_REQUIRED, MFA_IF_CONFIGURED,
#   NO_ACTION, null if unset.
takeover_action(risk, level) := object.get(risk, ["AccountTakeoverRiskConfiguration", "Actions", level, "EventAction"], null)

# METADATA
# description: How a risk configuration answers leaked passwords, BLOCK or NO_ACTION, null if unset.
credentials_action(risk) := object.get(risk, ["CompromisedCredentialsRiskConfiguration", "Actions", "EventAction"], null)

# METADATA
# description: The events that are checked for leaked passwords; an unset or empty list means all.
credentials_events(risk) := {"SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"} if {
	count(object.get(risk, ["CompromisedCredentialsRiskConfiguration", "EventFilter"], [])) == 0
} else := {event | some event in risk.CompromisedCredentialsRiskConfiguration.EventFilter}
