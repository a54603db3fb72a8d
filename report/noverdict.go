package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// noVerdict is why checks of a pool have no verdict. One unread section silences
// many rules, so checks with the same cause are one entry.
type noVerdict struct {
	pool finding.Pool
	// status is Error or NotEvaluated.
	status       finding.Status
	reason, hint string
	incomplete   bool
	checks       int
	// rules are sorted as the checks are.
	rules []string
}

// noVerdicts lists the causes in the order of the report, errors first.
func noVerdicts(r *finding.Report) []noVerdict {
	type key struct {
		pool         poolKey
		status       finding.Status
		reason, hint string
		incomplete   bool
	}
	pools, _ := poolsByKey(r)
	at := map[key]int{}
	var all []noVerdict
	for _, status := range []finding.Status{finding.Error, finding.NotEvaluated} {
		for _, c := range r.Checks {
			if c.Status != status {
				continue
			}
			k := key{poolKey{c.Pool, c.Source}, status, c.Reason, c.Hint, c.Incomplete}
			i, ok := at[k]
			if !ok {
				i = len(all)
				at[k] = i
				all = append(all, noVerdict{pool: poolOf(pools, c), status: status, reason: c.Reason, hint: c.Hint, incomplete: c.Incomplete || status == finding.Error})
			}
			all[i].checks++
			if !slices.Contains(all[i].rules, c.Rule) {
				all[i].rules = append(all[i].rules, c.Rule)
			}
		}
	}
	return all
}

// text says it in one line.
func (n noVerdict) text() string {
	subject := clean(n.rules[0])
	if len(n.rules) > 1 {
		subject = strconv.Itoa(len(n.rules)) + " rules"
	}
	text := poolTitle(n.pool) + ": " + subject + ": " + clean(n.reason)
	if n.hint != "" {
		text += "; hint: " + clean(n.hint)
	}
	if len(n.rules) > 1 {
		text += " (" + clean(strings.Join(n.rules, ", ")) + ")"
	}
	return text
}

// problemText says in one line what could not be read.
func problemText(p finding.Problem) string {
	text := clean(p.Operation)
	if at := place(p.Account, p.Region, p.Pool); at != "" {
		text += ", " + at
	}
	return text + ": " + clean(p.Error)
}
