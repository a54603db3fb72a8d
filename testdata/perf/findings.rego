# METADATA
# title: The findings of a pool, for a stock opa
# description: |
#   The same work as cognilint does: the rules about a pool once, those about an
#   element of a list once per element. Used by the measurements in
#   docs/performance.md.
package perf

deny contains violation if {
	some category, name
	some violation in data.cognilint.rules[category][name].deny
	not name in _elsewhere
}

deny contains violation if {
	some element in input.Clients
	some violation in _client_violations with input as object.union(input, {"Client": element})
}

_client_violations contains violation if {
	some name in _about_client
	some category
	some violation in data.cognilint.rules[category][name].deny
}

deny contains violation if {
	some element in input.Domains
	some violation in _domain_violations with input as object.union(input, {"Domain": element})
}

_domain_violations contains violation if {
	some name in _about_domain
	some category
	some violation in data.cognilint.rules[category][name].deny
}

deny contains violation if {
	some element in input.Groups
	some violation in _group_violations with input as object.union(input, {"Group": element})
}

_group_violations contains violation if {
	some name in _about_group
	some category
	some violation in data.cognilint.rules[category][name].deny
}

deny contains violation if {
	some element in input.IdentityProviders
	some violation in _identity_provider_violations with input as object.union(input, {"IdentityProvider": element})
}

_identity_provider_violations contains violation if {
	some name in _about_identity_provider
	some category
	some violation in data.cognilint.rules[category][name].deny
}

deny contains violation if {
	some element in input.ResourceServers
	some violation in _resource_server_violations with input as object.union(input, {"ResourceServer": element})
}

_resource_server_violations contains violation if {
	some name in _about_resource_server
	some category
	some violation in data.cognilint.rules[category][name].deny
}

deny contains violation if {
	some element in input.RiskConfigurations
	some violation in _risk_configuration_violations with input as object.union(input, {"RiskConfiguration": element})
}

_risk_configuration_violations contains violation if {
	some name in _about_risk_configuration
	some category
	some violation in data.cognilint.rules[category][name].deny
}

_elsewhere := ((((_about_client | _about_domain) | _about_group) | _about_identity_provider) | _about_resource_server) | _about_risk_configuration

_about_client := {
	"client_access_token_lifetime",
	"client_admin_auth_confidential",
	"client_analytics_data_not_shared",
	"client_auth_flows_explicit",
	"client_auth_session_short",
	"client_callback_claimed_scheme",
	"client_callback_https",
	"client_callback_no_loopback_in_production",
	"client_callback_no_shared_hosting",
	"client_callback_well_formed",
	"client_custom_auth_has_triggers",
	"client_default_attribute_permissions",
	"client_default_redirect_registered",
	"client_federated_no_local_flows",
	"client_grant_exclusive",
	"client_has_sign_in_path",
	"client_id_token_lifetime",
	"client_identity_providers_exist",
	"client_logout_https",
	"client_long_refresh_controlled",
	"client_machine_has_secret",
	"client_machine_no_user_flows",
	"client_no_implicit_grant",
	"client_no_legacy_auth_flows",
	"client_no_user_admin_scope",
	"client_no_user_password_auth",
	"client_not_all_scopes",
	"client_oauth_flags_consistent",
	"client_oauth_has_domain",
	"client_prevents_user_existence_errors",
	"client_propagates_user_context",
	"client_public_refresh_rotation",
	"client_refresh_token_lifetime",
	"client_rotation_flow_consistent",
	"client_rotation_grace_short",
	"client_scopes_exist",
	"client_sso_no_local_sign_up",
	"client_token_lifetimes_ordered",
	"client_token_revocation",
	"client_write_attributes_explicit",
	"idp_mapped_attributes_writable",
	"privileged_attribute_not_writable",
	"signup_attributes_writable",
}

_about_domain := {
	"domain_active",
	"domain_managed_login_current",
}

_about_group := {
	"group_role_same_account",
}

_about_identity_provider := {
	"idp_email_verified_mapped",
	"idp_endpoints_https",
	"idp_no_privileged_mapping",
	"idp_unused",
	"idp_username_from_stable_claim",
	"saml_assertions_encrypted",
	"saml_certificate_not_expiring",
	"saml_metadata_by_url",
	"saml_no_idp_initiated",
	"saml_requests_signed",
	"saml_sign_out_enabled",
}

_about_resource_server := {
	"resource_server_scope_names_specific",
}

_about_risk_configuration := {
	"client_risk_not_weaker",
	"risk_mfa_action_has_effect",
	"risk_notify_has_sender",
	"risk_skipped_ip_range_narrow",
}
