package report

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/cognilint/cognilint/finding"
)

// What GitHub accepts of a SARIF file:
// https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
const (
	maxSARIFResults     = 25_000
	maxSARIFDescription = 1024
	maxSARIFTags        = 10
)

// maxSARIFNotifications bounds what nobody would read to the end.
const maxSARIFNotifications = 1000

// writeSARIF writes one run, whose results are the failures.
func writeSARIF(w *bufio.Writer, r *finding.Report, opts Options) error {
	results := worstFirst(r, finding.Fail)
	if opts.IncludeWaived {
		results = append(results, worstFirst(r, finding.Waived)...)
	}
	if err := needFiles(results); err != nil {
		return err
	}
	if opts.IncludeWaived {
		// Absent results keep the places they had; a live pool had none.
		results = append(results, resolvedViolations(r)...)
	}
	left := max(0, len(results)-maxSARIFResults)
	results = results[:len(results)-left]

	log := sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0",
		Runs: []sarifRun{{
			Tool:        sarifTool{sarifDriverOf(r)},
			Invocations: []sarifInvocation{sarifInvocationOf(r, left)},
			Results:     []sarifResult{},
			ColumnKind:  "unicodeCodePoints",
		}},
	}
	run := &log.Runs[0]
	indices := map[string]int{}
	for i, rule := range r.Rules {
		indices[rule.ID] = i
	}
	for _, v := range results {
		run.Results = append(run.Results, sarifResultOf(v, indices, r.Comparison))
	}
	if c := r.Comparison; c != nil {
		comparison := &sarifComparison{Against: clean(c.Against), StartedAt: sarifTime(c.StartedAt), Counts: map[string]int{}, PoolsGone: gone(c)}
		for _, change := range finding.Changes() {
			comparison.Counts[string(change)] = c.Counts[change]
		}
		run.Properties = &sarifRunProperties{comparison}
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(log)
}

// resolvedViolations lists what the earlier report found and is gone. The status
// of these checks says that they failed; only their change makes them absent.
func resolvedViolations(r *finding.Report) []violated {
	if r.Comparison == nil {
		return nil
	}
	pools, _ := poolsByKey(r)
	var all []violated
	for _, c := range r.Comparison.Resolved {
		c.Change = finding.ChangeResolved
		all = append(all, violatedBy(c, poolOf(pools, c))...)
	}
	return all
}

// semanticVersion is what semver.org asks for, without a leading v.
var semanticVersion = regexp.MustCompile(`^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

func sarifDriverOf(r *finding.Report) sarifDriver {
	d := sarifDriver{Name: cmp.Or(clean(r.Tool.Name), "cognilint"), Rules: []sarifRule{}}
	version := clean(r.Tool.Version)
	if plain := strings.TrimPrefix(version, "v"); semanticVersion.MatchString(plain) {
		d.SemanticVersion = plain
	} else {
		d.Version = version
	}
	for _, rule := range r.Rules {
		d.Rules = append(d.Rules, sarifRuleOf(rule))
	}
	return d
}

func sarifRuleOf(rule finding.Rule) sarifRule {
	title := cmp.Or(clean(rule.Title), clean(rule.ID))
	why := cmp.Or(strings.TrimSpace(rule.Description), title)
	text, markdown := why, why
	if remediation := strings.TrimSpace(rule.Remediation); remediation != "" {
		text += "\n\nHow to fix: " + remediation
		markdown += "\n\n**How to fix**\n\n" + remediation
	}
	if len(rule.References) > 0 {
		markdown += "\n"
	}
	for _, reference := range rule.References {
		markdown += "\n- [" + reference.Description + "](" + reference.URL + ")"
	}
	s := sarifRule{
		ID: rule.ID, DeprecatedIDs: rule.Aliases,
		ShortDescription: sarifText{Text: cut(title, maxSARIFDescription-1)},
		FullDescription:  sarifText{Text: cut(why, maxSARIFDescription-1)},
		Help:             sarifText{Text: text, Markdown: markdown},
		DefaultConfiguration: sarifConfiguration{
			Level: sarifLevel(rule.Severity),
		},
		Properties: sarifRuleProperties{Precision: "very-high", SecuritySeverity: sarifSeverity(rule.Severity)},
	}
	if s.Properties.SecuritySeverity != "" {
		s.Properties.Tags = append(s.Properties.Tags, "security")
	}
	if rule.Category != "" {
		s.Properties.Tags = append(s.Properties.Tags, clean(rule.Category))
	}
	for _, framework := range slices.Sorted(maps.Keys(rule.Controls)) {
		for _, control := range rule.Controls[framework] {
			s.Properties.Tags = append(s.Properties.Tags, clean(framework+":"+control))
		}
	}
	// Tags are unique in SARIF.
	var tags []string
	for _, tag := range s.Properties.Tags {
		if !slices.Contains(tags, tag) && len(tags) < maxSARIFTags {
			tags = append(tags, tag)
		}
	}
	s.Properties.Tags = list(tags)
	return s
}

// sarifLevel and sarifSeverity say the same to consumers that rank by level and
// to GitHub, which ranks by a number in words.
func sarifLevel(s finding.Severity) string {
	switch s {
	case finding.Critical, finding.High:
		return "error"
	case finding.Medium:
		return "warning"
	default:
		return "note"
	}
}

func sarifSeverity(s finding.Severity) string {
	return map[finding.Severity]string{finding.Critical: "9.5", finding.High: "8.0", finding.Medium: "5.5", finding.Low: "2.0"}[s]
}

func sarifResultOf(v violated, indices map[string]int, compared *finding.Comparison) sarifResult {
	result := sarifResult{
		RuleID: v.check.Rule, Level: sarifLevel(v.check.Severity), Message: sarifText{Text: sarifMessage(v.text())},
		PartialFingerprints: map[string]string{"primaryLocationLineHash": v.fingerprint, "cognilint/v1": v.fingerprint},
		Properties: sarifResultProperties{
			Pool: place(v.pool.Account, v.pool.Region, v.pool.ID), Severity: v.check.Severity.String(), Target: targetTitle(v.check.Target),
			Path: v.violation.Path, Actual: v.violation.Actual, Expected: v.violation.Expected, Fix: string(v.check.Fix), Change: string(v.check.Change),
		},
	}
	if i, ok := indices[v.check.Rule]; ok {
		result.RuleIndex = &i
	}
	if at := v.violation.Position; inFile(at) {
		result.Locations = []sarifLocation{{sarifPhysicalLocation{
			ArtifactLocation: sarifArtifact{fileURI(at.File)},
			Region:           sarifRegion{at.Line, at.Column, at.EndLine, at.EndColumn},
		}}}
	}
	if compared != nil {
		result.BaselineState = baselineState(v.check.Change)
	}
	if v.check.Status == finding.Waived {
		result.Suppressions = []sarifSuppression{{Kind: "external", Status: "accepted", Justification: clean(waiver(v.check.Waiver))}}
	}
	return result
}

func baselineState(change finding.Change) string {
	switch change {
	case finding.ChangeNew:
		return "new"
	case finding.ChangeWorse, finding.ChangeNewlyWaived:
		return "updated"
	case finding.ChangeResolved:
		return "absent"
	default:
		return "unchanged"
	}
}

// sarifMessage keeps names from becoming links: "[text](target)" is one in
// messages of SARIF.
func sarifMessage(text string) string { return strings.ReplaceAll(text, "](", "] (") }

// fileURI writes a path as a URI reference: relative if the path is.
func fileURI(file string) string {
	file = slashed(file)
	var drive string
	if len(file) > 2 && file[1] == ':' && file[2] == '/' {
		drive, file = "/"+file[:2], file[2:]
	}
	parts := strings.Split(file, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	if strings.HasPrefix(file, "/") {
		return "file://" + drive + strings.Join(parts, "/")
	}
	// A colon in the first part would make it a scheme.
	parts[0] = strings.ReplaceAll(parts[0], ":", "%3A")
	return strings.Join(parts, "/")
}

// sarifInvocationOf tells what the scan could not do, and what is left out.
func sarifInvocationOf(r *finding.Report, left int) sarifInvocation {
	invocation := sarifInvocation{ExecutionSuccessful: r.Summary.Incomplete == 0 && len(r.Problems) == 0}
	if !r.StartedAt.IsZero() {
		invocation.StartTimeUTC, invocation.EndTimeUTC = sarifTime(r.StartedAt), sarifTime(r.FinishedAt)
	}
	var all []sarifNotification
	add := func(id, level, text string) {
		all = append(all, sarifNotification{sarifReference{id}, level, sarifText{Text: sarifMessage(text)}})
	}
	if left > 0 {
		add("left-out", "warning", fmt.Sprintf("%s left out: a run holds %d, the worst ones first", count(left, "result"), maxSARIFResults))
	}
	if c := r.Comparison; c != nil {
		text := "compared with " + against(c) + ": " + differences(c)
		if pools := gone(c); len(pools) > 0 {
			text += "; pools that are gone: " + strings.Join(pools, ", ")
		}
		add("compared", "note", text)
	}
	for _, problem := range r.Problems {
		add("problem", "error", problemText(problem))
	}
	for _, n := range noVerdicts(r) {
		level := "note"
		if n.incomplete {
			level = "error"
		}
		add(strings.ReplaceAll(n.status.String(), "_", "-"), level, n.text())
	}
	if more := len(all) - maxSARIFNotifications; more > 0 {
		all = all[:maxSARIFNotifications]
		add("left-out", "warning", count(more, "notification")+" left out")
	}
	invocation.Notifications = all
	return invocation
}

func sarifTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
