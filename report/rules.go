package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/cognilint/cognilint/finding"
)

// RuleFormats lists the formats of [WriteRules].
func RuleFormats() []string { return []string{"json", "table"} }

// WriteRules lists rules, as a table or as a JSON array. The heading stands above
// the table and says what the list is; empty is none.
func WriteRules(w io.Writer, format, heading string, rules []finding.Rule) error {
	if !slices.Contains(RuleFormats(), format) {
		return fmt.Errorf("unknown format %q, expected one of %s", format, strings.Join(RuleFormats(), ", "))
	}
	if format == "json" {
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(rules)
	}
	if heading != "" {
		var b strings.Builder
		fill(&b, "", "", heading)
		if _, err := fmt.Fprintln(w, b.String()); err != nil {
			return fmt.Errorf("list rules: %w", err)
		}
	}
	table := tablewriter.NewTable(w,
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders:  tw.BorderNone,
			Settings: tw.Settings{Separators: tw.SeparatorsNone, Lines: tw.LinesNone},
		})),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAlignment(tw.AlignLeft),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithTrimSpace(tw.Off),
	)
	table.Header("rule", "severity", "category", "target", "fix", "parameters", "title")
	for _, r := range rules {
		if err := table.Append(r.ID, r.Severity.String(), r.Category, string(r.Target), string(r.Fix), paramValues(r), r.Title); err != nil {
			return fmt.Errorf("list rules: %w", err)
		}
	}
	if err := table.Render(); err != nil {
		return fmt.Errorf("list rules: %w", err)
	}
	_, err := fmt.Fprintf(w, "\n%s\n", count(len(rules), "rule"))
	return err
}

// paramValues shows the parameters that are set, the short ones with value.
func paramValues(r finding.Rule) string {
	const short = 24
	var set []string
	for _, p := range r.Params {
		if p.Value == nil {
			continue
		}
		text := value(p.Value)
		if len(text) > short {
			text = ellipsis
		}
		set = append(set, p.Name+"="+text)
	}
	return strings.Join(set, " ")
}
