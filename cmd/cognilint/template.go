package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/snapshot"
	"github.com/cognilint/cognilint/template"
)

func templateCommand() *cli.Command {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Value: "cloudformation", Usage: "`NAME` of the format: " + strings.Join(template.Formats(), ", ")},
		&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write the template to `FILE` instead of stdout"},
	}
	for _, name := range []string{"baseline", "param", "rule", "skip-rule", "category", "policy", "config"} {
		flags = append(flags, flagNamed(scanCommand().Flags, name))
	}
	return &cli.Command{
		Name:      "template",
		Usage:     "write a new user pool that passes a baseline",
		UsageText: "cognilint template [flags]",
		Description: `The pool is made for the rules and parameters that are in force, as for a scan, and for
the rules that guard every change. What has to be replaced before use, and how each format
is used, stands in docs/templates.md.

Examples:
   cognilint template > pool.yaml
   cognilint template --baseline documented --param pool-name.name=staff -o pool.yaml
   cognilint template --baseline pci-dss-4.0.1 --format terraform -o pool.tf
   cognilint template --format cli-json | jq -r '.[].command'`,
		CustomHelpTemplate: commandHelp,
		Flags:              flags,
		Action:             templateAction,
	}
}

func templateAction(c *cli.Context) error {
	if err := exactArgs(c, 0, "no argument"); err != nil {
		return err
	}
	// The configuration file may hold those of reports.
	format, output := c.String("format"), c.String("output")
	if !slices.Contains(template.Formats(), format) {
		return errors.New(unknownMessage("format", format, template.Formats()))
	}
	if err := notEmpty(c, "output"); err != nil {
		return err
	}
	maker, err := templateMaker(c)
	if err != nil {
		return err
	}
	made, err := maker.Make(c.Context)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { return made.Write(w, format) }
	if output != "" {
		return writeOutput(output, write)
	}
	return write(c.App.Writer)
}

// templateMaker selects the rules as a scan does, and the other guard rules
// with their default parameters.
func templateMaker(c *cli.Context) (*template.Maker, error) {
	config, err := readConfig(c)
	if err != nil {
		return nil, err
	}
	library, selection, err := templateRules(c, config)
	if err != nil {
		return nil, config.blame(err, "baseline", "rule", "skip-rule", "category", "param")
	}
	return newTemplateMaker(c.Context, library, selection)
}

// templateRules leaves out what the configuration says for some pools: a new one
// is none of them.
func templateRules(c *cli.Context, config *configFile) (*policies.Library, policies.Selection, error) {
	library, err := loadLibrary(c)
	if err != nil {
		return nil, policies.Selection{}, err
	}
	selection, err := selectionFlags(c)
	selection.Layers = []policies.Layer{config.layer}
	return library, selection, err
}

func newTemplateMaker(ctx context.Context, library *policies.Library, selection policies.Selection) (*template.Maker, error) {
	set, err := library.Select(ctx, selection)
	if err != nil {
		return nil, err
	}
	if len(set.Rules) == 0 {
		return nil, errors.New("no rule is selected; see \"cognilint rules list\"")
	}
	others, err := otherGuards(ctx, library, set.Rules)
	if err != nil {
		return nil, err
	}
	evaluate := func(ctx context.Context, pool *snapshot.Pool) ([]template.Verdict, error) {
		var verdicts []template.Verdict
		for _, set := range []*policies.Set{set, others} {
			results, err := set.Evaluate(ctx, pool)
			if err != nil {
				return nil, err
			}
			for _, r := range results {
				verdicts = append(verdicts, template.Verdict{Check: r.Check, Edits: r.Edits})
			}
		}
		return verdicts, nil
	}
	return &template.Maker{Baseline: set.Baseline, Rules: set.Rules, Evaluate: evaluate}, nil
}

// otherGuards are the guard rules besides those that are selected.
func otherGuards(ctx context.Context, library *policies.Library, selected []finding.Rule) (*policies.Set, error) {
	all, err := library.Rules()
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, rule := range all {
		if rule.Guard && !slices.ContainsFunc(selected, func(s finding.Rule) bool { return s.ID == rule.ID }) {
			ids = append(ids, rule.ID)
		}
	}
	if len(ids) == 0 {
		return &policies.Set{}, nil
	}
	return library.Select(ctx, policies.Selection{Baseline: "all", Rules: ids, Fixes: true})
}
