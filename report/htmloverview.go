package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/cognilint/cognilint/finding"
)

const (
	// maxWorst is how many rules and pools the overview calls the worst.
	maxWorst = 8
	// maxListed bounds the other lists of the overview, which say what they
	// leave out.
	maxListed = 25
	// expiryNotice is how many days before its end a waiver is listed.
	expiryNotice = 14
)

// htmlOverview is the first screen of the page.
type htmlOverview struct {
	Verdict string
	// Tone is bad, open or good.
	Tone                              string
	Baseline, Tool, Started, Finished string
	Pools, FailedPools                int
	Totals                            []htmlTotal
	Severities                        []htmlSeverity
	Comparison                        *htmlComparison
	Rules                             []htmlWorstRule
	MoreRules                         int
	WorstPools                        []htmlWorstPool
	MorePools                         int
	Waivers                           []htmlWaiver
	MoreWaivers                       int
	Coverage                          htmlCoverage
	Repairs                           []htmlState
	Stuck                             []htmlStuck
	MoreStuck                         int
	Problems                          []htmlProblem
	MoreProblems                      int
}

type htmlTotal struct {
	Status, Label string
	Count         int
	// Listed tells whether the report holds these checks, all of them, and not
	// only their number.
	Listed bool
}

type htmlSeverity struct {
	Name         string
	Count, Pools int
	Width        float64 // of 100
}

type htmlWorstRule struct {
	ID, Title, Severity string
	Checks, Pools, New  int
}

type htmlWorstPool struct {
	ID, Name, Where string
	Counts          []htmlSeverity
}

type htmlWaiver struct {
	Rule, Owner, Expires, Reason, Ticket string
	Checks                               int
}

type htmlState struct {
	State string
	Count int
}

type htmlStuck struct{ Pool, State, Message string }

type htmlProblem struct{ Where, Operation, Error string }

type htmlComparison struct {
	Against, Started string
	OnlyNew          bool
	Changes          []htmlChanges
	Gone             []string
	MoreGone         int
}

type htmlChanges struct {
	Change, Label string
	Count         int
}

func newHTMLOverview(r *finding.Report) htmlOverview {
	o := htmlOverview{
		Verdict: printer{}.verdict(r), Tone: tone(r),
		Baseline: clean(r.Baseline), Tool: strings.TrimSpace(clean(r.Tool.Name) + " " + clean(r.Tool.Version)),
		Started: moment(r.StartedAt), Finished: moment(r.FinishedAt),
		Pools: r.Summary.Pools, Totals: totals(r), Coverage: newHTMLCoverage(r),
	}
	all := groups(r)
	o.severities(r, all)
	o.worstRules(r)
	o.worstPools(all)
	o.waivers(r)
	o.repairs(r)
	o.comparison(r)
	for _, problem := range r.Problems {
		o.Problems = append(o.Problems, htmlProblem{place(problem.Account, problem.Region, problem.Pool), clean(problem.Operation), clean(problem.Error)})
	}
	o.Problems, o.MoreProblems = first(o.Problems, maxListed)
	return o
}

// first returns the first n elements and how many are left.
func first[T any](all []T, n int) ([]T, int) {
	n = min(n, len(all))
	return all[:n], len(all) - n
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}

func tone(r *finding.Report) string {
	c := r.Summary.Checks
	switch {
	case c.Fail > 0:
		return "bad"
	case r.Summary.Pools == 0 || c.NotEvaluated+c.Error+len(r.Problems) > 0 || c.Pass+c.Waived == 0:
		return "open"
	default:
		return "good"
	}
}

// totals counts checks by status, those that need somebody first.
func totals(r *finding.Report) []htmlTotal {
	listed := map[finding.Status]int{}
	for _, c := range r.Checks {
		listed[c.Status]++
	}
	n := r.Summary.Checks
	total := func(status finding.Status, label string, count int) htmlTotal {
		return htmlTotal{status.String(), label, count, count > 0 && listed[status] == count}
	}
	return []htmlTotal{
		total(finding.Fail, "failed", n.Fail),
		total(finding.Error, "in error", n.Error),
		total(finding.NotEvaluated, "not evaluated", n.NotEvaluated),
		total(finding.Waived, "waived", n.Waived),
		total(finding.Pass, "passed", n.Pass),
		total(finding.NotApplicable, "not applicable", n.NotApplicable),
	}
}

func (o *htmlOverview) severities(r *finding.Report, all []*group) {
	pools := map[finding.Severity]int{}
	for _, g := range all {
		failed := map[finding.Severity]bool{}
		for _, c := range g.with(finding.Fail) {
			failed[c.Severity] = true
		}
		for severity := range failed {
			pools[severity]++
		}
		if len(failed) > 0 {
			o.FailedPools++
		}
	}
	highest := 1
	for _, n := range r.Summary.FailedBySeverity {
		highest = max(highest, n)
	}
	for _, severity := range finding.Severities() {
		n := r.Summary.FailedBySeverity[severity]
		o.Severities = append(o.Severities, htmlSeverity{severity.String(), n, pools[severity], percent(n, highest)})
	}
}

// percent has one decimal, so that files do not differ in the last bits.
func percent(n, of int) float64 { return float64(1000*n/of) / 10 }

func (o *htmlOverview) worstRules(r *finding.Report) {
	type entry struct {
		htmlWorstRule
		severity finding.Severity
		pools    map[poolKey]bool
	}
	titles := map[string]string{}
	for _, rule := range r.Rules {
		titles[rule.ID] = clean(rule.Title)
	}
	byRule := map[string]*entry{}
	var entries []*entry
	for _, c := range r.Checks {
		if c.Status != finding.Fail {
			continue
		}
		e := byRule[c.Rule]
		if e == nil {
			e = &entry{htmlWorstRule: htmlWorstRule{ID: clean(c.Rule), Title: titles[c.Rule]}, pools: map[poolKey]bool{}}
			byRule[c.Rule] = e
			entries = append(entries, e)
		}
		e.severity = max(e.severity, c.Severity)
		e.Checks++
		e.pools[poolKey{c.Pool, c.Source}] = true
		if c.Change == finding.ChangeNew || c.Change == finding.ChangeWorse {
			e.New++
		}
	}
	for _, e := range entries {
		e.Pools, e.Severity = len(e.pools), e.severity.String()
	}
	slices.SortFunc(entries, func(a, b *entry) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(b.Pools, a.Pools), cmp.Compare(b.Checks, a.Checks), cmp.Compare(a.ID, b.ID))
	})
	entries, o.MoreRules = first(entries, maxWorst)
	for _, e := range entries {
		o.Rules = append(o.Rules, e.htmlWorstRule)
	}
}

// worstPools compares pools by their failures of the highest severity, then of
// the next one.
func (o *htmlOverview) worstPools(all []*group) {
	type entry struct {
		pool   finding.Pool
		counts map[finding.Severity]int
	}
	var entries []entry
	for _, g := range all {
		if failed := g.with(finding.Fail); len(failed) > 0 {
			e := entry{g.pool, map[finding.Severity]int{}}
			for _, c := range failed {
				e.counts[c.Severity]++
			}
			entries = append(entries, e)
		}
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		for _, severity := range finding.Severities() {
			if order := cmp.Compare(b.counts[severity], a.counts[severity]); order != 0 {
				return order
			}
		}
		return 0
	})
	entries, o.MorePools = first(entries, maxWorst)
	for _, e := range entries {
		pool := htmlWorstPool{ID: clean(e.pool.ID), Name: shorten(clean(e.pool.Name), maxName), Where: place(e.pool.Account, e.pool.Region, "")}
		for _, severity := range finding.Severities() {
			if n := e.counts[severity]; n > 0 {
				pool.Counts = append(pool.Counts, htmlSeverity{Name: severity.String(), Count: n})
			}
		}
		o.WorstPools = append(o.WorstPools, pool)
	}
}

// waivers lists those in force that end soon, counted from the scan.
func (o *htmlOverview) waivers(r *finding.Report) {
	end := r.StartedAt.UTC().AddDate(0, 0, expiryNotice).Format(time.DateOnly)
	counts := map[htmlWaiver]int{}
	for _, c := range r.Checks {
		if w := c.Waiver; c.Status == finding.Waived && w != nil && w.Expires <= end {
			entry := htmlWaiver{Rule: clean(c.Rule), Owner: clean(w.Owner), Expires: clean(w.Expires), Reason: clean(w.Reason), Ticket: clean(w.Ticket)}
			if counts[entry]++; counts[entry] == 1 {
				o.Waivers = append(o.Waivers, entry)
			}
		}
	}
	slices.SortStableFunc(o.Waivers, func(a, b htmlWaiver) int {
		return cmp.Or(cmp.Compare(a.Expires, b.Expires), cmp.Compare(a.Rule, b.Rule))
	})
	o.Waivers, o.MoreWaivers = first(o.Waivers, maxListed)
	for i, entry := range o.Waivers {
		o.Waivers[i].Checks = counts[entry]
	}
}

// repairs counts repairs by state and lists those that somebody has to look at.
func (o *htmlOverview) repairs(r *finding.Report) {
	for _, fix := range r.Fixes {
		state := strings.ReplaceAll(clean(string(fix.State)), "_", " ")
		i := slices.IndexFunc(o.Repairs, func(s htmlState) bool { return s.State == state })
		if i < 0 {
			i = len(o.Repairs)
			o.Repairs = append(o.Repairs, htmlState{State: state})
		}
		o.Repairs[i].Count++
		if fix.State.Failed() || fix.State == finding.FixRefused || fix.State == finding.FixInterrupted {
			message := cmp.Or(fix.Message, strings.Join(fix.Refusals, "; "))
			o.Stuck = append(o.Stuck, htmlStuck{clean(fix.Pool), state, clean(message)})
		}
	}
	o.Stuck, o.MoreStuck = first(o.Stuck, maxListed)
}

func (o *htmlOverview) comparison(r *finding.Report) {
	if r.Comparison == nil {
		return
	}
	c := &htmlComparison{Against: clean(r.Comparison.Against), Started: moment(r.Comparison.StartedAt), OnlyNew: r.Comparison.OnlyNew}
	for _, change := range finding.Changes() {
		c.Changes = append(c.Changes, htmlChanges{string(change), strings.ReplaceAll(string(change), "_", " "), r.Comparison.Counts[change]})
	}
	for _, pool := range r.Comparison.PoolsGone {
		c.Gone = append(c.Gone, strings.Join(identity(pool), separator))
	}
	c.Gone, c.MoreGone = first(c.Gone, maxListed)
	o.Comparison = c
}
