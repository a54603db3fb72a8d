# METADATA
# title: The feature plan covers the settings
# description: |
#   A setting belongs to a higher feature plan than the pool has. The service
#   refuses it, so templates and changes fail, or the setting sleeps and the
#   protection that people count on is not there.
# related_resources:
# - description: User pool feature plans
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
# - description: Turning off features to change feature plans
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/feature-plans-deactivate.html
# custom:
#   id: plan-supports-settings
#   severity: medium
#   target: pool
#   needs: [UserPool.UserPoolTier, UserPool.UserPoolAddOns, UserPool.Policies, UserPool.LambdaConfig, MfaConfig, Domains, Clients, LogDeliveryConfiguration]
#   guard: true
#   remediation: |
#     Switch the setting off, or choose a higher plan. Plans cost money per
#     active user, and old pools on LITE lose threat protection when the plan
#     changes.
#
#     Console: Settings > Feature plan; the finding names the setting.
#
#     AWS CLI: take what describe-user-pool returns, take the setting out or
#     set UserPoolTier to the plan, and send every setting with
#     update-user-pool: it resets what it is not told. Email as MFA factor is
#     changed with set-user-pool-mfa-config and every other factor, the export
#     of events with set-log-delivery-configuration and every other entry; both
#     replace what they are not told.
#
#     CloudFormation: UserPoolTier of AWS::Cognito::UserPool, or without the
#     setting.
#
#     Terraform: user_pool_tier of aws_cognito_user_pool, or without the
#     setting.
#   waive_when: |
#     Not reasonable: the service refuses the setting, or it sleeps and people
#     count on a protection that is not there. Switch it off or choose the
#     plan that has it.
#   fix:
#     class: manual
#     note: The tool never changes the feature plan.
#   since: "0.1"
package cognilint.rules.operations.plan_supports_settings

import data.cognilint.lib.client
import data.cognilint.lib.known
import data.cognilint.lib.threat

# Older answers do not tell the plan. ESSENTIALS, the default of new pools,
# would be a guess: old pools are LITE.
unknown contains ["UserPool", "UserPoolTier"] if not threat.tier

# A client or domain that was not read may use what LITE lacks.
unknown contains [section, "-"] if {
	threat.tier == "LITE"
	count(deny) == 0
	some section in ["Clients", "Domains"]
	not known.complete(section)
}

deny contains violation if {
	some setting in _plus
	threat.tier in {"LITE", "ESSENTIALS"}
	violation := _violation(setting, "PLUS")
}

deny contains violation if {
	some setting in _essentials
	threat.tier == "LITE"
	violation := _violation(setting, "ESSENTIALS")
}

_violation(setting, plan) := {
	"msg": sprintf("%s needs the plan %s, but the pool is on %s, expected it off or a higher plan", [setting.what, plan, threat.tier]),
	"path": setting.path,
	"actual": setting.actual,
	"expected": sprintf("not used below the plan %s", [plan]),
}

_plus contains {"what": "threat protection", "path": path, "actual": mode} if {
	path := ["UserPool", "UserPoolAddOns", "AdvancedSecurityMode"]
	mode := object.get(input, path, "OFF")
	mode != "OFF"
	not threat.grandfathered
}

_plus contains {"what": "threat protection for custom authentication", "path": path, "actual": mode} if {
	path := ["UserPool", "UserPoolAddOns", "AdvancedSecurityAdditionalFlows", "CustomAuthMode"]
	mode := object.get(input, path, "OFF")
	mode != "OFF"
}

_plus contains {"what": "the export of user events", "path": path, "actual": "userAuthEvents"} if {
	some i, configuration in input.LogDeliveryConfiguration.LogConfigurations
	configuration.EventSource == "userAuthEvents"
	path := ["LogDeliveryConfiguration", "LogConfigurations", i, "EventSource"]
}

_essentials contains {"what": sprintf("the first factor %s", [factor]), "path": path, "actual": factor} if {
	some i, factor in input.UserPool.Policies.SignInPolicy.AllowedFirstAuthFactors
	factor in {"EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"}
	path := ["UserPool", "Policies", "SignInPolicy", "AllowedFirstAuthFactors", i]
}

_essentials contains {"what": "password history", "path": path, "actual": size} if {
	path := ["UserPool", "Policies", "PasswordPolicy", "PasswordHistorySize"]
	size := object.get(input, path, 0)
	size > 0
}

_essentials contains {"what": "email as MFA factor", "path": ["MfaConfig", "EmailMfaConfiguration"], "actual": factor} if {
	factor := input.MfaConfig.EmailMfaConfiguration
}

_essentials contains {"what": sprintf("the pre token trigger %s", [version]), "path": path, "actual": version} if {
	path := ["UserPool", "LambdaConfig", "PreTokenGenerationConfig", "LambdaVersion"]
	version := object.get(input, path, "V1_0")
	version in {"V2_0", "V3_0"}
}

_essentials contains {"what": "managed login in its second version", "path": path, "actual": 2} if {
	some i, domain in input.Domains
	domain.ManagedLoginVersion == 2
	path := ["Domains", i, "ManagedLoginVersion"]
}

_essentials contains {"what": sprintf("ALLOW_USER_AUTH of client %s", [client.label(c)]), "path": path, "actual": "ALLOW_USER_AUTH"} if {
	some i, c in input.Clients
	some j, "ALLOW_USER_AUTH" in c.ExplicitAuthFlows
	path := ["Clients", i, "ExplicitAuthFlows", j]
}
