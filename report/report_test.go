package report

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/olekukonko/tablewriter/pkg/twwidth"

	"github.com/cognilint/cognilint/finding"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMain(m *testing.M) {
	// Widths must not depend on the locale of the machine.
	twwidth.SetOptions(twwidth.Options{})
	os.Exit(m.Run())
}

func render(t testing.TB, format string, r *finding.Report, opts Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, r, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	for _, tt := range []struct {
		file, format string
		opts         Options
	}{
		{"report.json", "json", Options{}},
		{"compact.txt", "compact", Options{}},
		{"table-80.txt", "table", Options{Width: 80}},
		{"table-120.txt", "table", Options{Width: 120}},
		{"table-150.txt", "table", Options{Width: 150}},
		{"table-200.txt", "table", Options{Width: 200}},
		{"table-unlimited.txt", "table", Options{}},
		{"table-120-color.txt", "table", Options{Width: 120, Color: true}},
		{"table-120-verbose.txt", "table", Options{Width: 120, Verbose: true}},
		{"table-quiet.txt", "table", Options{Width: 120, Quiet: true}},
		{"table-120-control.txt", "table", Options{Width: 120, GroupBy: "control"}},
		{"table-80-control-verbose.txt", "table", Options{Width: 80, GroupBy: "control", Verbose: true}},
	} {
		t.Run(tt.file, func(t *testing.T) { compareGolden(t, tt.file, render(t, tt.format, golden(), tt.opts)) })
	}
}

// TestGoldenCompared is about what a comparison and repairs add, and about the
// formats that need files.
func TestGoldenCompared(t *testing.T) {
	for _, tt := range []struct {
		file, format string
		opts         Options
	}{
		{"compared.csv", "csv", Options{}},
		{"compared-compact.txt", "compact", Options{}},
		{"compared-github.txt", "github", Options{}},
		{"compared-gitlab.json", "gitlab", Options{}},
		{"compared-junit.xml", "junit", Options{}},
		{"compared-table-120.txt", "table", Options{Width: 120}},
		{"compared.sarif", "sarif", Options{IncludeWaived: true}},
	} {
		t.Run(tt.file, func(t *testing.T) { compareGolden(t, tt.file, render(t, tt.format, compared(), tt.opts)) })
	}
	compareGolden(t, "compared-github-summary.md", githubSummary(compared()))
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs (go test ./report -update rewrites it), got:\n%s", path, got)
	}
}

func TestUnknownFormat(t *testing.T) {
	var b bytes.Buffer
	err := Write(&b, "xml", golden(), Options{})
	if err == nil || b.Len() > 0 {
		t.Fatalf("got error %v and output %q, want an error and none", err, b.String())
	}
	for _, format := range Formats() {
		if !strings.Contains(err.Error(), format) {
			t.Errorf("error %q does not list %s", err, format)
		}
	}
	if !slices.IsSorted(Formats()) {
		t.Errorf("formats %v are not sorted", Formats())
	}
}

type brokenPipe struct{}

var errBroken = errors.New("broken pipe")

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }

func TestWriteErrors(t *testing.T) {
	for _, format := range Formats() {
		if err := Write(brokenPipe{}, format, importable(exported()), Options{}); !errors.Is(err, errBroken) {
			t.Errorf("%s: got error %v, want %v", format, err, errBroken)
		}
	}
}

// TestNothingForeignReachesTheTerminal checks what names of pools and clients
// could do: control sequences, forged lines, reversed text.
func TestNothingForeignReachesTheTerminal(t *testing.T) {
	for _, format := range []string{"compact", "table"} {
		for _, opts := range []Options{{}, {Width: 80, Verbose: true}, {Width: 150}, {Width: 80, Verbose: true, GroupBy: "control"}} {
			out := render(t, format, golden(), opts)
			if i := strings.IndexFunc(out, func(r rune) bool {
				return r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0 || strings.ContainsRune("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2028\u2029\u2066\u2067\u2068\u2069\ufeff", r))
			}); i >= 0 {
				t.Errorf("%s %+v: %q at %d", format, opts, out[i:i+1], i)
			}
			for line := range strings.Lines(out) {
				if strings.HasPrefix(line, "exports/x.json:1:1: CRITICAL") {
					t.Errorf("%s %+v: a name forged the line %q", format, opts, line)
				}
			}
		}
	}
}

func TestColorOnlyAddsSequences(t *testing.T) {
	for _, width := range []int{80, 120, 200} {
		plain := render(t, "table", golden(), Options{Width: width, Verbose: true})
		color := render(t, "table", golden(), Options{Width: width, Verbose: true, Color: true})
		if color == plain {
			t.Errorf("width %d: nothing is coloured", width)
		}
		if got := twwidth.Filter().ReplaceAllString(color, ""); trimLines(got) != plain {
			t.Errorf("width %d: without its sequences the coloured table is:\n%s", width, got)
		}
	}
}

func trimLines(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	return b.String()
}

// TestIDsAreNeverBroken: people copy ids from the table into commands.
func TestIDsAreNeverBroken(t *testing.T) {
	r := golden()
	// These ids appear wherever they stand for a target that has no name of
	// its own, or shares it.
	ids := []string{exportID, liveID, hostileID, "eu-west-1_Cl3anP00l", namelessD, twinID, webID}
	for _, c := range r.Checks {
		ids = append(ids, c.Rule)
	}
	for width := 40; width <= 200; width++ {
		for _, verbose := range []bool{false, true} {
			out := render(t, "table", r, Options{Width: width, Verbose: verbose})
			for _, id := range ids {
				if !strings.Contains(out, id) {
					t.Errorf("width %d, verbose %v: %s is broken or missing", width, verbose, id)
				}
			}
		}
		out := render(t, "table", r, Options{Width: width, GroupBy: byControl})
		for _, id := range slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
			// Pools are called by their names.
			return strings.Contains(id, "_")
		}) {
			if !strings.Contains(out, id) {
				t.Errorf("width %d, by control: %s is broken or missing", width, id)
			}
		}
	}
}

func TestLinesFit(t *testing.T) {
	for _, width := range []int{90, 100, 120, 160, 200} {
		for line := range strings.Lines(render(t, "table", golden(), Options{Width: width})) {
			// One word, such as an ARN, may be longer than what is left.
			if n := twwidth.Width(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("width %d: %d columns: %s", width, n, line)
			}
		}
	}
}

func TestVerdict(t *testing.T) {
	pass := finding.Check{Status: finding.Pass}
	for _, tt := range []struct {
		name     string
		pools    int
		checks   []finding.Check
		problems int
		want     string
	}{
		{"no pools", 0, nil, 0, "nothing to scan: there is no user pool"},
		{"no pools were readable", 0, nil, 2, "nothing was scanned: 2 reads failed"},
		{"all passed", 2, []finding.Check{pass, pass}, 0, "nothing failed: 2 checks passed"},
		{"no rule", 1, nil, 0, "nothing was checked: no rule applies"},
		{"waived", 1, []finding.Check{pass, {Status: finding.Waived}}, 0, "nothing failed: 1 check passed, 1 waived"},
		{"gaps", 1, []finding.Check{pass, {}, {Status: finding.Error}}, 1, "nothing failed, but 1 check was not evaluated, 1 check ended in an error, 1 read failed"},
		{"failed", 1, []finding.Check{pass, {Status: finding.Fail, Severity: finding.Low}}, 0, "1 of 2 checks failed"},
		{"failed with gaps", 1, []finding.Check{{Status: finding.Fail, Severity: finding.Low}, {}, {}}, 0, "1 of 3 checks failed; 2 checks were not evaluated"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &finding.Report{Summary: finding.NewSummary(), Problems: make([]finding.Problem, tt.problems)}
			r.Summary.Pools = tt.pools
			for _, c := range tt.checks {
				r.Summary.Add(c)
			}
			lines := strings.Split(strings.TrimSpace(render(t, "table", r, Options{Width: 120})), "\n")
			if got := lines[len(lines)-1]; got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSetting(t *testing.T) {
	for _, tt := range []struct{ name, pointer, label, want string }{
		{"of the pool", "/UserPool/Policies/PasswordPolicy/MinimumLength", "", "Policies.PasswordPolicy.MinimumLength"},
		{"of another section", "/MfaConfig/SoftwareTokenMfaConfiguration/Enabled", "", "MfaConfig.SoftwareTokenMfaConfiguration.Enabled"},
		{"of a client", "/Clients/3/ExplicitAuthFlows", "web", "web: ExplicitAuthFlows"},
		{"element of a client", "/Clients/3/CallbackURLs/0", "web", "web: CallbackURLs[0]"},
		{"the client itself", "/Clients/3", "web", "web"},
		{"a client seen from the pool", "/Clients/3/CallbackURLs/0", "", "Clients[3].CallbackURLs[0]"},
		{"the list of clients", "/Clients", "", "Clients"},
		{"the main section", "/UserPool", "", "UserPool"},
		{"everything", "", "", "(whole pool)"},
		{"escaped", "/UserPool/UserPoolTags/a~1b~0c", "", "UserPoolTags.a/b~c"},
		{"hostile", "/UserPool/UserPoolTags/\x1b[31m", "", `UserPoolTags.\x1b[31m`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := setting(tt.pointer, tt.label); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestValue(t *testing.T) {
	for _, tt := range []struct {
		in   any
		want string
	}{
		{nil, "(absent)"},
		{"OFF", "OFF"},
		{"", `""`},
		{"true", `"true"`},
		{"12", `"12"`},
		{"(absent)", `"(absent)"`},
		{true, "true"},
		{12, "12"},
		{[]any{"a", "<b>"}, `["a","<b>"]`},
		{map[string]any{}, "{}"},
		{strings.Repeat("x", 500), strings.Repeat("x", maxValue-1) + "…"},
	} {
		if got := value(tt.in); got != tt.want {
			t.Errorf("value(%#v): got %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		limit    int
		want     []string
	}{
		{"no limit", "a b c", 0, []string{"a b c"}},
		{"fits", "a b c", 5, []string{"a b c"}},
		{"at spaces", "one two three", 7, []string{"one two", "three"}},
		{"after commas", `["a","b"]`, 7, []string{`["a",`, `"b"]`}},
		{"dots before humps", "Policies.PasswordPolicy.MinimumLength", 20, []string{"Policies.", "PasswordPolicy.", "MinimumLength"}},
		{"humps", "SoftwareTokenMfaConfiguration", 20, []string{"SoftwareTokenMfa", "Configuration"}},
		{"anywhere", "aaaaaaaa", 3, []string{"aaa", "aaa", "aa"}},
		{"wide", "顧客顧客", 5, []string{"顧客", "顧客"}},
		{"wider than the limit", "顧客", 1, []string{"顧", "客"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := wrap(tt.in, tt.limit); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestJSONRoundTrip(t *testing.T) {
	want := golden()
	got, err := ReadJSON(strings.NewReader(render(t, "json", want, Options{})))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range want.Checks {
		for i := range c.Violations {
			if at := c.Violations[i].Position; at != nil {
				at.Frame = ""
			}
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestJSONListsAreNeverNull(t *testing.T) {
	out := render(t, "json", &finding.Report{Rules: []finding.Rule{{ID: "x"}}}, Options{})
	if strings.Contains(out, "null") || !strings.HasSuffix(out, "}\n") {
		t.Errorf("got %s", out)
	}
}

func TestReadJSONRefuses(t *testing.T) {
	const head = `{"schema":"cognilint.report/v1",`
	for _, tt := range []struct{ name, in, want string }{
		{"nothing", "", "read report: it is empty"},
		{"no schema", `{"checks":[]}`, `schema is "", expected "cognilint.report/v1"`},
		{"another schema", `{"schema":"cognilint.snapshot/v1","pools":3}`, `schema is "cognilint.snapshot/v1"`},
		{"no object", `[]`, "read report: it is an array"},
		{"a member of another type", head + "\n\"pools\":3}", "read report: line 2: pools is a number"},
		{"cut off", head + "\n\"pools\":[", "unexpected EOF"},
		{"no JSON", head + "\n\npools}", "line 3: invalid character"},
		{"two reports", head + `"pools":[]} {}`, "something follows the report"},
		{"unknown status", head + `"checks":[{"rule":"a","severity":"low","status":"maybe"}]}`, `unknown status "maybe"`},
		{"no severity", head + `"checks":[{"rule":"a","status":"pass"}]}`, "checks[0]: severity of a is missing"},
		{"no rule", head + `"checks":[{"severity":"low"}]}`, "checks[0]: rule is missing"},
		{"failure without violation", head + `"checks":[{"rule":"a","severity":"low","status":"fail"}]}`, "status of a is fail, but it has no violations"},
		{"position outside of a file", head + `"checks":[{"rule":"a","severity":"low","status":"fail","violations":[{"position":{"file":"a.json","line":0}}]}]}`, "position of a is 0:0"},
		{"resolved without rule", head + `"comparison":{"resolved":[{"severity":"low"}]}}`, "comparison.resolved[0]: rule is missing"},
		{"waived without waiver", head + `"checks":[{"rule":"a","severity":"low","status":"waived","violations":[{}]}]}`, "it has no waiver"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := ReadJSON(strings.NewReader(tt.in)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got error %v, want %q", err, tt.want)
			}
		})
	}
	if _, err := ReadJSON(strings.NewReader(head + `"from":"a later v1"}`)); err != nil {
		t.Errorf("unknown member: got error %v, want none", err)
	}
}

func BenchmarkWrite(b *testing.B) {
	r := &finding.Report{Schema: finding.ReportSchema, Summary: finding.NewSummary()}
	r.Summary.Pools = 1000
	for i := range 1000 {
		pool := finding.Pool{ID: fmt.Sprintf("eu-west-1_%09d", i), Name: fmt.Sprintf("pool %d", i), Account: "111122223333", Region: "eu-west-1", Source: "live"}
		r.Pools = append(r.Pools, pool)
		for j := range 30 {
			c := finding.Check{Rule: fmt.Sprintf("client-flows-no-plain-password-%d", j), Severity: finding.High, Status: finding.Fail, Pool: pool.ID, Fix: finding.FixSafe}
			c.Target = finding.Target{Kind: finding.TargetClient, ID: fmt.Sprintf("%026d", j), Name: fmt.Sprintf("client %d", j)}
			c.Violations = []finding.Violation{{Message: "the client accepts plain passwords", Path: fmt.Sprintf("/Clients/%d/ExplicitAuthFlows", j), Actual: []any{"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}, Expected: "no ALLOW_USER_PASSWORD_AUTH"}}
			c.Violations[0].Position = &finding.Position{File: pool.ID + ".json", Line: 10 + j, Column: 5, EndLine: 10 + j, EndColumn: 20}
			c.Fingerprint = finding.Fingerprint(c.Rule, c.Pool, c.Target)
			r.Checks = append(r.Checks, c)
			r.Summary.Add(c)
		}
	}
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Write(io.Discard, format, r, Options{Width: 120}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
