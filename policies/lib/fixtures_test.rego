# METADATA
# title: Pools for tests
# description: |
#   "good" passes every rule of the baseline recommended; a test states only
#   its difference to it, as a JSON patch.
package cognilint.lib.fixtures

good := {
	"account": "111122223333",
	"region": "eu-west-1",
	"collected_at": "2026-11-01T00:00:00Z",
	"unknown": [],
	"UserPool": {
		"Id": "eu-west-1_Example01",
		"Arn": "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Example01",
		"Name": "example",
		"Policies": {
			"PasswordPolicy": {
				"MinimumLength": 12,
				"RequireLowercase": true,
				"RequireUppercase": true,
				"RequireNumbers": true,
				"RequireSymbols": true,
				"TemporaryPasswordValidityDays": 7,
			},
			"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]},
		},
		"DeletionProtection": "ACTIVE",
		"MfaConfiguration": "ON",
		"UserPoolTier": "ESSENTIALS",
		"LambdaConfig": {},
		"EstimatedNumberOfUsers": 40,
		"UsernameAttributes": ["email"],
		"UsernameConfiguration": {"CaseSensitive": false},
		"AutoVerifiedAttributes": ["email"],
		"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
		"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
		"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true, "UnusedAccountValidityDays": 7},
		"EmailConfiguration": {
			"EmailSendingAccount": "DEVELOPER",
			"SourceArn": "arn:aws:ses:eu-west-1:111122223333:identity/example.com",
			"From": "login@example.com",
		},
		"SchemaAttributes": [
			{"Name": "sub", "AttributeDataType": "String", "Mutable": false, "Required": true},
			{"Name": "email", "AttributeDataType": "String", "Mutable": true, "Required": true},
		],
	},
	"MfaConfig": {"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": true}},
	"Clients": [{
		"ClientId": "1example",
		"ClientName": "web",
		"HasClientSecret": true,
		"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
		"AccessTokenValidity": 60,
		"IdTokenValidity": 60,
		"RefreshTokenValidity": 30,
		"TokenValidityUnits": {"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
		"PreventUserExistenceErrors": "ENABLED",
		"EnableTokenRevocation": true,
	}],
	"IdentityProviders": [],
	"Groups": [],
	"ResourceServers": [],
	"RiskConfigurations": [],
	"Domains": [],
	"WebACL": null,
	"LogDeliveryConfiguration": {"LogConfigurations": [{"EventSource": "userNotification", "LogLevel": "ERROR"}]},
}

# METADATA
# description: The good pool with the JSON patch operations applied.
pool(patches) := json.patch(good, patches)

# METADATA
# description: |
#   The good pool as a rule with target client sees it, with the patch applied
#   to its only client.
client(patches) := client_of(good, patches)

# METADATA
# description: As client, starting from another pool.
client_of(pool, patches) := object.union(pool, {"Client": c, "Clients": [c]}) if {
	c := json.patch(pool.Clients[0], patches)
}

# METADATA
# description: A client that signs in through a SAML provider only.
sso_client := {
	"ClientId": "2sso",
	"ClientName": "sso",
	"HasClientSecret": true,
	"AllowedOAuthFlowsUserPoolClient": true,
	"AllowedOAuthFlows": ["code"],
	"AllowedOAuthScopes": ["openid"],
	"SupportedIdentityProviders": ["Corp"],
	"CallbackURLs": ["https://app.example.com/cb"],
	"ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
}

# METADATA
# description: A client with the client credentials grant only.
machine_client := {
	"ClientId": "3machine",
	"ClientName": "machine",
	"HasClientSecret": true,
	"AllowedOAuthFlowsUserPoolClient": true,
	"AllowedOAuthFlows": ["client_credentials"],
	"AllowedOAuthScopes": ["api/read"],
	"ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
}
