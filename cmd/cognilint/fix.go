package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/remediate"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

// defaultJournals is where journals are written; it is relative to the working
// folder, so that they stand where the run was started.
const defaultJournals = "cognilint-journal"

// fixFlags are those of all commands that change pools.
func fixFlags() []cli.Flag {
	const category = "Fix"
	return []cli.Flag{
		&cli.BoolFlag{Name: "dry-run", Category: category, EnvVars: env("DRY_RUN"), Usage: "show what would be done, and change nothing"},
		&cli.BoolFlag{Name: "yes", Category: category, EnvVars: env("YES"), Usage: "do not ask before each pool"},
		&cli.BoolFlag{Name: "force-managed", Category: category, EnvVars: env("FORCE_MANAGED"), Usage: "change pools that CloudFormation, Terraform or Amplify own, too"},
		&cli.StringFlag{Name: "journal-dir", Category: category, EnvVars: env("JOURNAL_DIR"), Value: defaultJournals, Usage: "write the journals that a rollback needs, and audit.ndjson, to `DIR`"},
		&cli.IntFlag{Name: "max-pools", Category: category, EnvVars: env("MAX_POOLS"), Value: 10, Usage: "change at most `N` pools"},
	}
}

// scanFixFlags are those of a scan, which also makes the plans.
func scanFixFlags() []cli.Flag {
	const category = "Fix"
	return append([]cli.Flag{
		&cli.BoolFlag{Name: "fix", Category: category, EnvVars: env("FIX"), Usage: "repair what failed: show a plan for each pool, ask, change, and check again"},
		&cli.BoolFlag{Name: "allow-disruptive", Category: category, EnvVars: env("ALLOW_DISRUPTIVE"), Usage: "plan fixes that may break sign-ins, too"},
		&cli.BoolFlag{Name: "allow-irreversible", Category: category, EnvVars: env("ALLOW_IRREVERSIBLE"), Usage: "plan fixes that nothing can undo, too"},
		&cli.StringFlag{Name: "plan-out", Category: category, EnvVars: env("PLAN_OUT"), Usage: "save the plan to `FILE` for \"cognilint apply\""},
	}, fixFlags()...)
}

// fixer repairs the pools of one run.
type fixer struct {
	planner *remediate.Planner
	consent
	planOut, journals string
	maxPools          int
	// replan makes a plan anew for a pool that changed meanwhile; nil for saved
	// plans, which are carried out as they are.
	replan func(context.Context, *snapshot.Pool) (*remediate.Plan, error)
	// live leads to the API; nil for exports.
	live *scanner.Live
	// exports holds the files; nil for live pools.
	exports *scanner.Exports
	paths   []string
	out     io.Writer

	mu    sync.Mutex
	pools []*poolFix
	// read are the ids of the live pools that were read. All sections were; what
	// could not be read counts only if a selected rule needs it.
	read map[string]bool
}

// poolFix is the repair of one pool.
type poolFix struct {
	plan *remediate.Plan
	// checks are all checks before the repair.
	checks   []finding.Check
	exported *scanner.Exported // nil for a live pool
	files    []string          // those that change
	result   finding.Fix
}

// newFixer reads the flags of a scan; nil if nothing is to be repaired.
func newFixer(c *cli.Context, library *policies.Library, s *scan) (*fixer, error) {
	if !c.Bool("fix") {
		for _, name := range commandLineFlags(c) {
			if name != "fix" && flagNamed(scanFixFlags(), name) != nil {
				return nil, fmt.Errorf("flag --%s is about repairs, expected --fix with it", name)
			}
		}
		return nil, nil
	}
	f := &fixer{consent: newConsent(c), planOut: c.String("plan-out"), journals: textFlag(c, "journal-dir", defaultJournals), maxPools: c.Int("max-pools"), out: c.App.ErrWriter, read: map[string]bool{}}
	if err := notEmpty(c, "plan-out", "journal-dir"); err != nil {
		return nil, err
	}
	if err := f.checkMaxPools(); err != nil {
		return nil, err
	}
	if c.NArg() > 0 && f.planOut != "" {
		return nil, fmt.Errorf("flag --plan-out is for live pools, expected no PATH; the changes of files are their diff")
	}
	var named []string
	for _, id := range listFlag(c, "rule", ",\n") {
		rule, err := library.Rule(id)
		if err != nil {
			return nil, err
		}
		named = append(named, rule.ID)
	}
	var err error
	f.planner, err = newPlanner(library, s, remediate.Options{
		AllowDisruptive: c.Bool("allow-disruptive"), AllowIrreversible: c.Bool("allow-irreversible"),
		ForceManaged: c.Bool("force-managed"), Named: named,
	})
	return f, err
}

func (f *fixer) checkMaxPools() error {
	if f.maxPools < 1 {
		return fmt.Errorf("flag --max-pools is %d, expected at least 1", f.maxPools)
	}
	return nil
}

// newPlanner evaluates the rules of the scan as it does, and the others with
// their default parameters.
func newPlanner(library *policies.Library, s *scan, options remediate.Options) (*remediate.Planner, error) {
	p := &remediate.Planner{Rules: map[string]finding.Rule{}, Options: options}
	all, err := library.Rules()
	if err != nil {
		return nil, err
	}
	for _, rule := range all {
		p.Rules[rule.ID] = rule
	}
	p.Selected = func(pool *snapshot.Pool, rule string) bool {
		set, err := s.policy.For(pool)
		return err == nil && slices.ContainsFunc(set.Rules, func(r finding.Rule) bool { return r.ID == rule })
	}
	p.Evaluate = func(ctx context.Context, pool *snapshot.Pool) ([]remediate.Verdict, error) {
		rest, err := s.policy.Others(pool)
		if err != nil {
			return nil, err
		}
		results, err := s.verdicts(ctx, pool)
		if err != nil {
			return nil, err
		}
		more, err := rest.Evaluate(ctx, pool)
		if err != nil {
			return nil, err
		}
		var verdicts []remediate.Verdict
		for _, r := range append(results, more...) {
			verdicts = append(verdicts, remediate.Verdict{Check: r.Check, Edits: r.Edits})
		}
		return verdicts, nil
	}
	return p, nil
}

// planned tells whether a problem is about a read of a pool that was read
// otherwise.
func (f *fixer) planned(p scanner.Problem) bool { return f.read[p.Pool] }

// add plans the repair of a pool that has failed checks.
func (f *fixer) add(ctx context.Context, pool *snapshot.Pool, exported *scanner.Exported, checks []finding.Check) error {
	f.mu.Lock()
	f.read[pool.ID()] = true
	f.mu.Unlock()
	if !slices.ContainsFunc(checks, func(c finding.Check) bool { return c.Status == finding.Fail }) {
		return nil
	}
	plan, err := f.planner.Plan(ctx, pool)
	if err != nil {
		return err
	}
	if len(plan.Calls) == 0 {
		plan.Before, plan.After = nil, nil // there may be many
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pools = append(f.pools, &poolFix{plan: plan, exported: exported, checks: checks})
	return nil
}

// run saves the plans of live pools, if that was asked for, and carries out those
// that somebody agrees to; of exports it changes the files.
func (f *fixer) run(c *cli.Context, s *scan) error {
	slices.SortStableFunc(f.pools, func(a, b *poolFix) int { return finding.ComparePools(a.plan.Pool, b.plan.Pool) })
	if f.exports != nil {
		return f.rewrite(c.Context, s)
	}
	f.replan = f.planner.Plan
	if f.planOut != "" {
		var plans []*remediate.Plan
		for _, p := range f.pools {
			plans = append(plans, p.plan)
		}
		if err := savePlans(f.planOut, flagValues(c), plans); err != nil {
			return err
		}
		if f.dryRun {
			defer fmt.Fprintf(f.out, "cognilint: the plan is in %s; carry it out with: cognilint apply %[1]s\n", f.planOut)
		}
	}
	f.carryOut(c.Context, s)
	return nil
}

// carryOut shows the plans for live pools and carries out those that somebody
// agrees to.
func (f *fixer) carryOut(ctx context.Context, s *scan) {
	changed := 0
	for _, p := range f.pools {
		p.result = describeFix(p.plan)
		if state, message, ok := f.mayGoOn(ctx, p.plan, changed); !ok {
			p.result.State, p.result.Message = state, message
			if state == finding.FixNothing || state == finding.FixRefused {
				writePlan(f.out, p.plan)
			}
			// A saved plan was meant to be carried out.
			if state == finding.FixRefused && f.replan == nil {
				p.result.State = finding.FixUnchanged
			}
			continue
		}
		writePlan(f.out, p.plan)
		state, message := f.agree(p.plan)
		if state != "" {
			p.result.State, p.result.Message = state, message
			fmt.Fprintf(f.out, "cognilint: %s\n", message)
			continue
		}
		changed++
		f.repair(ctx, s, p)
	}
}

// mayGoOn tells whether a plan may be carried out at all, before anybody is asked.
func (f *fixer) mayGoOn(ctx context.Context, plan *remediate.Plan, changed int) (finding.FixState, string, bool) {
	switch {
	case len(plan.Calls) == 0:
		return finding.FixNothing, "nothing can be fixed automatically", false
	case len(plan.Refusals) > 0:
		return finding.FixRefused, plan.Refusals[0], false
	case ctx.Err() != nil:
		return finding.FixInterrupted, "interrupted before anything was changed", false
	case changed >= f.maxPools:
		message := fmt.Sprintf("left for another run: this one changes at most %s; raise --max-pools", count(f.maxPools, "pool"))
		fmt.Fprintf(f.out, "cognilint: %s: %s\n", poolLabel(plan.Pool), message)
		return finding.FixPostponed, message, false
	}
	return "", "", true
}

// repair carries out the plan for a live pool and evaluates the result.
func (f *fixer) repair(ctx context.Context, s *scan, p *poolFix) {
	defer changing(ctx)()
	result, journal, err := f.apply(ctx, p.plan, f.replan)
	if err != nil {
		// Others may have been repaired already, so the report goes on.
		result.State, result.Message = cmp.Or(result.State, remediate.Unchanged), cmp.Or(result.Message, err.Error())
	}
	p.result.State, p.result.Message = finding.FixState(result.State), result.Message
	p.result.Unexpected, p.result.Journal = describeDifferences(result.Unexpected), journal
	writeOutcome(f.out, p.plan.Pool, result, journal)
	if result.Pool == nil {
		return
	}
	if err := s.again(context.WithoutCancel(ctx), p, result.Pool); err != nil {
		s.problems = append(s.problems, finding.Problem{
			Account: p.plan.Pool.Account, Region: p.plan.Pool.Region, Pool: p.plan.Pool.ID, Operation: "evaluate", Error: err.Error(),
		})
	}
}

// again replaces the checks of a pool by those of what it has become.
func (s *scan) again(ctx context.Context, p *poolFix, pool *snapshot.Pool) error {
	checks, err := s.evaluate(ctx, pool)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.results = slices.DeleteFunc(s.results, func(r poolResult) bool { return finding.ComparePools(r.Pool, p.plan.Pool) == 0 })
	for _, check := range p.checks {
		s.summary.Remove(check)
	}
	s.mu.Unlock()
	switch {
	case p.exported != nil:
		s.place(p.exported, checks)
	case s.snapshots != nil:
		s.snapshots.forget(pool)
		if err := s.snapshot(pool, checks); err != nil {
			return err
		}
	}
	s.add(pool, checks)
	return nil
}

// consent is who agrees to changes, and how.
type consent struct {
	dryRun, yes bool
	in          io.Reader
	ask         io.Writer
	// terminal tells whether there is somebody to ask.
	terminal bool
}

func newConsent(c *cli.Context) consent {
	return consent{
		dryRun: c.Bool("dry-run") || c.String("plan-out") != "" && !c.Bool("yes"), yes: c.Bool("yes"),
		in: c.App.Reader, ask: c.App.ErrWriter, terminal: isTerminal(c.App.Reader) && isTerminal(c.App.ErrWriter),
	}
}

func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// fixes returns the results in the order of the pools; nil without --fix.
func (f *fixer) fixes() []finding.Fix {
	if f == nil {
		return nil
	}
	fixes := []finding.Fix{}
	for _, p := range f.pools {
		if p.result.State == "" {
			p.result = describeFix(p.plan)
			p.result.State, p.result.Message = finding.FixInterrupted, "interrupted before anything was changed"
		}
		fixes = append(fixes, p.result)
	}
	return fixes
}

// failed tells whether a repair went wrong.
func (f *fixer) failed() bool {
	return f != nil && slices.ContainsFunc(f.pools, func(p *poolFix) bool { return p.result.State.Failed() })
}
