package report

import (
	"strconv"
	"strings"
	"time"

	"github.com/cognilint/cognilint/finding"
)

// marker is the word for a failure that was not there before, or is worse;
// empty for all others.
func marker(c finding.Check) string {
	if c.Status == finding.Fail && (c.Change == finding.ChangeNew || c.Change == finding.ChangeWorse) {
		return changeWord(c.Change)
	}
	return ""
}

func changeWord(change finding.Change) string {
	return strings.ReplaceAll(clean(string(change)), "_", " ")
}

// differences counts the changes of a comparison, as "2 new, 1 resolved".
func differences(c *finding.Comparison) string {
	var parts []string
	for _, change := range finding.Changes() {
		if n := c.Counts[change]; n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+changeWord(change))
		}
	}
	if len(parts) == 0 {
		return "no failure then or now"
	}
	return strings.Join(parts, ", ")
}

// against names the earlier report.
func against(c *finding.Comparison) string {
	return clean(c.Against) + " of " + c.StartedAt.UTC().Format(time.DateOnly)
}

// gone names the pools that only the earlier report holds.
func gone(c *finding.Comparison) []string {
	var names []string
	for _, pool := range c.PoolsGone {
		names = append(names, poolTitle(pool))
	}
	return names
}

// resolvedText names a check of the earlier report by what was wrong.
func resolvedText(c finding.Check) string {
	var messages []string
	for _, v := range c.Violations {
		messages = append(messages, clean(v.Message))
	}
	return strings.Join(messages, "; ")
}

// silentlyResolved returns the resolved checks that the report does not list
// among its own: they passed, and passed checks were left out.
func silentlyResolved(r *finding.Report) []finding.Check {
	if r.Comparison == nil {
		return nil
	}
	key := func(c finding.Check) [2]string { return [2]string{c.Fingerprint, c.Source} }
	listed := map[[2]string]bool{}
	for _, c := range r.Checks {
		listed[key(c)] = true
	}
	var checks []finding.Check
	for _, c := range r.Comparison.Resolved {
		if !listed[key(c)] {
			checks = append(checks, c)
		}
	}
	return checks
}
