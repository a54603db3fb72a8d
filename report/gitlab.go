package report

import (
	"bufio"
	"encoding/json"

	"github.com/cognilint/cognilint/finding"
)

// gitlabIssue is an entry of a code quality report:
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}

// writeGitLab writes the failures. GitLab compares the reports of two branches
// itself, by fingerprint, so what is resolved needs no entry.
func writeGitLab(w *bufio.Writer, r *finding.Report, _ Options) error {
	failures := worstFirst(r, finding.Fail)
	if err := needFiles(failures); err != nil {
		return err
	}
	issues := []gitlabIssue{}
	for _, v := range failures {
		at := v.violation.Position
		issues = append(issues, gitlabIssue{
			Description: v.text(), CheckName: v.check.Rule, Fingerprint: v.fingerprint, Severity: gitlabSeverity(v.check.Severity),
			Location: gitlabLocation{slashed(at.File), gitlabLines{at.Line, at.EndLine}},
		})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(issues)
}

func gitlabSeverity(s finding.Severity) string {
	switch s {
	case finding.Critical:
		return "blocker"
	case finding.High:
		return "critical"
	case finding.Medium:
		return "major"
	case finding.Low:
		return "minor"
	default:
		return "info"
	}
}
