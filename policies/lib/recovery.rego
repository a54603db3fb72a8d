# METADATA
# title: Account recovery
# description: |
#   The mechanisms in force. Without the setting the service behaves as it did
#   before there was one, SMS before email.
package cognilint.lib.recovery

import data.cognilint.lib.pool

# METADATA
# description: The pool has no setting.
legacy if count(pool.recovery_mechanisms) == 0

# METADATA
# description: |
#   The names of the mechanisms by rising priority, those of the legacy
#   behaviour included.
mechanisms := ["verified_phone_number", "verified_email"] if {
	legacy
} else := pool.recovery_mechanisms

# METADATA
# description: The mechanism that is tried first.
first := mechanisms[0]

# METADATA
# description: The attribute that a mechanism sends codes to; admin_only has none.
attribute := {"verified_email": "email", "verified_phone_number": "phone_number"}
