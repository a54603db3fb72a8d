package report

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
)

// htmlElement returns what stands between two texts, and fails if
// there is not exactly one such place.
func htmlElement(t *testing.T, page, open, end string) string {
	t.Helper()
	if n := strings.Count(page, open); n != 1 {
		t.Fatalf("%d times %s, want once", n, open)
	}
	_, rest, _ := strings.Cut(page, open)
	text, _, ok := strings.Cut(rest, end)
	if !ok {
		t.Fatalf("%s has no end", open)
	}
	return text
}

// htmlMarkup is the page without the contents of style, data and script.
func htmlMarkup(t *testing.T, page string) string {
	t.Helper()
	for _, element := range [][2]string{{"<style>", "</style>"}, {`<script type="application/json" id="data">`, "</script>"}, {"<script>", "</script>"}} {
		page = strings.Replace(page, htmlElement(t, page, element[0], element[1]), "", 1)
	}
	return page
}

func TestHTMLPolicy(t *testing.T) {
	page := render(t, "html", golden(), Options{})
	if !strings.HasPrefix(page, "<!DOCTYPE html>\n") {
		t.Errorf("the page starts with %q", page[:20])
	}
	policy := strings.ReplaceAll(htmlElement(t, page, `http-equiv="Content-Security-Policy" content="`, `"`), "&#39;", "'")
	policy = strings.ReplaceAll(policy, "&#43;", "+")
	want := "default-src 'none'; script-src '" + sourceHash(htmlElement(t, page, "<script>", "</script>")) + "'; style-src '" +
		sourceHash(htmlElement(t, page, "<style>", "</style>")) + "'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
	if policy != want {
		t.Errorf("policy\n%s\nwant\n%s", policy, want)
	}
	markup := htmlMarkup(t, page)
	if strings.Index(markup, "Content-Security-Policy") > strings.Index(markup, "<style>") {
		t.Error("the style comes before the policy")
	}
	for _, bad := range []string{`(?i)\shttps?://`, `(?i)(src|href|action)="[^#]`, `(?i)\sstyle=`, `(?i)\son[a-z]+=`, `(?i)<(iframe|object|embed|link|img|base)\b`, `javascript:`} {
		if found := regexp.MustCompile(bad).FindString(markup); found != "" {
			t.Errorf("the page holds %q", found)
		}
	}
	script := htmlElement(t, page, "<script>", "</script>")
	for _, bad := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch(", "XMLHttpRequest", "localStorage", "http:", "https:"} {
		if strings.Contains(script, bad) {
			t.Errorf("the script uses %s", bad)
		}
	}
	if style := htmlElement(t, page, "<style>", "</style>"); strings.Contains(style, "url(") || strings.Contains(style, "@import") {
		t.Error("the style loads something")
	}
}

func TestHTMLHostileNames(t *testing.T) {
	r := golden()
	r.Rules[0].References = []finding.Reference{{Description: "page", URL: "https://docs.aws.amazon.com/x"}, {Description: "trap", URL: "javascript:alert(1)"}, {Description: "plain", URL: "http://example.com/"}}
	r.Rules[0].Description = "</script><script>alert(1)</script>"
	r.Rules[0].ID = r.Checks[0].Rule
	page := render(t, "html", r, Options{})
	data := htmlElement(t, page, `<script type="application/json" id="data">`, "</script>")
	if strings.ContainsAny(data, "<>&\u2028\u2029") {
		t.Error("something in the data is not escaped")
	}
	if !strings.Contains(data, "https://docs.aws.amazon.com/x") || strings.Contains(data, "javascript:") || strings.Contains(data, "http://example.com/\"") {
		t.Error("references are to be links that start with https, and nothing else")
	}
	if strings.Contains(htmlMarkup(t, page), "<script>alert") {
		t.Error("a name became markup")
	}
	if i := strings.IndexFunc(page, func(r rune) bool {
		return r != '\n' && (r < ' ' || r >= 0x7f && r < 0xa0 || strings.ContainsRune("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", r))
	}); i >= 0 {
		t.Errorf("%q at %d", page[i:i+1], i)
	}
}

func TestHTMLIsDeterministic(t *testing.T) {
	first := render(t, "html", golden(), Options{})
	for range 5 {
		if render(t, "html", golden(), Options{}) != first {
			t.Fatal("two pages of the same report differ")
		}
	}
}

// TestHTMLDataIsComplete reads the data like the script does.
func TestHTMLDataIsComplete(t *testing.T) {
	r := golden()
	var data struct {
		Severities, Strings []string
		Rules               []htmlRule
		Pools               [][5]int
		Targets             [][3]int
		Outcomes            [][12]int
		Facts               [][4]any
		Checks              [][][]any
	}
	page := render(t, "html", r, Options{})
	if err := json.Unmarshal([]byte(htmlElement(t, page, `<script type="application/json" id="data">`, "</script>")), &data); err != nil {
		t.Fatal(err)
	}
	text := func(n any) string { return data.Strings[int(n.(float64))] }
	var got []string
	for pool, checks := range data.Checks {
		for _, c := range checks {
			outcome, target := data.Outcomes[int(c[1].(float64))], data.Targets[int(c[2].(float64))]
			head := fmt.Sprint(data.Strings[data.Pools[pool][0]], data.Rules[int(c[0].(float64))].ID, data.Severities[outcome[0]], data.Strings[outcome[1]], data.Strings[target[1]], data.Strings[outcome[4]], outcome[11])
			got = append(got, head)
			for _, v := range c[3:] {
				place, tail := "", ""
				n, ok := v.(float64)
				if list, isList := v.([]any); isList {
					n, ok = list[0].(float64)
					if text(list[1]) != "" {
						place = fmt.Sprint(text(list[1]), list[2], list[3])
					}
					if len(list) > 4 {
						tail = text(list[4])
					}
				}
				if !ok {
					t.Fatalf("violation %v", v)
				}
				fact := data.Facts[int(n)]
				message, _ := fact[0].(string)
				if parts, isList := fact[0].([]any); isList {
					var texts []string
					for _, part := range parts {
						texts = append(texts, part.(string))
					}
					message = strings.Join(texts, data.Strings[target[2]])
				}
				got = append(got, fmt.Sprint(message+tail, text(fact[1]), text(fact[2]), text(fact[3]), place))
			}
		}
	}
	var want []string
	for _, c := range r.Checks {
		incomplete := 0
		if c.Incomplete {
			incomplete = 1
		}
		want = append(want, fmt.Sprint(clean(c.Pool), clean(c.Rule), c.Severity.String(), c.Status.String(), clean(c.Target.ID), clean(c.Reason), incomplete))
		for _, v := range c.Violations {
			place := ""
			if at := v.Position; at != nil {
				place = fmt.Sprint(clean(at.File), at.Line, at.Column)
			}
			want = append(want, fmt.Sprint(clean(v.Message), clean(v.Path), htmlValue(v.Actual), htmlValue(v.Expected), place))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestHTMLMessagesKeepTheirNames(t *testing.T) {
	for _, tt := range []struct{ message, name, want string }{
		{`client "web" is open`, "web", `["client \"","\" is open"]`},
		{`client "web" is open`, "app", `"client \"web\" is open"`},
		{`client "web" is open`, "", `"client \"web\" is open"`},
		{"web web", "web", `[""," ",""]`},
	} {
		if got := betweenNames(tt.message, tt.name); got != tt.want {
			t.Errorf("%q with %q: got %s, want %s", tt.message, tt.name, got, tt.want)
		}
	}
}

func TestHTMLParagraphs(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"broken lines", "one\ntwo\n\nthree\nfour\n", "one two\n\nthree four"},
		{"a list", "such as\n- one\n- two", "such as\n- one\n- two"},
		{"indented", "run\n  aws x\n  aws y", "run\n  aws x\n  aws y"},
		{"control characters", "a\x1b[2J\nb\u202e", "a\\x1b[2J b\\u202e"},
	} {
		if got := paragraphs(tt.in); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestHTMLOverviewSaysWhatItLeavesOut(t *testing.T) {
	r := golden()
	r.Problems = slices.Repeat(r.Problems[:1], maxListed+3)
	r.Comparison = &finding.Comparison{Counts: map[finding.Change]int{}, PoolsGone: make([]finding.Pool, maxListed+4)}
	for i := range maxListed + 5 {
		r.Fixes = append(r.Fixes, finding.Fix{Pool: fmt.Sprint("p", i), State: finding.FixDamaged})
		r.Checks = append(r.Checks, finding.Check{
			Rule: "x", Severity: finding.Low, Status: finding.Waived, Violations: []finding.Violation{{}},
			Waiver: &finding.Waiver{Owner: fmt.Sprint(i), Expires: "2026-11-21"},
		})
	}
	page := render(t, "html", r, Options{})
	for _, want := range []string{"and 3 more, in the JSON report", "and 4 more, in the JSON report", "and 5 more, at their pools", "and 5 more: <a href=\"#status=waived\">", "2 more rules failed"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestHTMLWaiversThatEndSoon(t *testing.T) {
	started := time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC)
	for expires, want := range map[string]int{"2026-11-19": 1, "2026-12-04": 1, "2026-12-05": 0, "2027-01-01": 0} {
		r := &finding.Report{StartedAt: started, Checks: []finding.Check{
			{Rule: "a", Status: finding.Waived, Waiver: &finding.Waiver{Owner: "o", Expires: expires}},
			{Rule: "a", Status: finding.Waived, Waiver: &finding.Waiver{Owner: "o", Expires: expires}},
		}}
		got := newHTMLOverview(r).Waivers
		if len(got) != want || want == 1 && got[0].Checks != 2 {
			t.Errorf("%s: got %v, want %d entries of 2 checks", expires, got, want)
		}
	}
}

func TestHTMLTotalsLinkToWhatIsListed(t *testing.T) {
	listed := map[string]bool{}
	for _, total := range newHTMLOverview(golden()).Totals {
		listed[total.Status] = total.Listed
	}
	// Of 120 passed checks the report holds 3.
	if !listed["fail"] || !listed["not_evaluated"] || listed["pass"] {
		t.Errorf("listed: %v", listed)
	}
}

func TestHTMLCoverage(t *testing.T) {
	rules := []finding.Rule{
		{ID: "a", Controls: map[string][]string{"std": {"1", "2"}}},
		{ID: "b", Controls: map[string][]string{"std": {"2", "10"}}},
		{ID: "c", Controls: map[string][]string{"std": {"3"}}},
	}
	for _, tt := range []struct {
		name   string
		checks []finding.Check
		passed int // more of them than the report lists
		want   string
	}{
		{"the worst check counts", []finding.Check{{Rule: "a", Status: finding.Waived}, {Rule: "b", Status: finding.Fail, Pool: "p"}}, 1, "failed 2, not evaluated 0, waived 1, passed or not applicable 1: 2 10 in 1"},
		{"an error is no verdict", []finding.Check{{Rule: "a", Status: finding.Error}}, 1, "failed 0, not evaluated 2, waived 0, passed or not applicable 2:  in 0"},
		{"passed checks are listed", []finding.Check{{Rule: "a", Status: finding.Pass}, {Rule: "b", Status: finding.NotApplicable}}, 0, "failed 0, not evaluated 0, waived 0, passed 2, not applicable 2:  in 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &finding.Report{Rules: rules, Checks: tt.checks, Summary: finding.NewSummary()}
			for _, c := range tt.checks {
				r.Summary.Add(c)
			}
			r.Summary.Pools = 1
			r.Summary.Checks.Pass += tt.passed
			f := newHTMLCoverage(r).Frameworks[0]
			var parts []string
			for _, part := range f.Parts {
				parts = append(parts, fmt.Sprint(part.Label, " ", part.Count))
			}
			if got := fmt.Sprintf("%s: %s in %d", strings.Join(parts, ", "), strings.Join(f.Failed, " "), f.FailedPools); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestHTMLResolvedAndRepairedPools(t *testing.T) {
	r := golden()
	was := r.Checks[0]
	was.Status = finding.Fail
	r.Comparison = &finding.Comparison{Resolved: []finding.Check{was}, Counts: map[finding.Change]int{finding.ChangeResolved: 1}}
	r.Fixes = []finding.Fix{{Pool: liveID, Source: "live", State: finding.FixApplied, Diff: "-a\n+b", Unfixed: []finding.Unfixed{{Rule: "x", Target: finding.Target{Kind: finding.TargetClient, ID: webID}}}}}
	data := newHTMLData(r)
	resolved := 0
	for _, o := range data.Outcomes {
		if data.Strings[o.Status] == htmlResolved && data.Strings[o.Change] == "resolved" {
			resolved++
		}
	}
	if resolved != 1 {
		t.Errorf("%d outcomes are resolved, want 1", resolved)
	}
	fix := data.Fixes[slices.IndexFunc(data.Pools, func(p [5]int) bool { return data.Strings[p[0]] == liveID })]
	if fix == nil || fix.State != "applied" || fix.Diff != "-a\n+b" || fix.Unfixed[0].Target != webID {
		t.Errorf("repair: %+v", fix)
	}
}
