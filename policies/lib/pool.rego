# METADATA
# title: Facts about a pool
# description: |
#   What several rules ask about a pool. Each is evaluated at most once per
#   pool. A fact that cannot be decided is undefined; the exemptions
#   (local_passwords, local_sign_in) are true until the opposite is proven.
package cognilint.lib.pool

import data.cognilint.lib.client
import data.cognilint.lib.known

# METADATA
# description: |
#   ON, OPTIONAL or OFF. Undefined if MfaConfig was not read and the pool does
#   not tell the mode either.
mfa_mode := object.get(input.MfaConfig, "MfaConfiguration", object.get(input.UserPool, "MfaConfiguration", "OFF")) if {
	known.section("MfaConfig")
} else := input.UserPool.MfaConfiguration if {
	not known.section("MfaConfig")
}

# METADATA
# description: |
#   The second factors that are on: TOTP, SMS, EMAIL. Undefined if MfaConfig
#   was not read. A passkey is no second factor of its own.
mfa_factors := {factor | some factor in _factor} if known.section("MfaConfig")

_factor contains "TOTP" if input.MfaConfig.SoftwareTokenMfaConfiguration.Enabled == true

_factor contains "SMS" if input.MfaConfig.SmsMfaConfiguration.SmsConfiguration

_factor contains "EMAIL" if input.MfaConfig.EmailMfaConfiguration

# METADATA
# description: What a user may sign in with first, a set.
first_factors := {factor | some factor in client.first_factors}

# METADATA
# description: |
#   The names of the recovery mechanisms by rising priority, whatever their
#   position. Empty for the legacy behaviour (SMS before email) of pools without
#   the setting.
recovery_mechanisms := [ranked[1] | some ranked in sort({[m.Priority, m.Name] | some m in _mechanisms})]

_mechanisms := object.get(input.UserPool, ["AccountRecoverySetting", "RecoveryMechanisms"], [])

_all_clients_known if known.complete("Clients")

# METADATA
# description: |
#   False only if it is proven that nobody signs in with a password that this
#   pool keeps: all app clients are known, there is at least one, and none of
#   them offers it.
local_passwords := false if {
	_all_clients_known
	count(input.Clients) > 0
	not _any_client_with_passwords
} else := true

_any_client_with_passwords if {
	some c in input.Clients
	client.local_passwords(c)
}

_clients_with_passwords contains client.label(c) if {
	some c in input.Clients
	client.local_passwords(c)
}

# METADATA
# description: |
#   The end of a message of a rule that exempts pools without local passwords:
#   which client keeps them alive, or that this could not be tested.
local_passwords_note := " (whether only federated users sign in was not tested: the app clients are not all known)" if {
	not _all_clients_known
} else := "" if {
	count(_clients_with_passwords) == 0
} else := sprintf(" (local passwords: client %s)", [concat(", ", _clients_with_passwords)]) if {
	count(_clients_with_passwords) < 4
} else := sprintf(" (local passwords: %d clients)", [count(_clients_with_passwords)])

# METADATA
# description: |
#   As local_passwords, for any sign-in of local users, custom challenges
#   included.
local_sign_in := false if {
	_all_clients_known
	count(input.Clients) > 0
	not _any_client_with_sign_in
} else := true

_any_client_with_sign_in if {
	some c in input.Clients
	client.local_sign_in(c)
}

# METADATA
# description: Anyone can create an account; the default of a new pool.
default self_signup_open := false

self_signup_open if {
	object.get(input.UserPool, ["AdminCreateUserConfig", "AllowAdminCreateUserOnly"], false) != true
	local_sign_in
}

# METADATA
# description: The pool has a domain, its own prefix or a custom one.
default has_domain := false

has_domain if object.get(input.UserPool, "Domain", "") != ""

has_domain if object.get(input.UserPool, "CustomDomain", "") != ""
