package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/report"
)

// outputFlags say in which formats a report is written, and how.
func outputFlags() []cli.Flag {
	const category = "Output"
	return []cli.Flag{
		&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Category: category, EnvVars: env("FORMAT"), Value: "table", Usage: "write the report to stdout as `NAME`: " + strings.Join(report.Formats(), ", ")},
		&cli.StringSliceFlag{Name: "output", Aliases: []string{"o"}, Category: category, EnvVars: env("OUTPUT"), Usage: "write the report to a file, too, as `FORMAT=FILE` (repeatable)"},
		&cli.StringFlag{Name: "group-by", Category: category, EnvVars: env("GROUP_BY"), Value: report.Groupings()[0], Usage: "what the tables are about, `NAME`: " + strings.Join(report.Groupings(), " or ")},
		&cli.BoolFlag{Name: "sarif-include-waived", Category: category, EnvVars: env("SARIF_INCLUDE_WAIVED"), Usage: "put waived findings into SARIF, too, as suppressed ones; GitHub shows them as open"},
		&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Category: category, EnvVars: env("QUIET"), Usage: "only the summary, and no messages on stderr"},
		&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Category: category, EnvVars: env("VERBOSE"), Usage: "show each finding in its file"},
		&cli.BoolFlag{Name: "no-color", Category: category, EnvVars: env("NO_COLOR"), Usage: "no colours (also with the variable NO_COLOR)"},
	}
}

// gateFlags say which findings a command fails for.
func gateFlags() []cli.Flag {
	const category = "Gate"
	return []cli.Flag{
		&cli.StringFlag{Name: "fail-on", Category: category, EnvVars: env("FAIL_ON"), Value: "low", Usage: "exit 1 if a check of this `severity` or above failed: critical, high, medium, low, info or none"},
		&cli.BoolFlag{Name: "allow-incomplete", Category: category, EnvVars: env("ALLOW_INCOMPLETE"), Usage: "do not exit 3 if something could not be read"},
		&cli.BoolFlag{Name: "only-new", Category: category, EnvVars: env("ONLY_NEW"), Usage: "exit 1 only for failures that are new or worse than in the earlier report"},
	}
}

// outputFile is one file that a report is written to.
type outputFile struct{ format, path string }

// outputs is where a report goes.
type outputs struct {
	format string // on stdout
	files  []outputFile
	// onlyJUnit says that passed checks are for that format only: servers follow
	// its cases from run to run.
	onlyJUnit bool
}

// readOutputs reads the flags of output.
func readOutputs(c *cli.Context, otherwise string) (outputs, error) {
	o := outputs{format: textFlag(c, "format", otherwise)}
	if !slices.Contains(report.Formats(), o.format) {
		return o, errors.New(unknownMessage("format", o.format, report.Formats()))
	}
	if grouping := textFlag(c, "group-by", report.Groupings()[0]); !slices.Contains(report.Groupings(), grouping) {
		return o, errors.New(unknownMessage("grouping", grouping, report.Groupings()))
	}
	for _, text := range listFlag(c, "output", "\n") {
		format, path, ok := strings.Cut(text, "=")
		switch {
		case !ok || format == "" || path == "":
			return o, fmt.Errorf("flag --output is %q, expected FORMAT=FILE, such as sarif=cognilint.sarif", text)
		case !slices.Contains(report.Formats(), format):
			return o, errors.New(unknownMessage("format", format, report.Formats()) + " in flag --output")
		case path == "-", filepath.Clean(path) == "/dev/stdout":
			return o, fmt.Errorf("flag --output is %q, expected the name of a file; use --format for stdout", text)
		case slices.ContainsFunc(o.files, func(f outputFile) bool { return filepath.Clean(f.path) == filepath.Clean(path) }):
			return o, fmt.Errorf("flag --output names %s twice, expected a file for each format", path)
		}
		o.files = append(o.files, outputFile{format, path})
	}
	return o, nil
}

// has tells whether a format is written anywhere.
func (o outputs) has(format string) bool {
	return o.format == format || slices.ContainsFunc(o.files, func(f outputFile) bool { return f.format == format })
}

// write writes a report everywhere. A file that cannot be written does not keep
// the others from it.
func (o outputs) write(c *cli.Context, r *finding.Report) error {
	options := reportOptions(c)
	plain := options
	plain.Color, plain.Width = false, pipedWidth
	var errs []error
	if path := os.Getenv("GITHUB_STEP_SUMMARY"); path != "" && o.has("github") {
		summary, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err != nil {
			errs = append(errs, fmt.Errorf("the job summary %s: %w", path, withoutName(err)))
		} else {
			defer summary.Close()
			options.StepSummary = summary
			if o.format != "github" {
				plain.StepSummary = summary
			}
		}
	}
	listed := r
	if o.onlyJUnit {
		listed = r.WithoutPassed()
	}
	of := func(format string) *finding.Report {
		if format == "junit" {
			return r
		}
		return listed
	}
	for _, file := range o.files {
		err := writeOutput(file.path, func(w io.Writer) error { return report.Write(w, file.format, of(file.format), plain) })
		errs = append(errs, err)
	}
	errs = append(errs, report.Write(c.App.Writer, o.format, of(o.format), options))
	return errors.Join(errs...)
}

const pipedWidth = 120

// reportOptions looks at the terminal, if standard output is one.
func reportOptions(c *cli.Context) report.Options {
	options := report.Options{
		Width: pipedWidth, Verbose: c.Bool("verbose"), Quiet: c.Bool("quiet"), GroupBy: c.String("group-by"),
		IncludeWaived: c.Bool("sarif-include-waived"),
	}
	file, ok := c.App.Writer.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return options
	}
	if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
		options.Width = width
	}
	options.Color = !c.Bool("no-color") && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	return options
}

// readReport reads a saved report.
func readReport(path string) (*finding.Report, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w, expected a saved JSON report", path, withoutName(err))
	}
	defer in.Close()
	limited := &io.LimitedReader{R: in, N: maxReport + 1}
	r, err := report.ReadJSON(limited)
	if limited.N == 0 {
		return nil, fmt.Errorf("%s: larger than %d MiB, expected a report", path, maxReport>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

// maxReport is more than the report of all pools of a large organization.
const maxReport = 2 << 30

// compareWith compares a report with the one that a flag names.
func compareWith(c *cli.Context, r, earlier *finding.Report, path string) {
	if earlier != nil {
		r.Compare(earlier, path)
		r.Comparison.OnlyNew = c.Bool("only-new")
	}
}

// judge chooses the exit code of a command that only renders reports.
func judge(c *cli.Context, r *finding.Report) error {
	failOn, err := severityFlag(textFlag(c, "fail-on", "low"))
	if err != nil {
		return err
	}
	switch {
	case len(r.Pools) == 0 && len(r.Problems) == 0:
		return outcomeError(exitNothing)
	case (r.Summary.Incomplete > 0 || len(r.Problems) > 0) && !c.Bool("allow-incomplete"):
		return outcomeError(exitIncomplete)
	case r.FailedAtLeast(failOn) > 0:
		return outcomeError(exitFailed)
	default:
		return nil
	}
}
