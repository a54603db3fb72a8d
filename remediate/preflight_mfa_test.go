package remediate

import "testing"

func TestRefusalsSetUserPoolMfaConfig(t *testing.T) {
	const (
		mfa   = "/MfaConfig"
		first = up + "/Policies/SignInPolicy/AllowedFirstAuthFactors"
		mode  = mfa + "/MfaConfiguration"
	)
	off := values{mfa: objectOf("MfaConfiguration", "OFF"), up + "/MfaConfiguration": "OFF"}
	both := values{mode: "ON", up + "/MfaConfiguration": "ON"}
	sms := objectOf("SmsConfiguration", objectOf("SnsCallerArn", "arn"))
	twoWays := values{up + "/AccountRecoverySetting/RecoveryMechanisms": listOf(mechanism("verified_email", 1), mechanism("verified_phone_number", 2))}
	checkRefusals(t, "SetUserPoolMfaConfig", Part{Section: "MfaConfig"}, []refusalCase{
		{"ON with an authenticator app", nil, both, ""},
		{"ON where the mirror is not changed", nil, values{mode: "ON"}, ""},
		{"from OFF to ON with an authenticator app", off, merged(both, values{mfa + "/SoftwareTokenMfaConfiguration": objectOf("Enabled", true)}), ""},
		{"from OFF to ON without a factor", off, both, "can't disable all MFAs"},
		{"ON with an app that is switched off", nil, values{mfa + "/SoftwareTokenMfaConfiguration/Enabled": false}, "can't disable all MFAs"},
		{"ON with a factor of a newer kind", off, merged(both, values{mfa + "/PalmMfaConfiguration": objectOf("Enabled", true)}), ""},
		{"ON with an app configured in a newer way", off, merged(both, values{mfa + "/SoftwareTokenMfaConfiguration": objectOf("Mode", "x")}), ""},
		{"a factor added while OFF", off, values{mfa + "/SoftwareTokenMfaConfiguration": objectOf("Enabled", true)}, "can't turn off MFA and configure an MFA together"},
		{"a factor added without a mode", values{mfa: objectOf("WebAuthnConfiguration", objectOf())}, values{mfa + "/SoftwareTokenMfaConfiguration": objectOf("Enabled", true)}, "can't turn off MFA"},
		{"a factor that the pool has while OFF", merged(off, values{mfa: objectOf("MfaConfiguration", "OFF", "SoftwareTokenMfaConfiguration", objectOf("Enabled", true))}), nil, ""},
		{"passkeys only while OFF", off, values{mfa + "/WebAuthnConfiguration/UserVerification": "required"}, ""},
		{"unknown mode", nil, values{mode: "on"}, "the API takes OFF, ON or OPTIONAL"},

		{"SMS settings without an SMS factor", values{up + "/SmsConfiguration": objectOf("SnsCallerArn", "arn")}, nil, "may clear the pool's SMS settings"},
		{"SMS settings with an SMS factor", smsFactorOn, values{mode: "ON"}, ""},
		{"OFF with an SMS factor", smsFactorOn, values{mode: "OFF", up + "/MfaConfiguration": "OFF"}, "may clear the pool's SMS settings"},
		{"OFF without SMS settings", nil, values{mode: "OFF", up + "/MfaConfiguration": "OFF"}, ""},
		{"SMS factor of a newer kind", merged(smsFactorOn, values{mfa + "/SmsMfaConfiguration": objectOf("EumsSms", objectOf())}), values{mode: "ON"}, ""},
		{"pool unknown", values{up: nil}, values{mode: "ON"}, "UserPool is not in the snapshot"},
		{"SMS role changed", smsFactorOn, values{mfa + "/SmsMfaConfiguration/SmsConfiguration/SnsCallerArn": "other"}, "the role that sends SMS messages"},
		{"SMS role brought in", nil, values{mfa + "/SmsMfaConfiguration": sms}, "the role that sends SMS messages"},
		{"SMS factor with the role that the pool has", values{up + "/SmsConfiguration": objectOf("SnsCallerArn", "arn")}, values{mfa + "/SmsMfaConfiguration": sms}, ""},
		{"SMS text without a code", smsFactorOn, values{mfa + "/SmsMfaConfiguration/SmsAuthenticationMessage": "code"}, "would hold no {####}"},
		{"broken SMS role with an SMS factor", merged(smsFactorOn, values{up + "/SmsConfigurationFailure": "InvalidSmsRoleTrustRelationshipException"}), nil, "repair the role first"},
		{"broken SMS role without an SMS factor", values{up + "/SmsConfigurationFailure": "InvalidSmsRoleTrustRelationshipException"}, nil, ""},
		{"SMS factor where the phone recovers", merged(twoWays, values{up + "/SmsConfiguration": objectOf("SnsCallerArn", "arn")}), values{mfa + "/SmsMfaConfiguration": sms}, "cannot use verified_phone_number"},

		{"e-mail factor with SES", twoWays, values{mfa + "/EmailMfaConfiguration": objectOf("Message", "Code {####}")}, ""},
		{"e-mail text without a code", twoWays, values{mfa + "/EmailMfaConfiguration": objectOf("Message", "Code")}, "EmailMfaConfiguration.Message would hold no {####}"},
		{"e-mail factor with the sender of Cognito", merged(twoWays, values{up + "/EmailConfiguration": objectOf("EmailSendingAccount", "COGNITO_DEFAULT")}), values{mfa + "/EmailMfaConfiguration": objectOf()}, "EmailSendingAccount of COGNITO_DEFAULT"},
		{"e-mail factor without a sender", merged(twoWays, values{up + "/EmailConfiguration": nil}), values{mfa + "/EmailMfaConfiguration": objectOf()}, "EmailSendingAccount of COGNITO_DEFAULT"},
		{"e-mail factor on LITE", merged(twoWays, values{up + "/UserPoolTier": "LITE"}), values{mfa + "/EmailMfaConfiguration": objectOf()}, "the pool's tier is LITE"},
		{"e-mail factor on an unknown tier", merged(twoWays, values{up + "/UserPoolTier": nil}), values{mfa + "/EmailMfaConfiguration": objectOf()}, "does not tell the pool's tier"},
		{"e-mail factor that the pool has", values{mfa + "/EmailMfaConfiguration": objectOf(), up + "/UserPoolTier": nil, up + "/EmailConfiguration": nil}, values{mode: "ON"}, ""},
		{"e-mail factor with recovery by e-mail only", nil, values{mfa + "/EmailMfaConfiguration": objectOf()}, "recovered by e-mail only"},
		{"e-mail factor with the older recovery", values{up + "/AccountRecoverySetting": nil}, values{mfa + "/EmailMfaConfiguration": objectOf()}, ""},

		{"ON with one-time codes", values{first: listOf("PASSWORD", "SMS_OTP")}, both, "holds SMS_OTP while MFA is ON"},
		{"OPTIONAL with one-time codes", values{first: listOf("PASSWORD", "EMAIL_OTP")}, nil, ""},
		{"ON with passkeys as one factor", values{first: listOf("WEB_AUTHN")}, both, "Cannot set WebAuthn factor configuration to SINGLE_FACTOR"},
		{"ON with passkeys that verify the user", values{first: listOf("WEB_AUTHN"), mfa + "/WebAuthnConfiguration/FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}, both, ""},
		{"unknown verification", nil, values{mfa + "/WebAuthnConfiguration/UserVerification": "discouraged"}, "required or preferred"},
		{"unknown factor configuration", nil, values{mfa + "/WebAuthnConfiguration/FactorConfiguration": "TWO"}, "FactorConfiguration would be \"TWO\""},
		{"the pool's id", nil, values{mfa + "/UserPoolId": "x"}, "changes UserPoolId of MfaConfig"},
	})
}
