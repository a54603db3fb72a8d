package report

import "github.com/cognilint/cognilint/finding"

// poolFinder finds the pools of checks without an index of them: checks are
// ordered like pools, so the pool of the next check is the same or a near one.
type poolFinder struct {
	pools []finding.Pool
	// at is where the last one was found.
	at int
}

// find returns the pool with an id, and a source where a report holds several
// with this id. What a damaged report does not list is what the check tells.
func (f *poolFinder) find(id, source string) finding.Pool {
	for range f.pools {
		if p := f.pools[f.at]; p.ID == id && (source == "" || p.Source == source) {
			return p
		}
		f.at = (f.at + 1) % len(f.pools)
	}
	return finding.Pool{ID: id, Source: source}
}

// rulesByID finds the rules of a report.
func rulesByID(r *finding.Report) map[string]finding.Rule {
	rules := make(map[string]finding.Rule, len(r.Rules))
	for _, rule := range r.Rules {
		rules[rule.ID] = rule
	}
	return rules
}

// resolvedBefore returns the checks of the earlier report that failed and that
// this one does not list any more, not even as passed.
func resolvedBefore(r *finding.Report) []finding.Check {
	if r.Comparison == nil {
		return nil
	}
	type key struct{ fingerprint, source string }
	listed := map[key]bool{}
	for _, c := range r.Checks {
		if c.Change == finding.ChangeResolved {
			listed[key{c.Fingerprint, c.Source}] = true
		}
	}
	var checks []finding.Check
	for _, c := range r.Comparison.Resolved {
		if !listed[key{c.Fingerprint, c.Source}] {
			checks = append(checks, c)
		}
	}
	return checks
}
