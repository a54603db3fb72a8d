package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// maxGitHubAnnotations is how many annotations of each kind GitHub shows for a
// step; it drops the others without a word.
const maxGitHubAnnotations = 10

// The kinds of annotations.
const (
	githubError   = "error"
	githubWarning = "warning"
	githubNotice  = "notice"
)

// githubAnnotation is a workflow command:
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
type githubAnnotation struct {
	kind, title, message string
	// at is nil without a file.
	at *finding.Position
}

// writeGitHub writes the worst findings as annotations, and all of them to the
// job summary.
func writeGitHub(w *bufio.Writer, r *finding.Report, opts Options) error {
	room := map[string]int{githubError: maxGitHubAnnotations, githubWarning: maxGitHubAnnotations, githubNotice: maxGitHubAnnotations - 1}
	left := map[string]int{}
	for _, a := range githubAnnotations(r) {
		if room[a.kind] == 0 {
			left[a.kind]++
			continue
		}
		room[a.kind]--
		w.WriteString(a.command() + "\n")
	}
	var parts []string
	for _, kind := range []string{githubError, githubWarning, githubNotice} {
		if left[kind] > 0 {
			parts = append(parts, count(left[kind], kind))
		}
	}
	if len(parts) > 0 {
		note := fmt.Sprintf("%s not shown here: GitHub shows %d annotations of each kind, and these are the worst; the job summary and the other formats have all", strings.Join(parts, ", "), maxGitHubAnnotations)
		w.WriteString(githubAnnotation{kind: githubNotice, title: "cognilint", message: note}.command() + "\n")
	}
	if opts.StepSummary == nil {
		return nil
	}
	_, err := io.WriteString(opts.StepSummary, githubSummary(r))
	return err
}

// githubAnnotations lists everything that is worth an annotation, in the order in
// which it is left out last: what was not read comes before warnings about what
// was.
func githubAnnotations(r *finding.Report) []githubAnnotation {
	var all []githubAnnotation
	if c := r.Comparison; c != nil {
		text := differences(c)
		if pools := gone(c); len(pools) > 0 {
			text += "; pools that are gone: " + strings.Join(pools, ", ")
		}
		all = append(all, githubAnnotation{kind: githubNotice, title: "compared with " + against(c), message: text})
	}
	for _, p := range r.Problems {
		all = append(all, githubAnnotation{kind: githubWarning, title: "could not be read", message: problemText(p)})
	}
	unknown := noVerdicts(r)
	verdictless := func(incomplete bool) {
		for _, n := range unknown {
			if n.incomplete == incomplete {
				all = append(all, githubAnnotation{kind: githubWarning, title: strings.ReplaceAll(n.status.String(), "_", " "), message: n.text()})
			}
		}
	}
	verdictless(true)
	for _, v := range worstFirst(r, finding.Fail) {
		a := githubAnnotation{kind: githubKind(v.check.Severity), title: v.check.Severity.String() + ": " + clean(v.check.Rule), message: v.text()}
		if inFile(v.violation.Position) {
			a.at = v.violation.Position
		} else {
			a.message = poolTitle(v.pool) + ": " + a.message
		}
		all = append(all, a)
	}
	verdictless(false)
	return all
}

func githubKind(s finding.Severity) string {
	switch s {
	case finding.Critical, finding.High:
		return githubError
	case finding.Medium:
		return githubWarning
	default:
		return githubNotice
	}
}

func (a githubAnnotation) command() string {
	var properties []string
	add := func(name, value string) { properties = append(properties, name+"="+githubProperty(value)) }
	if a.at != nil {
		add("file", clean(slashed(a.at.File)))
		add("line", strconv.Itoa(a.at.Line))
		add("endLine", strconv.Itoa(a.at.EndLine))
		// Columns are refused for more than one line.
		if a.at.Line == a.at.EndLine {
			add("col", strconv.Itoa(a.at.Column))
			add("endColumn", strconv.Itoa(a.at.EndColumn))
		}
	}
	add("title", clean(a.title))
	return "::" + a.kind + " " + strings.Join(properties, ",") + "::" + githubData(clean(a.message))
}

var (
	githubDataEscaper     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubPropertyEscaper = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

func githubData(s string) string     { return githubDataEscaper.Replace(s) }
func githubProperty(s string) string { return githubPropertyEscaper.Replace(s) }
