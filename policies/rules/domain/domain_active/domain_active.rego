# METADATA
# title: The domain works
# description: |
#   The domain could not be set up or changed. Login pages and token endpoint
#   are down under its name: users cannot sign in there, and machines get no
#   tokens.
# related_resources:
# - description: Configuring a user pool domain
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html
# - description: Using your own domain for managed login
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html
# custom:
#   id: domain-active
#   severity: high
#   target: domain
#   needs: [Domain]
#   remediation: |
#     Most often the certificate or its DNS name is the cause: it must be in
#     us-east-1, issued and for this name, and the parent domain must resolve.
#     Correct that and set the domain again, or delete and create it.
#
#     Console: Domain > Actions.
#
#     AWS CLI: update-user-pool-domain with the certificate, or
#     delete-user-pool-domain and create-user-pool-domain. A prefix that is
#     deleted can be taken by others.
#
#     CloudFormation: CustomDomainConfig of AWS::Cognito::UserPoolDomain.
#
#     Terraform: certificate_arn of aws_cognito_user_pool_domain.
#   waive_when: |
#     Only for a domain that no application uses yet, or that is about to be
#     deleted. Otherwise not reasonable: neither users nor machines get tokens
#     there until it is fixed.
#   fix:
#     class: manual
#   since: "0.1"
package cognilint.rules.domain.domain_active

_status := object.get(input.Domain, "Status", "")

# A domain that is being created, changed or deleted is neither up nor down.
unknown contains ["Domain", "Status"] if not _status in {"ACTIVE", "FAILED"}

deny contains violation if {
	_status == "FAILED"
	violation := {
		"msg": sprintf("the domain %s has failed, expected it active", [object.get(input.Domain, "Domain", "?")]),
		"path": ["Domain", "Status"],
		"actual": "FAILED",
		"expected": "ACTIVE",
	}
}
