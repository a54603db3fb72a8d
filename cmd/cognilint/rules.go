package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/report"
)

func rulesCommand() *cli.Command {
	return &cli.Command{
		Name:               "rules",
		Usage:              "list the rules, make one, or test a folder of them",
		UsageText:          "cognilint rules list|new|test [flags]",
		CustomHelpTemplate: commandHelp,
		Action: func(c *cli.Context) error {
			return fmt.Errorf("rules takes a command, expected list, new or test; see %q", "cognilint rules --help")
		},
		Subcommands: []*cli.Command{{
			Name:      "list",
			Usage:     "list the rules of a baseline",
			UsageText: "cognilint rules list [flags]",
			Description: `Examples:
   cognilint rules list
   cognilint rules list --baseline documented
   cognilint rules list --baseline ours.yaml
   cognilint rules list --format json | jq -r '.[].id'`,
			CustomHelpTemplate: commandHelp,
			Flags: []cli.Flag{
				policyFlag(""),
				&cli.StringFlag{Name: "baseline", Value: "all", Usage: "the baseline `NAME`, or a file NAME.yaml"},
				&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Value: "table", Usage: "`NAME` of the format: table or json"},
			},
			Action: rulesListAction,
		}, rulesNewCommand(), rulesTestCommand()},
	}
}

func rulesListAction(c *cli.Context) error {
	if err := exactArgs(c, 0, "no argument"); err != nil {
		return err
	}
	if format := c.String("format"); !slices.Contains(report.RuleFormats(), format) {
		return errors.New(unknownMessage("format", format, report.RuleFormats()))
	}
	library, err := loadLibrary(c)
	if err != nil {
		return err
	}
	baseline, err := library.Baseline(c.String("baseline"))
	if err != nil {
		return err
	}
	rules, err := library.Preview(policies.Selection{Baseline: baseline.Name})
	if err != nil {
		return err
	}
	return report.WriteRules(c.App.Writer, c.String("format"), baselineHeading(baseline), rules)
}

// baselineHeading says what a baseline is.
func baselineHeading(b *policies.Baseline) string {
	heading := b.Name
	if b.Extends != "" {
		heading += " (extends " + b.Extends + ")"
	}
	if b.Description == "" {
		return heading
	}
	return heading + ": " + strings.TrimSpace(b.Description)
}

func explainCommand() *cli.Command {
	return &cli.Command{
		Name:               "explain",
		Usage:              "say what a rule checks, why, and how to fix it",
		UsageText:          "cognilint explain [flags] RULE",
		Description:        "Example:\n   cognilint explain mfa-totp-enabled",
		CustomHelpTemplate: commandHelp,
		Flags:              []cli.Flag{policyFlag("")},
		Action:             explainAction,
		BashComplete: func(c *cli.Context) {
			library, err := policies.Load()
			if err != nil || c.NArg() > 0 {
				return
			}
			rules, err := library.Rules()
			if err != nil {
				return
			}
			for _, rule := range rules {
				fmt.Fprintln(c.App.Writer, rule.ID)
			}
		},
	}
}

func explainAction(c *cli.Context) error {
	if err := exactArgs(c, 1, "the id of one rule"); err != nil {
		return err
	}
	library, err := loadLibrary(c)
	if err != nil {
		return err
	}
	rule, err := library.Rule(c.Args().First())
	if err != nil {
		return err
	}
	page, err := rulePage(library, rule)
	if err != nil {
		return err
	}
	return report.WriteRule(c.App.Writer, page)
}

// rulePage collects what there is to say about a rule.
func rulePage(library *policies.Library, rule finding.Rule) (report.RulePage, error) {
	page := report.RulePage{Rule: rule}
	var err error
	if page.Fields, err = library.Fields(rule.ID); err != nil {
		return page, err
	}
	if page.Example, err = library.Example(rule.ID); err != nil {
		return page, err
	}
	page.Baselines, err = library.BaselinesWith(rule.ID)
	return page, err
}
