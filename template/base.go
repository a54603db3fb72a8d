package template

import (
	"time"

	"github.com/cognilint/cognilint/snapshot"
)

// The values that stand for what only the owner or the service knows. Of the
// account, Region and ids AWS keeps some for documentation.
const (
	exampleAccount  = "111122223333"
	exampleRegion   = "eu-west-1"
	examplePoolID   = exampleRegion + "_Example01"
	examplePoolARN  = "arn:aws:cognito-idp:" + exampleRegion + ":" + exampleAccount + ":userpool/" + examplePoolID
	exampleClientID = "1example23456789"
	exampleIdentity = "arn:aws:ses:" + exampleRegion + ":" + exampleAccount + ":identity/example.com"
	exampleFrom     = "login@example.com"
	exampleDomain   = "example-login"
	exampleCallback = "https://app.example.com/callback"
	exampleLogout   = "https://app.example.com/signed-out"
	exampleParty    = "example.com"
	exampleRole     = "CognitoSMSRole"
	exampleExternal = "user-pool-sms"
	exampleGroup    = "arn:aws:logs:" + exampleRegion + ":" + exampleAccount + ":log-group:"
	exampleLogs     = "/aws/vendedlogs/cognito/user-pool"
	exampleACL      = "user-pool"
)

type (
	tree = map[string]any
	list = []any
)

// basePool is the pool that no rule has asked anything of: invited users who
// sign in by their address and a password, with an authenticator app, through
// an application with a server. Each setting is the safer one, as far as it
// costs nothing; where standards disagree, the service's default.
func basePool() *snapshot.Pool {
	// The pool is looked at when it was just made.
	created := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	return &snapshot.Pool{
		Account: exampleAccount, Region: exampleRegion, Source: "template", Template: true,
		CollectedAt: created,
		Sections: tree{
			"UserPool": tree{
				"Id":                     examplePoolID,
				"Arn":                    examplePoolARN,
				"Name":                   "user-pool",
				"UserPoolTier":           "ESSENTIALS",
				"EstimatedNumberOfUsers": 0,
				"CreationDate":           created.Format(time.RFC3339),
				"DeletionProtection":     "ACTIVE",
				"LambdaConfig":           tree{},
				"UsernameAttributes":     list{"email"},
				"AutoVerifiedAttributes": list{"email"},
				"UsernameConfiguration":  tree{"CaseSensitive": false},
				"AdminCreateUserConfig":  tree{"AllowAdminCreateUserOnly": true},
				"AccountRecoverySetting": tree{"RecoveryMechanisms": list{tree{"Name": "verified_email", "Priority": 1}}},
				"EmailConfiguration":     tree{"EmailSendingAccount": "COGNITO_DEFAULT"},
				"UserAttributeUpdateSettings": tree{
					"AttributesRequireVerificationBeforeUpdate": list{"email"},
				},
				"Policies": tree{
					"PasswordPolicy": tree{
						"MinimumLength": 12, "TemporaryPasswordValidityDays": 7,
						"RequireLowercase": true, "RequireUppercase": true, "RequireNumbers": true, "RequireSymbols": true,
					},
					"SignInPolicy": tree{"AllowedFirstAuthFactors": list{"PASSWORD"}},
				},
				"SchemaAttributes": list{
					tree{"Name": "sub", "AttributeDataType": "String", "Mutable": false, "Required": true},
					standardAttribute("email"),
				},
			},
			"MfaConfig": tree{
				"MfaConfiguration":              "ON",
				"SoftwareTokenMfaConfiguration": tree{"Enabled": true},
			},
			"Clients": list{tree{
				"ClientId":                   exampleClientID,
				"ClientName":                 "app",
				"HasClientSecret":            true,
				"ExplicitAuthFlows":          list{"ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"},
				"PreventUserExistenceErrors": "ENABLED",
				"EnableTokenRevocation":      true,
				"AccessTokenValidity":        60,
				"IdTokenValidity":            60,
				"RefreshTokenValidity":       30,
				"TokenValidityUnits":         tree{"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
			}},
			"IdentityProviders":        list{},
			"Groups":                   list{},
			"ResourceServers":          list{},
			"RiskConfigurations":       list{},
			"LogDeliveryConfiguration": tree{"LogConfigurations": list{}},
			"Domains":                  list{},
			"WebACL":                   nil,
		},
	}
}

// standardAttribute is a required attribute with the limits that the service
// gives it.
func standardAttribute(name string) tree {
	return tree{
		"Name": name, "AttributeDataType": "String", "Mutable": true, "Required": true, "DeveloperOnlyAttribute": false,
		"StringAttributeConstraints": tree{"MinLength": "0", "MaxLength": "2048"},
	}
}
