package scanner

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/cognilint/cognilint/snapshot"
)

const poolA = `{"UserPool": {"Id": "eu-west-1_A", "Arn": "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_A", "Name": "a"}}`

// readArchive reads the files of a txtar archive as one folder.
func readArchive(t testing.TB, archive string) (*Exports, error) {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	exports, err := ReadExports(context.Background(), []string{dir}, nil)
	if err != nil {
		err = fmt.Errorf("%s", strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""))
	}
	return exports, err
}

func sectionsOf(t *testing.T, p *snapshot.Pool) map[string]any {
	t.Helper()
	text, err := json.Marshal(p.Sections)
	if err != nil {
		t.Fatal(err)
	}
	var sections map[string]any
	if err := json.Unmarshal(text, &sections); err != nil {
		t.Fatal(err)
	}
	delete(sections, "UserPool")
	return sections
}

func unknownPaths(p *snapshot.Pool) (paths []string) {
	for _, u := range p.Unknown {
		paths = append(paths, u.Path)
	}
	return paths
}

const mostUnknown = "/Groups /IdentityProviders /LogDeliveryConfiguration /ResourceServers /RiskConfigurations /WebACL"

func TestAssemble(t *testing.T) {
	tests := []struct {
		name    string
		archive string
		want    string // sections but UserPool, as JSON
		unknown string // paths
	}{
		{
			"the pool alone", "-- p.json --\n" + poolA,
			`{"Domains": []}`, "/Clients /Groups /IdentityProviders /LogDeliveryConfiguration /MfaConfig /ResourceServers /RiskConfigurations /WebACL",
		},
		{
			"parts belong by id, or to the only pool",
			"-- b.json --\n" + poolA + "\n-- a.json --\n" + `{"MfaConfiguration": "OFF"}` + "\n-- c.json --\n" +
				`{"UserPoolClient": {"UserPoolId": "eu-west-1_A", "ClientId": "x", "ClientSecret": "s3cr3t"}}`,
			`{"Domains": [], "MfaConfig": {"MfaConfiguration": "OFF"}, "Clients": [{"UserPoolId": "eu-west-1_A", "ClientId": "x", "HasClientSecret": true}]}`,
			"/Clients/- " + mostUnknown,
		},
		{
			"a list of clients proves that none is missing",
			"-- p.json --\n" + poolA + "\n-- l.json --\n" + `{"UserPoolClients": [{"UserPoolId": "eu-west-1_A", "ClientId": "x"}]}` + "\n-- c.json --\n" +
				`{"UserPoolClient": {"UserPoolId": "eu-west-1_A", "ClientId": "x"}}`,
			`{"Domains": [], "Clients": [{"UserPoolId": "eu-west-1_A", "ClientId": "x", "HasClientSecret": false}]}`,
			mostUnknown[:len(mostUnknown)-len(" /ResourceServers /RiskConfigurations /WebACL")] + " /MfaConfig /ResourceServers /RiskConfigurations /WebACL",
		},
		{
			"a listed client without description is unknown",
			"-- p.json --\n" + poolA + "\n-- l.json --\n" + `{"UserPoolClients": [{"UserPoolId": "eu-west-1_A", "ClientId": "x"}]}`,
			`{"Domains": [], "Clients": [{"ClientId": "x"}]}`,
			"/Clients/0 /Groups /IdentityProviders /LogDeliveryConfiguration /MfaConfig /ResourceServers /RiskConfigurations /WebACL",
		},
		{
			"without the wrapping member, as --query leaves it",
			"-- p.json --\n" + strings.TrimSuffix(strings.TrimPrefix(poolA, `{"UserPool": `), "}") + "\n-- c.json --\n" +
				`{"UserPoolId": "eu-west-1_A", "ClientId": "x", "ClientName": "n"}` + "\n-- d.json --\n" + `{"DomainDescription": {}}`,
			`{"Domains": [], "Clients": [{"UserPoolId": "eu-west-1_A", "ClientId": "x", "ClientName": "n", "HasClientSecret": false}]}`,
			"/Clients/- /Groups /IdentityProviders /LogDeliveryConfiguration /MfaConfig /ResourceServers /RiskConfigurations /WebACL",
		},
		{
			"a first page of clients proves nothing",
			"-- p.json --\n" + poolA + "\n-- l.json --\n" + `{"NextToken": "x", "UserPoolClients": [{"UserPoolId": "eu-west-1_A", "ClientId": "x"}]}` + "\n-- c.json --\n" +
				`{"UserPoolClient": {"UserPoolId": "eu-west-1_A", "ClientId": "x"}}`,
			`{"Domains": [], "Clients": [{"UserPoolId": "eu-west-1_A", "ClientId": "x", "HasClientSecret": false}]}`,
			"/Clients/- /Groups /IdentityProviders /LogDeliveryConfiguration /MfaConfig /ResourceServers /RiskConfigurations /WebACL",
		},
		{
			"a first page is not the list",
			"-- p.json --\n" + poolA + "\n-- g.json --\n" + `{"NextToken": "x", "Groups": [{"UserPoolId": "eu-west-1_A", "GroupName": "g"}]}`,
			`{"Domains": [], "Groups": [{"UserPoolId": "eu-west-1_A", "GroupName": "g"}]}`,
			"/Clients /Groups /IdentityProviders /LogDeliveryConfiguration /MfaConfig /ResourceServers /RiskConfigurations /WebACL",
		},
		{
			"every command",
			"-- p.json --\n" + strings.Replace(poolA, `"Name"`, `"Domain": "d", "Name"`, 1) + `
-- all.ndjson --
{"SoftwareTokenMfaConfiguration": {"Enabled": true}, "MfaConfiguration": "ON"}
{"RiskConfiguration": {"UserPoolId": "eu-west-1_A"}}
{"LogDeliveryConfiguration": {"UserPoolId": "eu-west-1_A", "LogConfigurations": []}}
{"DomainDescription": {"UserPoolId": "eu-west-1_A", "Domain": "d"}}
{"IdentityProvider": {"UserPoolId": "eu-west-1_A", "ProviderName": "i", "ProviderDetails": {"client_secret": "s3cr3t", "client_id": "c"}}}
{"Providers": [{"ProviderName": "i"}]}
{"Groups": []}
{"ResourceServers": [{"UserPoolId": "eu-west-1_A", "Identifier": "r"}]}
{"WebACL": null}
`,
			`{"MfaConfig": {"SoftwareTokenMfaConfiguration": {"Enabled": true}, "MfaConfiguration": "ON"},
			"RiskConfigurations": [{"UserPoolId": "eu-west-1_A"}],
			"LogDeliveryConfiguration": {"UserPoolId": "eu-west-1_A", "LogConfigurations": []},
			"Domains": [{"UserPoolId": "eu-west-1_A", "Domain": "d"}],
			"IdentityProviders": [{"UserPoolId": "eu-west-1_A", "ProviderName": "i", "ProviderDetails": {"client_id": "c"}}],
			"Groups": [], "ResourceServers": [{"UserPoolId": "eu-west-1_A", "Identifier": "r"}], "WebACL": null}`,
			"/Clients /RiskConfigurations/-",
		},
		{
			"a snapshot",
			`-- s.json --
{"schema": "cognilint.snapshot/v1", "account": "111122223333", "region": "eu-west-1", "collected_at": "2026-11-01T00:00:00Z", "source": "live",
 "unknown": [{"path": "/MfaConfig", "reason": "denied", "operation": "GetUserPoolMfaConfig", "code": "AccessDeniedException"}, {"path": "Groups", "reason": "r"}],
 "UserPool": {"Id": "eu-west-1_A"}, "Clients": [], "IdentityProviders": [], "ResourceServers": [], "RiskConfigurations": [], "Domains": [],
 "LogDeliveryConfiguration": {}, "WebACL": null}`,
			`{"Clients": [], "IdentityProviders": [], "ResourceServers": [], "RiskConfigurations": [], "Domains": [], "LogDeliveryConfiguration": {}, "WebACL": null}`,
			"/Groups /MfaConfig",
		},
		{
			"YAML", "-- p.yaml --\n---\nUserPool: {Id: eu-west-1_A, CreationDate: 2024-11-24T15:55:39Z}\n---\nMfaConfiguration: &mode \"OFF\"\nSmsMfaConfiguration: {SmsAuthenticationMessage: *mode}\n",
			`{"Domains": [], "MfaConfig": {"MfaConfiguration": "OFF", "SmsMfaConfiguration": {"SmsAuthenticationMessage": "OFF"}}}`,
			"/Clients " + mostUnknown,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			exports, err := readArchive(t, tt.archive)
			if err != nil {
				t.Fatal(err)
			}
			if len(exports.Pools) != 1 {
				t.Fatalf("%d pools, want 1", len(exports.Pools))
			}
			pool := exports.Pools[0].Pool
			var want map[string]any
			if err := json.Unmarshal([]byte(tt.want), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, sectionsOf(t, pool)); diff != "" {
				t.Errorf("sections (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(strings.Fields(tt.unknown), unknownPaths(pool)); diff != "" {
				t.Errorf("unknown (-want +got):\n%s", diff)
			}
			if pool.Region != "eu-west-1" {
				t.Errorf("region %q", pool.Region)
			}
		})
	}
}

func TestSeveralPools(t *testing.T) {
	exports, err := readArchive(t, `-- array.json --
[{"UserPool": {"Id": "eu-west-1_A"}}, {"UserPool": {"Id": "eu-west-1_B"}}]
-- b/pool.json --
{"UserPool": {"Id": "eu-west-1_C"}}
-- b/mfa.json --
{"MfaConfiguration": "OFF"}
-- b/notes.txt --
not an export
-- b/cognilint.yaml --
fail-on: high
-- b/cognilint.waivers.yaml --
waivers: []
-- b/report.json --
{"schema": "cognilint.report/v1", "pools": []}
-- cognilint-journal/1.ndjson --
{"record": "begin", "schema": "cognilint.journal/v1"}
{"record": "end"}
-- .git/config.json --
not read
`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range exports.Pools {
		_, hasMfa := e.Pool.Sections["MfaConfig"]
		got = append(got, fmt.Sprintf("%s %t", e.Pool.ID(), hasMfa))
	}
	if diff := cmp.Diff([]string{"eu-west-1_A false", "eu-west-1_B false", "eu-west-1_C true"}, got); diff != "" {
		t.Error(diff)
	}
	if exports.Skipped != 3 {
		t.Errorf("%d files skipped, want 3", exports.Skipped)
	}
}

func TestBadInput(t *testing.T) {
	deep := strings.Repeat(`{"a":`, 101)
	tests := []struct{ name, archive, want string }{
		{"truncated", "-- a.json --\n{\"UserPool\": {\n", "a.json:2:1: the file ends in the middle"},
		{"syntax", "-- a.json --\n{\"UserPool\": ,}\n", "a.json:1:14: not valid JSON"},
		{"text after a value", "-- a.json --\n{\"UserPool\": {\"Id\": \"x\"}} x\n", "a.json:1:27: not valid JSON"},
		{"duplicate member", "-- a.json --\n{\"UserPool\":\n  {\"Id\": \"a\", \"Id\": \"b\"}}\n", `a.json:2:15: duplicate member "Id"`},
		{"duplicate member in YAML", "-- a.yaml --\nUserPool:\n  Id: a\n  Id: b\n", `a.yaml:3:3: duplicate member "Id"`},
		{"invalid UTF-8", "-- a.json --\n{\"UserPool\": {\"Id\": \"\xff\"}}\n", "a.json:1:22: not valid JSON: invalid UTF-8"},
		{"invalid UTF-8 in YAML", "-- a.yaml --\nUserPool:\n  Id: \xff\n", "a.yaml:2:7: invalid UTF-8"},
		{"too deep", "-- a.json --\n" + deep + "\n", "a.json:1:"},
		{"too deep in YAML", "-- a.yaml --\n" + strings.Repeat("[", 150) + "\n", "a.yaml:1:"},
		{"alias bomb", "-- a.yaml --\n" + aliasBomb() + "\n", "a.yaml:1:"},
		{"huge number", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\", \"New\": 1e999999999}}\n", "a.json:1:33: a number out of range"},
		{"tag", "-- a.yaml --\nUserPool: !Ref x\n", "a.yaml:1:11: tag !Ref, expected plain YAML"},
		{"hexadecimal", "-- a.yaml --\nUserPool: {Id: a, Policies: {PasswordPolicy: {MinimumLength: 0x10}}}\n", "a.yaml:1:62: a number that JSON cannot write"},
		{"empty", "-- a.json --\n", "a.json:1:1: the file is empty, expected a cognilint snapshot"},
		{"empty object", "-- a.json --\n{}\n", "a.json:1:1: an empty object, expected a cognilint snapshot"},
		{"something else", "-- a.json --\n{\n \"name\": \"left-pad\"}\n", "a.json:1:1: an object with the members name, expected"},
		{"a text", "-- a.json --\n[\"a\"]\n", "a.json:1:2: a string, expected"},
		{"wrong type", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\",\n \"Policies\": {\"PasswordPolicy\": {\"MinimumLength\": \"8\"}}}}\n", "a.json:2:51: UserPool.Policies.PasswordPolicy.MinimumLength is a string, expected"},
		{"wrong type of the section", "-- a.json --\n{\"UserPool\": []}\n", "a.json:1:14: UserPool is an array, expected an object"},
		{"no id", "-- a.json --\n{\"UserPool\": {\"Name\": \"a\"}}\n", "a.json:1:14: a user pool without the string Id"},
		{"list of another type", "-- a.json --\n{\"Groups\": {}}\n", "a.json:1:12: Groups is an object, expected an array"},
		{"snapshot of another version", "-- a.json --\n{\"schema\": \"cognilint.snapshot/v9\", \"UserPool\": {\"Id\": \"a\"}}\n", `a.json:1:12: schema is "cognilint.snapshot/v9"`},
		{"snapshot with a list that is none", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\"}, \"Clients\": {}}\n", "a.json:1:38: Clients is an object, expected an array"},
		{"snapshot with a client of another type", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\"}, \"Clients\": [{\"ExplicitAuthFlows\": \"x\"}]}\n", "a.json:1:61: Clients.0.ExplicitAuthFlows is a string, expected"},
		{"unknown without path", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\"}, \"Clients\": [], \"unknown\": [{}]}\n", "a.json:1:54: an entry without a path"},
		{"unknown of nothing", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\"}, \"Clients\": [], \"unknown\": [{\"path\": \"/X\"}]}\n", `a.json:1:63: path "/X" leads to no section`},
		{"time", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\"}, \"Clients\": [], \"collected_at\": 1}\n", "a.json:1:58: collected_at is not a time"},
		{"a part without pool", "-- a.json --\n{\"MfaConfiguration\": \"OFF\"}\n", "a.json:1:1: this is the MfaConfig part of some pool"},
		{"a part of an absent pool", "-- a.json --\n" + poolA + "\n-- b.json --\n{\"UserPoolClient\": {\"UserPoolId\": \"eu-west-1_B\", \"ClientId\": \"x\"}}\n", "b.json:1:1: this is the Clients part of pool eu-west-1_B, but no file"},
		{"a part of one of two pools", "-- a.json --\n" + poolA + "\n-- b.json --\n{\"UserPool\": {\"Id\": \"eu-west-1_B\"}}\n-- c.json --\n{\"MfaConfiguration\": \"OFF\"}\n", "c.json:1:1: this is the MfaConfig part of some pool, but it names none and the folder holds 2"},
		{"a pool twice", "-- a.json --\n" + poolA + "\n-- b.json --\n" + poolA + "\n", "b.json:1:1: pool eu-west-1_A stands in"},
		{"a section twice", "-- a.json --\n" + poolA + "\n-- b.json --\n{\"MfaConfiguration\": \"OFF\"}\n-- c.json --\n{\"MfaConfiguration\": \"ON\"}\n", "c.json:1:1: MfaConfig of pool eu-west-1_A stands in another file too"},
		{"a client twice", "-- a.json --\n" + poolA + "\n-- b.ndjson --\n{\"UserPoolClient\": {\"UserPoolId\": \"eu-west-1_A\", \"ClientId\": \"x\"}}\n{\"UserPoolClient\": {\"UserPoolId\": \"eu-west-1_A\", \"ClientId\": \"x\"}}\n", `b.ndjson:2:20: Client "x" of pool eu-west-1_A stands in the folder twice`},
		{"MFA settings of another pool", "-- a.json --\n" + poolA + "\n-- b.json --\n{\"UserPoolId\": \"eu-west-1_B\", \"MfaConfiguration\": \"ON\"}\n", "b.json:1:1: this is the MfaConfig part of pool eu-west-1_B, but no file"},
		{"input of create-user-pool", "-- a.json --\n" + poolA + "\n-- b.json --\n{\"PoolName\": \"b\", \"MfaConfiguration\": \"ON\"}\n", "b.json:1:1: an object with the members MfaConfiguration, PoolName, expected"},
		{"two outputs in one object", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\"},\n\"UserPoolClient\": {\"ClientId\": \"c\"}}\n", "a.json:2:19: the outputs of describe-user-pool and describe-user-pool-client in one object"},
		{"two outputs merged into one object", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\"},\n\"MfaConfiguration\": \"ON\"}\n", "a.json:2:21: the outputs of describe-user-pool and get-user-pool-mfa-config in one object"},
		{"YAML of comments only", "-- a.yaml --\n# nothing\n", "a.yaml:1:1: the file is empty, expected"},
		{"a pool in a recorded exchange", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\"}, \"status_code\": 200}\n", "a.json:1:1: this is a recorded HTTP exchange"},
		{"a client without id", "-- a.json --\n{\"UserPoolClient\": {}}\n", "a.json:1:20: a Client without the string ClientId"},
		{"a client twice in a snapshot", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\"}, \"Clients\": [{\"ClientId\": \"c\"}, {\"ClientId\": \"c\"}]}\n", `a.json:1:58: Client "c" stands in the list twice`},
		{"reason of another type", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\"}, \"Clients\": [], \"unknown\": [{\"path\": \"/MfaConfig\", \"operation\": 1}]}\n", "a.json:1:90: operation is a number, expected a string"},
		{"schema of another type", "-- a.json --\n{\"schema\": 5, \"UserPool\": {\"Id\": \"a\"}, \"Clients\": []}\n", "a.json:1:12: schema is a number"},
		{"control characters", "-- a.json --\n{\"\\u001b[2J\\u001b]0;own\\u0007a\\nb\":1}\n", "a.json:1:1: an object with the members \uFFFD[2J\uFFFD]0;own\uFFFDa\uFFFDb, expected"},
		{"bad escape in a secret", "-- a.json --\n{\"UserPoolClient\": {\"ClientSecret\": \"\\ud800s3cr3t\"}}\n", "a.json:1:38: not valid JSON: invalid surrogate pair in string"},
		{"anchor that is a secret", "-- a.yaml --\nUserPoolClient:\n  ClientSecret: *s3cr3t\n", "a.yaml: not valid YAML: unknown anchor referenced"},
		{"tag that is a secret", "-- a.yaml --\nUserPoolClient:\n  ClientSecret: !s3cr3t x\n", "a.yaml:2:17: a tag, expected plain YAML"},
		{"a part beside a snapshot", "-- a.json --\n{\"UserPool\": {\"Id\": \"a\"}, \"Clients\": []}\n-- b.json --\n{\"MfaConfiguration\": \"OFF\"}\n", "b.json:1:1: pool a stands as a snapshot"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			exports, err := readArchive(t, tt.archive)
			if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("error %v\nwant  %s…", err, tt.want)
			}
			if exports != nil {
				t.Error("there are pools beside the error")
			}
		})
	}
}

func aliasBomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 9; i++ {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i, i, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	return b.String()
}

func TestAllErrorsAreReported(t *testing.T) {
	_, err := readArchive(t, "-- a.json --\n{\n-- b.json --\n[1]\n-- c.json --\n"+poolA)
	want := "a.json:2:1: the file ends in the middle of a value, expected complete JSON\nb.json:1:2: a number, expected " + expectedInput
	if err == nil || err.Error() != want {
		t.Errorf("error %v\nwant %s", err, want)
	}
}

func TestTooLarge(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.json")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(maxFileSize + 1); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if _, err := ReadExports(context.Background(), []string{name}, nil); err == nil || !strings.Contains(err.Error(), "larger than 64 MiB") {
		t.Errorf("error %v", err)
	}
}

// TestDomainHints: the hint names the domain that is not described.
func TestDomainHints(t *testing.T) {
	pool := `{"UserPool": {"Id": "eu-west-1_A", "Domain": "one", "CustomDomain": "two.example.com"}}`
	for archive, want := range map[string]string{
		"-- p.json --\n" + `{"UserPool": {"Id": "eu-west-1_A", "CustomDomain": "two.example.com"}}`: "add the output of `aws cognito-idp describe-user-pool-domain --domain two.example.com`",
		"-- p.json --\n" + pool: "add the output of `aws cognito-idp describe-user-pool-domain --domain one`, `aws cognito-idp describe-user-pool-domain --domain two.example.com`",
		"-- p.json --\n" + pool + "\n-- d.json --\n" + `{"DomainDescription": {"UserPoolId": "eu-west-1_A", "Domain": "one"}}`: "add the output of `aws cognito-idp describe-user-pool-domain --domain two.example.com`",
	} {
		exports, err := readArchive(t, archive)
		if err != nil {
			t.Fatal(err)
		}
		unknown := exports.Pools[0].Pool.UnknownFor("/Domains/-")
		if len(unknown) != 1 || unknown[0].Hint != want {
			t.Errorf("%s\ngot %+v\nwant %s", archive, unknown, want)
		}
	}
}

func TestPaths(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "folder")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, "a.json")
	if err := os.WriteFile(name, []byte(poolA), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(folder, link); err != nil {
		t.Skip(err)
	}
	for _, paths := range [][]string{{folder}, {link}, {name}, {folder, name, link}, {folder + "/../folder/a.json"}} {
		exports, err := ReadExports(context.Background(), paths, nil)
		if err != nil || len(exports.Pools) != 1 {
			t.Errorf("%v: %+v, %v", paths, exports, err)
		}
	}
	if _, err := ReadExports(context.Background(), []string{""}, nil); err == nil {
		t.Error("an empty path is the current folder")
	}
}

func TestInterruptedRead(t *testing.T) {
	reader, writer := io.Pipe()
	defer writer.Close()
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := ReadExports(ctx, []string{Stdin}, reader); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestStdin(t *testing.T) {
	for name, text := range map[string]string{
		"JSON": poolA + "\n" + `{"MfaConfiguration": "OFF"}`, "YAML": "UserPool:\n  Id: eu-west-1_A\n", "with byte order mark": "\xef\xbb\xbf" + poolA,
	} {
		exports, err := ReadExports(context.Background(), []string{Stdin}, strings.NewReader(text))
		if err != nil || len(exports.Pools) != 1 || exports.Pools[0].Pool.Source != "-" {
			t.Errorf("%s: %+v, %v", name, exports, err)
		}
	}
	if _, err := ReadExports(context.Background(), []string{Stdin}, strings.NewReader("\xff\xfe{\x00")); err == nil || !strings.Contains(err.Error(), "UTF-16") {
		t.Errorf("UTF-16: %v", err)
	}
}
