# METADATA
# title: Facts about an app client
# description: |
#   Functions over one element of Clients. Lists come in any order from the
#   API, so they are compared as sets.
package cognilint.lib.client

# METADATA
# description: The name people know the client by, its id if it has none.
label(c) := sprintf("%q", [object.get(c, "ClientName", object.get(c, "ClientId", "?"))])

# METADATA
# description: |
#   The authentication flows in force, under their ALLOW_ names. An unset or
#   empty list means SRP, custom challenges and refresh; each value of the
#   legacy style except CUSTOM_AUTH_FLOW_ONLY implies SRP and refresh.
effective_flows(c) := {"ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"} if {
	count(object.get(c, "ExplicitAuthFlows", [])) == 0
} else := _effective_legacy_flows({flow | some flow in c.ExplicitAuthFlows}) if {
	some flow in c.ExplicitAuthFlows
	_legacy[flow]
} else := {flow | some flow in c.ExplicitAuthFlows}

_effective_legacy_flows(flows) := {"ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"} if {
	flows == {"CUSTOM_AUTH_FLOW_ONLY"}
} else := {object.get(_legacy, flow, flow) | some flow in flows} | {"ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}

_legacy := {
	"ADMIN_NO_SRP_AUTH": "ALLOW_ADMIN_USER_PASSWORD_AUTH",
	"USER_PASSWORD_AUTH": "ALLOW_USER_PASSWORD_AUTH",
	"CUSTOM_AUTH_FLOW_ONLY": "ALLOW_CUSTOM_AUTH",
}

# METADATA
# description: |
#   The flows by which a user can sign in through the API. Custom challenges
#   count only if the pool has the trigger that defines them.
sdk_user_flows(c) := {flow |
	some flow in effective_flows(c)
	_signs_in(flow)
}

_signs_in(flow) if not flow in {"ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}

_signs_in("ALLOW_CUSTOM_AUTH") if input.UserPool.LambdaConfig.DefineAuthChallenge

_takes_password(flow) if flow in {"ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"}

_takes_password("ALLOW_USER_AUTH") if "PASSWORD" in first_factors

# METADATA
# description: |
#   Policies.SignInPolicy.AllowedFirstAuthFactors; an unset list means
#   PASSWORD. It acts inside ALLOW_USER_AUTH only.
first_factors := object.get(input.UserPool, ["Policies", "SignInPolicy", "AllowedFirstAuthFactors"], ["PASSWORD"])

# METADATA
# description: |
#   OAuth is switched on. If it is not, flows, scopes and URLs are dead text.
oauth_on(c) if c.AllowedOAuthFlowsUserPoolClient == true

# METADATA
# description: The client may send users to the login pages.
managed_login(c) if {
	oauth_on(c)
	some flow in c.AllowedOAuthFlows
	flow in {"code", "implicit"}
}

# METADATA
# description: The login pages accept users of this pool itself.
local_managed_login(c) if {
	managed_login(c)
	"COGNITO" in c.SupportedIdentityProviders
}

# METADATA
# description: Somebody can sign in through the client with a password of this pool.
local_passwords(c) if {
	some flow in effective_flows(c)
	_takes_password(flow)
}

local_passwords(c) if local_managed_login(c)

# METADATA
# description: As local_passwords, custom challenges and passkeys included.
local_sign_in(c) if {
	some flow in effective_flows(c)
	_signs_in(flow)
}

local_sign_in(c) if local_managed_login(c)

# METADATA
# description: |
#   machine (client credentials), user (signs in users of this pool),
#   federated (login pages with other providers only), or inert.
kind(c) := "machine" if {
	machine(c)
} else := "user" if {
	local_sign_in(c)
} else := "federated" if {
	managed_login(c)
	count(object.get(c, "SupportedIdentityProviders", [])) > 0
} else := "inert"

# METADATA
# description: The client has the client credentials grant.
machine(c) if {
	oauth_on(c)
	"client_credentials" in c.AllowedOAuthFlows
}

# METADATA
# description: A person can sign in through the client.
has_user_path(c) if kind(c) in {"user", "federated"}

has_user_path(c) if {
	some flow in effective_flows(c)
	_signs_in(flow)
}
