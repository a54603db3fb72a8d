package report

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
)

var githubCommand = regexp.MustCompile(`^::(error|warning|notice) ([^:]*)::(.*)$`)

// parsed is a workflow command as a runner reads it.
type parsed struct {
	kind, message string
	properties    map[string]string
}

// github renders a report and reads each line as a runner does: properties end
// at the first "::" and are cut at commas, then escapes are undone.
func github(t *testing.T, r *finding.Report) []parsed {
	t.Helper()
	var all []parsed
	for line := range strings.SplitSeq(strings.TrimSuffix(render(t, "github", r, Options{}), "\n"), "\n") {
		m := githubCommand.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("%q is no command", line)
			continue
		}
		undo := strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
		p := parsed{kind: m[1], message: strings.NewReplacer("%25", "%", "%0D", "\r", "%0A", "\n").Replace(m[3]), properties: map[string]string{}}
		for property := range strings.SplitSeq(m[2], ",") {
			name, value, ok := strings.Cut(property, "=")
			if _, twice := p.properties[name]; !ok || twice || !strings.Contains(" file line endLine col endColumn title ", " "+name+" ") {
				t.Errorf("property %q in %q", property, line)
			}
			p.properties[name] = undo.Replace(value)
		}
		all = append(all, p)
	}
	return all
}

func TestGitHub(t *testing.T) {
	all := github(t, compared())
	kinds := map[string]int{}
	for _, a := range all {
		kinds[a.kind]++
		if file := a.properties["file"]; file == "" && a.properties["line"] != "" {
			t.Errorf("a line without a file: %+v", a)
		}
		if a.properties["line"] != a.properties["endLine"] && a.properties["col"] != "" {
			t.Errorf("columns of several lines: %+v", a)
		}
	}
	if kinds[githubError] != 8 || kinds[githubWarning] > maxGitHubAnnotations || kinds[githubNotice] > maxGitHubAnnotations {
		t.Errorf("annotations: %v", kinds)
	}
	first := all[0]
	if first.properties["title"] != "compared with reports/2026-11-19.json of 2026-11-19" || !strings.HasPrefix(first.message, "1 new, 1 worse") || !strings.Contains(first.message, "pools that are gone: =HYPERLINK") {
		t.Errorf("the first is %+v", first)
	}
	for _, a := range all {
		if a.kind == githubError {
			if a.properties["title"] != "critical: client-secret-not-in-public-client" || !strings.HasSuffix(a.message, " (new)") {
				t.Errorf("the first error is %+v", a)
			}
			break
		}
	}
	// A live pool has no file, but a name.
	found := false
	for _, a := range github(t, golden()) {
		if strings.Contains(a.message, "client batch has no way to sign in") {
			found = a.properties["file"] == "" && a.properties["line"] == "" && strings.HasPrefix(a.message, "partners (444455556666/us-east-1/"+liveID+")")
		}
	}
	if !found {
		t.Error("the finding of the live pool has a place, or no pool")
	}
}

func TestGitHubLimit(t *testing.T) {
	r := &finding.Report{Summary: finding.NewSummary()}
	for i := range 40 {
		severity := finding.Severities()[i%5]
		r.Checks = append(r.Checks, finding.Check{Rule: "r" + strconv.Itoa(i), Severity: severity, Status: finding.Fail, Violations: []finding.Violation{{Message: "m"}}})
	}
	all := github(t, r)
	kinds := map[string]int{}
	for _, a := range all {
		kinds[a.kind]++
	}
	if kinds[githubError] != 10 || kinds[githubWarning] != 8 || kinds[githubNotice] != 10 {
		t.Errorf("annotations: %v", kinds)
	}
	if !strings.HasPrefix(all[0].properties["title"], "critical: ") {
		t.Errorf("the first is %+v", all[0])
	}
	if last := all[len(all)-1].message; !strings.HasPrefix(last, "6 errors, 7 notices not shown here") {
		t.Errorf("the note is %q", last)
	}
}

func TestGitHubHostileNames(t *testing.T) {
	for what, name := range hostileNames() {
		t.Run(what, func(t *testing.T) {
			text := clean(name)
			found := false
			for _, a := range github(t, hostile(name)) {
				if a.kind == githubError && a.properties["file"] == clean(slashed(name+".json")) && strings.HasPrefix(a.message, text) {
					found = true
				}
			}
			if !found {
				t.Errorf("no error has the message %q", text)
			}
		})
	}
}

func TestGitHubSummary(t *testing.T) {
	var summary strings.Builder
	render(t, "github", compared(), Options{StepSummary: &summary})
	out := summary.String()
	for _, want := range []string{"## cognilint: 13 of ", "### Compared with reports/2026-11-19.json", "1 new, 1 worse", "- pool is gone: =HYPERLINK", "- resolved: mfa-totp-enabled", "### Repairs", "repair&#58; applied &#40;2 calls", "| new | critical | client-secret-not-in-public-client |", "### Waived", "### No verdict", "### Could not be read"} {
		if !strings.Contains(out, want) {
			t.Errorf("the summary does not say %q", want)
		}
	}
	if err := Write(&summary, "github", golden(), Options{StepSummary: brokenPipe{}}); !errors.Is(err, errBroken) {
		t.Errorf("got error %v, want %v", err, errBroken)
	}
}

// TestGitHubSummaryHostileNames: a name is text, whatever it looks like. All that
// is left of Markdown and HTML is what the summary itself writes.
func TestGitHubSummaryHostileNames(t *testing.T) {
	for what, name := range hostileNames() {
		t.Run(what, func(t *testing.T) {
			out := githubSummary(hostile(name))
			if strings.ContainsAny(out, "<>`*[]@~\\") {
				t.Errorf("markup is left:\n%s", out)
			}
			for line := range strings.Lines(out) {
				if strings.HasPrefix(line, "|") && strings.Contains(line, "a-rule") && strings.Count(line, "|") != 9 {
					t.Errorf("a row has other columns: %s", line)
				}
			}
		})
	}
}

func TestGitHubSummaryLimit(t *testing.T) {
	r := &finding.Report{Summary: finding.NewSummary()}
	for range 3000 {
		r.Checks = append(r.Checks, finding.Check{Rule: "r", Severity: finding.Low, Status: finding.Fail, Violations: []finding.Violation{{Message: "m", Actual: strings.Repeat("|", 160), Expected: strings.Repeat("x", 160)}}})
	}
	out := githubSummary(r)
	if len(out) > 1<<20 || !strings.HasSuffix(out, "the other formats have all.\n") {
		t.Errorf("%d bytes, which end in %q", len(out), out[len(out)-80:])
	}
}
