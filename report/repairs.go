package report

import (
	"strconv"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// fixesOf returns the repairs of a pool.
func fixesOf(r *finding.Report, pool finding.Pool) []finding.Fix {
	var fixes []finding.Fix
	for _, fix := range r.Fixes {
		if fix.Pool == pool.ID && (fix.Source == "" || fix.Source == pool.Source) {
			fixes = append(fixes, fix)
		}
	}
	return fixes
}

// poolOfFix returns the pool of a repair; what the report does not tell of it is
// empty.
func poolOfFix(r *finding.Report, fix finding.Fix) finding.Pool {
	for _, pool := range r.Pools {
		if fix.Pool == pool.ID && (fix.Source == "" || fix.Source == pool.Source) {
			return pool
		}
	}
	return finding.Pool{ID: fix.Pool, Source: fix.Source}
}

// repairTitle says how far a repair came, and how much it is about.
func repairTitle(fix finding.Fix) string {
	title := "repair: " + fixWord(fix.State)
	if len(fix.Calls) > 0 {
		changes := 0
		for _, call := range fix.Calls {
			changes += len(call.Changes)
		}
		title += " (" + count(len(fix.Calls), "call") + ", " + count(changes, "change")
		if fix.Risk != "" {
			title += ", " + clean(string(fix.Risk))
		}
		title += ")"
	}
	return title
}

// repairLines tells what was to change, and what got in the way.
func repairLines(fix finding.Fix) []string {
	var lines []string
	if fix.Message != "" {
		lines = append(lines, clean(fix.Message))
	}
	if fix.Owner != "" {
		lines = append(lines, "owner: "+clean(fix.Owner))
	}
	for _, refusal := range fix.Refusals {
		lines = append(lines, "refused: "+clean(refusal))
	}
	for _, call := range fix.Calls {
		for _, c := range call.Changes {
			line := setting(c.Path, "") + ": " + value(c.Old) + " → " + value(c.New) + " (" + clean(string(c.Risk))
			if c.Irreversible {
				line += ", irreversible"
			}
			lines = append(lines, line+")")
		}
	}
	for _, d := range fix.Unexpected {
		lines = append(lines, "unexpected: "+setting(d.Path, "")+": "+value(d.Actual)+", expected "+value(d.Expected))
	}
	for _, note := range fix.Notes {
		lines = append(lines, "note: "+clean(note))
	}
	if fix.Journal != "" {
		lines = append(lines, "journal: "+clean(fix.Journal))
	}
	return lines
}

// repairs writes what became of the wish to repair a pool.
func (p printer) repairs(fixes []finding.Fix) {
	for _, fix := range fixes {
		p.WriteString(p.status(fixStatus(fix.State), repairTitle(fix)) + "\n")
		for _, line := range repairLines(fix) {
			p.fill("  ", "    ", line)
		}
		p.WriteByte('\n')
	}
}

func fixWord(state finding.FixState) string {
	if state == finding.FixNothing {
		return "without anything to repair"
	}
	return clean(string(state))
}

// fixStatus is the status whose colour a state has.
func fixStatus(state finding.FixState) finding.Status {
	switch {
	case state == finding.FixApplied:
		return finding.Pass
	case state.Failed() || state == finding.FixRefused:
		return finding.Fail
	default:
		return finding.NotEvaluated
	}
}

// fixCounts counts repairs by state, as "2 applied, 1 refused", in the order in
// which the states appear first.
func fixCounts(fixes []finding.Fix) string {
	var states []finding.FixState
	times := map[finding.FixState]int{}
	for _, fix := range fixes {
		if times[fix.State]++; times[fix.State] == 1 {
			states = append(states, fix.State)
		}
	}
	var parts []string
	for _, state := range states {
		parts = append(parts, strconv.Itoa(times[state])+" "+fixWord(state))
	}
	return strings.Join(parts, ", ")
}
