package cognitotest_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

type tree = map[string]any

// parse reads a JSON object.
func parse(t *testing.T, text string) tree {
	t.Helper()
	var o tree
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	return o
}

// merged returns JSON with some members replaced; null removes one.
func merged(t *testing.T, text, changes string) string {
	t.Helper()
	o := parse(t, text)
	for name, value := range parse(t, changes) {
		if o[name] = value; value == nil {
			delete(o, name)
		}
	}
	body, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// rich is a pool with every setting away from its default, and some that AWS has
// not invented.
var rich = cognitotest.Pool{
	UserPool: `{
		"Id": "A", "Name": "shop", "Arn": "arn:A", "CreationDate": 1.5, "LastModifiedDate": 1700000000.123, "EstimatedNumberOfUsers": 3, "Domain": "shop",
		"SchemaAttributes": [{"Name": "email", "Required": true, "Mutable": true}, {"Name": "custom:old", "Mutable": false}],
		"UsernameConfiguration": {"CaseSensitive": false},
		"Policies": {
			"PasswordPolicy": {"MinimumLength": 14, "RequireUppercase": true, "RequireNumbers": false, "TemporaryPasswordValidityDays": 3, "FuturePolicy": 1},
			"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}
		},
		"DeletionProtection": "ACTIVE", "LambdaConfig": {"PreSignUp": "arn:f", "FutureTrigger": "arn:g"},
		"AutoVerifiedAttributes": ["email", "phone_number"],
		"EmailVerificationMessage": "<b>{####}</b>",
		"VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE", "EmailMessage": "<b>{####}</b>"},
		"SmsAuthenticationMessage": "code {####}",
		"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": []},
		"MfaConfiguration": "OPTIONAL",
		"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false},
		"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:ses"},
		"SmsConfiguration": {"SnsCallerArn": "arn:role", "EumsSms": {"Future": 1}},
		"UserPoolTags": {"team": "shop", "aws:cloudformation:stack-name": "stack"},
		"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true, "InviteMessageTemplate": {"SMSMessage": "{username} {####}"}},
		"UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"},
		"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
		"UserPoolTier": "PLUS", "FutureSetting": {"Depth": [1, {"x": 10000000000000000001}]}
	}`,
	MfaConfig: `{
		"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": true},
		"SmsMfaConfiguration": {"SmsAuthenticationMessage": "code {####}", "SmsConfiguration": {"SnsCallerArn": "arn:role", "EumsSms": {"Future": 1}}}
	}`,
	Clients: []string{`{
		"UserPoolId": "A", "ClientId": "web", "ClientName": "Web", "ClientSecret": "s3", "CreationDate": 1, "LastModifiedDate": 2,
		"RefreshTokenValidity": 5, "AccessTokenValidity": 10, "TokenValidityUnits": {"AccessToken": "minutes"},
		"WriteAttributes": ["email"], "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
		"CallbackURLs": ["https://a"], "AllowedOAuthFlowsUserPoolClient": true, "PreventUserExistenceErrors": "ENABLED",
		"EnableTokenRevocation": true, "AuthSessionValidity": 5, "FutureClient": 1
	}`, `{"ClientId": "app"}`},
	RiskConfigurations: []string{`{"UserPoolId": "A", "RiskExceptionConfiguration": {"BlockedIPRangeList": ["192.0.2.0/24"]}}`},
}

// complete is the request that changes nothing.
func complete(t *testing.T) string {
	t.Helper()
	request := parse(t, rich.UserPool)
	for _, name := range []string{"Arn", "CreationDate", "LastModifiedDate", "EstimatedNumberOfUsers", "Domain", "SchemaAttributes", "UsernameConfiguration"} {
		delete(request, name)
	}
	request["UserPoolId"], request["PoolName"] = "A", request["Name"]
	delete(request, "Id")
	delete(request, "Name")
	delete(request["UserPoolTags"].(tree), "aws:cloudformation:stack-name")
	body, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	// Numbers of this size do not survive float64.
	return strings.Replace(string(body), "10000000000000000000", "10000000000000000001", 1)
}

func serve(t *testing.T, pools ...cognitotest.Pool) *cognitotest.Server {
	t.Helper()
	server := cognitotest.New(pools...)
	t.Cleanup(server.Close)
	return server
}

// ok sends a request that must succeed and returns the answer.
func ok(t *testing.T, server *cognitotest.Server, operation, body string) string {
	t.Helper()
	status, answer := own.send(t, server, operation, body)
	if status != 200 {
		t.Fatalf("%s: got %d %s", operation, status, answer)
	}
	return answer
}

// changes returns the members of two objects that differ, as JSON of what came;
// "gone" is for members that went.
func changes(t *testing.T, before, after string) map[string]string {
	t.Helper()
	was, now := parse(t, before), parse(t, after)
	found := map[string]string{}
	for name := range was {
		if _, left := now[name]; !left {
			found[name] = "gone"
		}
	}
	for name, value := range now {
		if old, known := was[name]; !known || !cmp.Equal(old, value) {
			text, _ := json.Marshal(value)
			found[name] = string(text)
		}
	}
	return found
}

func TestCompleteUpdateChangesNothing(t *testing.T) {
	for _, mode := range cognitotest.Omissions() {
		t.Run(string(mode), func(t *testing.T) {
			server := serve(t, rich)
			server.SetOmission(mode)
			if got := ok(t, server, "UpdateUserPool", complete(t)); got != "{}" {
				t.Errorf("got %s", got)
			}
			got := server.State("A")
			found := changes(t, rich.UserPool, got.UserPool)
			if found["LastModifiedDate"] <= "1700000000.123" || !strings.Contains(found["AdminCreateUserConfig"], `"UnusedAccountValidityDays":3`) || len(found) != 2 {
				t.Errorf("changed %v, want the date and UnusedAccountValidityDays", found)
			}
			if !strings.Contains(got.UserPool, "10000000000000000001") || !strings.Contains(got.UserPool, "<b>") {
				t.Errorf("numbers or letters were lost in %s", got.UserPool)
			}
			got.UserPool = rich.UserPool
			if diff := cmp.Diff(rich, got); diff != "" {
				t.Errorf("other documents: -want +got\n%s", diff)
			}
			if answer := ok(t, server, "DescribeUserPool", `{"UserPoolId": "A"}`); answer != `{"UserPool": `+server.State("A").UserPool+`}` {
				t.Errorf("got %s", answer)
			}
		})
	}
}

func TestOmission(t *testing.T) {
	const policies = `{"PasswordPolicy":{"MinimumLength":8,"RequireLowercase":true,"RequireNumbers":true,"RequireSymbols":true,"RequireUppercase":true,"TemporaryPasswordValidityDays":7},"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD"]}}`
	all := map[string]string{
		"Policies": policies, "DeletionProtection": `"INACTIVE"`, "LambdaConfig": "{}", "AutoVerifiedAttributes": "gone",
		"EmailVerificationMessage": "gone", "VerificationMessageTemplate": `{"DefaultEmailOption":"CONFIRM_WITH_CODE"}`, "SmsAuthenticationMessage": "gone",
		"MfaConfiguration": `"OFF"`, "DeviceConfiguration": "gone", "EmailConfiguration": `{"EmailSendingAccount":"COGNITO_DEFAULT"}`,
		"SmsConfiguration": "gone", "UserPoolTags": `{"aws:cloudformation:stack-name":"stack"}`,
		"AdminCreateUserConfig": `{"AllowAdminCreateUserOnly":false,"UnusedAccountValidityDays":7}`,
		"UserPoolAddOns":        "gone", "AccountRecoverySetting": "gone", "FutureSetting": "gone",
	}
	measured := map[string]string{
		"LambdaConfig": "{}", "AutoVerifiedAttributes": "gone", "EmailVerificationMessage": "gone", "SmsAuthenticationMessage": "gone",
		"VerificationMessageTemplate": `{"DefaultEmailOption":"CONFIRM_WITH_CODE"}`, "DeviceConfiguration": "gone",
		"AdminCreateUserConfig": `{"AllowAdminCreateUserOnly":true,"UnusedAccountValidityDays":3}`,
	}
	for _, tt := range []struct {
		mode cognitotest.Omission
		want map[string]string
		mfa  map[string]string
	}{
		{cognitotest.ResetAll, all, map[string]string{"MfaConfiguration": `"OFF"`, "SmsMfaConfiguration": "gone"}},
		{cognitotest.ResetParanoid, all, map[string]string{"MfaConfiguration": `"OFF"`, "SmsMfaConfiguration": "gone"}},
		{cognitotest.Measured, measured, map[string]string{"SmsMfaConfiguration": `{"SmsConfiguration":{"EumsSms":{"Future":1},"SnsCallerArn":"arn:role"}}`}},
	} {
		t.Run(string(tt.mode), func(t *testing.T) {
			for _, request := range []string{`{"UserPoolId": "A"}`, `{"UserPoolId": "A", "Policies": null, "FutureSetting": null, "LambdaConfig": null}`} {
				server := serve(t, rich)
				server.SetOmission(tt.mode)
				ok(t, server, "UpdateUserPool", request)
				state := server.State("A")
				got := changes(t, rich.UserPool, state.UserPool)
				delete(got, "LastModifiedDate")
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("%s: -want +got\n%s", request, diff)
				}
				if diff := cmp.Diff(tt.mfa, changes(t, rich.MfaConfig, state.MfaConfig)); diff != "" {
					t.Errorf("%s: -want +got\n%s", request, diff)
				}
			}
		})
	}
}

// TestEachOmissionLoses omits one member at a time. Those that are not lost are
// kept by AWS, at their default, or what others mirror.
func TestEachOmissionLoses(t *testing.T) {
	kept := []string{"PoolName", "UserPoolTier", "UserAttributeUpdateSettings", "EmailVerificationMessage", "VerificationMessageTemplate"}
	for _, mode := range []cognitotest.Omission{cognitotest.ResetAll, cognitotest.ResetParanoid} {
		for name := range parse(t, complete(t)) {
			server := serve(t, rich)
			server.SetOmission(mode)
			if status, _ := own.send(t, server, "UpdateUserPool", merged(t, complete(t), `{"`+name+`": null}`)); status != 200 {
				continue // refused as a whole, so that nothing is lost
			}
			lost := changes(t, rich.UserPool, server.State("A").UserPool)[name] != ""
			if lost == slices.Contains(kept, name) {
				t.Errorf("%s: %s is lost: %t", mode, name, lost)
			}
		}
	}
}

// TestOmissionInside looks at members that are sent in part.
func TestOmissionInside(t *testing.T) {
	for _, tt := range []struct {
		name, change     string
		member           string
		gentle, paranoid string
	}{
		{
			"password policy", `{"Policies": {"PasswordPolicy": {"MinimumLength": 20}}}`, "Policies",
			`{"PasswordPolicy":{"FuturePolicy":1,"MinimumLength":20,"RequireNumbers":false,"RequireUppercase":true,"TemporaryPasswordValidityDays":3},"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","WEB_AUTHN"]}}`,
			`{"PasswordPolicy":{"MinimumLength":20,"RequireNumbers":false,"RequireUppercase":false,"TemporaryPasswordValidityDays":7},"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD"]}}`,
		},
		{
			"invitations", `{"AdminCreateUserConfig": {"InviteMessageTemplate": {"EmailSubject": "Hi"}}}`, "AdminCreateUserConfig",
			`{"AllowAdminCreateUserOnly":true,"InviteMessageTemplate":{"EmailSubject":"Hi"},"UnusedAccountValidityDays":3}`,
			`{"AllowAdminCreateUserOnly":false,"InviteMessageTemplate":{"EmailSubject":"Hi"},"UnusedAccountValidityDays":3}`,
		},
		{"triggers", `{"LambdaConfig": {"PostConfirmation": "arn:h"}}`, "LambdaConfig", `{"PostConfirmation":"arn:h"}`, `{"PostConfirmation":"arn:h"}`},
		{"devices", `{"DeviceConfiguration": {}}`, "DeviceConfiguration", `{}`, `{}`},
		{"temporary passwords of 0 days", `{"Policies": {"PasswordPolicy": {"MinimumLength": 8, "TemporaryPasswordValidityDays": 0}, "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}}}`, "AdminCreateUserConfig", `{"AllowAdminCreateUserOnly":true,"InviteMessageTemplate":{"SMSMessage":"{username} {####}"},"UnusedAccountValidityDays":7}`, `{"AllowAdminCreateUserOnly":true,"InviteMessageTemplate":{"SMSMessage":"{username} {####}"},"UnusedAccountValidityDays":7}`},
		{"SMS settings", `{"SmsConfiguration": {"SnsCallerArn": "arn:new"}}`, "SmsConfiguration", `{"SnsCallerArn":"arn:new"}`, `{"SnsCallerArn":"arn:new"}`},
		{"name", `{"PoolName": "store"}`, "Name", `"store"`, `"store"`},
		{"new setting", `{"Novelty": [1.0]}`, "Novelty", `[1]`, `[1]`},
		{"tags", `{"UserPoolTags": {}}`, "UserPoolTags", `{"aws:cloudformation:stack-name":"stack"}`, `{"aws:cloudformation:stack-name":"stack"}`},
	} {
		for _, mode := range cognitotest.Omissions() {
			t.Run(tt.name+" "+string(mode), func(t *testing.T) {
				server := serve(t, rich)
				server.SetOmission(mode)
				ok(t, server, "UpdateUserPool", merged(t, complete(t), tt.change))
				want := tt.gentle
				if mode == cognitotest.ResetParanoid {
					want = tt.paranoid
				}
				got := changes(t, rich.UserPool, server.State("A").UserPool)
				if got[tt.member] != want {
					t.Errorf("got %s, want %s", got[tt.member], want)
				}
			})
		}
	}
}

func TestPoolKeepsDefaultsUnsaid(t *testing.T) {
	bare := cognitotest.Pool{UserPool: `{"Id": "A", "MfaConfiguration": "OFF"}`}
	for _, mode := range cognitotest.Omissions() {
		server := serve(t, bare)
		server.SetOmission(mode)
		ok(t, server, "UpdateUserPool", `{"UserPoolId": "A"}`)
		state := server.State("A")
		names := slices.Sorted(maps.Keys(parse(t, state.UserPool)))
		if diff := cmp.Diff([]string{"Id", "LastModifiedDate", "MfaConfiguration"}, names); diff != "" || state.MfaConfig != "" {
			t.Errorf("%s: -want +got\n%s%s", mode, diff, state.MfaConfig)
		}
	}
}

func TestMirrors(t *testing.T) {
	for _, tt := range []struct {
		name, operation, body string // members beside UserPoolId; UpdateUserPool sends all others too
		pool, mfa             map[string]string
	}{
		{
			"message in the template alone", "UpdateUserPool",
			`{"EmailVerificationMessage": null, "VerificationMessageTemplate": {"EmailMessage": "new {####}", "EmailSubject": "s", "SmsMessage": "{####}"}}`,
			map[string]string{
				"EmailVerificationMessage": `"new {####}"`, "EmailVerificationSubject": `"s"`, "SmsVerificationMessage": `"{####}"`,
				"VerificationMessageTemplate": `{"EmailMessage":"new {####}","EmailSubject":"s","SmsMessage":"{####}"}`,
			},
			nil,
		},
		{
			"old message alone", "UpdateUserPool", `{"EmailVerificationMessage": "new {####}", "VerificationMessageTemplate": null}`,
			map[string]string{
				"EmailVerificationMessage":    `"new {####}"`,
				"VerificationMessageTemplate": `{"DefaultEmailOption":"CONFIRM_WITH_CODE","EmailMessage":"new {####}"}`,
			},
			nil,
		},
		{
			"SMS", "UpdateUserPool", `{"SmsConfiguration": {"SnsCallerArn": "arn:new"}, "SmsAuthenticationMessage": "n {####}"}`,
			map[string]string{"SmsConfiguration": `{"SnsCallerArn":"arn:new"}`, "SmsAuthenticationMessage": `"n {####}"`},
			map[string]string{"SmsMfaConfiguration": `{"SmsAuthenticationMessage":"n {####}","SmsConfiguration":{"SnsCallerArn":"arn:new"}}`},
		},
		{
			"MFA off", "UpdateUserPool", `{"MfaConfiguration": "OFF"}`,
			map[string]string{"MfaConfiguration": `"OFF"`},
			map[string]string{"MfaConfiguration": `"OFF"`},
		},
		{
			"MFA", "SetUserPoolMfaConfig", `{"MfaConfiguration": "OPTIONAL", "SmsMfaConfiguration": {"SmsConfiguration": {"SnsCallerArn": "arn:new"}}, "FutureMfa": {"x": 1}}`,
			map[string]string{"SmsConfiguration": `{"SnsCallerArn":"arn:new"}`, "SmsAuthenticationMessage": "gone"},
			map[string]string{
				"SmsMfaConfiguration": `{"SmsConfiguration":{"SnsCallerArn":"arn:new"}}`, "SoftwareTokenMfaConfiguration": "gone", "FutureMfa": `{"x":1}`,
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := serve(t, rich)
			body := merged(t, `{"UserPoolId": "A"}`, tt.body)
			if tt.operation == "UpdateUserPool" {
				body = merged(t, complete(t), tt.body)
			}
			ok(t, server, tt.operation, body)
			state := server.State("A")
			got := changes(t, rich.UserPool, state.UserPool)
			delete(got, "LastModifiedDate")
			delete(got, "AdminCreateUserConfig")
			if diff := cmp.Diff(tt.pool, got); diff != "" {
				t.Errorf("pool: -want +got\n%s", diff)
			}
			want := tt.mfa
			if want == nil {
				want = map[string]string{}
			}
			if diff := cmp.Diff(want, changes(t, rich.MfaConfig, ok(t, server, "GetUserPoolMfaConfig", `{"UserPoolId": "A"}`))); diff != "" {
				t.Errorf("MFA: -want +got\n%s", diff)
			}
		})
	}
}
