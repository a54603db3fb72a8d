package report

import (
	"fmt"
	"html"
	"strconv"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// maxGitHubSummary is how long a job summary may get, in bytes. GitHub refuses
// one of more than 1 MiB, all steps of the job count by themselves.
const maxGitHubSummary = 900 << 10

// githubPage is a page of Markdown that does not grow beyond a size. Sections
// are written by importance, so it is the end that is missing.
type githubPage struct {
	strings.Builder
	left int
}

// row writes one line of a list or table if there is room; what follows says how
// many found none.
func (p *githubPage) row(text string) {
	if p.Len()+len(text) > maxGitHubSummary {
		p.left++
		return
	}
	p.WriteString(text + "\n")
}

// section opens a section, if there is anything for it.
func (p *githubPage) section(title string, n int) bool {
	if n > 0 {
		p.row("\n### " + title + "\n")
	}
	return n > 0
}

// githubSummary is the job summary: the verdict, what changed, all failures, and
// what has no verdict.
func githubSummary(r *finding.Report) string {
	p := &githubPage{}
	p.row("## cognilint: " + githubText(printer{}.verdict(r)) + "\n")
	p.row(fmt.Sprintf("%s, baseline %s, %s.", count(r.Summary.Pools, "pool"), githubText(r.Baseline), githubText(r.StartedAt.UTC().Format("2006-01-02 15:04 UTC"))))
	if r.Summary.Checks.Fail > 0 {
		header, ruler, cells := "|", "|", "|"
		for _, severity := range finding.Severities() {
			header += " " + severity.String() + " |"
			ruler += "---:|"
			cells += " " + strconv.Itoa(r.Summary.FailedBySeverity[severity]) + " |"
		}
		p.row("\n" + header + "\n" + ruler + "\n" + cells)
	}
	githubComparison(p, r)
	githubFailures(p, r)
	githubRepairs(p, r)
	if p.section("Could not be read", len(r.Problems)) {
		for _, problem := range r.Problems {
			p.row("- " + githubText(problemText(problem)))
		}
	}
	unknown := noVerdicts(r)
	if p.section("No verdict", len(unknown)) {
		for _, n := range unknown {
			p.row("- " + strings.ReplaceAll(n.status.String(), "_", " ") + ": " + githubText(n.text()))
		}
	}
	waived := worstFirst(r, finding.Waived)
	if p.section("Waived", len(waived)) {
		for _, v := range waived {
			p.row("- " + githubText(v.check.Rule+", "+poolTitle(v.pool)+": "+v.text()+"; "+waiver(v.check.Waiver)))
		}
	}
	if p.left > 0 {
		fmt.Fprintf(p, "\n%s left out, since a job summary may have 1 MiB; the other formats have all.\n", count(p.left, "line"))
	}
	return p.String()
}

func githubComparison(p *githubPage, r *finding.Report) {
	c := r.Comparison
	if c == nil {
		return
	}
	p.row("\n### Compared with " + githubText(against(c)) + "\n\n" + githubText(differences(c)) + ".\n")
	pools, _ := poolsByKey(r)
	for _, check := range c.Resolved {
		p.row("- resolved: " + githubText(check.Rule+", "+poolTitle(poolOf(pools, check))+": "+resolvedText(check)))
	}
	for _, pool := range gone(c) {
		p.row("- pool is gone: " + githubText(pool))
	}
}

func githubFailures(p *githubPage, r *finding.Report) {
	failures := worstFirst(r, finding.Fail)
	if !p.section("Failed", len(failures)) {
		return
	}
	header, ruler := "| severity | rule | pool | setting | actual | expected | at |", "|---|---|---|---|---|---|---|"
	if r.Comparison != nil {
		header, ruler = "| change "+header, "|---"+ruler
	}
	p.row(header + "\n" + ruler)
	for _, v := range failures {
		at := ""
		if inFile(v.violation.Position) {
			at = where(v.pool, v.violation.Position)
		}
		target := ""
		if v.check.Target.Kind != finding.TargetPool {
			target = targetTitle(v.check.Target)
		}
		cells := []string{
			v.check.Severity.String(), v.check.Rule, poolTitle(v.pool), setting(v.violation.Path, target),
			value(v.violation.Actual), value(v.violation.Expected), at,
		}
		if r.Comparison != nil {
			cells = append([]string{changeWord(v.check.Change)}, cells...)
		}
		for i := range cells {
			cells[i] = githubText(cells[i])
		}
		p.row("| " + strings.Join(cells, " | ") + " |")
	}
}

func githubRepairs(p *githubPage, r *finding.Report) {
	if !p.section("Repairs", len(r.Fixes)) {
		return
	}
	for _, fix := range r.Fixes {
		p.row("- " + githubText(poolTitle(poolOfFix(r, fix))+": "+repairTitle(fix)))
		for _, line := range repairLines(fix) {
			p.row("  - " + githubText(line))
		}
	}
}

// githubEscaper writes what means something to Markdown as character references:
// a backslash does not help against all of it, a pipe in a table for one.
var githubEscaper = strings.NewReplacer(githubEscapes()...)

func githubEscapes() []string {
	var pairs []string
	for _, r := range "\\`*_{}[]()#|~@:!$" {
		pairs = append(pairs, string(r), fmt.Sprintf("&#%d;", r))
	}
	return pairs
}

// githubText makes s text of Markdown that shows as it is.
func githubText(s string) string {
	escaped := []string{}
	for part := range strings.SplitSeq(clean(s), "&") {
		escaped = append(escaped, githubEscaper.Replace(strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(part)))
	}
	return strings.Join(escaped, html.EscapeString("&"))
}
