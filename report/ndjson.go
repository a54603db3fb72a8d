package report

import (
	"bufio"
	"encoding/json"
	"time"

	"github.com/cognilint/cognilint/finding"
)

// checkSchema is the member "schema" of each line of the format ndjson.
const checkSchema = "cognilint.check/v1"

// record is what each line has, whatever it tells.
type record struct {
	Schema string `json:"schema"`
	Record string `json:"record"`
}

// Each line but the last names its pool, since lines are read one by one. The
// members of a check and a fix follow on the same level; their own pool, an id,
// gives way to the object.
type (
	checkLine struct {
		record
		Pool finding.Pool `json:"pool"`
		finding.Check
	}
	fixLine struct {
		record
		Pool finding.Pool `json:"pool"`
		// Source hides that of the fix, which the pool has already.
		Source string `json:"source,omitempty"`
		finding.Fix
	}
	// resolvedLine keeps the check apart: it tells how it failed then, and whoever
	// counts lines with the status fail must not count it.
	resolvedLine struct {
		record
		Pool finding.Pool  `json:"pool"`
		Was  finding.Check `json:"was"`
	}
	goneLine struct {
		record
		Pool finding.Pool `json:"pool"`
	}
	problemLine struct {
		record
		Pool      finding.Pool `json:"pool"`
		Operation string       `json:"operation"`
		Error     string       `json:"error"`
	}
	summaryLine struct {
		record
		Tool       finding.Tool    `json:"tool"`
		Baseline   string          `json:"baseline"`
		StartedAt  time.Time       `json:"started_at"`
		FinishedAt time.Time       `json:"finished_at"`
		Summary    finding.Summary `json:"summary"`
		Problems   int             `json:"problems"`
		Comparison *comparisonLine `json:"comparison,omitempty"`
	}
	// comparisonLine leaves out the lists, which have lines of their own.
	comparisonLine struct {
		Against   string                 `json:"against"`
		StartedAt time.Time              `json:"started_at"`
		Counts    map[finding.Change]int `json:"counts"`
		PoolsGone int                    `json:"pools_gone"`
		OnlyNew   bool                   `json:"only_new,omitempty"`
	}
)

// writeNDJSON writes one line per check and keeps none of them, then lines about
// repairs, what an earlier report held, and reads that failed. The summary comes
// last: a file without it was cut off.
func writeNDJSON(w *bufio.Writer, r *finding.Report, _ Options) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	as := func(name string) record { return record{checkSchema, name} }
	pools := poolFinder{pools: r.Pools}

	for _, c := range r.Checks {
		pool := pools.find(c.Pool, c.Source)
		c.Source = ""
		if err := enc.Encode(checkLine{as("check"), pool, c}); err != nil {
			return err
		}
	}
	for _, f := range r.Fixes {
		f.Calls, f.Unfixed = list(f.Calls), list(f.Unfixed)
		if err := enc.Encode(fixLine{record: as("fix"), Pool: pools.find(f.Pool, f.Source), Fix: f}); err != nil {
			return err
		}
	}
	if r.Comparison != nil {
		for _, c := range r.Comparison.Resolved {
			if err := enc.Encode(resolvedLine{as("resolved"), pools.find(c.Pool, c.Source), c}); err != nil {
				return err
			}
		}
		for _, p := range r.Comparison.PoolsGone {
			if err := enc.Encode(goneLine{as("pool_gone"), p}); err != nil {
				return err
			}
		}
	}
	for _, p := range r.Problems {
		pool := finding.Pool{Account: p.Account, Region: p.Region}
		if p.Pool != "" {
			pool = pools.find(p.Pool, "")
		}
		if err := enc.Encode(problemLine{as("problem"), pool, p.Operation, p.Error}); err != nil {
			return err
		}
	}

	last := summaryLine{
		record: as("summary"), Tool: r.Tool, Baseline: r.Baseline, StartedAt: r.StartedAt, FinishedAt: r.FinishedAt,
		Summary: r.Summary, Problems: len(r.Problems),
	}
	if last.Summary.FailedBySeverity == nil {
		last.Summary.FailedBySeverity = finding.NewSummary().FailedBySeverity
	}
	if c := r.Comparison; c != nil {
		last.Comparison = &comparisonLine{c.Against, c.StartedAt, c.Counts, len(c.PoolsGone), c.OnlyNew}
	}
	return enc.Encode(last)
}
