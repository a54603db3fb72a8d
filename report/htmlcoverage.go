package report

import (
	"maps"
	"slices"

	"github.com/cognilint/cognilint/finding"
)

// htmlCoverage tells per framework what became of the controls that the selected
// rules are about.
type htmlCoverage struct {
	// Columns are the outcomes that a control may have, as the report tells
	// them.
	Columns    []htmlColumn
	Frameworks []htmlFramework
	// Guessed says that the report leaves passed checks out, so that passed and
	// not applicable cannot be told apart.
	Guessed bool
}

type htmlColumn struct{ Class, Label string }

type htmlFramework struct {
	Name     string
	Controls int
	Parts    []htmlPart
	Failed   []string
	// FailedPools counts the pools that fail any of the controls.
	FailedPools int
}

// htmlPart is a part of a stacked bar, in hundredths of its width.
type htmlPart struct {
	htmlColumn
	Count    int
	X, Width float64
}

// outcome of a control or a rule, the worst last.
type controlOutcome int

const (
	controlSilent controlOutcome = iota // nothing about it, or nothing it applies to
	controlPassed
	controlWaived
	controlOpen // not evaluated, or in error
	controlFailed
)

func newHTMLCoverage(r *finding.Report) htmlCoverage {
	listed := finding.NewSummary()
	for _, c := range r.Checks {
		listed.Add(c)
	}
	c := htmlCoverage{Guessed: listed.Checks.Pass != r.Summary.Checks.Pass || listed.Checks.NotApplicable != r.Summary.Checks.NotApplicable}
	silent := "not applicable"
	if c.Guessed {
		silent = "passed or not applicable"
	}
	outcomes := []controlOutcome{controlFailed, controlOpen, controlWaived, controlPassed, controlSilent}
	columns := map[controlOutcome]htmlColumn{
		controlFailed: {"fail", "failed"},
		controlOpen:   {"open", "not evaluated"},
		controlWaived: {"waived", "waived"},
		controlPassed: {"pass", "passed"},
		controlSilent: {"none", silent},
	}
	if c.Guessed {
		outcomes = slices.DeleteFunc(outcomes, func(o controlOutcome) bool { return o == controlPassed })
		columns[controlSilent] = htmlColumn{"pass", silent}
	}
	for _, outcome := range outcomes {
		c.Columns = append(c.Columns, columns[outcome])
	}
	if r.Summary.Pools == 0 {
		return c // nobody looked at any control
	}
	all, failing := outcomesOfControls(r, c.Guessed), poolsFailing(r)
	for _, framework := range slices.Sorted(maps.Keys(all)) {
		f := htmlFramework{Name: clean(framework), Controls: len(all[framework]), FailedPools: len(failing[framework])}
		counts := map[controlOutcome]int{}
		for _, control := range slices.SortedFunc(maps.Keys(all[framework]), finding.CompareControls) {
			outcome := all[framework][control]
			counts[outcome]++
			if outcome == controlFailed {
				f.Failed = append(f.Failed, clean(control))
			}
		}
		before := 0
		for _, outcome := range outcomes {
			f.Parts = append(f.Parts, htmlPart{columns[outcome], counts[outcome], percent(before, f.Controls), percent(counts[outcome], f.Controls)})
			before += counts[outcome]
		}
		c.Frameworks = append(c.Frameworks, f)
	}
	return c
}

// outcomesOfControls returns the worst outcome of the checks of each control, by
// framework. Where passed checks are left out, silence stands for them.
func outcomesOfControls(r *finding.Report, guessed bool) map[string]map[string]controlOutcome {
	byStatus := map[finding.Status]controlOutcome{
		finding.Fail: controlFailed, finding.Error: controlOpen, finding.NotEvaluated: controlOpen,
		finding.Waived: controlWaived, finding.Pass: controlPassed, finding.NotApplicable: controlSilent,
	}
	rules := map[string]controlOutcome{}
	for _, c := range r.Checks {
		outcome := byStatus[c.Status]
		if guessed && outcome == controlPassed {
			outcome = controlSilent
		}
		rules[c.Rule] = max(rules[c.Rule], outcome)
	}
	all := map[string]map[string]controlOutcome{}
	for _, rule := range r.Rules {
		for framework, controls := range rule.Controls {
			if all[framework] == nil && len(controls) > 0 {
				all[framework] = map[string]controlOutcome{}
			}
			for _, control := range controls {
				all[framework][control] = max(all[framework][control], rules[rule.ID])
			}
		}
	}
	return all
}

// poolsFailing returns by framework which pools fail any rule for it.
func poolsFailing(r *finding.Report) map[string]map[poolKey]bool {
	frameworks := map[string][]string{}
	for _, rule := range r.Rules {
		for framework, controls := range rule.Controls {
			if len(controls) > 0 {
				frameworks[rule.ID] = append(frameworks[rule.ID], framework)
			}
		}
	}
	failing := map[string]map[poolKey]bool{}
	for _, c := range r.Checks {
		if c.Status != finding.Fail {
			continue
		}
		for _, framework := range frameworks[c.Rule] {
			if failing[framework] == nil {
				failing[framework] = map[poolKey]bool{}
			}
			failing[framework][poolKey{c.Pool, c.Source}] = true
		}
	}
	return failing
}
