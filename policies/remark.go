package policies

import (
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// relate says on failures which other rules they have to do with: one that fails
// for the same cause, and one that is evaluated, too, and wants the opposite.
func (s *Set) relate(results []Result) {
	rules := map[string]*compiledRule{}
	failed := map[string][]finding.Target{}
	for _, r := range s.compiled {
		rules[r.ID] = r
	}
	for _, r := range results {
		if r.Status == finding.Fail {
			failed[r.Rule] = append(failed[r.Rule], r.Target)
		}
	}
	for i := range results {
		r := &results[i]
		if r.Status != finding.Fail {
			continue
		}
		for _, other := range rules[r.Rule].SameCause {
			if slices.ContainsFunc(failed[other], func(t finding.Target) bool { return t.Kind != r.Target.Kind || t == r.Target }) {
				r.Note = remark(r.Note, "the same cause as "+other)
			}
		}
		for _, other := range rules[r.Rule].Opposes {
			if rules[other] != nil {
				r.Note = remark(r.Note, "the rule "+other+" wants the opposite; leave one of them out")
			}
		}
	}
}

// remark adds to a note.
func remark(note, more string) string {
	return strings.TrimPrefix(note+"; "+more, "; ")
}
