package remediate

// lifetime is how long one kind of token lives, and how Cognito counts it.
type lifetime struct {
	value, unit string
	defaultUnit string
	// standard, lowest and highest are seconds.
	standard, lowest, highest float64
	limits                    string
}

const (
	minute = 60.0
	hour   = 60 * minute
	day    = 24 * hour
)

var (
	unitSeconds = map[string]float64{"seconds": 1, "minutes": minute, "hours": hour, "days": day}

	// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
	refreshLifetime = lifetime{"RefreshTokenValidity", "RefreshToken", "days", 30 * day, hour, 3650 * day, "60 minutes to 10 years"}
	userLifetimes   = []lifetime{
		{"AccessTokenValidity", "AccessToken", "hours", hour, 5 * minute, day, "5 minutes to 1 day"},
		{"IdTokenValidity", "IdToken", "hours", hour, 5 * minute, day, "5 minutes to 1 day"},
	}
)

// changed tells whether the plan changes the number or its unit: a unit alone
// rescales the number.
func (l lifetime) changed(client turn) bool {
	return client.at(l.value).changed() || client.at("TokenValidityUnits", l.unit).changed()
}

// seconds returns how long a token lives; ok is false for what is no lifetime.
// Absent and 0 are the default, whatever the unit.
func (l lifetime) seconds(client setting) (seconds float64, ok bool) {
	value, unit := client.at(l.value), client.at("TokenValidityUnits", l.unit)
	if !unit.set() {
		unit = setting{l.defaultUnit}
	}
	scale, ok := unitSeconds[unit.text()]
	if !ok {
		return 0, false
	}
	if !value.set() || value.within(0, 0) {
		return l.standard, true
	}
	n, _ := value.number()
	return n * scale, value.within(1, l.highest)
}

// tokens refuses lifetimes that the plan changes and the API does not take.
func (p *preflight) tokens(name string, client turn) {
	refreshChanged := refreshLifetime.changed(client)
	refresh, refreshOK := refreshLifetime.seconds(client.after)
	if refreshChanged {
		refreshOK = p.limits(name, client.after, refreshLifetime)
	}
	for _, token := range userLifetimes {
		changed := token.changed(client)
		seconds, ok := token.seconds(client.after)
		if changed {
			ok = p.limits(name, client.after, token)
		}
		if (changed || refreshChanged) && ok && refreshOK && seconds > refresh {
			p.refuse("%s of %s would be longer than its RefreshTokenValidity, and Cognito wants the refresh token to live longest; change them together.", token.value, name)
		}
	}
}

// limits refuses a lifetime outside the limits of AWS.
func (p *preflight) limits(name string, client setting, token lifetime) bool {
	seconds, ok := token.seconds(client)
	if ok && seconds >= token.lowest && seconds <= token.highest {
		return true
	}
	unit := client.at("TokenValidityUnits", token.unit)
	if !unit.set() {
		unit = setting{token.defaultUnit}
	}
	p.refuse("%s of %s would be %s with the unit %s; the API takes %s.", token.value, name, client.at(token.value).short(), unit.short(), token.limits)
	return false
}
