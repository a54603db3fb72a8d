# METADATA
# title: The domain shows the current login pages
# description: |
#   The domain still serves the classic hosted UI. Its pages cannot sign users
#   in with passkeys and do not get the newer sign-in options that the plan of
#   the pool includes.
# related_resources:
# - description: User pool managed login
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-managed-login.html
# - description: Apply branding to managed login pages
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-branding.html
# custom:
#   id: domain-managed-login-current
#   severity: info
#   target: domain
#   needs: [Domain, UserPool.UserPoolTier]
#   applies_needs: [UserPool.UserPoolTier]
#   remediation: |
#     The pages look different afterwards, and a client without a branding style
#     gets no page at all. Create a style for each client first.
#
#     Console: Managed login > Create a style, then Domain, where the branding
#     version is chosen.
#
#     AWS CLI: create-managed-login-branding for each client, then
#     update-user-pool-domain with ManagedLoginVersion 2; send CustomDomainConfig
#     along for a custom domain.
#
#     CloudFormation: AWS::Cognito::ManagedLoginBranding, and
#     ManagedLoginVersion of AWS::Cognito::UserPoolDomain.
#
#     Terraform: aws_cognito_managed_login_branding, and managed_login_version of
#     aws_cognito_user_pool_domain.
#   waive_when: |
#     Reasonable while the classic pages do what is needed and the new ones
#     are not designed yet. Users who should have passkeys must be able to use
#     them in another way.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.domain.domain_managed_login_current

import data.cognilint.lib.threat

applies if not threat.tier == "LITE"

# Older answers tell neither the plan nor the version.
unknown contains ["UserPool", "UserPoolTier"] if not threat.tier

unknown contains ["Domain", "ManagedLoginVersion"] if not input.Domain.ManagedLoginVersion

deny contains violation if {
	applies
	found := input.Domain.ManagedLoginVersion
	found != 2
	violation := {
		"msg": sprintf("the domain %s shows version %d of the login pages, expected 2", [object.get(input.Domain, "Domain", "?"), found]),
		"path": ["Domain", "ManagedLoginVersion"],
		"actual": found,
		"expected": 2,
	}
}
