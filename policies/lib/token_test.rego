package cognilint.lib.token_test

import data.cognilint.lib.token

test_unset_and_zero_mean_the_default if {
	every c in [
		{},
		{"AccessTokenValidity": 0, "IdTokenValidity": 0, "RefreshTokenValidity": 0},
		{"TokenValidityUnits": {"AccessToken": "days", "IdToken": "days", "RefreshToken": "hours"}},
	] {
		token.access_minutes(c) == 60
		token.id_minutes(c) == 60
		token.refresh_minutes(c) == 43200
	}
}

test_each_token_has_its_own_unit if {
	c := {"AccessTokenValidity": 24, "IdTokenValidity": 2, "RefreshTokenValidity": 5}
	token.access_minutes(c) == 1440
	token.id_minutes(c) == 120
	token.refresh_minutes(c) == 7200
}

test_units if {
	c := {
		"AccessTokenValidity": 45,
		"IdTokenValidity": 300,
		"RefreshTokenValidity": 720,
		"TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "seconds", "RefreshToken": "hours"},
	}
	token.access_minutes(c) == 45
	token.id_minutes(c) == 5
	token.refresh_minutes(c) == 43200
	token.access_minutes({"AccessTokenValidity": 1, "TokenValidityUnits": {"AccessToken": "days"}}) == 1440
	not token.access_minutes({"AccessTokenValidity": 1, "TokenValidityUnits": {"AccessToken": "weeks"}})
}

test_text if {
	every minutes, text in {
		45: "45 minutes",
		1: "1 minute",
		60: "1 hour",
		90: "90 minutes",
		720: "12 hours",
		1440: "1 day",
		5256000: "3650 days",
	} {
		token.text(minutes) == text
	}
	token.text(token.access_minutes({"AccessTokenValidity": 400, "TokenValidityUnits": {"AccessToken": "seconds"}})) == "400 seconds"
}

test_rotates if {
	token.rotates({"RefreshTokenRotation": {"Feature": "ENABLED"}})
	not token.rotates({"RefreshTokenRotation": {"Feature": "DISABLED"}})
	not token.rotates({})
}
