package finding

import (
	"cmp"
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Change says how a check differs from the same check in an earlier report.
// Empty is a check that was not compared, or that nobody has to look at.
type Change string

// The changes.
const (
	ChangeNew               Change = "new"                 // fails, and did not before
	ChangeWorse             Change = "worse"               // fails by more than before
	ChangeUnchanged         Change = "unchanged"           // fails as before
	ChangeResolved          Change = "resolved"            // failed before, and does not any more
	ChangeNewlyWaived       Change = "newly_waived"        // failed before, and is waived now
	ChangeNewlyNotEvaluated Change = "newly_not_evaluated" // had a verdict before, and has none now
)

// Changes lists all changes, those that need somebody first.
func Changes() []Change {
	return []Change{ChangeNew, ChangeWorse, ChangeNewlyNotEvaluated, ChangeUnchanged, ChangeNewlyWaived, ChangeResolved}
}

// Comparison is what a report says about an earlier one.
type Comparison struct {
	// Against is where the earlier report stands, and StartedAt when its scan
	// started.
	Against   string    `json:"against"`
	StartedAt time.Time `json:"started_at"`
	// Counts has all changes as keys.
	Counts map[Change]int `json:"counts"`
	// Resolved are the checks of the earlier report that failed, and do not any
	// more, as they were then.
	Resolved []Check `json:"resolved"`
	// PoolsGone are the pools of the earlier report that this one does not hold:
	// they were deleted, or left out. Their checks are not compared.
	PoolsGone []Pool `json:"pools_gone"`
	// OnlyNew says that the gate counts new and worse failures only.
	OnlyNew bool `json:"only_new,omitempty"`
}

// Compare fills the comparison of a report with an earlier one. Checks are the
// same if their fingerprints are. What the earlier report did not look at is not
// new: a failure of a pool or a rule that it does not list is, because somebody
// has to look at it all the same.
func (r *Report) Compare(earlier *Report, against string) {
	c := &Comparison{Against: against, StartedAt: earlier.StartedAt, Counts: map[Change]int{}, Resolved: []Check{}, PoolsGone: []Pool{}}
	for _, change := range Changes() {
		c.Counts[change] = 0
	}
	copiesThen, copiesNow := earlier.copies(), r.copies()
	pairs := pair(copiesThen, copiesNow)
	rulesThen, rulesNow := ruleIDs(earlier), ruleIDs(r)
	before := map[key]Check{}
	for _, was := range earlier.Checks {
		if is, ok := pairs.now[copiesThen.of(was)]; ok {
			before[key{was.Fingerprint, is}] = was
		}
	}
	now := map[key]bool{}
	for i := range r.Checks {
		check := &r.Checks[i]
		at := copiesNow.of(*check)
		now[key{check.Fingerprint, at}] = true
		was, listed := before[key{check.Fingerprint, at}]
		looked := listed || pairs.paired[at] && rulesThen[check.Rule]
		if check.Change = changeOf(was, looked, *check); check.Change != "" {
			c.Counts[check.Change]++
		}
		if check.Change == ChangeResolved {
			c.Resolved = append(c.Resolved, was)
		}
	}
	for _, was := range earlier.Checks {
		is, ok := pairs.now[copiesThen.of(was)]
		if was.Status == Fail && ok && rulesNow[was.Rule] && !now[key{was.Fingerprint, is}] {
			c.Counts[ChangeResolved]++
			c.Resolved = append(c.Resolved, was)
		}
	}
	for _, pool := range earlier.Pools {
		if len(copiesNow[pool.ID]) == 0 {
			c.PoolsGone = append(c.PoolsGone, pool)
		}
	}
	r.Comparison = c
}

// ruleIDs are the rules that a report looked at. It lists every check of them
// that neither passed nor was not applicable.
func ruleIDs(r *Report) map[string]bool {
	ids := map[string]bool{}
	for _, rule := range r.Rules {
		ids[rule.ID] = true
	}
	return ids
}

// key identifies a check in two reports.
type key struct {
	fingerprint string
	copy        poolCopy // in the later one
}

// changeOf compares one check. looked says that the earlier report looked at it;
// was is its zero value if that report does not list it.
func changeOf(was Check, looked bool, is Check) Change {
	switch is.Status {
	case Fail:
		switch {
		case was.Status != Fail:
			return ChangeNew // also if a waiver ended: the gate counts it again
		case worse(was, is):
			return ChangeWorse
		}
		return ChangeUnchanged
	case Waived:
		if was.Status == Fail {
			return ChangeNewlyWaived
		}
	case NotEvaluated, Error:
		// What an earlier report looked at and does not list passed or was not
		// applicable.
		unlisted := was.Rule == ""
		if looked && (unlisted || was.Status != NotEvaluated && was.Status != Error) {
			return ChangeNewlyNotEvaluated
		}
	case Pass, NotApplicable:
		if was.Status == Fail {
			return ChangeResolved
		}
	}
	return ""
}

// worse tells whether a check fails by more than before: a higher severity, more
// violations, or a number that is further away from the expected one.
func worse(was, is Check) bool {
	if is.Severity > was.Severity || len(is.Violations) > len(was.Violations) {
		return true
	}
	for _, v := range is.Violations {
		same := func(path func(string) string) int {
			return slices.IndexFunc(was.Violations, func(o Violation) bool {
				return path(o.Path) == path(v.Path) && reflect.DeepEqual(o.Expected, v.Expected)
			})
		}
		i := same(func(path string) string { return path })
		if i < 0 {
			i = same(withoutPlaces)
		}
		if i < 0 {
			continue
		}
		before, okBefore := number(was.Violations[i].Actual)
		now, okNow := number(v.Actual)
		expected, okExpected := number(v.Expected)
		if okBefore && okNow && okExpected && distance(now, expected) > distance(before, expected) {
			return true
		}
	}
	return false
}

// withoutPlaces leaves out of a pointer where in a list an element stands, which
// another order changes.
func withoutPlaces(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if part != "" && strings.Trim(part, "0123456789") == "" {
			parts[i] = "-"
		}
	}
	return strings.Join(parts, "/")
}

func distance(a, b float64) float64 { return max(a-b, b-a) }

func number(value any) (float64, bool) {
	switch value := value.(type) {
	case json.Number:
		f, err := strconv.ParseFloat(value.String(), 64)
		return f, err == nil
	case float64:
		return value, true
	case int:
		return float64(value), true
	default:
		return 0, false
	}
}

// FailedAtLeast returns how many failed checks the gate counts, with a severity
// of at least min: all of them, or those that are new or worse if the comparison
// says so.
func (r *Report) FailedAtLeast(min Severity) int {
	if r.Comparison == nil || !r.Comparison.OnlyNew {
		return r.Summary.FailedAtLeast(min)
	}
	n := 0
	for _, c := range r.Checks {
		if min > 0 && c.Status == Fail && cmp.Compare(c.Severity, min) >= 0 && (c.Change == ChangeNew || c.Change == ChangeWorse) {
			n++
		}
	}
	return n
}
