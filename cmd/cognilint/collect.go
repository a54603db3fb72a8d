package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

// exports evaluates the pools of files, spread over the cores.
func (s *scan) exports(ctx context.Context, paths []string, stdin io.Reader, now time.Time) error {
	exports, err := scanner.ReadExports(ctx, paths, stdin)
	if err != nil {
		return err
	}
	if exports.Skipped > 0 {
		fmt.Fprintf(s.progress, "cognilint: skipped %d files that are neither .json, .ndjson, .yaml nor .yml\n", exports.Skipped)
	}
	wanted := slices.DeleteFunc(exports.Pools, func(e *scanner.Exported) bool { return !s.filter.matches(e.Pool) })
	s.pools = make([]finding.Pool, len(wanted))
	results := make([][]finding.Check, len(wanted))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, e := range wanted {
		group.Go(func() error {
			if e.Pool.CollectedAt.IsZero() {
				e.Pool.CollectedAt = now
			}
			s.pools[i] = reportPool(e.Pool)
			checks, err := s.evaluate(ctx, e.Pool)
			results[i] = checks
			s.place(e, checks)
			return err
		})
	}
	err = group.Wait()
	s.checks = map[int][]finding.Check{}
	for i, checks := range results {
		s.checks[i] = checks
	}
	return err
}

// live evaluates pools as they are read.
func (s *scan) live(ctx context.Context, options scanner.LiveOptions) error {
	live, err := scanner.OpenLive(ctx, options)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	s.checks = map[int][]finding.Check{}
	problems, err := live.Pools(ctx, func(pool *snapshot.Pool) error {
		if !s.filter.matches(pool) {
			return nil
		}
		checks, err := s.evaluate(ctx, pool)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		s.checks[len(s.pools)] = checks
		s.pools = append(s.pools, reportPool(pool))
		return nil
	})
	for _, p := range problems {
		text := p.Message
		if p.Code != "" {
			text = p.Code + ": " + text
		}
		s.problems = append(s.problems, finding.Problem{
			Account: p.Account, Region: p.Region, Pool: p.Pool, Operation: p.Operation, Error: text,
		})
	}
	return err
}

// evaluate returns the checks of a pool.
func (s *scan) evaluate(ctx context.Context, pool *snapshot.Pool) ([]finding.Check, error) {
	results, err := s.set.Evaluate(ctx, pool)
	if err != nil {
		return nil, err
	}
	checks := make([]finding.Check, len(results))
	for i, result := range results {
		checks[i] = result.Check
	}
	return checks, nil
}

// place gives the violations their positions in the files.
func (s *scan) place(e *scanner.Exported, checks []finding.Check) {
	var violations []*finding.Violation
	var pointers []string
	for _, check := range checks {
		for i := range check.Violations {
			violations = append(violations, &check.Violations[i])
			pointers = append(pointers, check.Violations[i].Path)
		}
	}
	for i, p := range e.Positions(pointers, s.verbose) {
		violations[i].Position = (*finding.Position)(&p)
	}
}

func reportPool(p *snapshot.Pool) finding.Pool {
	return finding.Pool{ID: p.ID(), Name: p.Name(), ARN: p.ARN(), Account: p.Account, Region: p.Region, Source: p.Source}
}

// report puts everything into its fixed order.
func (s *scan) report(started time.Time, showPassed bool) *finding.Report {
	r := &finding.Report{
		Schema:    finding.ReportSchema,
		Tool:      finding.Tool{Name: "cognilint", Version: version()},
		Baseline:  s.set.Baseline,
		StartedAt: started,
		Pools:     []finding.Pool{},
		Rules:     s.set.Rules,
		Checks:    []finding.Check{},
		Problems:  []finding.Problem{},
	}
	order := make([]int, len(s.pools))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := s.pools[i], s.pools[j]
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Source, b.Source))
	})
	for _, i := range order {
		if s.checks[i] == nil && len(s.set.Rules) > 0 {
			continue // interrupted before it was evaluated
		}
		r.Pools = append(r.Pools, s.pools[i])
		for _, check := range s.checks[i] {
			s.summary.Add(check)
			if showPassed || check.Status != finding.Pass && check.Status != finding.NotApplicable {
				r.Checks = append(r.Checks, check)
			}
		}
	}
	slices.SortStableFunc(s.problems, func(a, b finding.Problem) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Pool, b.Pool), cmp.Compare(a.Operation, b.Operation))
	})
	r.Problems = append(r.Problems, s.problems...)
	s.summary.Pools = len(r.Pools)
	r.Summary = s.summary
	r.FinishedAt = time.Now().UTC()
	return r
}

// poolFilter chooses pools by id or name, and by tag.
type poolFilter struct {
	include, exclude []string
	tags             map[string]string
}

func newPoolFilter(include, exclude, tags []string) (poolFilter, error) {
	f := poolFilter{include: include, exclude: exclude, tags: map[string]string{}}
	for _, glob := range slices.Concat(include, exclude) {
		if _, err := path.Match(glob, ""); err != nil {
			return f, fmt.Errorf("glob %q is malformed, expected *, ? and closed [ ]", glob)
		}
	}
	for _, tag := range tags {
		key, value, ok := strings.Cut(tag, "=")
		if !ok || key == "" {
			return f, fmt.Errorf("flag --tag is %q, expected key=value", tag)
		}
		f.tags[key] = value
	}
	return f, nil
}

// includes decides by what a list of pools tells.
func (f poolFilter) includes(id, name string) bool {
	matches := func(glob string) bool {
		byID, _ := path.Match(glob, id)
		byName, _ := path.Match(glob, name)
		return byID || byName || glob == name
	}
	return (len(f.include) == 0 || slices.ContainsFunc(f.include, matches)) && !slices.ContainsFunc(f.exclude, matches)
}

// matches decides when the pool was read.
func (f poolFilter) matches(p *snapshot.Pool) bool {
	for key, want := range f.tags {
		if value, ok := snapshot.Lookup(p.Sections, snapshot.Pointer("UserPool", "UserPoolTags", key)); !ok || value != want {
			return false
		}
	}
	return f.includes(p.ID(), p.Name())
}
