package remediate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

const up = "/UserPool"

func listOf(elements ...any) []any { return elements }

func objectOf(pairs ...any) map[string]any {
	members := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		members[pairs[i].(string)] = pairs[i+1]
	}
	return members
}

func mechanism(name string, priority any) map[string]any {
	return objectOf("Name", name, "Priority", priority)
}

// smsFactorOn is a pool with SMS as a factor.
var smsFactorOn = values{up + "/SmsConfiguration": objectOf("SnsCallerArn", "arn"), "/MfaConfig/SmsMfaConfiguration": objectOf("SmsConfiguration", objectOf("SnsCallerArn", "arn"))}

func TestRefusalsUpdateUserPool(t *testing.T) {
	const (
		recovery = up + "/AccountRecoverySetting/RecoveryMechanisms"
		first    = up + "/Policies/SignInPolicy/AllowedFirstAuthFactors"
		policy   = up + "/Policies/PasswordPolicy"
		template = up + "/VerificationMessageTemplate"
	)
	email, phone := mechanism("verified_email", 1), mechanism("verified_phone_number", 2)
	checkRefusals(t, "UpdateUserPool", Part{Section: "UserPool"}, []refusalCase{
		{"a safe change", nil, values{up + "/DeletionProtection": "ACTIVE"}, ""},

		{"broken SMS role", values{up + "/SmsConfigurationFailure": "InvalidSmsRoleAccessPolicyException"}, nil, "repair the role first"},
		{"broken SMS role in the sandbox", values{up + "/SmsConfigurationFailure": "SNSSandbox, InvalidSmsRoleAccessPolicyException"}, nil, "SmsConfigurationFailure is InvalidSmsRole"},
		{"SMS sandbox", values{up + "/SmsConfigurationFailure": "SNSSandbox"}, nil, ""},
		{"empty SMS failure", values{up + "/SmsConfigurationFailure": ""}, nil, ""},

		{"phone verified without SMS", nil, values{up + "/AutoVerifiedAttributes": listOf("email", "phone_number")}, "SMS configuration is required when phone_number"},
		{"phone verified with SMS", values{up + "/SmsConfiguration": objectOf("SnsCallerArn", "arn")}, values{up + "/AutoVerifiedAttributes": listOf("email", "phone_number")}, ""},
		{"phone verified with SMS of a newer kind", values{up + "/SmsConfiguration": objectOf("EumsSms", objectOf("PoolId", "p"))}, values{up + "/AutoVerifiedAttributes": listOf("email", "phone_number")}, ""},
		{"update verified but not at sign-up", nil, values{up + "/AutoVerifiedAttributes": listOf()}, "must exist in AutoVerifiedAttributes"},
		{"neither verified", nil, values{up + "/AutoVerifiedAttributes": listOf(), up + "/UserAttributeUpdateSettings/AttributesRequireVerificationBeforeUpdate": listOf()}, ""},

		{"one-time code by e-mail while MFA is ON", values{"/MfaConfig/MfaConfiguration": "ON", up + "/MfaConfiguration": "ON"}, values{first: listOf("PASSWORD", "EMAIL_OTP")}, "Only PASSWORD and WEB_AUTHN"},
		{"one-time code by e-mail while MFA is OPTIONAL", nil, values{first: listOf("PASSWORD", "EMAIL_OTP")}, ""},
		{"one-time code by SMS without SMS", nil, values{first: listOf("SMS_OTP")}, "SMS_OTP can not be configured as AuthFactor"},
		{"one-time code by SMS with SMS", values{up + "/SmsConfiguration": objectOf("SnsCallerArn", "arn")}, values{first: listOf("SMS_OTP")}, ""},

		{"threat protection on ESSENTIALS", values{up + "/UserPoolTier": "ESSENTIALS", up + "/UserPoolAddOns": nil}, values{up + "/UserPoolAddOns/AdvancedSecurityMode": "AUDIT"}, "need to be disabled for the ESSENTIALS pricing tier"},
		{"threat protection on an unknown tier", values{up + "/UserPoolTier": nil}, values{up + "/UserPoolAddOns/AdvancedSecurityMode": "AUDIT"}, "does not tell the pool's tier"},
		{"threat protection on PLUS", nil, values{up + "/UserPoolAddOns/AdvancedSecurityMode": "AUDIT"}, ""},
		{"threat protection that an old LITE pool has", values{up + "/UserPoolTier": "LITE"}, values{up + "/DeletionProtection": "ACTIVE"}, ""},
		{"threat protection switched off on LITE", values{up + "/UserPoolTier": "LITE"}, values{up + "/UserPoolAddOns/AdvancedSecurityMode": "OFF"}, ""},
		{"custom flow protected on LITE", values{up + "/UserPoolTier": "LITE"}, values{up + "/UserPoolAddOns/AdvancedSecurityAdditionalFlows/CustomAuthMode": "AUDIT"}, "CustomAuthMode would be \"AUDIT\""},
		{"custom flow protected on PLUS", nil, values{up + "/UserPoolAddOns/AdvancedSecurityAdditionalFlows/CustomAuthMode": "AUDIT"}, ""},

		{"history on LITE", values{up + "/UserPoolTier": "LITE"}, values{policy + "/PasswordHistorySize": 4}, "PasswordHistorySize would be 4, but the pool's tier is LITE"},
		{"history that a LITE pool has", values{up + "/UserPoolTier": "LITE", policy + "/PasswordHistorySize": 4}, nil, ""},
		{"history on ESSENTIALS", values{up + "/UserPoolTier": "ESSENTIALS"}, values{policy + "/PasswordHistorySize": 24}, ""},
		{"history too long", nil, values{policy + "/PasswordHistorySize": 25}, "whole numbers from 0 to 24"},
		{"minimum length too short", nil, values{policy + "/MinimumLength": 5}, "whole numbers from 6 to 99"},
		{"minimum length too long", nil, values{policy + "/MinimumLength": 100.0}, "would be 100"},
		{"minimum length that is no number", nil, values{policy + "/MinimumLength": "12"}, "whole numbers"},
		{"minimum length that is a novel", nil, values{policy + "/MinimumLength": strings.Repeat("ö", 100)}, "ööö...;"},
		{"minimum length with a fraction", nil, values{policy + "/MinimumLength": 12.5}, "would be 12.5"},
		{"lengths at their limits", nil, values{policy + "/MinimumLength": 99.0, policy + "/TemporaryPasswordValidityDays": 0}, ""},
		{"temporary password too long", nil, values{policy + "/TemporaryPasswordValidityDays": 366}, "whole numbers from 0 to 365"},

		{"link text without a link", nil, values{template + "/EmailMessageByLink": "Click {####}"}, "The message is invalid."},
		{"link text with a link", nil, values{template + "/EmailMessageByLink": "Click {##here##}"}, ""},
		{"link text that the pool has", values{template + "/EmailMessageByLink": "Click"}, nil, ""},
		{"code text without a code", nil, values{template + "/EmailMessage": "Your code"}, "EmailMessage would hold no {####}"},
		{"code text with a code", nil, values{template + "/SmsMessage": "Code {####}"}, ""},
		{"invitation without a code", nil, values{up + "/AdminCreateUserConfig/InviteMessageTemplate/SMSMessage": "Hi {username}"}, "InviteMessageTemplate.SMSMessage would hold no"},
		{"invitation with a code", nil, values{up + "/AdminCreateUserConfig/InviteMessageTemplate/EmailMessage": "{username} {####}"}, ""},
		{"older text changed alone", values{up + "/EmailVerificationMessage": "{####}", template + "/EmailMessage": "{####}"}, values{up + "/EmailVerificationMessage": "new {####}"}, "EmailVerificationMessage would differ"},
		{"newer text changed alone", values{up + "/SmsVerificationMessage": "{####}", template + "/SmsMessage": "{####}"}, values{template + "/SmsMessage": "new {####}"}, "SmsVerificationMessage would differ"},
		{"both texts changed", values{up + "/EmailVerificationSubject": "a", template + "/EmailSubject": "a"}, values{up + "/EmailVerificationSubject": "b", template + "/EmailSubject": "b"}, ""},
		{"texts that differ already", values{up + "/EmailVerificationMessage": "a {####}", template + "/EmailMessage": "{####}"}, nil, ""},

		{"recovery by phone while SMS is a factor", smsFactorOn, values{recovery: listOf(email, phone)}, "cannot use verified_phone_number as a recovery mechanism"},
		{"recovery by phone while SMS is no factor", nil, values{recovery: listOf(email, phone)}, ""},
		{"recovery by phone that the pool has", merged(smsFactorOn, values{recovery: listOf(phone)}), values{up + "/DeletionProtection": "ACTIVE"}, ""},
		{"three recovery mechanisms", nil, values{recovery: listOf(email, phone, mechanism("admin_only", 3))}, "at most 2"},
		{"two mechanisms of one priority", nil, values{recovery: listOf(email, mechanism("verified_phone_number", 1.0))}, "two mechanisms of priority 1"},
		{"recovery by e-mail only with e-mail as a factor", values{recovery: listOf(email, phone), "/MfaConfig/EmailMfaConfiguration": objectOf("Subject", "Code")}, values{recovery: listOf(email)}, "recovered by e-mail only"},

		{"token functions that differ", nil, values{up + "/LambdaConfig": objectOf("PreTokenGeneration", "a", "PreTokenGenerationConfig", objectOf("LambdaArn", "b"))}, "PreTokenGeneration would differ"},
		{"token functions that are equal", nil, values{up + "/LambdaConfig": objectOf("PreTokenGeneration", "a", "PreTokenGenerationConfig", objectOf("LambdaArn", "a"))}, ""},
		{"the newer token function alone", nil, values{up + "/LambdaConfig": objectOf("PreTokenGenerationConfig", objectOf("LambdaArn", "a"))}, ""},

		{"MFA changed in the pool", nil, values{up + "/MfaConfiguration": "ON"}, "Cannot turn MFA functionality ON"},
		{"MFA switched off in the pool", nil, values{up + "/MfaConfiguration": "OFF"}, "change MfaConfig.MfaConfiguration instead"},
		{"MFA that the pool mirrors later", nil, values{"/MfaConfig/MfaConfiguration": "ON"}, ""},
		{"MFA mirrored in the pool", nil, values{up + "/MfaConfiguration": "ON", "/MfaConfig/MfaConfiguration": "ON"}, ""},

		{"system tag removed", values{up + "/UserPoolTags": objectOf("aws:x", "1")}, values{up + "/UserPoolTags": objectOf()}, "the tag aws:x"},
		{"system tag kept", values{up + "/UserPoolTags": objectOf("aws:x", "1")}, values{up + "/UserPoolTags/team": "a"}, ""},
	})
}

func TestRefusalsOfMembersThatStay(t *testing.T) {
	var cases []refusalCase
	for _, member := range slices.Sorted(maps.Keys(poolNever)) {
		cases = append(cases, refusalCase{member, nil, values{up + "/" + member: objectOf("x", 1)}, "The plan changes " + member + " of UserPool, " + poolNever[member]})
	}
	cases = append(
		cases,
		refusalCase{"below a member", values{up + "/SmsConfiguration": objectOf("SnsCallerArn", "a")}, values{up + "/SmsConfiguration/SnsCallerArn": "b"}, "changes SmsConfiguration of UserPool"},
		refusalCase{"set to what it is", nil, values{up + "/UserPoolTier": "PLUS"}, ""},
		refusalCase{"a member of another name", nil, values{up + "/Names": "x"}, ""},
	)
	checkRefusals(t, "UpdateUserPool", Part{Section: "UserPool"}, cases)

	pool := poolFrom(t, soundPool)
	after, _ := with(t, pool, values{up + "/Name": "other"})
	whole := Change{Part: Part{Section: "UserPool"}, Old: pool.Sections["UserPool"], New: after.Sections["UserPool"]}
	if got := refusals(pool, after, []Call{{Operation: "UpdateUserPool", Part: whole.Part, Changes: []Change{whole}}}); len(got) != 1 {
		t.Errorf("a change of the whole section: got %q, want one refusal", got)
	}
}

func TestRefusalsTagResource(t *testing.T) {
	many := map[string]any{"aws:a": "1"}
	for i := range 50 {
		many[fmt.Sprint(i)] = ""
	}
	tooMany := merged(many, values{"50": ""})
	checkRefusals(t, "TagResource", Part{Section: "UserPool"}, []refusalCase{
		{"own tag", nil, values{up + "/UserPoolTags/owner": "me"}, ""},
		{"system tag", nil, values{up + "/UserPoolTags": objectOf("team", "shop", "AWS:x", "1")}, "only AWS itself changes tags"},
		{"50 tags and one of the system", values{up + "/UserPoolTags": objectOf("aws:a", "1")}, values{up + "/UserPoolTags": many}, ""},
		{"51 tags", values{up + "/UserPoolTags": objectOf("aws:a", "1")}, values{up + "/UserPoolTags": map[string]any(tooMany)}, "51 tags"},
		{"tags that are null", values{up + "/UserPoolTags": nil}, values{up + "/UserPoolTags/a": "b"}, ""},
	})
	checkRefusals(t, "UntagResource", Part{Section: "UserPool"}, []refusalCase{
		{"own tag", nil, values{up + "/UserPoolTags": nil}, ""},
		{"system tag", values{up + "/UserPoolTags": objectOf("aws:x", "1")}, values{up + "/UserPoolTags": nil}, "the tag aws:x"},
	})
}

func TestRefusalsAddCustomAttributes(t *testing.T) {
	const schema = up + "/SchemaAttributes"
	old, _ := poolFrom(t, soundPool).Sections["UserPool"].(map[string]any)["SchemaAttributes"].([]any)
	plus := func(attributes ...any) []any { return append(old[:len(old):len(old)], attributes...) }
	attribute := func(name string) any { return objectOf("Name", name, "AttributeDataType", "String", "Mutable", true) }
	var many []any
	for i := range 48 {
		many = append(many, attribute(fmt.Sprintf("custom:n%d", i)))
	}
	checkRefusals(t, "AddCustomAttributes", Part{Section: "UserPool"}, []refusalCase{
		{"a new attribute", nil, values{schema: plus(attribute("custom:office"))}, ""},
		{"a new attribute without its prefix", nil, values{schema: plus(attribute("office"))}, ""},
		{"a custom attribute with a standard name", nil, values{schema: plus(attribute("custom:email"))}, ""},
		{"a name that is taken", nil, values{schema: plus(objectOf("Name", "custom:country", "AttributeDataType", "Number"))}, "changes the definition of the attribute custom:country"},
		{"a name that is taken, without its prefix", nil, values{schema: plus(attribute("country"))}, "Existing attribute already has name custom:country."},
		{"one name twice", nil, values{schema: plus(attribute("office"), attribute("custom:office"))}, "adds the attribute custom:office twice"},
		{"20 characters", nil, values{schema: plus(attribute("custom:12345678901234567890"))}, ""},
		{"21 characters", nil, values{schema: plus(attribute("custom:123456789012345678901"))}, "21 characters"},
		{"no characters", nil, values{schema: plus(attribute("custom:"))}, "0 characters"},
		{"required", nil, values{schema: plus(objectOf("Name", "custom:office", "Required", true))}, "custom attributes cannot be"},
		{"odd type", nil, values{schema: plus(objectOf("Name", "custom:office", "AttributeDataType", "Text"))}, "AttributeDataType of custom:office"},
		{"50 attributes", nil, values{schema: plus(many...)}, ""},
		{"51 attributes", values{schema: old[1:]}, values{schema: plus(append(many, attribute("custom:more"))...)[1:]}, "51 custom attributes"},
		{"an attribute made mutable", nil, values{schema + "/3/Mutable": true}, "custom:tenant, which cannot be changed"},
		{"an attribute removed", nil, values{schema: old[:3]}, "removes the attribute custom:tenant"},
		{"attributes unknown", values{schema: nil}, values{schema: listOf(attribute("custom:office"))}, "whether a name is taken"},
	})
}

// merged returns the values of both.
func merged(a, b values) values {
	both := values{}
	for _, set := range []values{a, b} {
		for pointer, value := range set {
			both[pointer] = value
		}
	}
	return both
}
