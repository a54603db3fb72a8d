package main

import (
	"cmp"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/remediate"
	"github.com/cognilint/cognilint/scanner"
)

func rollbackCommand() *cli.Command {
	return &cli.Command{
		Name:      "rollback",
		Usage:     "undo what a journal records",
		UsageText: "cognilint rollback [flags] JOURNAL",
		Description: `Gives a pool the settings back that it had before a repair, also before one that was
interrupted or killed. A pool that somebody changed since is left alone. A rollback has
a journal of its own, so it can be undone, too. Custom attributes cannot be removed.

Examples:
   cognilint rollback cognilint-journal/20261123T101500.000Z_eu-west-1_AbC123.ndjson
   cognilint rollback --yes JOURNAL

Exit codes: 0 all is as it was, 1 not agreed to, 2 wrong usage or input, 5 refused, or not
all could be set back, 130 interrupted.`,
		CustomHelpTemplate: commandHelp,
		Flags:              rollbackFlags(),
		Action:             rollbackAction,
	}
}

func rollbackFlags() []cli.Flag {
	var flags []cli.Flag
	for _, flag := range fixFlags() {
		switch flag.Names()[0] {
		case "dry-run", "yes", "journal-dir":
			flags = append(flags, flag)
		}
	}
	for _, flag := range scanCommand().Flags {
		if name := flag.Names()[0]; name == "config" || name == "quiet" || flagNamed(awsFlags(), name) != nil {
			flags = append(flags, flag)
		}
	}
	return flags
}

func rollbackAction(c *cli.Context) error {
	if err := exactArgs(c, 1, "one journal"); err != nil {
		return err
	}
	path := c.Args().First()
	records, err := readJournal(path)
	if err != nil {
		return err
	}
	config, err := readConfig(c)
	if err != nil {
		return err
	}
	options, err := liveOptions(c, config)
	if err != nil {
		return config.blame(err, "region", "account", "role-arn", "org-role", "rate", "timeout")
	}
	options.Sections = everySection()
	live, err := openLive(c.Context, options)
	if err != nil {
		return err
	}
	pool := *records[0].Pool
	place, err := enter(c.Context, live, pool)
	if err != nil {
		return err
	}
	out := c.App.ErrWriter
	plan, result := remediate.PlanRollback(c.Context, livePool{place, pool.ID}, records)
	if plan == nil {
		writeOutcome(out, pool, result, "")
		return rollbackOutcome(result)
	}
	writePlan(out, plan)
	if state, message := newConsent(c).agree(plan); state != "" {
		fmt.Fprintf(out, "cognilint: %s\n", message)
		return outcomeError(exitFailed)
	}
	w, err := work(c.Context, place, pool, textFlag(c, "journal-dir", defaultJournals), func(p remediate.Progress) { tellProgress(out, p) })
	if err != nil {
		return err
	}
	defer changing(c.Context)()
	// The result tells of a journal that cannot be written, unless all was done.
	if result, err = remediate.Rollback(c.Context, w, records, path); err != nil {
		result.Message = cmp.Or(result.Message, err.Error())
	}
	writeOutcome(out, pool, result, closeJournal(w.Journal))
	return rollbackOutcome(result)
}

func readJournal(path string) ([]remediate.Record, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, &scanner.InputError{File: path, Message: withoutName(err).Error() + ", expected a journal of a repair"}
	}
	defer in.Close()
	records, err := remediate.ReadJournal(in)
	if err != nil {
		return nil, &scanner.InputError{File: path, Message: withoutName(err).Error()}
	}
	return records, nil
}

func rollbackOutcome(result remediate.Result) error {
	switch result.State {
	case remediate.Applied:
		return nil
	case remediate.Interrupted:
		return outcomeError(exitInterrupted)
	default:
		return outcomeError(exitFix)
	}
}
