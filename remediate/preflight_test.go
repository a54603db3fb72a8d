package remediate

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/snapshot"
)

// soundPool is a pool that every call may write as it is.
const soundPool = `{
	"UserPool": {
		"Id": "eu-west-1_Abc", "Name": "shop", "UserPoolTier": "PLUS", "MfaConfiguration": "OPTIONAL",
		"Policies": {"PasswordPolicy": {"MinimumLength": 12, "TemporaryPasswordValidityDays": 7}, "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}},
		"AutoVerifiedAttributes": ["email"],
		"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
		"EmailConfiguration": {"EmailSendingAccount": "DEVELOPER"},
		"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
		"UserPoolAddOns": {"AdvancedSecurityMode": "ENFORCED"},
		"UserPoolTags": {"team": "shop"},
		"SchemaAttributes": [
			{"Name": "sub", "Mutable": false, "Required": true}, {"Name": "email", "Mutable": true, "Required": true},
			{"Name": "custom:country", "AttributeDataType": "String", "Mutable": true}, {"Name": "custom:tenant", "Mutable": false}
		]
	},
	"MfaConfig": {"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": true}},
	"Clients": [
		{
			"ClientId": "1web", "ClientName": "web", "UserPoolId": "eu-west-1_Abc", "HasClientSecret": true,
			"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
			"AllowedOAuthFlows": ["code"], "AllowedOAuthFlowsUserPoolClient": true, "CallbackURLs": ["https://a.example", "https://b.example"],
			"RefreshTokenValidity": 30, "AccessTokenValidity": 60, "IdTokenValidity": 60,
			"TokenValidityUnits": {"RefreshToken": "days", "AccessToken": "minutes", "IdToken": "minutes"}
		},
		{"ClientId": "2app", "HasClientSecret": false}
	],
	"RiskConfigurations": [
		{"UserPoolId": "eu-west-1_Abc", "AccountTakeoverRiskConfiguration": {"Actions": {"HighAction": {"EventAction": "BLOCK", "Notify": false}}}}
	],
	"LogDeliveryConfiguration": {"LogConfigurations": []}
}`

// values are settings by their pointers into a snapshot.
type values map[string]any

// refusalCase is a pool in which is was set, and a plan that sets would.
type refusalCase struct {
	name  string
	is    values
	would values
	want  string // a part of the one refusal; empty for none
}

func poolFrom(t *testing.T, text string) *snapshot.Pool {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	pool := &snapshot.Pool{}
	if err := decoder.Decode(&pool.Sections); err != nil {
		t.Fatal(err)
	}
	return pool
}

// with returns the pool with values, and the changes that they are.
func with(t *testing.T, pool *snapshot.Pool, set values) (after *snapshot.Pool, changes []Change) {
	t.Helper()
	after = pool
	for _, pointer := range slices.Sorted(maps.Keys(set)) {
		old, _ := snapshot.Lookup(after.Sections, pointer)
		next, err := after.Apply([]snapshot.Edit{{Op: snapshot.OpReplace, Path: pointer, Value: set[pointer]}})
		if err != nil {
			t.Fatal(err)
		}
		after = next
		path := strings.SplitN(strings.TrimPrefix(pointer, "/"), "/", 2)
		part := Part{Section: path[0]}
		below := ""
		if len(path) > 1 {
			below = "/" + path[1]
		}
		if s, _ := snapshot.SectionNamed(part.Section); s.List {
			_, below, _ = strings.Cut(strings.TrimPrefix(below, "/"), "/")
			below = "/" + below
		}
		changes = append(changes, Change{Part: part, Path: below, Old: old, New: set[pointer]})
	}
	return after, changes
}

// checkRefusals runs cases against one operation on a part.
func checkRefusals(t *testing.T, operation string, part Part, cases []refusalCase) {
	t.Helper()
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			before, _ := with(t, poolFrom(t, soundPool), tt.is)
			after, all := with(t, before, tt.would)
			var changes []Change
			for _, change := range all {
				if change.Part.Section == part.Section {
					changes = append(changes, change)
				}
			}
			got := refusals(before, after, []Call{{Operation: operation, Part: part, Changes: changes}})
			switch {
			case tt.want == "" && len(got) > 0:
				t.Errorf("got %q, want none", got)
			case tt.want != "" && (len(got) != 1 || !strings.Contains(got[0], tt.want)):
				t.Errorf("got %q, want one with %q", got, tt.want)
			}
		})
	}
}

// allCalls are calls that write every part of a pool as it is.
func allCalls(pool *snapshot.Pool) []Call {
	calls := []Call{
		{Operation: "UpdateUserPool", Part: Part{Section: "UserPool"}},
		{Operation: "SetUserPoolMfaConfig", Part: Part{Section: "MfaConfig"}},
		{Operation: "TagResource", Part: Part{Section: "UserPool"}},
		{Operation: "UntagResource", Part: Part{Section: "UserPool"}},
		{Operation: "AddCustomAttributes", Part: Part{Section: "UserPool"}},
		{Operation: "SetLogDeliveryConfiguration", Part: Part{Section: "LogDeliveryConfiguration"}},
	}
	for _, list := range [][2]string{{"Clients", "UpdateUserPoolClient"}, {"RiskConfigurations", "SetRiskConfiguration"}} {
		for _, client := range (setting{pool.Sections[list[0]]}).list() {
			calls = append(calls, Call{Operation: list[1], Part: Part{Section: list[0], ID: client.at("ClientId").text()}})
		}
	}
	return calls
}

func TestNothingAgainstNoCalls(t *testing.T) {
	pool := poolFrom(t, soundPool)
	if got := refusals(pool, pool, nil); got != nil {
		t.Errorf("got %q, want nil", got)
	}
	if got := refusals(pool, pool, []Call{{Operation: "DescribeUserPool"}}); got != nil {
		t.Errorf("an operation that writes nothing: got %q, want nil", got)
	}
}

func TestSoundPoolIsWritten(t *testing.T) {
	pool := poolFrom(t, soundPool)
	if got := refusals(pool, pool, allCalls(pool)); got != nil {
		t.Errorf("got %q, want nil", got)
	}
}

func TestMissingPartIsNotWritten(t *testing.T) {
	pool := poolFrom(t, soundPool)
	empty := &snapshot.Pool{}
	for _, call := range allCalls(pool) {
		got := refusals(empty, empty, []Call{call})
		if tags := strings.HasSuffix(call.Operation, "tagResource") || call.Operation == "TagResource"; tags != (len(got) == 0) {
			t.Errorf("%s: got %q", call.Operation, got)
		}
		refusals(nil, nil, []Call{call})
	}
}

func TestEachRefusalOnce(t *testing.T) {
	before := poolFrom(t, soundPool)
	after, _ := with(t, before, values{"/UserPool/MfaConfiguration": "ON", "/MfaConfig/MfaConfiguration": "ON", "/UserPool/Policies/SignInPolicy/AllowedFirstAuthFactors": []any{"EMAIL_OTP"}})
	calls := allCalls(before)[:2]
	if got := refusals(before, after, calls); len(got) != 1 {
		t.Errorf("both calls know the same: got %q, want one", got)
	}
}

// TestTestdataPools writes the pools of testdata as they are: nothing may be
// said but what those of worst really have.
func TestTestdataPools(t *testing.T) {
	contradictions := map[string][]string{
		"closed.json": {
			"AutoVerifiedAttributes holds phone_number", "holds EMAIL_OTP while MFA is ON", "MfaConfiguration would be \"ON\" without any factor",
		},
		"messages.json": {"no SmsMfaConfiguration"},
		"open.json": {
			"AttributesRequireVerificationBeforeUpdate holds email", "AllowedFirstAuthFactors holds SMS_OTP", "PreTokenGeneration would differ",
			"MfaConfiguration would be \"OPTIONAL\" without any factor", "client machine would hold client_credentials with other flows",
			"the client has no secret", "RefreshTokenRotation of client web", "Threat protection is off (AdvancedSecurityMode is absent)", "HighAction of the pool's",
		},
		"password-mfa-2.json": {"holds SMS_OTP while MFA is ON", "WebAuthnConfiguration.FactorConfiguration is not"},
		"users-email.json":    {"no SmsMfaConfiguration"},
		"users.json":          {"no SmsMfaConfiguration"},
	}
	for _, folder := range []string{"good", "fixable", "worst"} {
		files, err := filepath.Glob(filepath.Join("..", "testdata", folder, "*.json"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no pools in %s: %v", folder, err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			pool := poolFrom(t, string(text))
			got, want := refusals(pool, pool, allCalls(pool)), contradictions[filepath.Base(file)]
			if len(got) != len(want) {
				t.Errorf("%s: got %d refusals, want %d: %q", file, len(got), len(want), got)
				continue
			}
			for i := range want {
				if !strings.Contains(got[i], want[i]) {
					t.Errorf("%s: got %q, want one with %q", file, got[i], want[i])
				}
			}
		}
	}
}

// oddValues stand where something else should.
var oddValues = []any{
	nil, true, false, "", "ON", "ALLOW_", "{##", 0, -1, 3.5, json.Number("1e999"), json.Number("x"),
	[]any{},
	[]any{nil, 1, "a", []any{}, map[string]any{}},
	map[string]any{},
	map[string]any{"": nil},
	map[string]any{"Name": 1, "ClientId": []any{}},
	[]any(nil), map[string]any(nil),
	struct{}{},
	[]string{"a"},
}

// distorted returns a copy in which each node may be an odd value.
func distorted(random *rand.Rand, node any) any {
	if random.IntN(20) == 0 {
		return oddValues[random.IntN(len(oddValues))]
	}
	switch node := node.(type) {
	case map[string]any:
		changed := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(node)) {
			changed[name] = distorted(random, node[name])
		}
		return changed
	case []any:
		var changed []any
		for _, element := range node {
			changed = append(changed, distorted(random, element))
		}
		return changed
	default:
		return node
	}
}

func TestOddShapes(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	sound := poolFrom(t, soundPool)
	odd := func() *snapshot.Pool {
		pool := &snapshot.Pool{Sections: map[string]any{}}
		for _, name := range slices.Sorted(maps.Keys(sound.Sections)) {
			pool.Sections[name] = distorted(random, sound.Sections[name])
		}
		return pool
	}
	for range 1000 {
		before, after := odd(), odd()
		calls := allCalls(sound)
		for i := range calls {
			calls[i].Changes = []Change{
				{Path: []string{"", "/", "Name", "/MfaConfiguration", "//~9"}[random.IntN(5)], Old: before.Sections["UserPool"], New: after.Sections["UserPool"]},
			}
		}
		got := refusals(before, after, calls)
		if again := refusals(before, after, calls); !slices.Equal(got, again) {
			t.Fatalf("got %q, then %q", got, again)
		}
		for i, sentence := range got {
			if slices.Contains(got[:i], sentence) {
				t.Fatalf("said twice: %s", sentence)
			}
		}
		owner(before)
	}
}
