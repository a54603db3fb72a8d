package main

import (
	"errors"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/finding"
)

func convertCommand() *cli.Command {
	return &cli.Command{
		Name:      "convert",
		Usage:     "render a saved report in other formats",
		UsageText: "cognilint convert [flags] REPORT",
		Description: `REPORT is what a scan wrote with --format json or --output json=FILE. Nothing is checked
anew, and what the report found does not change the exit code.

Examples:
   cognilint convert -f html report.json > report.html
   cognilint convert -o csv=findings.csv -o junit=junit.xml report.json`,
		CustomHelpTemplate: commandHelp,
		Flags:              outputFlags(),
		Action: func(c *cli.Context) error {
			if err := exactArgs(c, 1, "one report"); err != nil {
				return err
			}
			out, err := readOutputs(c, "table")
			if err != nil {
				return err
			}
			r, err := readReport(c.Args().First())
			if err != nil {
				return err
			}
			return out.write(c, r)
		},
	}
}

func compareCommand() *cli.Command {
	return &cli.Command{
		Name:      "compare",
		Usage:     "say what is new, worse and resolved between two saved reports",
		UsageText: "cognilint compare [flags] OLD NEW",
		Description: `Writes the report NEW with what differs from OLD: failures that are new, worse (a number
moved further away from the expected one, or more is wrong), unchanged, resolved or newly
waived, and checks that lost their verdict. Checks are the same if their fingerprints are.

Examples:
   cognilint compare yesterday.json today.json
   cognilint compare --only-new -f markdown main.json branch.json

Exit codes: as of "cognilint scan" for NEW; with --only-new only new and worse failures count.`,
		CustomHelpTemplate: commandHelp,
		Flags:              slices.Concat(gateFlags(), outputFlags()),
		Action: func(c *cli.Context) error {
			if err := exactArgs(c, 2, "an old and a new report"); err != nil {
				return err
			}
			out, err := readOutputs(c, "table")
			if err != nil {
				return err
			}
			earlier, err := readReport(c.Args().Get(0))
			if err != nil {
				return err
			}
			r, err := readReport(c.Args().Get(1))
			if err != nil {
				return err
			}
			compareWith(c, r, earlier, c.Args().Get(0))
			if err := out.write(c, r); err != nil {
				return err
			}
			return judge(c, r)
		},
	}
}

func mergeCommand() *cli.Command {
	return &cli.Command{
		Name:      "merge",
		Usage:     "make one report from the reports of several shards",
		UsageText: "cognilint merge [flags] REPORT...",
		Description: `The reports are those of scans with --shard, of the same baseline. A pool that two of them
hold is an error: then they are no shards of one run. What changed is merged, too, if all
were compared with the same report. A shard whose report is missing makes the merged one
incomplete.

Examples:
   cognilint merge shard-*.json > report.json
   cognilint merge -f table -o html=report.html shard-*.json

Exit codes: as of "cognilint scan" for all pools together.`,
		CustomHelpTemplate: commandHelp,
		Flags:              slices.Concat(gateFlags(), outputFlags()),
		Action:             mergeAction,
	}
}

func mergeAction(c *cli.Context) error {
	if c.NArg() == 0 {
		return exactArgs(c, 1, "one report or more")
	}
	// A merged report is made to be read by programs.
	otherwise := "json"
	if c.IsSet("format") {
		otherwise = c.String("format")
	} else if err := c.Set("format", otherwise); err != nil {
		return err
	}
	out, err := readOutputs(c, otherwise)
	if err != nil {
		return err
	}
	var reports []*finding.Report
	for _, path := range c.Args().Slice() {
		r, err := readReport(path)
		if err != nil {
			return err
		}
		reports = append(reports, r)
	}
	merged, err := finding.Merge(reports, c.Args().Slice())
	if err != nil {
		return err
	}
	if onlyNew := c.Bool("only-new"); merged.Comparison != nil {
		merged.Comparison.OnlyNew = onlyNew
	} else if onlyNew {
		return errors.New("flag --only-new needs shards that were all compared with the same report; scan them with --compare, or use \"cognilint compare\" on the merged report")
	}
	if err := out.write(c, merged); err != nil {
		return err
	}
	return judge(c, merged)
}

// earlierReport reads the report that a scan is compared with; nil for none.
func earlierReport(c *cli.Context) (*finding.Report, string, error) {
	path := c.String("compare")
	if path == "" {
		if c.Bool("only-new") {
			return nil, "", errors.New("flag --only-new needs a report to compare with, expected --compare REPORT")
		}
		return nil, "", nil
	}
	r, err := readReport(path)
	return r, path, err
}
