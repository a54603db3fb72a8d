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
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/sync/errgroup"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

// exports evaluates the pools of files, spread over the cores.
func (s *scan) exports(ctx context.Context, paths []string, stdin io.Reader, now time.Time) error {
	exports, err := scanner.ReadExports(ctx, paths, stdin)
	if err != nil {
		return err
	}
	if s.fix != nil {
		s.fix.exports, s.fix.paths = exports, paths
	}
	if exports.Skipped > 0 {
		fmt.Fprintf(s.progress, "cognilint: skipped %d files or links that are no exports\n", exports.Skipped)
	}
	feed, wait := spread(ctx, func(ctx context.Context, e *scanner.Exported) error { return s.export(ctx, e, now) })
	for i, e := range exports.Pools {
		// Nobody needs the pool again, and there may be many.
		if s.fix == nil {
			exports.Pools[i] = nil
		}
		if s.filter.matches(e.Pool) && feed(e) != nil {
			break
		}
	}
	return wait()
}

// spread does work on all cores. Feed waits until one is free, and says when
// there is no point in going on; wait ends the work.
//
// Few goroutines live long: the evaluation recurses deeply, and a new one for
// each pool would grow its stack anew (a quarter of the time).
func spread[T any](ctx context.Context, work func(context.Context, T) error) (feed func(T) error, wait func() error) {
	items := make(chan T)
	group, ctx := errgroup.WithContext(ctx)
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for item := range items {
				if err := work(ctx, item); err != nil {
					return err
				}
			}
			return nil
		})
	}
	feed = func(item T) error {
		select {
		case items <- item:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	wait = func() error {
		close(items)
		return group.Wait()
	}
	return feed, wait
}

// export evaluates one pool from files.
func (s *scan) export(ctx context.Context, e *scanner.Exported, now time.Time) error {
	if e.Pool.CollectedAt.IsZero() {
		e.Pool.CollectedAt = now
	}
	checks, err := s.evaluate(ctx, e.Pool)
	if err != nil {
		return err
	}
	s.place(e, checks)
	s.failedReads(e.Pool)
	return s.take(ctx, e.Pool, e, checks)
}

// take adds a pool to the report and, if it is to be repaired, plans how.
func (s *scan) take(ctx context.Context, pool *snapshot.Pool, exported *scanner.Exported, checks []finding.Check) error {
	if s.fix != nil {
		if exported == nil {
			s.failedReads(pool)
		}
		if err := s.fix.add(ctx, pool, exported, slices.Clone(checks)); err != nil {
			return err
		}
	}
	s.add(pool, checks)
	return nil
}

// failedReads makes problems of the reads that failed when a snapshot was made,
// as if they failed now. Only those count that a live scan would make.
func (s *scan) failedReads(pool *snapshot.Pool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []finding.Problem
	for _, u := range pool.Unknown {
		if section := snapshot.SplitPointer(u.Path)[0]; !u.Failed() || section != "UserPool" && !slices.Contains(s.policy.Sections(), section) {
			continue
		}
		problem := finding.Problem{
			Account: pool.Account, Region: pool.Region, Pool: pool.ID(),
			Operation: u.Operation, Error: strings.TrimPrefix(u.Reason, u.Operation+": "),
		}
		if u.Hint != "" {
			problem.Error += " (" + u.Hint + ")"
		}
		if !slices.Contains(found, problem) {
			found = append(found, problem)
		}
	}
	s.problems = append(s.problems, found...)
}

// live evaluates pools as they are read.
func (s *scan) live(ctx context.Context, options scanner.LiveOptions, shown *progress) error {
	options.PlaceDone = func(place scanner.Place) {
		s.places = append(s.places, place)
		shown.placeDone(place)
	}
	live, err := openLive(ctx, options)
	if err != nil {
		return err
	}
	if s.fix != nil {
		s.fix.live = live
	}
	stop := shown.watch(live.Progress)
	defer stop()
	feed, wait := spread(ctx, func(ctx context.Context, pool *snapshot.Pool) error {
		checks, err := s.evaluate(ctx, pool)
		if err != nil {
			return err
		}
		if err := s.snapshot(pool, checks); err != nil {
			return err
		}
		return s.take(ctx, pool, nil, checks)
	})
	problems, err := live.Pools(ctx, feed)
	err = cmp.Or(wait(), err)
	if s.fix != nil {
		problems = slices.DeleteFunc(problems, s.fix.planned)
	}
	s.addProblems(problems)
	return err
}

func (s *scan) addProblems(problems []scanner.Problem) {
	for _, p := range problems {
		text := p.Message
		if p.Code != "" {
			text = p.Code + ": " + text
		}
		s.problems = append(s.problems, finding.Problem{
			Account: p.Account, Region: p.Region, Pool: p.Pool, Operation: p.Operation, Error: text,
		})
	}
}

// add counts the checks of a pool and keeps those that the report shows.
func (s *scan) add(pool *snapshot.Pool, checks []finding.Check) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, check := range checks {
		s.summary.Add(check)
	}
	if !s.showPassed {
		checks = slices.DeleteFunc(checks, func(c finding.Check) bool {
			return c.Status == finding.Pass || c.Status == finding.NotApplicable
		})
	}
	s.results = append(s.results, poolResult{
		Pool: finding.Pool{ID: pool.ID(), Name: pool.Name(), ARN: pool.ARN(), Account: pool.Account, Region: pool.Region, Source: pool.Source},
		// A copy: the array that held all checks of all pools would add up.
		checks: append([]finding.Check(nil), checks...),
	})
}

// verdicts evaluates the selected rules on a pool.
func (s *scan) verdicts(ctx context.Context, pool *snapshot.Pool) ([]policies.Result, error) {
	set, err := s.policy.For(pool)
	if err != nil {
		return nil, err
	}
	results, err := set.Evaluate(ctx, pool)
	if err != nil {
		return nil, err
	}
	s.waivers.Apply(pool, results)
	return results, nil
}

// evaluate returns the checks of a pool.
func (s *scan) evaluate(ctx context.Context, pool *snapshot.Pool) ([]finding.Check, error) {
	results, err := s.verdicts(ctx, pool)
	if err != nil {
		return nil, err
	}
	checks := make([]finding.Check, len(results))
	for i, result := range results {
		checks[i] = result.Check
	}
	return checks, nil
}

// snapshot writes a live pool to the folder of snapshots, if there is one, and
// gives its violations their places in the file.
func (s *scan) snapshot(pool *snapshot.Pool, checks []finding.Check) error {
	if s.snapshots == nil {
		return nil
	}
	path, refusal, err := s.snapshots.write(pool)
	if err != nil {
		return err
	}
	if refusal != "" {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.problems = append(s.problems, finding.Problem{Account: pool.Account, Region: pool.Region, Pool: pool.ID(), Operation: "snapshot", Error: refusal})
		return nil
	}
	read, err := scanner.ReadExports(context.Background(), []string{path}, nil)
	if err != nil {
		return err
	}
	s.place(read.Pools[0], checks)
	return nil
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
	for i, p := range e.Positions(pointers, s.frames) {
		violations[i].Position = (*finding.Position)(&p)
	}
}

// report puts everything into its fixed order.
func (s *scan) report(started time.Time) *finding.Report {
	slices.SortStableFunc(s.results, func(a, b poolResult) int {
		return finding.ComparePools(a.Pool, b.Pool)
	})
	slices.SortStableFunc(s.problems, finding.CompareProblems)
	s.summary.Pools = len(s.results)
	r := &finding.Report{
		Schema:    finding.ReportSchema,
		Tool:      finding.Tool{Name: "cognilint", Version: version()},
		Baseline:  s.policy.Baseline(),
		StartedAt: started,
		Shard:     s.shard,
		Summary:   s.summary,
		Pools:     []finding.Pool{},
		Rules:     s.policy.Rules(),
		Checks:    []finding.Check{},
		Problems:  append([]finding.Problem{}, s.problems...),
		Fixes:     s.fix.fixes(),
	}
	times := map[string]int{}
	for _, result := range s.results {
		times[result.ID]++
	}
	for _, result := range s.results {
		r.Pools = append(r.Pools, result.Pool)
		for _, check := range result.checks {
			if times[result.ID] > 1 {
				check.Source = result.Source
			}
			r.Checks = append(r.Checks, check)
		}
	}
	r.FinishedAt = time.Now().UTC()
	return r
}

// poolFilter chooses pools by id or name, and by tag.
type poolFilter struct {
	include, exclude []string
	tags             map[string]string
}

func newPoolFilter(c *cli.Context) (poolFilter, error) {
	f := poolFilter{include: listFlag(c, "pool", "\n"), exclude: listFlag(c, "exclude-pool", "\n"), tags: map[string]string{}}
	for _, glob := range slices.Concat(f.include, f.exclude) {
		if _, err := path.Match(glob, ""); err != nil {
			return f, fmt.Errorf("glob %q is malformed, expected *, ? and closed [ ]", glob)
		}
	}
	for _, tag := range listFlag(c, "tag", "\n") {
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
