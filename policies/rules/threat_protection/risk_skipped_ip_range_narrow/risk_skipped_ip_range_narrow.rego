# METADATA
# title: Only small networks bypass threat protection
# description: |
#   Sign-ins from a skipped address range are never rated. The range is a whole
#   network, so every stranger in it, or with a rented machine in it, bypasses
#   threat protection.
# related_resources:
# - description: Advanced security with threat protection
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html
# - description: RiskExceptionConfigurationType
#   ref: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RiskExceptionConfigurationType.html
# custom:
#   id: risk-skipped-ip-range-narrow
#   severity: high
#   target: risk_configuration
#   needs: [RiskConfiguration, UserPool.UserPoolAddOns]
#   applies_needs: [UserPool.UserPoolAddOns]
#   params:
#     v4_min:
#       type: integer
#       default: 24
#       min: 0
#       max: 32
#       description: The shortest prefix of an IPv4 range that may be skipped.
#     v6_min:
#       type: integer
#       default: 64
#       min: 0
#       max: 128
#       description: The shortest prefix of an IPv6 range that may be skipped.
#   remediation: |
#     Console: replace the range under Threat protection > IP address
#     exceptions by the addresses that are meant.
#
#     AWS CLI: describe-risk-configuration, then set-risk-configuration with
#     everything it returned and the narrower SkippedIPRangeList in
#     RiskExceptionConfiguration; the call resets what it is not told.
#
#     CloudFormation: RiskExceptionConfiguration.SkippedIPRangeList of
#     AWS::Cognito::UserPoolRiskConfigurationAttachment.
#
#     Terraform: skipped_ip_range_list in risk_exception_configuration of
#     aws_cognito_risk_configuration.
#   waive_when: |
#     Only where the whole range is yours and holds managed machines only,
#     such as a company network. MFA must be required from there as well;
#     never for a range of a cloud or internet provider.
#   fix:
#     class: manual
#     note: Only the owner knows which addresses are meant.
#   since: "0.1"
package cognilint.rules.threat_protection.risk_skipped_ip_range_narrow

import data.cognilint.lib.param
import data.cognilint.lib.threat

params := param.values(rego.metadata.chain())

applies if threat.mode != "OFF"

_owner := sprintf("client %s", [input.RiskConfiguration.ClientId]) if {
	input.RiskConfiguration.ClientId
} else := "the pool"

# Undefined for one address, and for text that is no range.
_prefix(range) := to_number(parts[1]) if {
	parts := split(range, "/")
	count(parts) == 2
	regex.match(`^[0-9]{1,3}$`, parts[1])
}

_limit(range) := params.v6_min if {
	contains(range, ":")
} else := params.v4_min

deny contains violation if {
	some i, range in input.RiskConfiguration.RiskExceptionConfiguration.SkippedIPRangeList
	limit := _limit(range)
	_prefix(range) < limit
	expected := sprintf("a prefix of at least /%d", [limit])
	violation := {
		"msg": sprintf("the risk configuration of %s skips %s, expected %s", [_owner, range, expected]),
		"path": ["RiskConfiguration", "RiskExceptionConfiguration", "SkippedIPRangeList", i],
		"actual": range,
		"expected": expected,
	}
}
