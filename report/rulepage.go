package report

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// RulePage is a rule with what others say about it.
type RulePage struct {
	finding.Rule
	// Fields are the parts of the snapshot that the rule looks at, as dotted
	// paths.
	Fields []string
	// Example is a violation that the rule made; nil is none.
	Example *finding.Violation
	// Baselines are those that hold the rule.
	Baselines []finding.InBaseline
}

// pageWidth is the width of the lines that are not broken where they are
// written.
const pageWidth = 80

// WriteRule writes the page of a rule, as Markdown that reads well in a terminal
// too.
func WriteRule(w io.Writer, page RulePage) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\n- Severity: %s\n- Category: %s\n- Since: %s\n", page.ID, page.Title, page.Severity, page.Category, page.Since)
	if len(page.Aliases) > 0 {
		fmt.Fprintf(&b, "- Earlier names: %s\n", code(page.Aliases))
	}
	for _, section := range []struct {
		heading string
		write   func(*strings.Builder, RulePage)
	}{
		{"What is checked", pageChecked},
		{"Why", func(b *strings.Builder, page RulePage) { b.WriteString(page.Description + "\n") }},
		{"Parameters", pageParams},
		{"Example finding", pageExample},
		{"How to fix", func(b *strings.Builder, page RulePage) { b.WriteString(page.Remediation + "\n") }},
		{"Who notices a fix", pageFix},
		{"When a waiver is reasonable", pageWaiver},
		{"Controls", pageControls},
		{"Baselines", pageBaselines},
		{"Opposing rules", pageOpposes},
		{"References", pageReferences},
	} {
		var text strings.Builder
		if section.write(&text, page); text.Len() > 0 {
			fmt.Fprintf(&b, "\n## %s\n\n%s", section.heading, &text)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// fill writes text after first, in lines of pageWidth, with further ones below
// indent.
func fill(b *strings.Builder, first, indent, text string) {
	p := printer{Writer: bufio.NewWriter(b), width: pageWidth}
	p.fill(first, indent, text)
	p.Flush()
}

func item(b *strings.Builder, text string) { fill(b, "- ", "  ", text) }

func pageChecked(b *strings.Builder, page RulePage) {
	target := strings.ReplaceAll(string(page.Target), "_", " ")
	fill(b, "", "", "Evaluated for each "+target+".")
	b.WriteByte('\n')
	if len(page.Fields) > 0 {
		item(b, "Fields: "+code(page.Fields))
	}
	// The pool itself is always there.
	needs := slices.DeleteFunc(slices.Clone(page.Needs), func(need string) bool { return need == "UserPool" })
	if len(needs) > 0 {
		item(b, "No verdict without: "+code(needs))
	}
	if len(page.AppliesNeeds) > 0 {
		item(b, "Whether it applies is decided by: "+code(page.AppliesNeeds))
	}
	for _, param := range slices.Sorted(maps.Keys(page.ReadsWithParam)) {
		item(b, "Only with the parameter `"+param+"`: "+code(page.ReadsWithParam[param]))
	}
	if page.Guard {
		item(b, "A guard: it also keeps fixes and templates from a state that locks users out or that the API refuses")
	}
}

func pageParams(b *strings.Builder, page RulePage) {
	for _, p := range page.Params {
		item(b, fmt.Sprintf("`%s` (%s, default %s%s): %s", p.Name, p.Type, paramDefault(p), bounds(p), p.Description))
	}
	if len(page.Params) > 0 {
		fmt.Fprintf(b, "\nSet one with `--param %s.%s=…`.\n", page.ID, page.Params[0].Name)
	}
}

func pageExample(b *strings.Builder, page RulePage) {
	if page.Example == nil {
		return
	}
	shown := func(v any) string {
		if v == nil {
			return absent
		}
		return "`" + jsonText(v) + "`"
	}
	item(b, "Path: `"+page.Example.Path+"`")
	item(b, "Actual: "+shown(page.Example.Actual))
	expected := shown(page.Example.Expected)
	if text, ok := page.Example.Expected.(string); ok {
		expected = text
	}
	item(b, "Expected: "+expected)
	item(b, "Message: "+page.Example.Message)
}

func pageFix(b *strings.Builder, page RulePage) {
	meaning := map[finding.FixClass]string{
		finding.FixSafe:       "no working account, session or caller stops working.",
		finding.FixDisruptive: "it may break a sign-in, so it needs explicit consent.",
		finding.FixManual:     "the change is a decision of the owner; cognilint proposes no edit.",
	}[page.Fix]
	fill(b, "", "", strings.TrimSpace("Fix class "+string(page.Fix)+": "+meaning+" "+page.FixNote))
}

func pageWaiver(b *strings.Builder, page RulePage) {
	switch {
	case page.NotWaivable:
		fill(b, "", "", strings.TrimSpace("Never: no waiver of this rule is accepted. "+page.WaiveWhen))
	case page.WaiveWhen != "":
		fill(b, "", "", page.WaiveWhen)
	case page.Guard:
		fill(b, "", "", "Hardly ever: the rule describes a state that cannot work, and a waiver does not make it work.")
	}
}

func pageControls(b *strings.Builder, page RulePage) {
	for _, framework := range slices.Sorted(maps.Keys(page.Controls)) {
		item(b, framework+": "+strings.Join(page.Controls[framework], ", "))
	}
}

func pageBaselines(b *strings.Builder, page RulePage) {
	if len(page.Baselines) == 0 {
		b.WriteString("In none; name it with `--rule " + page.ID + "`.\n")
	}
	for _, in := range page.Baselines {
		item(b, "`"+in.Baseline+"`"+Differences(in))
	}
}

// Differences says what a baseline changes of a rule, to stand behind its name;
// empty is nothing.
func Differences(in finding.InBaseline) string {
	var parts []string
	if in.Severity != 0 {
		parts = append(parts, "severity "+in.Severity.String())
	}
	for _, name := range slices.Sorted(maps.Keys(in.Params)) {
		parts = append(parts, "`"+name+"` = `"+jsonText(in.Params[name])+"`")
	}
	if len(parts) == 0 {
		return ""
	}
	return ": " + strings.Join(parts, ", ")
}

func pageOpposes(b *strings.Builder, page RulePage) {
	if len(page.Opposes) > 0 {
		fill(b, "", "", code(page.Opposes)+": they pull the same setting the other way, so a pool cannot pass both.")
	}
}

func pageReferences(b *strings.Builder, page RulePage) {
	for _, reference := range page.References {
		fmt.Fprintf(b, "- [%s](%s)\n", reference.Description, reference.URL)
	}
}

func code(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }

func jsonText(v any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return fmt.Sprint(v)
	}
	return strings.TrimSpace(b.String())
}

func paramDefault(p finding.Param) string {
	if p.Default == nil {
		return "not set"
	}
	return "`" + jsonText(p.Default) + "`"
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
