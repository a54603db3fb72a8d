# METADATA
# title: Lifetimes of the tokens of a client
# description: |
#   The API counts each kind of token in a unit of its own, unless
#   TokenValidityUnits says otherwise; 0 means unset. A unit that is none of
#   the API's leaves the lifetime undefined.
package cognilint.lib.token

# METADATA
# description: Minutes that an access token is valid; hours by default, unset is 60 minutes.
access_minutes(c) := 60 if {
	object.get(c, "AccessTokenValidity", 0) == 0
} else := _minutes(c.AccessTokenValidity, object.get(c, ["TokenValidityUnits", "AccessToken"], "hours"))

# METADATA
# description: Minutes that an ID token is valid; hours by default, unset is 60 minutes.
id_minutes(c) := 60 if {
	object.get(c, "IdTokenValidity", 0) == 0
} else := _minutes(c.IdTokenValidity, object.get(c, ["TokenValidityUnits", "IdToken"], "hours"))

# METADATA
# description: Minutes that a refresh token is valid; days by default, unset is 30 days.
refresh_minutes(c) := 43200 if {
	object.get(c, "RefreshTokenValidity", 0) == 0
} else := _minutes(c.RefreshTokenValidity, object.get(c, ["TokenValidityUnits", "RefreshToken"], "days"))

_minutes(value, unit) := (value * _seconds[unit]) / 60

_seconds := {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}

# METADATA
# description: Minutes as people say them in a message, "45 minutes", "1 hour", "30 days".
text(minutes) := _amount(minutes / 1440, "day") if {
	_whole(minutes / 1440)
} else := _amount(minutes / 60, "hour") if {
	_whole(minutes / 60)
} else := _amount(minutes, "minute") if {
	_whole(minutes)
} else := _amount(round(minutes * 60), "second")

_whole(number) if floor(number) == number

_amount(number, unit) := sprintf("1 %s", [unit]) if {
	number == 1
} else := sprintf("%d %ss", [number, unit])

# METADATA
# description: Each refresh gives a new refresh token; off by default.
rotates(c) if c.RefreshTokenRotation.Feature == "ENABLED"
