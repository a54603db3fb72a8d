package report

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
)

// gitlab renders a report, and checks what GitLab's documentation asks for.
func gitlab(t *testing.T, r *finding.Report) []gitlabIssue {
	t.Helper()
	out := render(t, "gitlab", r, Options{})
	if !strings.HasPrefix(out, "[") {
		t.Errorf("not an array from the first byte: %.20q", out)
	}
	decoder := json.NewDecoder(bytes.NewReader([]byte(out)))
	decoder.DisallowUnknownFields()
	var issues []gitlabIssue
	if err := decoder.Decode(&issues); err != nil {
		t.Fatal(err)
	}
	fingerprint := regexp.MustCompile(`^[0-9a-f]{32}$`)
	seen := map[string]bool{}
	for _, issue := range issues {
		if issue.Description == "" || issue.CheckName == "" {
			t.Errorf("a member is empty: %+v", issue)
		}
		if !slices.Contains([]string{"info", "minor", "major", "critical", "blocker"}, issue.Severity) {
			t.Errorf("severity %q", issue.Severity)
		}
		if !fingerprint.MatchString(issue.Fingerprint) || seen[issue.Fingerprint] {
			t.Errorf("fingerprint %q is not one, or not the only one", issue.Fingerprint)
		}
		seen[issue.Fingerprint] = true
		if issue.Location.Path == "" || strings.HasPrefix(issue.Location.Path, "./") || issue.Location.Lines.Begin < 1 {
			t.Errorf("location %+v", issue.Location)
		}
	}
	return issues
}

func TestGitLab(t *testing.T) {
	issues := gitlab(t, compared())
	if len(issues) != len(worstFirst(compared(), finding.Fail)) {
		t.Errorf("%d issues", len(issues))
	}
	if first := issues[0]; first.Severity != "blocker" || !strings.HasSuffix(first.Description, " (new)") {
		t.Errorf("the first is %+v", first)
	}
	if out := render(t, "gitlab", &finding.Report{}, Options{}); out != "[]\n" {
		t.Errorf("nothing is %q", out)
	}
	for what, name := range hostileNames() {
		t.Run(what, func(t *testing.T) { gitlab(t, hostile(name)) })
	}
}
