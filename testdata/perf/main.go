// Command perf writes exported pools of about 12 KB each, for the measurements
// in docs/performance.md: go run testdata/perf/main.go FOLDER NUMBER
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
)

var standard = []string{
	"name", "given_name", "family_name", "middle_name", "nickname", "preferred_username", "profile", "picture",
	"website", "gender", "birthdate", "zoneinfo", "locale", "phone_number", "address", "updated_at",
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: go run testdata/perf/main.go FOLDER NUMBER")
	}
	n, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	if err := os.MkdirAll(os.Args[1], 0o755); err != nil {
		log.Fatal(err)
	}
	for i := range n {
		text, err := json.MarshalIndent(pool(i), "", "  ")
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(os.Args[1], fmt.Sprintf("pool%05d.json", i)), text, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

type object map[string]any

// pool is a complete snapshot with four clients. Every second one has a short
// password, every fourth no required MFA.
func pool(i int) object {
	id := fmt.Sprintf("eu-west-1_Perf%05d", i)
	length := []int{8, 12}[i%2]
	mode := []string{"OPTIONAL", "ON", "ON", "ON"}[i%4]
	schema := []object{
		{"Name": "sub", "AttributeDataType": "String", "DeveloperOnlyAttribute": false, "Mutable": false, "Required": true},
		{"Name": "email", "AttributeDataType": "String", "DeveloperOnlyAttribute": false, "Mutable": true, "Required": true},
	}
	for _, name := range standard {
		schema = append(schema, object{
			"Name": name, "AttributeDataType": "String", "DeveloperOnlyAttribute": false, "Mutable": true, "Required": false,
			"StringAttributeConstraints": object{"MinLength": "0", "MaxLength": "2048"},
		})
	}
	var clients []object
	for c := range 4 {
		clients = append(clients, object{
			"UserPoolId": id, "ClientId": fmt.Sprintf("client%05d%d", i, c), "ClientName": fmt.Sprintf("app %d", c), "HasClientSecret": true,
			"ExplicitAuthFlows":   []string{"ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"},
			"AccessTokenValidity": 60, "IdTokenValidity": 60, "RefreshTokenValidity": 30,
			"TokenValidityUnits":         object{"AccessToken": "minutes", "IdToken": "minutes", "RefreshToken": "days"},
			"PreventUserExistenceErrors": "ENABLED", "EnableTokenRevocation": true,
			"ReadAttributes": standard, "WriteAttributes": append([]string{"email"}, standard...),
		})
	}
	return object{
		"schema": "cognilint.snapshot/v1", "account": "111122223333", "region": "eu-west-1", "collected_at": "2026-11-01T00:00:00Z", "unknown": []object{},
		"UserPool": object{
			"Id": id, "Arn": "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/" + id, "Name": fmt.Sprintf("perf %d", i),
			"Policies": object{
				"PasswordPolicy": object{
					"MinimumLength": length, "RequireLowercase": true, "RequireUppercase": true, "RequireNumbers": true,
					"RequireSymbols": true, "TemporaryPasswordValidityDays": 7,
				},
				"SignInPolicy": object{"AllowedFirstAuthFactors": []string{"PASSWORD"}},
			},
			"DeletionProtection": "ACTIVE", "MfaConfiguration": mode, "UserPoolTier": "ESSENTIALS", "LambdaConfig": object{},
			"EstimatedNumberOfUsers": 40, "UsernameAttributes": []string{"email"}, "UsernameConfiguration": object{"CaseSensitive": false},
			"AutoVerifiedAttributes":      []string{"email"},
			"UserAttributeUpdateSettings": object{"AttributesRequireVerificationBeforeUpdate": []string{"email"}},
			"AccountRecoverySetting":      object{"RecoveryMechanisms": []object{{"Name": "verified_email", "Priority": 1}}},
			"AdminCreateUserConfig":       object{"AllowAdminCreateUserOnly": true, "UnusedAccountValidityDays": 7},
			"EmailConfiguration":          object{"EmailSendingAccount": "COGNITO_DEFAULT"},
			"SchemaAttributes":            schema,
		},
		"MfaConfig":         object{"MfaConfiguration": mode, "SoftwareTokenMfaConfiguration": object{"Enabled": true}},
		"Clients":           clients,
		"IdentityProviders": []object{}, "Groups": []object{}, "ResourceServers": []object{}, "RiskConfigurations": []object{},
		"LogDeliveryConfiguration": object{"UserPoolId": id, "LogConfigurations": []object{}},
		"Domains":                  []object{}, "WebACL": nil,
	}
}
