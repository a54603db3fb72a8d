package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/cognilint/cognilint/finding"
)

// asffFindings reads a report back and holds it against the documented limits.
func asffFindings(t *testing.T, out string) []asffFinding {
	t.Helper()
	validate(t, "testdata/asff.schema.json", out)
	var findings []asffFinding
	if err := json.Unmarshal([]byte(out), &findings); err != nil {
		t.Fatal(err)
	}
	var raw []json.RawMessage
	if err := json.Unmarshal([]byte(out), &raw); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i, f := range findings {
		if len(raw[i]) > 240_000 {
			t.Errorf("finding %d has %d bytes", i, len(raw[i]))
		}
		if seen[f.ID] {
			t.Errorf("finding %d: id %s is there twice", i, f.ID)
		}
		seen[f.ID] = true
		arn, product := strings.Split(f.Resources[0].ID, ":"), strings.Split(f.ProductARN, ":")
		if f.AwsAccountID != arn[4] || f.Resources[0].Region != arn[3] || !slices.Equal(append(slices.Clone(arn[:2]), arn[3:5]...), append(slices.Clone(product[:2]), product[3:5]...)) {
			t.Errorf("finding %d: account %s, product %s, resource %s", i, f.AwsAccountID, f.ProductARN, f.Resources[0].ID)
		}
		if f.CreatedAt > f.UpdatedAt {
			t.Errorf("finding %d was created %s and updated %s", i, f.CreatedAt, f.UpdatedAt)
		}
	}
	return findings
}

func TestASFFGolden(t *testing.T) {
	r := importable(followUp())
	for i := range r.Rules {
		r.Rules[i].Params = []finding.Param{{Name: "min_length", Value: json.Number("12")}, {Name: "not_set"}}
		r.Rules[i].References = []finding.Reference{{Description: "a page", URL: "https://docs.aws.amazon.com/cognito/"}}
	}
	out := render(t, "asff", r, Options{})
	asffFindings(t, out)
	compareGolden(t, "asff.json", out)
	if got := render(t, "asff", cleanReport(), Options{}); got != "[]\n" {
		t.Errorf("no findings: got %q", got)
	}
}

func TestASFFStates(t *testing.T) {
	for _, tt := range []struct {
		status finding.Status
		change finding.Change
		want   string // record state, compliance, severity, first reason
	}{
		{finding.Fail, "", "ACTIVE FAILED HIGH []"},
		{finding.Fail, finding.ChangeWorse, "ACTIVE FAILED HIGH []"},
		{finding.Waived, finding.ChangeNewlyWaived, "ACTIVE WARNING INFORMATIONAL [{WAIVED why (waived until 2027-01-31 by who: because)}]"},
		{finding.NotEvaluated, "", "ACTIVE NOT_AVAILABLE HIGH [{NOT_EVALUATED why}]"},
		{finding.Error, "", "ACTIVE NOT_AVAILABLE HIGH [{ERROR why}]"},
		{finding.Pass, "", "ACTIVE PASSED INFORMATIONAL []"},
		{finding.Pass, finding.ChangeResolved, "ARCHIVED PASSED INFORMATIONAL []"},
		{finding.NotApplicable, finding.ChangeResolved, "ARCHIVED PASSED INFORMATIONAL []"},
	} {
		r := importable(&finding.Report{Pools: []finding.Pool{{ID: exportID}}})
		c := finding.Check{Rule: "r", Severity: finding.High, Status: tt.status, Change: tt.change, Pool: exportID, Reason: "why"}
		if tt.status == finding.Waived {
			c.Waiver = &finding.Waiver{Reason: "because", Owner: "who", Expires: "2027-01-31"}
		}
		r.Checks = []finding.Check{c}
		f := asffFindings(t, render(t, "asff", r, Options{}))[0]
		if got := fmt.Sprint(f.RecordState, " ", f.Compliance.Status, " ", f.FindingProviderFields.Severity.Label, " ", f.Compliance.StatusReasons); got != tt.want {
			t.Errorf("%s, %q: got %s, want %s", tt.status, tt.change, got, tt.want)
		}
	}
}

// TestASFFCompared: what an earlier report held is updated and archived, with the
// time from which it is known.
func TestASFFCompared(t *testing.T) {
	r := importable(followUp())
	var archived []string
	for _, f := range asffFindings(t, render(t, "asff", r, Options{})) {
		want := "2026-11-19T02:00:00.000Z"
		switch finding.Change(f.ProductFields["cognilint/change"]) {
		case "", finding.ChangeNew:
			want = "2026-11-20T02:00:00.000Z"
		}
		if f.CreatedAt != want || f.UpdatedAt != "2026-11-20T02:00:04.250Z" {
			t.Errorf("%s, %s: created %s, updated %s", f.GeneratorID, f.ProductFields["cognilint/change"], f.CreatedAt, f.UpdatedAt)
		}
		if f.RecordState == "ARCHIVED" {
			archived = append(archived, f.GeneratorID)
		}
	}
	if want := []string{"cognilint/pool-deletion-protection", "cognilint/deletion-protection"}; !slices.Equal(archived, want) {
		t.Errorf("archived are %v, want %v", archived, want)
	}
}

// TestASFFNeedsAnARN: a pool that Security Hub cannot take is named, not left out.
func TestASFFNeedsAnARN(t *testing.T) {
	err := Write(io.Discard, "asff", golden(), Options{})
	if err == nil || !strings.Contains(err.Error(), hostileID+" (exports/odd name|日本.json);") {
		t.Errorf("got error %v, want one that names %s", err, hostileID)
	}
	const id = "cn-north-1_Ab12Cd34E"
	for _, tt := range []struct {
		name string
		pool finding.Pool
		want string
	}{
		{"account and Region", finding.Pool{ID: id, Account: "111122223333", Region: "cn-north-1"}, "arn:aws-cn:cognito-idp:cn-north-1:111122223333:userpool/" + id},
		{"ARN only", finding.Pool{ID: id, ARN: "arn:aws-cn:cognito-idp:cn-north-1:111122223333:userpool/" + id}, "arn:aws-cn:cognito-idp:cn-north-1:111122223333:userpool/" + id},
		{"US government", finding.Pool{ID: "us-gov-west-1_A", Account: "111122223333", Region: "us-gov-west-1"}, "arn:aws-us-gov:cognito-idp:us-gov-west-1:111122223333:userpool/us-gov-west-1_A"},
		{"no account", finding.Pool{ID: id, Region: "cn-north-1"}, ""},
		{"no Region", finding.Pool{ID: id, Account: "111122223333"}, ""},
		{"short account", finding.Pool{ID: id, Account: "1111", Region: "cn-north-1"}, ""},
		{"another service", finding.Pool{ID: id, ARN: "arn:aws:s3:::bucket"}, ""},
		{"an id that is none", finding.Pool{ID: "a/b:c", Account: "111122223333", Region: "cn-north-1"}, ""},
	} {
		home, ok := homeOf(tt.pool)
		if home.arn != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: got %+v, %v", tt.name, home, ok)
		}
	}
	many := &finding.Report{}
	for i := range 10 {
		p := finding.Pool{ID: fmt.Sprintf("pool-%d", i)}
		many.Pools = append(many.Pools, p)
		for range 2 {
			many.Checks = append(many.Checks, finding.Check{Rule: "r", Severity: finding.Low, Status: finding.Fail, Pool: p.ID})
		}
	}
	if err := Write(io.Discard, "asff", many, Options{}); err == nil || !strings.Contains(err.Error(), "pool-5, 4 more;") {
		t.Errorf("many pools: got error %v", err)
	}
	many.Checks = nil
	if got := render(t, "asff", many, Options{}); got != "[]\n" {
		t.Errorf("pools without findings: got %q", got)
	}
}

func TestASFFHostileNames(t *testing.T) {
	want := len(asffFindings(t, render(t, "asff", importable(named("shop")), Options{})))
	for _, name := range append(hostileTexts, strings.Repeat("\U0001f600 long ", 2000), strings.Repeat("顧", 5000)) {
		r := importable(named(name))
		// As much of it as there may be, once.
		first := slices.IndexFunc(r.Rules, func(rule finding.Rule) bool { return rule.ID == r.Checks[0].Rule })
		r.Rules[first].Params = slices.Repeat([]finding.Param{{Name: name, Value: name}}, 40)
		r.Rules[first].Controls = map[string][]string{name: slices.Repeat([]string{name}, 40)}
		r.Checks[0].Violations = slices.Repeat(r.Checks[0].Violations, 20)
		out := render(t, "asff", r, Options{})
		if n := len(asffFindings(t, out)); n != want {
			t.Errorf("%q: %d findings, want %d", name, n, want)
		}
		if strings.ContainsFunc(out, func(r rune) bool { return strings.ContainsRune("\u200b\u202e\u2066\u2069\ufeff", r) }) || strings.Contains(strings.ReplaceAll(out, `\\`, ""), `\u00`) {
			t.Errorf("%q: a control or invisible character is left in", name)
		}
	}
}

func TestLimited(t *testing.T) {
	for _, tt := range []struct {
		in    string
		limit int
		want  string
	}{
		{"", 3, ""},
		{"abc", 3, "abc"},
		{"abcd", 3, "ab…"},
		{"顧客顧客", 3, "顧客…"},
		{"\U0001f600\U0001f600", 4, "\U0001f600\U0001f600"},
		{"\U0001f600\U0001f600", 3, "\U0001f600…"},
		{"\U0001f600\U0001f600x", 4, "\U0001f600…"},
	} {
		got := limited(tt.in, tt.limit)
		if n := len(utf16.Encode([]rune(got))); got != tt.want || n > tt.limit {
			t.Errorf("limited(%q, %d): got %q, %d units, want %q", tt.in, tt.limit, got, n, tt.want)
		}
	}
}
