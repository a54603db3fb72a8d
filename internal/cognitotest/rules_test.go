package cognitotest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// refusal is what a write must be answered with.
type refusal struct {
	name      string
	operation string
	pool, mfa string // changes of the rich pool before the request
	body      string // changes of the complete request of UpdateUserPool, or the members of others
	want      string // type and message, empty if the write succeeds
}

const param = "InvalidParameterException: "

var refusals = []refusal{
	{"MFA required", "UpdateUserPool", `{}`, `{}`, `{"MfaConfiguration": "ON"}`, param + "Cannot turn MFA functionality ON, once the user pool has been created."},
	{"MFA required from off", "UpdateUserPool", `{"MfaConfiguration": "OFF"}`, `{"MfaConfiguration": "OFF"}`, `{"MfaConfiguration": "ON"}`, param + "Cannot turn MFA functionality ON, once the user pool has been created."},
	{"MFA that stays required", "UpdateUserPool", `{"MfaConfiguration": "ON", "Policies": {}}`, `{"MfaConfiguration": "ON"}`, `{"MfaConfiguration": "ON", "Policies": null}`, ""},
	{"MFA off", "UpdateUserPool", `{}`, `{}`, `{"MfaConfiguration": "OFF"}`, ""},
	{"optional MFA without factors", "UpdateUserPool", `{"MfaConfiguration": "OFF"}`, `{"MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": null, "SmsMfaConfiguration": null}`, `{}`, param + "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"},
	{"last factor lost", "UpdateUserPool", `{}`, `{"SoftwareTokenMfaConfiguration": null}`, `{"SmsConfiguration": null, "AutoVerifiedAttributes": ["email"]}`, param + "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"},
	{"phone without SMS", "UpdateUserPool", `{}`, `{}`, `{"SmsConfiguration": null}`, param + "SMS configuration is required when phone_number is selected for auto verification"},
	{"update of unverified attributes", "UpdateUserPool", `{}`, `{}`, `{"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]}, "AutoVerifiedAttributes": []}`, param + "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes"},
	{"one-time password with required MFA", "UpdateUserPool", `{"MfaConfiguration": "ON"}`, `{"MfaConfiguration": "ON"}`, `{"MfaConfiguration": "ON", "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}}`, param + "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled"},
	{"one-time password by SMS without SMS", "UpdateUserPool", `{}`, `{}`, `{"AutoVerifiedAttributes": [], "SmsConfiguration": null, "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["SMS_OTP"]}}}`, param + "SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration"},
	{"passkey with required MFA", "UpdateUserPool", `{"MfaConfiguration": "ON"}`, `{"MfaConfiguration": "ON"}`, `{"MfaConfiguration": "ON"}`, param + "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor"},
	{"passkey that is two factors", "UpdateUserPool", `{"MfaConfiguration": "ON"}`, `{"MfaConfiguration": "ON", "WebAuthnConfiguration": {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}}`, `{"MfaConfiguration": "ON"}`, ""},
	{"recovery by phone with SMS", "UpdateUserPool", `{}`, `{}`, `{"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_phone_number", "Priority": 1}]}}`, param + "Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured."},
	{"recovery by phone that stays", "UpdateUserPool", `{"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_phone_number", "Priority": 1}]}}`, `{}`, `{"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_phone_number", "Priority": 1}]}}`, ""},
	{"recovery by phone that stays in another order", "UpdateUserPool", `{"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_phone_number", "Priority": 1}, {"Name": "verified_email", "Priority": 2}]}}`, `{}`, `{"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 2}, {"Name": "verified_phone_number", "Priority": 1}]}}`, ""},
	{"recovery by phone without SMS factor", "UpdateUserPool", `{}`, `{"SmsMfaConfiguration": null}`, `{"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_phone_number", "Priority": 1}]}}`, ""},
	{"old lifetime", "UpdateUserPool", `{}`, `{}`, `{"AdminCreateUserConfig": {"UnusedAccountValidityDays": 7}}`, param + "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"},
	{"old lifetime alone", "UpdateUserPool", `{"Policies": {"PasswordPolicy": {"MinimumLength": 8}}}`, `{}`, `{"Policies": {"PasswordPolicy": {"MinimumLength": 8}}, "AdminCreateUserConfig": {"UnusedAccountValidityDays": 9}}`, ""},
	{"message without a code", "UpdateUserPool", `{}`, `{}`, `{"EmailVerificationMessage": null, "VerificationMessageTemplate": {"EmailMessage": "hello"}}`, param + "The message is invalid."},
	{"message without a link", "UpdateUserPool", `{}`, `{}`, `{"EmailVerificationMessage": null, "VerificationMessageTemplate": {"EmailMessageByLink": "hello"}}`, param + "The message is invalid."},
	{"message with a link", "UpdateUserPool", `{}`, `{}`, `{"EmailVerificationMessage": null, "VerificationMessageTemplate": {"EmailMessageByLink": "{##here##}"}}`, ""},
	{"codes with a link", "UpdateUserPool", `{}`, `{}`, `{"EmailVerificationMessage": null, "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE", "EmailMessage": "{####}", "EmailMessageByLink": "{##here##}"}}`, param + "The message is invalid."},
	{"SMS without a code", "UpdateUserPool", `{}`, `{}`, `{"SmsAuthenticationMessage": "hello"}`, param + "The message is invalid."},
	{"invitation without a code", "UpdateUserPool", `{}`, `{}`, `{"AdminCreateUserConfig": {"InviteMessageTemplate": {"EmailMessage": "hello"}}}`, param + "The message is invalid."},
	{"message that was there", "UpdateUserPool", `{"SmsAuthenticationMessage": "hello"}`, `{}`, `{"SmsAuthenticationMessage": "hello"}`, ""},
	{"two messages", "UpdateUserPool", `{}`, `{}`, `{"EmailVerificationMessage": "other {####}"}`, param + "EmailVerificationMessage and VerificationMessageTemplate.EmailMessage must be the same."},
	{"threat protection on a lower tier", "UpdateUserPool", `{}`, `{}`, `{"UserPoolTier": "ESSENTIALS"}`, "FeatureUnavailableInTierException: The following features need to be disabled for the ESSENTIALS pricing tier configured: Threat Protection"},
	{"threat protection that LITE has", "UpdateUserPool", `{"UserPoolTier": "LITE"}`, `{}`, `{"UserPoolTier": "LITE"}`, ""},
	{"threat protection that LITE had not", "UpdateUserPool", `{"UserPoolTier": "LITE", "UserPoolAddOns": null}`, `{}`, `{"UserPoolTier": "LITE"}`, "FeatureUnavailableInTierException: The following features need to be disabled for the LITE pricing tier configured: Threat Protection"},
	{"more threat protection on LITE", "UpdateUserPool", `{"UserPoolTier": "LITE"}`, `{}`, `{"UserPoolTier": "LITE", "UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"}}`, "FeatureUnavailableInTierException: The following features need to be disabled for the LITE pricing tier configured: Threat Protection"},
	{"add-ons off on a lower tier", "UpdateUserPool", `{}`, `{}`, `{"UserPoolTier": "LITE", "UserPoolAddOns": {"AdvancedSecurityMode": "OFF"}}`, ""},
	{"system tags", "UpdateUserPool", `{}`, `{}`, `{"UserPoolTags": {"aws:x": "y"}}`, "UserPoolTaggingException: aws: prefixed tag key names are not allowed for external use."},
	{"two token triggers", "UpdateUserPool", `{}`, `{}`, `{"LambdaConfig": {"PreTokenGeneration": "a", "PreTokenGenerationConfig": {"LambdaArn": "b"}}}`, param + "PreTokenGeneration and PreTokenGenerationConfig.LambdaArn must be the same."},
	{"sender without a key", "UpdateUserPool", `{}`, `{}`, `{"LambdaConfig": {"CustomSMSSender": {}}}`, param + "KMSKeyID is required with CustomSMSSender or CustomEmailSender."},
	{"short passwords", "UpdateUserPool", `{}`, `{}`, `{"Policies": {"PasswordPolicy": {"MinimumLength": 5}}}`, param + "1 validation error detected: Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value between 6 and 99"},
	{"value that is none", "UpdateUserPool", `{}`, `{}`, `{"DeletionProtection": "YES"}`, param + "1 validation error detected: Value 'YES' at 'deletionProtection' failed to satisfy constraint: Member must satisfy enum value set: [ACTIVE, INACTIVE]"},
	{"wrong type", "UpdateUserPool", `{}`, `{}`, `{"LambdaConfig": []}`, "SerializationException: unexpected type of LambdaConfig"},
	{"no pool", "UpdateUserPool", `{}`, `{}`, `{"UserPoolId": null}`, param + "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member must not be null"},
	{"unknown pool", "UpdateUserPool", `{}`, `{}`, `{"UserPoolId": "B"}`, "ResourceNotFoundException: User pool B does not exist."},

	{"factor with MFA off", "SetUserPoolMfaConfig", `{}`, `{}`, `{"MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": {"Enabled": false}}`, param + "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."},
	{"factor without a state", "SetUserPoolMfaConfig", `{}`, `{}`, `{"EmailMfaConfiguration": {}}`, param + "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."},
	{"passkeys with MFA off", "SetUserPoolMfaConfig", `{}`, `{}`, `{"WebAuthnConfiguration": {"UserVerification": "required"}}`, ""},
	{"no factor", "SetUserPoolMfaConfig", `{}`, `{}`, `{"MfaConfiguration": "ON"}`, param + "Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration."},
	{"no factor enabled", "SetUserPoolMfaConfig", `{}`, `{}`, `{"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": false}}`, param + "Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled."},
	{"SMS without settings", "SetUserPoolMfaConfig", `{"SmsConfiguration": null, "AutoVerifiedAttributes": null}`, `{}`, `{"MfaConfiguration": "ON", "SmsMfaConfiguration": {}}`, param + "SMS configuration and Auto verification for phone_number are required when MFA is required/optional"},
	{"mail without SES", "SetUserPoolMfaConfig", `{"EmailConfiguration": null}`, `{}`, `{"MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": {}}`, param + "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT"},
	{"mail with recovery by mail alone", "SetUserPoolMfaConfig", `{}`, `{}`, `{"MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": {}}`, param + "Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_email as a recovery mechanism when Email MFA is configured."},
	{"SMS with recovery by phone", "SetUserPoolMfaConfig", `{"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_phone_number", "Priority": 1}]}}`, `{"SmsMfaConfiguration": null}`, `{"MfaConfiguration": "OPTIONAL", "SmsMfaConfiguration": {}}`, param + "Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured."},
	{"one-time password and MFA to be required", "SetUserPoolMfaConfig", `{"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["SMS_OTP"]}}}`, `{}`, `{"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": true}}`, param + "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled"},
	{"passkey and MFA to be required", "SetUserPoolMfaConfig", `{}`, `{}`, `{"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": true}, "WebAuthnConfiguration": {"FactorConfiguration": "SINGLE_FACTOR"}}`, param + "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor"},
	{"SMS message without a code", "SetUserPoolMfaConfig", `{}`, `{}`, `{"MfaConfiguration": "ON", "SmsMfaConfiguration": {"SmsAuthenticationMessage": "hello"}}`, param + "The message is invalid."},

	{"no refresh", "UpdateUserPoolClient", `{}`, `{}`, `{"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"]}`, param + "REFRESH_TOKEN_AUTH should always be allowed."},
	{"refresh by rotation", "UpdateUserPoolClient", `{}`, `{}`, `{"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"], "RefreshTokenRotation": {"Feature": "ENABLED"}}`, ""},
	{"refresh twice", "UpdateUserPoolClient", `{}`, `{}`, `{"ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"], "RefreshTokenRotation": {"Feature": "ENABLED"}}`, param + "ALLOW_REFRESH_TOKEN_AUTH can not be used with refresh token rotation."},
	{"old and new flows", "UpdateUserPoolClient", `{}`, `{}`, `{"ExplicitAuthFlows": ["ADMIN_NO_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}`, param + "ExplicitAuthFlows can not mix values with and without the prefix ALLOW_."},
	{"write of an immutable attribute", "UpdateUserPoolClient", `{}`, `{}`, `{"WriteAttributes": ["email", "custom:old"]}`, param + "Invalid write attributes specified while updating a client"},
	{"write of an unknown attribute", "UpdateUserPoolClient", `{}`, `{}`, `{"WriteAttributes": ["email", "custom:new"]}`, param + "Invalid write attributes specified while updating a client"},
	{"no write of a required attribute", "UpdateUserPoolClient", `{}`, `{}`, `{"WriteAttributes": ["name"]}`, param + "Invalid write attributes specified while updating a client"},
	{"read of an unknown attribute", "UpdateUserPoolClient", `{}`, `{}`, `{"ReadAttributes": ["custom:new"]}`, param + "Invalid read attributes specified while updating a client"},
	{"redirect", "UpdateUserPoolClient", `{}`, `{}`, `{"DefaultRedirectURI": "https://b", "CallbackURLs": ["https://a"]}`, param + "DefaultRedirectURI must be in CallbackURLs."},
	{"identity provider", "UpdateUserPoolClient", `{}`, `{}`, `{"SupportedIdentityProviders": ["COGNITO", "Google"]}`, param + "The provider Google does not exist for User Pool A."},
	{"OAuth flows", "UpdateUserPoolClient", `{}`, `{}`, `{"AllowedOAuthFlows": ["code", "client_credentials"]}`, "InvalidOAuthFlowException: client_credentials flow can not be selected along with code flow or implicit flow."},
	{"validity without its unit", "UpdateUserPoolClient", `{}`, `{}`, `{"AccessTokenValidity": 30}`, param + "Invalid range for token validity."},
	{"validity with its unit", "UpdateUserPoolClient", `{}`, `{}`, `{"AccessTokenValidity": 30, "TokenValidityUnits": {"AccessToken": "minutes"}}`, ""},
	{"unknown client", "UpdateUserPoolClient", `{}`, `{}`, `{"ClientId": "x"}`, "ResourceNotFoundException: User pool client x does not exist."},
	{"no client", "UpdateUserPoolClient", `{}`, `{}`, `{"ClientId": null}`, param + "1 validation error detected: Value null at 'clientId' failed to satisfy constraint: Member must not be null"},

	{"risk without add-ons", "SetRiskConfiguration", `{"UserPoolAddOns": null}`, `{}`, `{}`, "UserPoolAddOnNotEnabledException: User pool add-ons are not enabled."},
	{"risk of an unknown client", "SetRiskConfiguration", `{}`, `{}`, `{"ClientId": "x"}`, "ResourceNotFoundException: User pool client x does not exist."},
	{"notice without a sender", "SetRiskConfiguration", `{}`, `{}`, `{"AccountTakeoverRiskConfiguration": {"Actions": {"LowAction": {"Notify": true, "EventAction": "BLOCK"}}}}`, param + "NotifyConfiguration.SourceArn is required when an action notifies."},
	{"action without notice", "SetRiskConfiguration", `{}`, `{}`, `{"AccountTakeoverRiskConfiguration": {"Actions": {"LowAction": {"EventAction": "BLOCK"}}}}`, param + "1 validation error detected: Value null at 'accountTakeoverRiskConfiguration.actions.LowAction' failed to satisfy constraint: Member must not be null"},
	{"no actions", "SetRiskConfiguration", `{}`, `{}`, `{"AccountTakeoverRiskConfiguration": {}}`, param + "1 validation error detected: Value null at 'accountTakeoverRiskConfiguration.actions' failed to satisfy constraint: Member must not be null"},
	{"compromised without action", "SetRiskConfiguration", `{}`, `{}`, `{"CompromisedCredentialsRiskConfiguration": {}}`, param + "1 validation error detected: Value null at 'compromisedCredentialsRiskConfiguration.actions.eventAction' failed to satisfy constraint: Member must not be null"},

	{"no logs", "SetLogDeliveryConfiguration", `{}`, `{}`, `{}`, param + "1 validation error detected: Value null at 'logConfigurations' failed to satisfy constraint: Member must not be null"},
	{"notifications in S3", "SetLogDeliveryConfiguration", `{}`, `{}`, `{"LogConfigurations": [{"EventSource": "userNotification", "LogLevel": "ERROR", "S3Configuration": {}}]}`, param + "Event source userNotification requires log level ERROR and a CloudWatch Logs destination."},
	{"errors of sign-ins", "SetLogDeliveryConfiguration", `{}`, `{}`, `{"LogConfigurations": [{"EventSource": "userAuthEvents", "LogLevel": "ERROR", "S3Configuration": {}}]}`, param + "Event source userAuthEvents requires log level INFO and one destination."},
	{"sign-ins on a lower tier", "SetLogDeliveryConfiguration", `{"UserPoolTier": "LITE"}`, `{}`, `{"LogConfigurations": [{"EventSource": "userAuthEvents", "LogLevel": "INFO", "S3Configuration": {}}]}`, "FeatureUnavailableInTierException: The following features need to be disabled for the LITE pricing tier configured: Log Streaming"},
	{"logs twice", "SetLogDeliveryConfiguration", `{}`, `{}`, `{"LogConfigurations": [{"EventSource": "userNotification", "LogLevel": "ERROR", "CloudWatchLogsConfiguration": {}}, {"EventSource": "userNotification", "LogLevel": "ERROR", "CloudWatchLogsConfiguration": {}}]}`, param + "Duplicate log configurations for event source userNotification"},
	{"three logs", "SetLogDeliveryConfiguration", `{}`, `{}`, `{"LogConfigurations": [{}, {}, {}]}`, param + "1 validation error detected: Value at 'logConfigurations' failed to satisfy constraint: Member must have length less than or equal to 2"},

	{"attribute that is there", "AddCustomAttributes", `{}`, `{}`, `{"CustomAttributes": [{"Name": "new"}, {"Name": "old"}]}`, param + "custom:old: Existing attribute already has name custom:old."},
	{"attribute twice", "AddCustomAttributes", `{}`, `{}`, `{"CustomAttributes": [{"Name": "x"}, {"Name": "x"}]}`, param + "custom:x: Existing attribute already has name custom:x."},
	{"required attribute", "AddCustomAttributes", `{}`, `{}`, `{"CustomAttributes": [{"Name": "x", "Required": true}]}`, param + "Required custom attributes are not supported currently."},
	{"attribute without a name", "AddCustomAttributes", `{}`, `{}`, `{"CustomAttributes": [{}]}`, param + "1 validation error detected: Value at 'customAttributes.member.name' failed to satisfy constraint: Member must have length between 1 and 20"},
	{"no attributes", "AddCustomAttributes", `{}`, `{}`, `{"CustomAttributes": []}`, param + "1 validation error detected: Value at 'customAttributes' failed to satisfy constraint: Member must have length between 1 and 25"},

	{"system tag", "TagResource", `{}`, `{}`, `{"ResourceArn": "arn:A", "Tags": {"aws:x": "y"}}`, "UserPoolTaggingException: aws: prefixed tag key names are not allowed for external use."},
	{"removal of a system tag", "UntagResource", `{}`, `{}`, `{"ResourceArn": "arn:A", "TagKeys": ["aws:x"]}`, "UserPoolTaggingException: aws: prefixed tag key names are not allowed for external use."},
	{"unknown ARN", "TagResource", `{}`, `{}`, `{"ResourceArn": "arn:x", "Tags": {}}`, "ResourceNotFoundException: User pool arn:x does not exist."},
}

// TestPartialUpdateIsRefused is for a member that survives its omission and needs
// one that does not.
func TestPartialUpdateIsRefused(t *testing.T) {
	pool := rich
	pool.UserPool = merged(t, rich.UserPool, `{"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]}}`)
	for mode, want := range map[cognitotest.Omission]int{cognitotest.Measured: 400, cognitotest.ResetAll: 200} {
		server := serve(t, pool)
		server.SetOmission(mode)
		if status, body := own.send(t, server, "UpdateUserPool", `{"UserPoolId": "A", "DeletionProtection": "INACTIVE"}`); status != want {
			t.Errorf("%s: got %d %s, want %d", mode, status, body, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, tt := range refusals {
		t.Run(tt.operation+" "+tt.name, func(t *testing.T) {
			pool := rich
			pool.UserPool, pool.MfaConfig = merged(t, rich.UserPool, tt.pool), merged(t, rich.MfaConfig, tt.mfa)
			server := serve(t, pool)
			start := `{"UserPoolId": "A", "ClientId": "web"}`
			switch tt.operation {
			case "UpdateUserPool":
				start = complete(t)
			case "SetUserPoolMfaConfig", "SetLogDeliveryConfiguration", "AddCustomAttributes", "SetRiskConfiguration":
				start = `{"UserPoolId": "A"}`
			case "TagResource", "UntagResource":
				start = `{}`
			}
			status, body := own.send(t, server, tt.operation, merged(t, start, tt.body))
			if tt.want == "" {
				if status != 200 {
					t.Errorf("got %d %s, want success", status, body)
				}
				return
			}
			answer := parse(t, body)
			if got := answer["__type"].(string) + ": " + answer["message"].(string); status != 400 || got != tt.want {
				t.Errorf("got %d %s, want %s", status, got, tt.want)
			}
			if diff := cmp.Diff(pool, server.State("A")); diff != "" {
				t.Errorf("a refused write changed -was +is\n%s", diff)
			}
		})
	}
}

// TestMembersOfOthers sends what is in answers alone, or of other operations.
func TestMembersOfOthers(t *testing.T) {
	for operation, names := range map[string]string{
		"UpdateUserPool": "Arn CreationDate LastModifiedDate CustomDomain Domain EstimatedNumberOfUsers Id Name SchemaAttributes SmsConfigurationFailure " +
			"EmailConfigurationFailure Status AliasAttributes UsernameAttributes UsernameConfiguration " +
			"EmailMfaConfiguration CallbackURLs Tags",
		"UpdateUserPoolClient":        "ClientSecret GenerateSecret HasClientSecret LastModifiedDate CreationDate",
		"SetRiskConfiguration":        "LastModifiedDate",
		"SetLogDeliveryConfiguration": "Policies",
	} {
		for name := range strings.FieldsSeq(names) {
			server := serve(t, rich)
			status, body := own.send(t, server, operation, `{"UserPoolId": "A", "`+name+`": "x"}`)
			if status != 400 || !strings.Contains(body, "InvalidParameterException") || !strings.Contains(body, "'"+name+"' is not a member") {
				t.Errorf("%s with %s: got %d %s", operation, name, status, body)
			}
		}
	}
}

// TestSmsOfMfa omits the block for SMS in each mode.
func TestSmsOfMfa(t *testing.T) {
	const totp = `{"UserPoolId": "A", "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": true}}`
	for _, tt := range []struct {
		mode     cognitotest.Omission
		verified string // AutoVerifiedAttributes
		body     string
		want     string // part of the answer
		sms      bool   // is left in the pool
	}{
		{cognitotest.ResetAll, `["phone_number"]`, totp, `"OPTIONAL"`, true},
		{cognitotest.ResetAll, `["phone_number"]`, `{"UserPoolId": "A"}`, `"OFF"`, true},
		{cognitotest.Measured, `["email"]`, totp, "Can't turn off SMS_MFA when SMS configuration is set for the user pool", true},
		{cognitotest.Measured, `["email"]`, `{"UserPoolId": "A"}`, `"OFF"`, true},
		{cognitotest.ResetParanoid, `["email"]`, totp, `"OPTIONAL"`, false},
		{cognitotest.ResetParanoid, `["phone_number"]`, totp, "SMS configuration is required when phone_number is selected for auto verification", true},
		{cognitotest.ResetParanoid, `["email"]`, `{"UserPoolId": "A"}`, `"OFF"`, false},
	} {
		pool := rich
		pool.UserPool = merged(t, rich.UserPool, `{"AutoVerifiedAttributes": `+tt.verified+`}`)
		server := serve(t, pool)
		server.SetOmission(tt.mode)
		_, body := own.send(t, server, "SetUserPoolMfaConfig", tt.body)
		_, left := parse(t, server.State("A").UserPool)["SmsConfiguration"]
		if !strings.Contains(body, tt.want) || left != tt.sms {
			t.Errorf("%s with %s: got %s and SMS settings %t, want %s and %t", tt.mode, tt.verified, body, left, tt.want, tt.sms)
		}
	}
}
