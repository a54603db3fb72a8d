package main

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/remediate"
	"github.com/cognilint/cognilint/snapshot"
)

// repairPool has something of everything that an update may lose.
var repairPool = cognitotest.Pool{
	UserPool: `{
		"Id": "eu-west-1_Repair", "Arn": "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Repair", "Name": "shop",
		"CreationDate": 1700000000.1, "LastModifiedDate": 1700000001.1, "EstimatedNumberOfUsers": 12, "UserPoolTier": "PLUS",
		"MfaConfiguration": "OPTIONAL", "DeletionProtection": "INACTIVE", "FutureSetting": {"A": [1, {"B": null}]},
		"Policies": {
			"PasswordPolicy": {"MinimumLength": 8, "RequireNumbers": false, "TemporaryPasswordValidityDays": 3, "FuturePw": 1},
			"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}
		},
		"LambdaConfig": {"PreSignUp": "arn:aws:lambda:eu-west-1:123456789012:function:pre", "FutureTrigger": "arn:x"},
		"AutoVerifiedAttributes": ["email", "phone_number"], "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
		"VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK", "EmailMessage": "{####}", "EmailMessageByLink": "{##x##}", "SmsMessage": "{####}!"},
		"EmailVerificationMessage": "{####}", "SmsVerificationMessage": "{####}!", "SmsAuthenticationMessage": "code {####}",
		"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false},
		"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:eu-west-1:123456789012:identity/a.example"},
		"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "e", "EumsSms": {"PoolArn": "arn:p"}},
		"UserPoolTags": {"team": "shop", "old": "x", "aws:servicecatalog:x": "y"},
		"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true, "UnusedAccountValidityDays": 3, "InviteMessageTemplate": {"EmailMessage": "{username} {####}"}},
		"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"},
		"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
		"SchemaAttributes": [{"Name": "sub", "AttributeDataType": "String", "Mutable": false, "Required": true}, {"Name": "email", "AttributeDataType": "String", "Mutable": true, "Required": true}]
	}`,
	MfaConfig: `{
		"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": true}, "FutureMfaConfiguration": {"Enabled": true},
		"SmsMfaConfiguration": {"SmsAuthenticationMessage": "code {####}", "SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "e", "EumsSms": {"PoolArn": "arn:p"}}},
		"WebAuthnConfiguration": {"RelyingPartyId": "a.example", "UserVerification": "required", "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}
	}`,
	Clients: []string{
		`{"UserPoolId": "eu-west-1_Repair", "ClientId": "1web", "ClientName": "web", "ClientSecret": "s3cr3t", "LastModifiedDate": 1700000001.1, "FutureClient": {"x": [1]},
			"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], "CallbackURLs": ["https://a.example", "https://b.example"], "DefaultRedirectURI": "https://a.example",
			"AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid", "email"], "AllowedOAuthFlowsUserPoolClient": true, "SupportedIdentityProviders": ["COGNITO"],
			"RefreshTokenValidity": 30, "TokenValidityUnits": {"RefreshToken": "days", "AccessToken": "minutes"}, "AccessTokenValidity": 60}`,
		`{"UserPoolId": "eu-west-1_Repair", "ClientId": "2app", "ClientName": "app", "LastModifiedDate": 1700000001.1, "WriteAttributes": ["email", "name"], "EnableTokenRevocation": false, "RefreshTokenValidity": 30}`,
		`{"UserPoolId": "eu-west-1_Repair", "ClientId": "3other", "ClientName": "other", "RefreshTokenValidity": 30}`,
	},
	RiskConfigurations: []string{
		`{"UserPoolId": "eu-west-1_Repair", "LastModifiedDate": 1700000001.1, "RiskExceptionConfiguration": {"SkippedIPRangeList": ["10.0.0.0/8", "192.0.2.0/24"]},
			"AccountTakeoverRiskConfiguration": {"Actions": {"HighAction": {"EventAction": "NO_ACTION", "Notify": false}}}}`,
	},
	LogDelivery: `{"UserPoolId": "eu-west-1_Repair", "LogConfigurations": [
		{"EventSource": "userNotification", "LogLevel": "ERROR", "CloudWatchLogsConfiguration": {"LogGroupArn": "arn:aws:logs:eu-west-1:123456789012:log-group:a"}}]}`,
}

// errand is a pool and what is to be changed of it.
type errand struct {
	name  string
	pool  cognitotest.Pool
	edits []snapshot.Edit
}

// errands are plans with all calls there are, and MFA in both directions.
func errands() []errand {
	required, off := repairPool, repairPool
	required.UserPool = changedDocument(repairPool.UserPool, object{"MfaConfiguration": "ON"})
	required.MfaConfig = changedDocument(repairPool.MfaConfig, object{"MfaConfiguration": "ON"})
	off.UserPool = changedDocument(repairPool.UserPool, object{"MfaConfiguration": "OFF", "SmsConfiguration": nil, "SmsAuthenticationMessage": nil, "AutoVerifiedAttributes": []any{"email"}})
	off.MfaConfig = `{"MfaConfiguration": "OFF", "WebAuthnConfiguration": {"UserVerification": "required"}}`
	set := func(path string, value any) snapshot.Edit {
		return snapshot.Edit{Op: snapshot.OpReplace, Path: path, Value: value}
	}
	add := func(path string, value any) snapshot.Edit {
		return snapshot.Edit{Op: snapshot.OpAdd, Path: path, Value: value}
	}
	mail := off
	mail.UserPool = changedDocument(off.UserPool, object{"MfaConfiguration": "ON"})
	mail.MfaConfig = `{"MfaConfiguration": "ON", "SoftwareTokenMfaConfiguration": {"Enabled": true}, "WebAuthnConfiguration": {"FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION"}}`
	return []errand{
		{"all calls", repairPool, []snapshot.Edit{
			set("/UserPool/DeletionProtection", "ACTIVE"),
			set("/UserPool/Policies/PasswordPolicy/MinimumLength", 12),
			set("/UserPool/Policies/PasswordPolicy/TemporaryPasswordValidityDays", 1),
			add("/UserPool/SchemaAttributes", object{"Name": "custom:country", "AttributeDataType": "String", "Mutable": true}),
			set("/UserPool/UserPoolTags/team", "new"),
			set("/UserPool/UserPoolTags/old", nil),
			set("/MfaConfig/MfaConfiguration", "ON"),
			set("/RiskConfigurations/0/AccountTakeoverRiskConfiguration/Actions/HighAction/EventAction", "BLOCK"),
			add("/LogDeliveryConfiguration/LogConfigurations", object{"EventSource": "userAuthEvents", "LogLevel": "INFO", "S3Configuration": object{"BucketArn": "arn:aws:s3:::logs"}}),
			set("/Clients/0/PreventUserExistenceErrors", "ENABLED"),
			{Op: snapshot.OpRemove, Path: "/Clients/0/CallbackURLs", Value: "https://b.example"},
			set("/Clients/1/EnableTokenRevocation", true),
		}},
		{"all tags at once", repairPool, []snapshot.Edit{set("/UserPool/UserPoolTags", object{"team": "new", "aws:servicecatalog:x": "y"})}},
		{"MFA looser", required, []snapshot.Edit{
			set("/MfaConfig/MfaConfiguration", "OPTIONAL"), set("/UserPool/DeletionProtection", "ACTIVE"), set("/Clients/0/RefreshTokenValidity", 7),
		}},
		{"MFA from off", off, []snapshot.Edit{
			set("/MfaConfig/MfaConfiguration", "OPTIONAL"), set("/MfaConfig/SoftwareTokenMfaConfiguration/Enabled", true), set("/UserPool/DeletionProtection", "ACTIVE"),
		}},
		{"MFA to off", mail, []snapshot.Edit{set("/MfaConfig/MfaConfiguration", "OFF"), set("/Clients/1/EnableTokenRevocation", true)}},
	}
}

// changedDocument returns a document with other members; nil takes one away.
func changedDocument(document string, members object) string {
	tree := treeOf(document)
	for name, value := range members {
		if tree[name] = value; value == nil {
			delete(tree, name)
		}
	}
	return textOf(tree)
}

// plan makes a plan of the errand's edits, as for a rule of the user.
func (e errand) plan(t testing.TB, pool *snapshot.Pool) *remediate.Plan {
	rule := finding.Rule{ID: "errand", Severity: finding.High, Fix: finding.FixDisruptive}
	planner := &remediate.Planner{
		Rules: map[string]finding.Rule{rule.ID: rule}, Selected: func(*snapshot.Pool, string) bool { return true },
		Options: remediate.Options{AllowDisruptive: true, AllowIrreversible: true, ForceManaged: true},
		Evaluate: func(_ context.Context, pool *snapshot.Pool) ([]remediate.Verdict, error) {
			v := remediate.Verdict{Check: finding.Check{Rule: rule.ID, Severity: rule.Severity, Status: finding.Pass, Target: finding.Target{Kind: "pool", ID: pool.ID()}}}
			after, err := pool.Apply(e.edits)
			if err == nil && textOf(withoutNulls(after.Sections)) != textOf(withoutNulls(pool.Sections)) {
				v.Status, v.Edits = finding.Fail, e.edits
			}
			return []remediate.Verdict{v}, err
		},
	}
	plan, err := planner.Plan(context.Background(), pool)
	if err != nil {
		t.Fatal(err)
	}
	if len(plan.Calls) == 0 || len(plan.Refusals) > 0 {
		t.Fatalf("%s: no plan: %s", e.name, textOf(plan.Unfixed))
	}
	return plan
}

func withoutNulls(node any) any {
	text, _ := json.Marshal(node)
	var tree any
	json.Unmarshal(text, &tree)
	return canonical("", tree)
}
