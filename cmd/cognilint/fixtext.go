package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/remediate"
	"github.com/cognilint/cognilint/snapshot"
)

// agree asks for consent; the state is empty if it was given.
func (c consent) agree(plan *remediate.Plan) (finding.FixState, string) {
	switch {
	case c.dryRun:
		return finding.FixPlanned, "a dry run: nothing was changed"
	case c.yes:
		return "", ""
	case !c.terminal:
		return finding.FixPlanned, "there is no terminal to ask on, so nothing was changed; agree with --yes"
	}
	question, accepted := "Make these changes? [y/N] ", []string{"y", "yes"}
	given := func() string { return strings.ToLower(readLine(c.in)) }
	if plan.Risk() == finding.FixDisruptive {
		what, name := "name", strings.TrimSpace(plan.Pool.Name)
		if name == "" || printable(name) != name { // nobody could type it
			what, name = "id", plan.Pool.ID
		}
		question = fmt.Sprintf("These changes may break sign-ins. Type the pool's %s, %s, to make them: ", what, printable(name))
		accepted, given = []string{name}, func() string { return readLine(c.in) }
	}
	fmt.Fprint(c.ask, question)
	if slices.Contains(accepted, given()) {
		return "", ""
	}
	return finding.FixDeclined, "declined: nothing was changed"
}

// readLine reads one line and not a byte more, because another answer may follow.
func readLine(in io.Reader) string {
	var line []byte
	one := make([]byte, 1)
	for {
		n, err := in.Read(one)
		if n == 1 && one[0] != '\n' && len(line) < 1024 {
			line = append(line, one[0])
		}
		if err != nil || n == 1 && one[0] == '\n' {
			return strings.TrimSpace(string(line))
		}
	}
}

func poolLabel(p finding.Pool) string {
	label := "pool " + printable(p.ID)
	if p.Name != "" {
		label += " " + printable(p.Name)
	}
	place := strings.Trim(p.Account+", "+p.Region, ", ")
	if place != "" {
		label += " (" + place + ")"
	}
	return label
}

// writePlan shows a plan for people.
func writePlan(out io.Writer, plan *remediate.Plan) {
	w := bufio.NewWriter(out)
	defer w.Flush()
	fmt.Fprintf(w, "\n%s", poolLabel(plan.Pool))
	if plan.Users != nil {
		fmt.Fprintf(w, ", about %s", count(int(*plan.Users), "user"))
	}
	fmt.Fprintln(w)
	if plan.Owner != "" {
		fmt.Fprintf(w, "  belongs to %s\n", printable(plan.Owner))
	}
	for i, call := range plan.Calls {
		fmt.Fprintf(w, "  %d. %s%s\n", i+1, call.Operation, callTarget(call.Part))
		for _, change := range call.Changes {
			fmt.Fprintf(w, "     %s: %s\n", shownPath(change.Path), shownChange(change))
			fmt.Fprintf(w, "       %s%s%s\n", change.Risk, irreversible(change), purpose(change))
		}
	}
	told := map[string]bool{}
	for _, fixed := range plan.Fixes {
		if fixed.Note == "" || told[fixed.Rule] {
			continue
		}
		if len(told) == 0 {
			fmt.Fprintln(w, "  Who notices")
		}
		told[fixed.Rule] = true
		fmt.Fprintf(w, "     %s: %s\n", fixed.Rule, fixed.Note)
	}
	if len(plan.Unfixed) > 0 {
		fmt.Fprintln(w, "  Stays as it is")
		for _, u := range plan.Unfixed {
			fmt.Fprintf(w, "     %s%s (%s): %s\n", u.Rule, targetLabel(u.Target), u.Severity, printable(u.Reason))
		}
	}
	for _, note := range plan.Notes {
		fmt.Fprintf(w, "  Note: %s\n", printable(note))
	}
	for _, refusal := range plan.Refusals {
		fmt.Fprintf(w, "  Not applicable: %s\n", printable(refusal))
	}
}

// purpose names the rules that ask for a change; none do for a rollback.
func purpose(change remediate.Change) string {
	if len(change.Rules) == 0 {
		return ""
	}
	return ", for " + strings.Join(change.Rules, ", ")
}

func irreversible(change remediate.Change) string {
	if change.Irreversible {
		return ", cannot be undone"
	}
	return ""
}

func callTarget(part remediate.Part) string {
	if part.ID == "" {
		return ""
	}
	return " for client " + printable(part.ID)
}

func targetLabel(t finding.Target) string {
	if t.Kind == finding.TargetPool || t.ID == "" {
		return ""
	}
	return " for " + strings.ReplaceAll(string(t.Kind), "_", " ") + " " + printable(t.ID)
}

// shownPath writes a pointer as people write members.
func shownPath(path string) string { return printable(strings.Join(snapshot.SplitPointer(path), ".")) }

// shownChange writes old and new values; of lists what comes and what goes.
func shownChange(change remediate.Change) string {
	old, isList := change.Old.([]any)
	new, isListToo := change.New.([]any)
	if !isList || !isListToo {
		return shown(change.Old) + " → " + shown(change.New)
	}
	var parts []string
	for _, pair := range []struct {
		sign   string
		in, of []any
	}{{"−", old, new}, {"+", new, old}} {
		for _, element := range pair.in {
			if !contains(pair.of, element) {
				parts = append(parts, pair.sign+shown(element))
			}
		}
	}
	if len(parts) == 0 {
		return shown(change.Old) + " → " + shown(change.New)
	}
	return strings.Join(parts, " ")
}

func contains(list []any, element any) bool {
	for _, other := range list {
		if snapshot.Equal(other, element) {
			return true
		}
	}
	return false
}

// shown writes a value as JSON, without what a terminal would obey.
func shown(value any) string {
	if value == nil {
		return "(absent)"
	}
	text, err := marshal(value)
	if err != nil {
		return err.Error()
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '\ufffd'
	}, text)
}

func marshal(value any) (string, error) {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// writeOutcome tells how a repair or a rollback ended.
func writeOutcome(out io.Writer, pool finding.Pool, result remediate.Result, journal string) {
	label := poolLabel(pool)
	switch result.State {
	case remediate.Applied:
		fmt.Fprintf(out, "cognilint: %s: %s made, read back and compared; nothing else changed\n", label, count(result.Made, "call"))
		if result.Message != "" {
			fmt.Fprintf(out, "cognilint: %s\n", printable(result.Message))
		}
	case remediate.Damaged, remediate.Restored:
		fmt.Fprintf(out, "cognilint: WARNING: %s: SOMETHING CHANGED THAT WAS NOT PLANNED: %s\n", label, printable(strings.TrimPrefix(result.Message, "not as planned: ")))
	default:
		fmt.Fprintf(out, "cognilint: %s: %s: %s\n", label, result.State, printable(result.Message))
	}
	for _, d := range result.Unexpected {
		fmt.Fprintf(out, "cognilint:   %s %s: expected %s, found %s\n", printable(d.Part.String()), shownPath(d.Path), shown(d.Before), shown(d.After))
	}
	switch {
	case journal == "":
	case result.State == remediate.Unchanged:
		fmt.Fprintf(out, "cognilint: the journal is %s; there is nothing to undo\n", journal)
	default:
		fmt.Fprintf(out, "cognilint: the journal is %s; undo with: cognilint rollback %[1]s\n", journal)
	}
}

// tellProgress tells of one call.
func tellProgress(out io.Writer, p remediate.Progress) {
	purpose := ""
	if p.Purpose != "fix" {
		purpose = " (" + p.Purpose + ")"
	}
	switch {
	case p.Outcome == "":
		fmt.Fprintf(out, "cognilint:   %s%s%s …\n", p.Operation, callTarget(p.Part), purpose)
	case p.Error != "":
		fmt.Fprintf(out, "cognilint:   %s%s%s: %s: %s\n", p.Operation, callTarget(p.Part), purpose, p.Outcome, printable(p.Error))
	default:
		fmt.Fprintf(out, "cognilint:   %s%s%s: %s\n", p.Operation, callTarget(p.Part), purpose, p.Outcome)
	}
}

// describeFix turns a plan into what a report tells about it.
func describeFix(plan *remediate.Plan) finding.Fix {
	fix := finding.Fix{
		Pool: plan.Pool.ID, Account: plan.Pool.Account, Region: plan.Pool.Region, Source: plan.Pool.Source, State: finding.FixPlanned, Risk: plan.Risk(),
		Users: plan.Users, Owner: plan.Owner, Refusals: plan.Refusals, Notes: plan.Notes,
		Calls: []finding.FixCall{}, Unfixed: []finding.Unfixed{},
	}
	for _, call := range plan.Calls {
		described := finding.FixCall{Operation: call.Operation, Target: call.Part.ID}
		for _, c := range call.Changes {
			described.Changes = append(described.Changes, finding.FixChange{
				Path: pointerOf(c.Part, c.Path), Old: c.Old, New: c.New, Risk: c.Risk, Irreversible: c.Irreversible, Rules: c.Rules,
			})
		}
		fix.Calls = append(fix.Calls, described)
	}
	for _, u := range plan.Unfixed {
		fix.Unfixed = append(fix.Unfixed, finding.Unfixed{Rule: u.Rule, Severity: u.Severity, Target: u.Target, Why: string(u.Why), Reason: u.Reason})
	}
	return fix
}

func describeDifferences(found []remediate.Difference) []finding.FixDifference {
	var described []finding.FixDifference
	for _, d := range found {
		described = append(described, finding.FixDifference{Path: pointerOf(d.Part, d.Path), Expected: d.Before, Actual: d.After})
	}
	return described
}

func pointerOf(part remediate.Part, path string) string {
	if part.ID == "" {
		return snapshot.Pointer(part.Section) + path
	}
	return snapshot.Pointer(part.Section, part.ID) + path
}
