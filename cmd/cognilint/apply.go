package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/remediate"
	"github.com/cognilint/cognilint/scanner"
)

func applyCommand() *cli.Command {
	return &cli.Command{
		Name:      "apply",
		Usage:     "apply a plan that was saved with scan --fix --plan-out",
		UsageText: "cognilint apply [flags] PLAN",
		Description: `Carries out a saved plan, after the same question as "scan --fix". A pool that is not as it
was when the plan was made is left alone. So is the whole plan if it is older than 24 hours
or made for other accounts or Regions than the flags and credentials lead to.

Afterwards the pools of the plan are checked again by the rules that the plan was made
with, and the report of that is written to stdout.

Examples:
   cognilint scan --fix --plan-out plan.json
   cognilint apply --yes plan.json

Exit codes: as of "cognilint scan"; 5 a repair failed.`,
		CustomHelpTemplate: commandHelp,
		Flags:              applyFlags(),
		Action:             applyAction,
	}
}

// applyFlags are those of a scan but for what the plan decides: which pools, and
// by which rules. The latter are there, hidden, to take what the plan says.
func applyFlags() []cli.Flag {
	flags := fixFlags()
	for _, flag := range scanCommand().Flags {
		switch name := flag.Names()[0]; {
		case slices.Contains(policyFlags, name):
			flags = append(flags, hidden(flag))
		case slices.Contains([]string{"fail-on", "allow-incomplete", "compare", "only-new", "format", "output", "sarif-include-waived", "group-by", "show-passed", "quiet", "verbose", "no-color", "no-progress"}, name),
			flagNamed(awsFlags(), name) != nil:
			flags = append(flags, flag)
		}
	}
	return flags
}

func applyAction(c *cli.Context) error {
	if err := exactArgs(c, 1, "one plan"); err != nil {
		return err
	}
	file, err := readPlans(c.Args().First())
	if err != nil {
		return err
	}
	for _, name := range policyFlags {
		if slices.Contains(commandLineFlags(c), name) {
			return fmt.Errorf("flag --%s is said by the plan, expected it where the plan is made", name)
		}
	}
	if err := file.setFlags(c); err != nil {
		return err
	}
	settings, err := readSettings(c)
	if err != nil {
		return err
	}
	s, started := newScan(c, settings)
	f := &fixer{consent: newConsent(c), journals: textFlag(c, "journal-dir", defaultJournals), maxPools: c.Int("max-pools"), out: c.App.ErrWriter}
	if err := cmp.Or(notEmpty(c, "journal-dir"), f.checkMaxPools()); err != nil {
		return err
	}
	if f.planner, err = newPlanner(settings.library, s, remediate.Options{ForceManaged: c.Bool("force-managed")}); err != nil {
		return err
	}
	s.fix = f
	settings.live.Sections = everySection()
	if f.live, err = openLive(c.Context, settings.live); err != nil {
		return err
	}
	if err = f.judge(c.Context, s, file.Plans); err == nil {
		f.carryOut(c.Context, s)
	}
	return s.conclude(c, settings, started, err)
}

// judge reads the pools of saved plans, checks them, and makes sure that the plans
// are still for them. That all can be entered comes first.
func (f *fixer) judge(ctx context.Context, s *scan, plans []*remediate.Plan) error {
	places := make([]*scanner.Entrance, len(plans))
	var errs []error
	for i, saved := range plans {
		var err error
		if places[i], err = enter(ctx, f.live, saved.Pool); err != nil {
			errs = append(errs, err)
		}
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	for i, saved := range plans {
		pool, problems := places[i].Read(ctx, saved.Pool.ID)
		if pool == nil {
			s.addProblems(problems)
			reason := "the pool cannot be read"
			for _, p := range problems {
				reason = strings.TrimSuffix(reason+": "+p.Message, ".")
			}
			saved.Refusals = []string{reason}
			f.pools = append(f.pools, &poolFix{plan: saved})
			continue
		}
		s.failedReads(pool)
		checks, err := s.evaluate(ctx, pool)
		if err != nil {
			return err
		}
		// The report drops checks from its list.
		s.add(pool, slices.Clone(checks))
		if err := saved.Renew(ctx, f.planner, pool); err != nil {
			return err
		}
		f.pools = append(f.pools, &poolFix{plan: saved, checks: checks})
	}
	return nil
}
