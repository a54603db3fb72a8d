package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/policies"
)

func policyFlag(category string) cli.Flag {
	return &cli.StringSliceFlag{Name: "policy", Category: category, EnvVars: env("POLICY"), Usage: "evaluate the rules of the folder `DIR`, too (repeatable)"}
}

// loadLibrary finds the built-in rules and those of --policy.
func loadLibrary(c *cli.Context) (*policies.Library, error) {
	library, err := policies.Load()
	if err != nil {
		return nil, err
	}
	for _, dir := range listFlag(c, "policy", "\n") {
		if err := library.Add(dir); err != nil {
			return nil, err
		}
	}
	return library, nil
}

func rulesNewCommand() *cli.Command {
	return &cli.Command{
		Name:      "new",
		Usage:     "write a rule and its test, to start from",
		UsageText: "cognilint rules new [flags] ID",
		Description: `Example:
   cognilint rules new pool-has-owner --dir policies
   cognilint rules test policies
   cognilint scan --policy policies exports/`,
		CustomHelpTemplate: commandHelp,
		Flags:              []cli.Flag{&cli.StringFlag{Name: "dir", Value: "policies", Usage: "write to a folder of its own in the folder `DIR`"}},
		Action:             rulesNewAction,
	}
}

func rulesNewAction(c *cli.Context) error {
	if err := exactArgs(c, 1, "the id of the new rule"); err != nil {
		return err
	}
	id := c.Args().First()
	library, err := policies.Load()
	if err != nil {
		return err
	}
	if _, err := library.Rule(id); err == nil {
		return fmt.Errorf("rule %s is built in; choose another id", id)
	}
	files, err := policies.NewRule(id)
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(files))
	for _, name := range names {
		if path := filepath.Join(c.String("dir"), name); exists(path) {
			return fmt.Errorf("%s exists; choose another id, or remove it", path)
		}
	}
	for _, name := range names {
		path := filepath.Join(c.String("dir"), name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, files[name], 0o666); err != nil {
			return err
		}
		fmt.Fprintln(c.App.Writer, path)
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func rulesTestCommand() *cli.Command {
	return &cli.Command{
		Name:      "test",
		Usage:     "run the tests of a folder of rules",
		UsageText: "cognilint rules test [flags] DIR",
		Description: `Tests are rules named test_… in files that end in _test.rego. They may import
data.cognilint.lib.fixtures, which has a good pool. Exit codes: 0 all passed, 1 a test
failed, 2 a rule is broken or there is no test.`,
		CustomHelpTemplate: commandHelp,
		Flags:              []cli.Flag{&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "list tests that passed, too"}},
		Action:             rulesTestAction,
	}
}

func rulesTestAction(c *cli.Context) error {
	if err := exactArgs(c, 1, "the folder of the rules"); err != nil {
		return err
	}
	results, err := policies.TestFolder(c.Context, c.Args().First())
	if err != nil {
		return err
	}
	failed := 0
	for _, r := range results {
		switch {
		case r.Err != nil:
			fmt.Fprintf(c.App.Writer, "ERROR %s:%d: %s: %v\n", r.File, r.Line, r.Name, r.Err)
		case !r.Passed:
			fmt.Fprintf(c.App.Writer, "FAIL  %s:%d: %s\n", r.File, r.Line, r.Name)
		case c.Bool("verbose"):
			fmt.Fprintf(c.App.Writer, "ok    %s:%d: %s\n", r.File, r.Line, r.Name)
		}
		if !r.Passed {
			failed++
		}
	}
	fmt.Fprintf(c.App.Writer, "%d of %s passed\n", len(results)-failed, count(len(results), "test"))
	if failed > 0 {
		return outcomeError(exitFailed)
	}
	return nil
}
