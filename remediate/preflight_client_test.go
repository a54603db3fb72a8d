package remediate

import "testing"

func TestRefusalsUpdateUserPoolClient(t *testing.T) {
	const (
		web    = "/Clients/0"
		flows  = web + "/ExplicitAuthFlows"
		write  = web + "/WriteAttributes"
		grants = web + "/AllowedOAuthFlows"
		units  = web + "/TokenValidityUnits"
	)
	custom := objectOf("Name", "custom:office", "Mutable", true)
	checkRefusals(t, "UpdateUserPoolClient", Part{Section: "Clients", ID: "1web"}, []refusalCase{
		{"a safe change", nil, values{web + "/PreventUserExistenceErrors": "ENABLED"}, ""},

		{"older and newer flows", nil, values{flows: listOf("ALLOW_REFRESH_TOKEN_AUTH", "USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH")}, "would hold ADMIN_NO_SRP_AUTH and USER_PASSWORD_AUTH next to"},
		{"an older flow next to a newer one", nil, values{flows: listOf("ALLOW_REFRESH_TOKEN_AUTH", "USER_PASSWORD_AUTH")}, "would hold USER_PASSWORD_AUTH next to"},
		{"older flows only", values{flows: listOf("USER_PASSWORD_AUTH", "CUSTOM_AUTH_FLOW_ONLY")}, values{flows: listOf("CUSTOM_AUTH_FLOW_ONLY")}, ""},
		{"flows emptied", nil, values{flows: listOf()}, "ExplicitAuthFlows of client web would become empty, which means the default flows"},
		{"flows removed", nil, values{flows: nil}, "would become empty"},
		{"flows that were empty", values{flows: listOf()}, nil, ""},
		{"write list emptied", values{write: listOf("email")}, values{write: listOf()}, "every attribute may be written"},
		{"read list emptied", values{web + "/ReadAttributes": listOf("email")}, values{web + "/ReadAttributes": nil}, "every attribute may be read"},
		{"read list shortened", values{web + "/ReadAttributes": listOf("email", "name")}, values{web + "/ReadAttributes": listOf("email")}, ""},

		{"rotation with refreshing", nil, values{web + "/RefreshTokenRotation": objectOf("Feature", "ENABLED")}, "which it excludes"},
		{"rotation without refreshing", nil, values{web + "/RefreshTokenRotation": objectOf("Feature", "ENABLED"), flows: listOf("ALLOW_USER_SRP_AUTH")}, ""},
		{"no refreshing", nil, values{flows: listOf("ALLOW_USER_SRP_AUTH")}, "REFRESH_TOKEN_AUTH should always be allowed."},
		{"no refreshing that the client lacked", values{flows: listOf("ALLOW_USER_SRP_AUTH")}, values{web + "/EnableTokenRevocation": true}, ""},
		{"grace period too long", nil, values{web + "/RefreshTokenRotation": objectOf("RetryGracePeriodSeconds", 61)}, "RetryGracePeriodSeconds of client web would be 61"},
		{"longest grace period", nil, values{web + "/RefreshTokenRotation": objectOf("RetryGracePeriodSeconds", 60)}, ""},

		{"write list with mutable attributes", nil, values{write: listOf("email", "name", "custom:country")}, ""},
		{"write list with an attribute that does not exist", nil, values{write: listOf("email", "custom:office")}, "custom:office, which the pool does not have: \"Invalid write attributes"},
		{"write list with a custom attribute of a standard name", nil, values{write: listOf("email", "custom:email")}, "custom:email, which the pool does not have"},
		{"write list with an attribute that the plan adds", nil, values{write: listOf("email", "custom:office"), up + "/SchemaAttributes/2": custom}, ""},
		{"write list with an attribute that the plan adds without its prefix", nil, values{write: listOf("email", "custom:shop"), up + "/SchemaAttributes/2/Name": "shop"}, ""},
		{"write list with an attribute that is not mutable", nil, values{write: listOf("email", "custom:tenant")}, "custom:tenant, which is not mutable"},
		{"write list that has such an attribute", values{write: listOf("email", "custom:tenant", "custom:country")}, values{write: listOf("email", "custom:tenant")}, ""},
		{"write list without a required attribute", nil, values{write: listOf("custom:country")}, "would not hold email, which every user must have"},
		{"write list that lacked it", values{write: listOf("custom:country", "name")}, values{write: listOf("custom:country")}, ""},
		{"write list of a pool with unknown attributes", values{up + "/SchemaAttributes": nil}, values{write: listOf("custom:office")}, ""},

		{"access token at its least", nil, values{web + "/AccessTokenValidity": 5}, ""},
		{"access token too short", nil, values{web + "/AccessTokenValidity": 4}, "AccessTokenValidity of client web would be 4 with the unit \"minutes\"; the API takes 5 minutes to 1 day"},
		{"ID token too long", nil, values{web + "/IdTokenValidity": 25, units + "/IdToken": "hours"}, "IdTokenValidity of client web would be 25"},
		{"token in its default unit", nil, values{web + "/AccessTokenValidity": 24, units: nil, web + "/IdTokenValidity": 1}, ""},
		{"unit alone changed", nil, values{units + "/AccessToken": "hours"}, "would be 60 with the unit \"hours\""},
		{"unknown unit", nil, values{units + "/AccessToken": "weeks"}, "with the unit \"weeks\""},
		{"lifetime that is no number", nil, values{web + "/AccessTokenValidity": "1"}, "would be \"1\""},
		{"lifetime of 0 is the default", nil, values{web + "/AccessTokenValidity": 0}, ""},
		{"lifetime that the client has", values{web + "/AccessTokenValidity": 4}, values{web + "/EnableTokenRevocation": true}, ""},
		{"refresh token too short", nil, values{web + "/RefreshTokenValidity": 59, units + "/RefreshToken": "minutes"}, "60 minutes to 10 years"},
		{"refresh token too long", nil, values{web + "/RefreshTokenValidity": 3651}, "60 minutes to 10 years"},
		{"refresh token at its most", nil, values{web + "/RefreshTokenValidity": 3650}, ""},
		{"access token longer than the refresh token", values{web + "/RefreshTokenValidity": 2, units + "/RefreshToken": "hours"}, values{web + "/AccessTokenValidity": 121}, "AccessTokenValidity of client web would be longer"},
		{"access token as long as the refresh token", values{web + "/RefreshTokenValidity": 2, units + "/RefreshToken": "hours"}, values{web + "/AccessTokenValidity": 120}, ""},
		{"refresh token shorter than the ID token", values{web + "/IdTokenValidity": 120}, values{web + "/RefreshTokenValidity": 1, units + "/RefreshToken": "hours"}, "IdTokenValidity of client web would be longer"},

		{"session too short", nil, values{web + "/AuthSessionValidity": 2}, "whole numbers from 3 to 15"},
		{"longest session", nil, values{web + "/AuthSessionValidity": 15}, ""},

		{"default address that is not registered", nil, values{web + "/DefaultRedirectURI": "https://c.example"}, "not one of its CallbackURLs"},
		{"default address that is registered", nil, values{web + "/DefaultRedirectURI": "https://b.example"}, ""},
		{"default address that loses its registration", values{web + "/DefaultRedirectURI": "https://b.example"}, values{web + "/CallbackURLs": listOf("https://a.example")}, "not one of its CallbackURLs"},
		{"no callback", nil, values{web + "/CallbackURLs": listOf()}, "would hold code without any of CallbackURLs"},
		{"no callback that the client lacked", values{web + "/CallbackURLs": listOf()}, values{web + "/EnableTokenRevocation": true}, ""},
		{"machine grant with others", nil, values{grants: listOf("code", "client_credentials")}, "client_credentials with other flows"},
		{"machine grant alone", nil, values{grants: listOf("client_credentials")}, ""},
		{"machine grant without a secret", values{web + "/HasClientSecret": false}, values{grants: listOf("client_credentials")}, "the client has no secret"},
		{"machine grant with an unknown secret", values{web + "/HasClientSecret": nil}, values{grants: listOf("client_credentials")}, ""},
		{"grants emptied", nil, values{grants: listOf()}, "AllowedOAuthFlows of client web would become empty"},
		{"grants emptied with OAuth off", nil, values{grants: listOf(), web + "/AllowedOAuthFlowsUserPoolClient": false}, ""},
		{"user context without a secret", values{web + "/HasClientSecret": false}, values{web + "/EnablePropagateAdditionalUserContextData": true}, "EnablePropagateAdditionalUserContextData of client web"},
		{"user context with a secret", nil, values{web + "/EnablePropagateAdditionalUserContextData": true}, ""},

		{"secret", nil, values{web + "/ClientSecret": "x"}, "changes ClientSecret of client web, which cannot be changed"},
		{"whether there is a secret", nil, values{web + "/HasClientSecret": false}, "changes HasClientSecret"},
		{"date", nil, values{web + "/CreationDate": "x"}, "changes CreationDate"},
		{"name", nil, values{web + "/ClientName": "shop"}, ""},
		{"nameless client", values{web + "/ClientName": nil}, values{web + "/AuthSessionValidity": 2}, "of client 1web"},
	})
	checkRefusals(t, "UpdateUserPoolClient", Part{Section: "Clients", ID: "3none"}, []refusalCase{
		{"a client that is not there", nil, nil, "The client 3none is not in the snapshot"},
	})
}
