package report

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/cognilint/cognilint/finding"
)

// RuleFormats lists the formats of [WriteRules].
func RuleFormats() []string { return []string{"json", "table"} }

// WriteRules lists rules, as a table or as a JSON array.
func WriteRules(w io.Writer, format string, rules []finding.Rule) error {
	if !slices.Contains(RuleFormats(), format) {
		return fmt.Errorf("unknown format %q, expected one of %s", format, strings.Join(RuleFormats(), ", "))
	}
	if format == "json" {
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(rules)
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

// WriteRule writes all that a rule says about itself, as Markdown that reads
// well in a terminal too. Baselines are the names of those that hold it.
func WriteRule(w io.Writer, r finding.Rule, baselines []string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n%s\n", r.ID, r.Title, r.Description)
	fmt.Fprintf(&b, "\n- Severity: %s\n- Category: %s\n- Evaluated for: each %s\n", r.Severity, r.Category, strings.ReplaceAll(string(r.Target), "_", " "))
	// The pool itself is always there.
	needs := slices.DeleteFunc(slices.Clone(r.Needs), func(need string) bool { return need == "UserPool" })
	if len(needs) > 0 {
		fmt.Fprintf(&b, "- Needs: %s (what was not read leaves the check without a verdict)\n", code(needs))
	}
	if r.Guard {
		b.WriteString("- Guard: keeps settings from states that lock users out or that the API refuses\n")
	}
	if r.NotWaivable {
		b.WriteString("- Not waivable: no waiver accepts a failure\n")
	}
	if len(r.Opposes) > 0 {
		fmt.Fprintf(&b, "- Opposes: %s\n", code(r.Opposes))
	}
	if len(r.Aliases) > 0 {
		fmt.Fprintf(&b, "- Earlier names: %s\n", code(r.Aliases))
	}
	fmt.Fprintf(&b, "- Baselines: %s\n- Since: %s\n", strings.Join(baselines, ", "), r.Since)

	fmt.Fprintf(&b, "\n## How to fix\n\n%s\n\nFix class: %s. %s\n", r.Remediation, r.Fix, fixMeaning(r))
	if len(r.Params) > 0 {
		b.WriteString("\n## Parameters\n\n")
		for _, p := range r.Params {
			fmt.Fprintf(&b, "- `%s` (%s, default %s%s): %s\n", p.Name, p.Type, paramDefault(p), bounds(p), p.Description)
		}
		fmt.Fprintf(&b, "\nSet one with `--param %s.%s=…`.\n", r.ID, r.Params[0].Name)
	}
	if len(r.Controls) > 0 {
		b.WriteString("\n## Controls\n\n")
		for _, framework := range slices.Sorted(maps.Keys(r.Controls)) {
			fmt.Fprintf(&b, "- %s: %s\n", framework, strings.Join(r.Controls[framework], ", "))
		}
	}
	if len(r.References) > 0 {
		b.WriteString("\n## References\n\n")
		for _, reference := range r.References {
			fmt.Fprintf(&b, "- [%s](%s)\n", reference.Description, reference.URL)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func fixMeaning(r finding.Rule) string {
	meaning := map[finding.FixClass]string{
		finding.FixSafe:       "No working account, session or caller stops working.",
		finding.FixDisruptive: "It may break a sign-in, so it needs explicit consent.",
		finding.FixManual:     "The change is a decision of the owner; cognilint proposes no edit.",
	}[r.Fix]
	if r.FixNote == "" {
		return meaning
	}
	return meaning + " " + r.FixNote
}

func code(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }

func paramDefault(p finding.Param) string {
	if p.Default == nil {
		return "not set"
	}
	text, err := json.Marshal(p.Default)
	if err != nil {
		return fmt.Sprint(p.Default)
	}
	return "`" + string(text) + "`"
}

func bounds(p finding.Param) string {
	switch {
	case p.Min != nil && p.Max != nil:
		return fmt.Sprintf(", %d to %d", *p.Min, *p.Max)
	case p.Min != nil:
		return fmt.Sprintf(", at least %d", *p.Min)
	case p.Max != nil:
		return fmt.Sprintf(", at most %d", *p.Max)
	case len(p.Enum) > 0:
		return ", one of " + strings.Join(p.Enum, ", ")
	default:
		return ""
	}
}
