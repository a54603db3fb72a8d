package cognito

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRequest(t *testing.T) {
	const pool, arn = "eu-west-1_A", `"Arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_A"`
	for _, tt := range []struct {
		name, operation, id, before, state string
		want                               string // JSON, or an error
	}{
		{
			"members that only the description has", "UpdateUserPool", "",
			`{}`,
			`{"Id": "eu-west-1_A", "Name": "shop", "Arn": "a", "CreationDate": 1, "LastModifiedDate": 2, "CustomDomain": "d", "Domain": "d",
				"EstimatedNumberOfUsers": 7, "SchemaAttributes": [{"Name": "email"}], "SmsConfigurationFailure": "x", "EmailConfigurationFailure": "x",
				"Status": "Enabled", "AliasAttributes": ["email"], "UsernameAttributes": [], "UsernameConfiguration": {"CaseSensitive": true},
				"DeletionProtection": "ACTIVE"}`,
			`{"UserPoolId": "eu-west-1_A", "PoolName": "shop", "DeletionProtection": "ACTIVE"}`,
		},
		{
			"what is empty, false or unknown", "UpdateUserPool", "",
			`{}`,
			`{"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false},
				"AutoVerifiedAttributes": [], "UserPoolAddOns": {}, "SmsConfiguration": {"EumsSms": {"Future": [0, null]}}, "FutureSetting": null}`,
			`{"UserPoolId": "eu-west-1_A",
				"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false},
				"AutoVerifiedAttributes": [], "UserPoolAddOns": {}, "SmsConfiguration": {"EumsSms": {"Future": [0, null]}}, "FutureSetting": null}`,
		},
		{
			"MFA stays as it was", "UpdateUserPool", "",
			`{"MfaConfiguration": "OPTIONAL"}`, `{"MfaConfiguration": "ON"}`, `{"UserPoolId": "eu-west-1_A", "MfaConfiguration": "OPTIONAL"}`,
		},
		{"MFA unknown before", "UpdateUserPool", "", `{}`, `{"MfaConfiguration": "ON"}`, `{"UserPoolId": "eu-west-1_A"}`},
		{
			"tags of AWS", "UpdateUserPool", "",
			`{}`, `{"UserPoolTags": {"aws:cloudformation:stack-name": "s"}}`, `{"UserPoolId": "eu-west-1_A", "UserPoolTags": {}}`,
		},
		{
			"two ways to say how long an invitation holds", "UpdateUserPool", "",
			`{}`,
			`{"Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": 7}}, "AdminCreateUserConfig": {"UnusedAccountValidityDays": 7, "AllowAdminCreateUserOnly": false}}`,
			`{"UserPoolId": "eu-west-1_A", "Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": 7}}, "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": false}}`,
		},
		{
			"one way to say how long an invitation holds", "UpdateUserPool", "",
			`{}`,
			`{"Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": 0}}, "AdminCreateUserConfig": {"UnusedAccountValidityDays": 7}}`,
			`{"UserPoolId": "eu-west-1_A", "Policies": {"PasswordPolicy": {"TemporaryPasswordValidityDays": 0}}, "AdminCreateUserConfig": {"UnusedAccountValidityDays": 7}}`,
		},
		{
			"messages that differ from the template", "UpdateUserPool", "",
			`{}`,
			`{"EmailVerificationMessage": "old", "EmailVerificationSubject": "same", "SmsVerificationMessage": "alone",
				"VerificationMessageTemplate": {"EmailMessage": "new", "EmailSubject": "same"}}`,
			`{"UserPoolId": "eu-west-1_A", "EmailVerificationSubject": "same", "SmsVerificationMessage": "alone",
				"VerificationMessageTemplate": {"EmailMessage": "new", "EmailSubject": "same"}}`,
		},
		{"messages without a template", "UpdateUserPool", "", `{}`, `{"EmailVerificationMessage": "m"}`, `{"UserPoolId": "eu-west-1_A", "EmailVerificationMessage": "m"}`},
		{
			"one trigger named twice", "UpdateUserPool", "",
			`{}`,
			`{"LambdaConfig": {"PreTokenGeneration": "f", "PreTokenGenerationConfig": {"LambdaArn": "f", "LambdaVersion": "V2_0"}}}`,
			`{"UserPoolId": "eu-west-1_A", "LambdaConfig": {"PreTokenGeneration": "f", "PreTokenGenerationConfig": {"LambdaArn": "f", "LambdaVersion": "V2_0"}}}`,
		},
		{
			"two triggers", "UpdateUserPool", "",
			`{}`, `{"LambdaConfig": {"PreTokenGeneration": "f", "PreTokenGenerationConfig": {"LambdaArn": "g"}}}`,
			`UpdateUserPool: PreTokenGeneration and PreTokenGenerationConfig of LambdaConfig name different functions`,
		},
		{"numbers", "UpdateUserPool", "", `{}`, `{"Future": [1.50, 1e3, 12345678901234567890]}`, `{"UserPoolId": "eu-west-1_A", "Future": [1.50, 1e3, 12345678901234567890]}`},
		{"another pool", "UpdateUserPool", "", `{}`, `{"Id": "eu-west-1_B"}`, `UpdateUserPool: Id is not that of what is to be written`},
		{"text that was not decoded", "UpdateUserPool", "", `{}`, `{"SmsAuthenticationMessage": "a\ud800"}`, `UpdateUserPool: /SmsAuthenticationMessage holds characters that could not be decoded, and would be changed`},
		{"such text that is not sent", "UpdateUserPool", "", `{}`, `{"SmsConfigurationFailure": "\ufffd"}`, `{"UserPoolId": "eu-west-1_A"}`},
		{"such a name", "TagResource", "", `{` + arn + `}`, `{"UserPoolTags": {"\ufffd": "x"}}`, `TagResource: /Tags/` + "\ufffd" + ` holds characters that could not be decoded, and would be changed`},

		{
			"MFA on", "SetUserPoolMfaConfig", "",
			`{}`,
			`{"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": false}, "SmsMfaConfiguration": {}, "EmailMfaConfiguration": {}, "WebAuthnConfiguration": {}, "FutureFactor": {}}`,
			`{"UserPoolId": "eu-west-1_A", "MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": false}, "SmsMfaConfiguration": {}, "EmailMfaConfiguration": {}, "WebAuthnConfiguration": {}, "FutureFactor": {}}`,
		},
		{
			"MFA off", "SetUserPoolMfaConfig", "",
			`{}`,
			`{"MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": {"Enabled": false}, "SmsMfaConfiguration": {}, "EmailMfaConfiguration": {}, "WebAuthnConfiguration": {}, "FutureFactor": {}}`,
			`{"UserPoolId": "eu-west-1_A", "MfaConfiguration": "OFF", "WebAuthnConfiguration": {}, "FutureFactor": {}}`,
		},
		{"MFA absent", "SetUserPoolMfaConfig", "", `{}`, `{"SmsMfaConfiguration": {}}`, `{"UserPoolId": "eu-west-1_A", "MfaConfiguration": "OFF"}`},

		{
			"client", "UpdateUserPoolClient", "web",
			`{}`,
			`{"UserPoolId": "eu-west-1_A", "ClientId": "web", "ClientName": "Web", "HasClientSecret": true, "ClientSecret": "s", "CreationDate": 1, "LastModifiedDate": 2, "ReadAttributes": [], "EnableTokenRevocation": false, "Future": {}}`,
			`{"UserPoolId": "eu-west-1_A", "ClientId": "web", "ClientName": "Web", "ReadAttributes": [], "EnableTokenRevocation": false, "Future": {}}`,
		},
		{"another client", "UpdateUserPoolClient", "web", `{}`, `{"ClientId": "app"}`, `UpdateUserPoolClient: ClientId is not that of what is to be written`},
		{"no client", "UpdateUserPoolClient", "", `{}`, `{}`, `UpdateUserPoolClient: no client is named`},

		{"risk of the pool", "SetRiskConfiguration", "", `{}`, `{"LastModifiedDate": 1, "RiskExceptionConfiguration": {}}`, `{"UserPoolId": "eu-west-1_A", "RiskExceptionConfiguration": {}}`},
		{"risk of a client", "SetRiskConfiguration", "web", `{}`, `{"UserPoolId": "eu-west-1_A", "ClientId": "web", "Future": []}`, `{"UserPoolId": "eu-west-1_A", "ClientId": "web", "Future": []}`},
		{"risk of a client for the pool", "SetRiskConfiguration", "", `{}`, `{"ClientId": "web"}`, `SetRiskConfiguration: ClientId is not that of what is to be written`},
		{"risk inherited again", "SetRiskConfiguration", "web", `{}`, `{}`, `{"UserPoolId": "eu-west-1_A", "ClientId": "web"}`},

		{"log delivery", "SetLogDeliveryConfiguration", "", `{}`, `{"UserPoolId": "eu-west-1_A", "LogConfigurations": [{"LogLevel": "ERROR"}], "Future": 1}`, `{"UserPoolId": "eu-west-1_A", "LogConfigurations": [{"LogLevel": "ERROR"}], "Future": 1}`},
		{"no log delivery", "SetLogDeliveryConfiguration", "", `{}`, `{}`, `{"UserPoolId": "eu-west-1_A", "LogConfigurations": []}`},

		{
			"attributes", "AddCustomAttributes", "",
			`{"SchemaAttributes": [{"Name": "email", "Required": true}, {"Name": "dev:old"}]}`,
			`{"SchemaAttributes": [{"Name": "custom:country", "Mutable": true, "Future": {}}, {"Name": "dev:old"}, {"Name": "email", "Required": true}]}`,
			`{"UserPoolId": "eu-west-1_A", "CustomAttributes": [{"Name": "country", "Mutable": true, "Future": {}}]}`,
		},
		{"attribute without prefix", "AddCustomAttributes", "", `{}`, `{"SchemaAttributes": [{"Name": "country"}]}`, `AddCustomAttributes: the attribute "country" cannot be added: its name does not start with custom:`},
		{"attribute of developers", "AddCustomAttributes", "", `{}`, `{"SchemaAttributes": [{"Name": "dev:custom:x"}]}`, `AddCustomAttributes: the attribute "dev:custom:x" cannot be added: its name does not start with custom:`},
		{"attribute that goes", "AddCustomAttributes", "", `{"SchemaAttributes": [{"Name": "custom:a"}]}`, `{}`, `AddCustomAttributes: the attribute custom:a exists and cannot be changed or removed`},
		{"attribute that changes", "AddCustomAttributes", "", `{"SchemaAttributes": [{"Name": "custom:a"}]}`, `{"SchemaAttributes": [{"Name": "custom:a", "Mutable": false}]}`, `AddCustomAttributes: the attribute custom:a exists and cannot be changed or removed`},
		{"no attribute", "AddCustomAttributes", "", `{}`, `{}`, `AddCustomAttributes: there is no attribute to add`},

		{
			"tags", "TagResource", "",
			`{` + arn + `, "UserPoolTags": {"same": "s", "old": "o", "gone": "g", "aws:a": "a"}}`,
			`{"UserPoolTags": {"same": "s", "old": "n", "new": "<n>", "aws:a": "b", "AWS:b": "b"}}`,
			`{"ResourceArn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_A", "Tags": {"old": "n", "new": "<n>"}}`,
		},
		{
			"tags that go", "UntagResource", "",
			`{` + arn + `, "UserPoolTags": {"same": "s", "z": "o", "gone": "g", "aws:a": "a"}}`,
			`{"UserPoolTags": {"same": "x", "new": "n"}}`,
			`{"ResourceArn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_A", "TagKeys": ["gone", "z"]}`,
		},
		{"no tag", "TagResource", "", `{` + arn + `}`, `{}`, `TagResource: there is no tag to set`},
		{"no tag that goes", "UntagResource", "", `{` + arn + `}`, `{}`, `UntagResource: there is no tag to remove`},
		{"ARN unknown", "TagResource", "", `{"Arn": "x/eu-west-1_B"}`, `{"UserPoolTags": {"a": "b"}}`, `TagResource: the ARN of the pool is not known`},

		{"a read", "DescribeUserPool", "", `{}`, `{}`, `DescribeUserPool is not an operation that writes`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, state := tree(t, tt.before), tree(t, tt.state)
			got, err := Request(tt.operation, pool, tt.id, before, state)
			if diff := cmp.Diff([]any{tree(t, tt.before), tree(t, tt.state)}, []any{before, state}); diff != "" {
				t.Errorf("before and state were changed: -want +got\n%s", diff)
			}
			if !strings.HasPrefix(tt.want, "{") {
				if err == nil || err.Error() != tt.want {
					t.Errorf("got error %v, want %s", err, tt.want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tree(t, tt.want), got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			// What a caller does with the request must not reach the snapshot.
			spoil(got)
			if diff := cmp.Diff([]any{tree(t, tt.before), tree(t, tt.state)}, []any{before, state}); diff != "" {
				t.Errorf("the request shares with before or state: -want +got\n%s", diff)
			}
		})
	}
}

// spoil overwrites everything in a tree.
func spoil(value any) {
	switch value := value.(type) {
	case map[string]any:
		for key, v := range value {
			spoil(v)
			value[key] = "spoiled"
		}
	case []any:
		for i, v := range value {
			spoil(v)
			value[i] = "spoiled"
		}
	}
}
