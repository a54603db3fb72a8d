package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

// served returns the pool of a snapshot file as the API answers it, with
// secrets.
func served(t *testing.T, name string) cognitotest.Pool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	encode := func(value any) string {
		text, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	section := func(name string) string {
		if file[name] == nil {
			return ""
		}
		return encode(file[name])
	}
	elements := func(name string, change func(map[string]any)) []string {
		var texts []string
		list, _ := file[name].([]any)
		for _, element := range list {
			change(element.(map[string]any))
			texts = append(texts, encode(element))
		}
		return texts
	}
	same := func(map[string]any) {}
	return cognitotest.Pool{
		UserPool: section("UserPool"), MfaConfig: section("MfaConfig"),
		Clients: elements("Clients", func(client map[string]any) {
			if client["HasClientSecret"] == true {
				client["ClientSecret"] = "s3cr3t"
			}
			delete(client, "HasClientSecret")
		}),
		IdentityProviders: elements("IdentityProviders", func(provider map[string]any) {
			if details, ok := provider["ProviderDetails"].(map[string]any); ok {
				details["client_secret"] = "s3cr3t"
			}
		}),
		Groups: elements("Groups", same), ResourceServers: elements("ResourceServers", same),
		RiskConfigurations: elements("RiskConfigurations", same), LogDelivery: section("LogDeliveryConfiguration"),
		Domains: elements("Domains", same), WebACL: section("WebACL"),
	}
}

// findings runs a scan and returns of its report what an export must keep.
func findings(t *testing.T, args ...string) any {
	t.Helper()
	var stdout, stderr bytes.Buffer
	args = append([]string{"cognilint", "scan", "--baseline", "all", "--show-passed", "--format", "json"}, args...)
	code := run(t.Context(), args, nil, &stdout, &stderr)
	var report map[string]any
	if err := json.Unmarshal(stdout.Bytes(), &report); err != nil {
		t.Fatalf("%v: %s", err, &stderr)
	}
	report["exit code"] = code
	return without(report, "source", "position", "started_at", "finished_at")
}

// without removes members from a JSON tree.
func without(node any, names ...string) any {
	switch node := node.(type) {
	case []any:
		for _, element := range node {
			without(element, names...)
		}
	case map[string]any:
		for _, name := range names {
			delete(node, name)
		}
		for _, value := range node {
			without(value, names...)
		}
	}
	return node
}

func TestExportKeepsTheFindings(t *testing.T) {
	for _, tt := range []struct {
		name   string
		faults []cognitotest.Fault
		want   int
	}{
		{"everything is read", nil, exitOK},
		{"parts are unknown", []cognitotest.Fault{
			{Kind: cognitotest.Deny, Operation: "DescribeUserPoolClient"},
			{Kind: cognitotest.Deny, Operation: "ListGroups"},
			{Kind: cognitotest.Deny, Operation: "GetUserPoolMfaConfig"},
			{Kind: cognitotest.Deny, Operation: "DescribeUserPoolDomain"},
			{Kind: cognitotest.NotFound, Operation: "DescribeIdentityProvider"},
			{Kind: cognitotest.Deny, Operation: "ListWebACLs"},
			{Kind: cognitotest.Deny, Operation: "GetWebACLForResource"},
		}, exitIncomplete},
		{"the list of clients is unknown", []cognitotest.Fault{{Kind: cognitotest.Deny, Operation: "ListUserPoolClients"}}, exitIncomplete},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bare := cognitotest.Pool{UserPool: `{"Id": "eu-west-1_Bare", "Arn": "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Bare", "Policies": {"PasswordPolicy": {}}}`}
			server := startServer(t, bare, served(t, "worst/open.json"), served(t, "worst/closed.json"), served(t, "good/recommended.json"),
				served(t, "fixable/shop.json"), served(t, "pools/web-shop.json"))
			for _, fault := range tt.faults {
				server.Fail(fault)
			}
			folder := t.TempDir()
			for _, args := range [][]string{{"-o", filepath.Join(folder, "plain")}, {"--redact", "-o", filepath.Join(folder, "redacted")}} {
				var stdout, stderr bytes.Buffer
				if code := run(t.Context(), append([]string{"cognilint", "export"}, args...), nil, &stdout, &stderr); code != tt.want || stdout.Len() > 0 {
					t.Fatalf("%s: exit code %d, want %d, stdout %q, stderr %s", args, code, tt.want, &stdout, &stderr)
				}
			}
			for _, name := range filesIn(t, folder) {
				text, err := os.ReadFile(name)
				if err != nil || bytes.Contains(text, []byte("s3cr3t")) {
					t.Errorf("%s holds a secret, or cannot be read: %v", name, err)
				}
			}
			live := findings(t)
			if diff := cmp.Diff(live, findings(t, filepath.Join(folder, "plain"))); diff != "" {
				t.Errorf("findings -live +exported\n%s", diff)
			}
			// Pseudonyms change what is found, but no verdict.
			if diff := cmp.Diff(verdicts(live), verdicts(findings(t, filepath.Join(folder, "redacted")))); diff != "" {
				t.Errorf("verdicts -live +redacted\n%s", diff)
			}
		})
	}
}

// verdicts lists pool, rule and status of the checks of a report.
func verdicts(report any) []string {
	var lines []string
	for _, check := range report.(map[string]any)["checks"].([]any) {
		line := ""
		for _, name := range []string{"pool", "rule", "status"} {
			line += check.(map[string]any)[name].(string) + " "
		}
		lines = append(lines, line)
	}
	slices.Sort(lines)
	return lines
}

func filesIn(t *testing.T, folder string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestExportInterrupted: what was written stays, and only that.
func TestExportInterrupted(t *testing.T) {
	server := startServer(t,
		cognitotest.Pool{UserPool: `{"Id": "eu-west-1_A", "Arn": "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_A"}`},
		cognitotest.Pool{UserPool: `{"Id": "eu-west-1_B", "Arn": "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_B"}`})
	server.Fail(cognitotest.Fault{Kind: cognitotest.Hang, PoolID: "eu-west-1_B"})
	folder := t.TempDir()
	want := []string{filepath.Join(folder, "111122223333", "eu-west-1", "eu-west-1_A.json")}
	ctx, interrupt := context.WithCancel(t.Context())
	go func() {
		defer interrupt()
		for range 500 {
			if _, err := os.Stat(want[0]); err == nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"cognilint", "export", "-o", folder}, nil, &stdout, &stderr)
	if code != exitInterrupted || stdout.Len() > 0 {
		t.Errorf("exit code %d, want 130, stdout %q", code, &stdout)
	}
	if diff := cmp.Diff("cognilint: interrupted; this export is partial\ncognilint: wrote 1 snapshot to "+folder+"\n", stderr.String()); diff != "" {
		t.Errorf("stderr -want +got\n%s", diff)
	}
	if diff := cmp.Diff(want, filesIn(t, folder)); diff != "" {
		t.Fatalf("files -want +got\n%s", diff)
	}
	text, err := os.ReadFile(want[0])
	if err != nil || !json.Valid(text) {
		t.Errorf("error %v, or not JSON: %s", err, text)
	}
}

// TestExportChecksTheFolderFirst: a long export must not end with a folder that
// is none.
func TestExportChecksTheFolderFirst(t *testing.T) {
	server := startServer(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if code := run(t.Context(), []string{"cognilint", "export", "-o", file}, nil, io.Discard, io.Discard); code != exitUsage {
		t.Errorf("exit code %d, want 2", code)
	}
	if requests := server.Requests(); requests != nil {
		t.Errorf("requests %v, want none", requests)
	}
}

func TestSnapshotFolder(t *testing.T) {
	pool := func(account, region, id string) *snapshot.Pool {
		return &snapshot.Pool{Account: account, Region: region, Sections: map[string]any{"UserPool": map[string]any{"Id": id}}}
	}
	for _, tt := range []struct {
		name    string
		pools   []*snapshot.Pool
		want    []string
		refusal string // of the last pool, a part of it
	}{
		{"account, Region and id", []*snapshot.Pool{pool("111122223333", "eu-west-1", "eu-west-1_A")}, []string{"111122223333/eu-west-1/eu-west-1_A.json"}, ""},
		{"an account that nothing told", []*snapshot.Pool{pool("", "eu-west-1", "eu-west-1_A")}, []string{"unknown/eu-west-1/eu-west-1_A.json"}, ""},
		{"the same pool twice", []*snapshot.Pool{pool("", "r", "A"), pool("", "r", "A")}, []string{"unknown/r/A.json"}, "another pool of this export is in unknown/r/A.json"},
		{"the same id in two Regions", []*snapshot.Pool{pool("", "r", "A"), pool("", "s", "A")}, []string{"unknown/r/A.json", "unknown/s/A.json"}, ""},
		{"id that leads out", []*snapshot.Pool{pool("", "r", "../../../x")}, nil, `the pool id "../../../x" is no name for a file`},
		{"Region that leads out", []*snapshot.Pool{pool("", "..", "A")}, nil, `the Region ".." is no name`},
		{"account that leads out", []*snapshot.Pool{pool("/etc", "r", "A")}, nil, `the account "/etc" is no name`},
		{"a dot", []*snapshot.Pool{pool("", ".", "A")}, nil, `the Region "." is no name`},
		{"no id", []*snapshot.Pool{pool("", "r", "")}, nil, `the pool id "" is no name`},
		{"a line in an id", []*snapshot.Pool{pool("", "r", "A\n")}, nil, `the pool id "A\n" is no name`},
		{"folders of Windows", []*snapshot.Pool{pool("", "r", `..\x`)}, nil, `is no name`},
		{"an endless id", []*snapshot.Pool{pool("", "r", strings.Repeat("x", 5000))}, nil, `x…" is no name`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parent := t.TempDir()
			folder, err := openSnapshotFolder(filepath.Join(parent, "a", "b"))
			if err != nil {
				t.Fatal(err)
			}
			defer folder.close()
			refusal := ""
			for _, pool := range tt.pools {
				if _, refusal, err = folder.write(pool); err != nil {
					t.Fatal(err)
				}
			}
			if !strings.Contains(refusal, tt.refusal) || (refusal == "") != (tt.refusal == "") {
				t.Errorf("refusal %q, want %q", refusal, tt.refusal)
			}
			var want []string
			for _, name := range tt.want {
				want = append(want, filepath.Join(parent, "a", "b", filepath.FromSlash(name)))
			}
			if diff := cmp.Diff(want, filesIn(t, parent)); diff != "" {
				t.Errorf("files -want +got\n%s", diff)
			}
		})
	}
}

func TestSnapshotText(t *testing.T) {
	text, err := snapshotText(&snapshot.Pool{
		Account: "111122223333", Region: "eu-west-1", Source: snapshot.SourceLive, CollectedAt: time.Unix(0, 0),
		Sections: map[string]any{
			"UserPool": map[string]any{
				"Id": "A", "Html": "<b>&amp;</b> \u2028 \"ü\" \\u003c", "Empty": map[string]any{}, "None": []any{},
				"Numbers": []any{json.Number("1.0"), json.Number("-0"), json.Number("1E400"), json.Number("123456789012345678901234567890")},
			},
			"WebACL": nil,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{
  "UserPool": {
    "Empty": {},
    "Html": "<b>&amp;</b> ` + "\u2028" + ` \"ü\" \\u003c",
    "Id": "A",
    "None": [],
    "Numbers": [
      1.0,
      -0,
      1E400,
      123456789012345678901234567890
    ]
  },
  "WebACL": null,
  "account": "111122223333",
  "collected_at": "1970-01-01T00:00:00Z",
  "region": "eu-west-1",
  "schema": "cognilint.snapshot/v1",
  "source": "live",
  "unknown": []
}
`
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestWriteFile(t *testing.T) {
	text := func(text string) func(io.Writer) error {
		return func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}
	}
	long := strings.Repeat("x", 1<<20)
	for _, tt := range []struct {
		name, path string
		write      func(io.Writer) error
		err        string
		want       map[string]string // files by name
	}{
		{"a new file", "new", text(long), "", map[string]string{"new": long, "old": "old", "link": "old"}},
		{"a file that is there", "old", text("new"), "", map[string]string{"old": "new", "link": "new"}},
		{"a link is replaced, not followed", "link", text("new"), "", map[string]string{"old": "old", "link": "new"}},
		{"nothing", "old", text(""), "", map[string]string{"old": "", "link": ""}},
		{"an error in the middle", "old", func(w io.Writer) error {
			return errors.Join(text(long)(w), errors.New("the data ran out"))
		}, "old: the data ran out", map[string]string{"old": "old", "link": "old"}},
		{"a folder is in the way", "folder", text("new"), "folder: file exists", map[string]string{"old": "old", "link": "old"}},
		{"no folder", "none/new", text("new"), "none/new: no such file or directory", map[string]string{"old": "old", "link": "old"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for _, err := range []error{os.WriteFile("old", []byte("old"), 0o644), os.Symlink("old", "link"), os.Mkdir("folder", 0o700)} {
				if err != nil {
					t.Fatal(err)
				}
			}
			err := writeFile(tt.path, tt.write)
			if tt.err == "" && err != nil || tt.err != "" && (err == nil || err.Error() != "write "+tt.err) {
				t.Errorf("error %v, want %q", err, tt.err)
			}
			got := map[string]string{}
			for _, name := range filesIn(t, ".") {
				text, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				got[name] = string(text)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("files -want +got\n%s", diff)
			}
			if info, err := os.Lstat(tt.path); tt.err == "" && (err != nil || info.Mode() != 0o600) {
				t.Errorf("%v, %v; want mode 0600", info.Mode(), err)
			}
		})
	}
}

// TestWriteFileOnPanic: a renderer that fails badly leaves nothing behind.
func TestWriteFileOnPanic(t *testing.T) {
	folder := t.TempDir()
	func() {
		defer func() { recover() }()
		writeFile(filepath.Join(folder, "new"), func(io.Writer) error { panic("no") })
	}()
	if names := filesIn(t, folder); names != nil {
		t.Errorf("%s stayed", names)
	}
}

func TestExportSummary(t *testing.T) {
	problem := make([]scanner.Problem, 1)
	for _, tt := range []struct {
		name        string
		export      *export
		interrupted bool
		want        string
	}{
		{"all is well", &export{written: 2}, false, "wrote 2 snapshots to out"},
		{"one pool, one problem", &export{written: 1, problems: problem}, false, "wrote 1 snapshot to out, 1 problem"},
		{"nobody knows whether there is a pool", &export{problems: problem}, false, "wrote 0 snapshots to out, 1 problem"},
		{"there is no pool", &export{}, false, "nothing to export"},
		{"interrupted before the first pool", &export{}, true, "wrote 0 snapshots to out"},
	} {
		if got := tt.export.summary("out", tt.interrupted); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
