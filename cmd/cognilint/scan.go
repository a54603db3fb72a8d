package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/report"
	"github.com/cognilint/cognilint/scanner"
)

func scanCommand() *cli.Command {
	const what, policy, aws, gate, output = "What", "Policy", "AWS", "Gate", "Output"
	env := func(name string) []string { return []string{"COGNILINT_" + name} }
	return &cli.Command{
		Name:      "scan",
		Usage:     "check live pools, or exported ones",
		UsageText: "cognilint scan [flags] [PATH...]",
		Description: `Without a PATH, the live pools of the Region are checked. A PATH is a file or a folder
of exported JSON or YAML, or "-" for standard input: what the AWS CLI writes, snapshots,
or arrays and NDJSON of them. Files of one folder that belong to one pool become one.

Examples:
   cognilint scan exports/
   cognilint scan --format json --fail-on high exports/pool.json
   aws cognito-idp describe-user-pool --user-pool-id eu-west-1_AbC123 | cognilint scan -
   cognilint scan --region eu-west-1 --pool 'prod-*'
   cognilint scan --baseline documented --param password-minimum-length.min=14 exports/

Exit codes: 0 nothing failed, 1 a check failed, 2 wrong usage or input, 3 incomplete,
4 nothing to scan, 130 interrupted.`,
		CustomHelpTemplate: commandHelp,
		Flags: []cli.Flag{
			&cli.StringSliceFlag{Name: "pool", Category: what, EnvVars: env("POOL"), Usage: "only pools whose `ID-or-name-glob` matches (repeatable)"},
			&cli.StringSliceFlag{Name: "exclude-pool", Category: what, EnvVars: env("EXCLUDE_POOL"), Usage: "no pool whose `ID-or-name-glob` matches (repeatable)"},
			&cli.StringSliceFlag{Name: "tag", Category: what, EnvVars: env("TAG"), Usage: "only pools with the tag `k=v` (repeatable, all must match)"},
			&cli.StringSliceFlag{Name: "rule", Category: what, EnvVars: env("RULE"), Usage: "evaluate only the rule `ID`, even one that the baseline lacks (repeatable)"},
			&cli.StringSliceFlag{Name: "skip-rule", Category: what, EnvVars: env("SKIP_RULE"), Usage: "do not evaluate the rule `ID` (repeatable)"},
			&cli.StringSliceFlag{Name: "category", Category: what, EnvVars: env("CATEGORY"), Usage: "only rules of the category `NAME` (repeatable)"},

			&cli.StringFlag{Name: "baseline", Category: policy, EnvVars: env("BASELINE"), Value: policies.DefaultBaseline, Usage: "the rules and parameters to check against, by `NAME`"},
			&cli.StringSliceFlag{Name: "param", Category: policy, EnvVars: env("PARAM"), Usage: "set a parameter, `rule.name=value` (repeatable)"},

			&cli.StringFlag{Name: "profile", Category: aws, EnvVars: env("PROFILE"), Usage: "the AWS profile `NAME` of the shared configuration"},
			&cli.StringFlag{Name: "region", Category: aws, EnvVars: env("REGION"), Usage: "the AWS Region `NAME`"},
			&cli.Float64Flag{Name: "rate", Category: aws, EnvVars: env("RATE"), Value: 0.8, Usage: "the `share` of the API's request quotas to use, above 0 up to 1"},
			&cli.StringFlag{Name: "endpoint-url", Category: aws, EnvVars: env("ENDPOINT_URL"), Usage: "send requests to `URL`"},

			&cli.StringFlag{Name: "fail-on", Category: gate, EnvVars: env("FAIL_ON"), Value: "low", Usage: "exit 1 if a check of this `severity` or above failed: critical, high, medium, low, info or none"},
			&cli.BoolFlag{Name: "allow-incomplete", Category: gate, EnvVars: env("ALLOW_INCOMPLETE"), Usage: "do not exit 3 if something could not be read"},

			&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Category: output, EnvVars: env("FORMAT"), Value: "table", Usage: "write the report to stdout as `NAME`: " + strings.Join(report.Formats(), ", ")},
			&cli.BoolFlag{Name: "show-passed", Category: output, EnvVars: env("SHOW_PASSED"), Usage: "list passed and not applicable checks too"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Category: output, EnvVars: env("QUIET"), Usage: "only the summary, and no messages on stderr"},
			&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Category: output, EnvVars: env("VERBOSE"), Usage: "show each finding in its file"},
			&cli.BoolFlag{Name: "no-color", Category: output, EnvVars: env("NO_COLOR"), Usage: "no colours (also with the variable NO_COLOR)"},
		},
		Action: scanAction,
	}
}

// scan is one run of the command.
type scan struct {
	set    *policies.Set
	filter poolFilter
	// showPassed keeps passed and not applicable checks, frames adds source
	// lines to positions.
	showPassed, frames bool
	progress           io.Writer

	mu       sync.Mutex
	results  []poolResult
	summary  finding.Summary
	problems []finding.Problem
}

// poolResult is a pool and those of its checks that the report shows.
type poolResult struct {
	finding.Pool
	checks []finding.Check
}

func scanAction(c *cli.Context) error {
	failOn, err := severityFlag(textFlag(c, "fail-on", "low"))
	if err != nil {
		return err
	}
	format := textFlag(c, "format", "table")
	if !slices.Contains(report.Formats(), format) {
		return errors.New(unknownMessage("format", format, report.Formats()))
	}
	if rate := c.Float64("rate"); !(rate > 0 && rate <= 1) {
		return fmt.Errorf("flag --rate is %v, expected a share above 0 up to 1", rate)
	}
	filter, err := newPoolFilter(listFlag(c, "pool", "\n"), listFlag(c, "exclude-pool", "\n"), listFlag(c, "tag", "\n"))
	if err != nil {
		return err
	}
	set, err := selectRules(c)
	if err != nil {
		return err
	}
	if len(set.Rules) == 0 {
		return errors.New("no rule is selected; see \"cognilint rules list\"")
	}
	s := &scan{
		set: set, filter: filter, showPassed: c.Bool("show-passed"),
		frames:   c.Bool("verbose") && format == "table" && !c.Bool("quiet"),
		progress: c.App.ErrWriter, summary: finding.NewSummary(),
	}
	if c.Bool("quiet") {
		s.progress = io.Discard
	}
	started := time.Now().UTC()
	if c.NArg() > 0 {
		err = s.exports(c.Context, c.Args().Slice(), c.App.Reader, started)
	} else {
		err = s.live(c.Context, scanner.LiveOptions{
			Region: c.String("region"), Profile: c.String("profile"), EndpointURL: c.String("endpoint-url"),
			Rate: c.Float64("rate"), Sections: set.Sections(), IncludePool: filter.includes,
		})
	}
	interrupted := c.Context.Err() != nil
	if err != nil && !interrupted {
		return err
	}
	if interrupted {
		s.problems = append(s.problems, finding.Problem{Operation: "scan", Error: "interrupted; this report is partial"})
	}
	if err := report.Write(c.App.Writer, format, s.report(started), reportOptions(c)); err != nil {
		return err
	}
	return s.outcome(c, failOn, interrupted)
}

// outcome maps what was found to an exit code.
func (s *scan) outcome(c *cli.Context, failOn finding.Severity, interrupted bool) error {
	incomplete := s.summary.Incomplete > 0 || len(s.problems) > 0
	switch {
	case interrupted:
		return outcomeError(exitInterrupted)
	case len(s.results) == 0 && len(s.problems) == 0:
		fmt.Fprintln(s.progress, "cognilint: nothing to scan")
		return outcomeError(exitNothing)
	case incomplete && !c.Bool("allow-incomplete"), len(s.results) == 0:
		return outcomeError(exitIncomplete)
	case s.summary.FailedAtLeast(failOn) > 0:
		return outcomeError(exitFailed)
	default:
		return nil
	}
}

// selectRules resolves the flags that choose rules.
func selectRules(c *cli.Context) (*policies.Set, error) {
	library, err := policies.Load()
	if err != nil {
		return nil, err
	}
	selection, err := selectionFlags(c)
	if err != nil {
		return nil, err
	}
	return library.Select(c.Context, selection)
}

func selectionFlags(c *cli.Context) (policies.Selection, error) {
	selection := policies.Selection{
		Baseline:   c.String("baseline"),
		Rules:      listFlag(c, "rule", ",\n"),
		SkipRules:  listFlag(c, "skip-rule", ",\n"),
		Categories: listFlag(c, "category", ",\n"),
	}
	for _, text := range listFlag(c, "param", "\n") {
		name, value, ok := strings.Cut(text, "=")
		rule, param, named := strings.Cut(name, ".")
		if !ok || !named {
			return selection, fmt.Errorf("flag --param is %q, expected rule.name=value", text)
		}
		selection.Params = append(selection.Params, policies.ParamValue{Rule: rule, Name: param, Text: value})
	}
	return selection, nil
}

// textFlag returns the value of a flag; a variable that is set to nothing is
// not set.
func textFlag(c *cli.Context, name, otherwise string) string {
	if value := c.String(name); value != "" {
		return value
	}
	return otherwise
}

// listFlag returns the values of a repeatable flag. A variable of the
// environment has one value only, so it may hold several, one per line; ids,
// which hold no comma, may also be separated by commas.
func listFlag(c *cli.Context, name, separators string) []string {
	var values []string
	for _, value := range c.StringSlice(name) {
		values = append(values, strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(separators, r) })...)
	}
	return values
}

func severityFlag(text string) (finding.Severity, error) {
	var severity finding.Severity
	if text == "none" {
		return severity, nil
	}
	if err := severity.UnmarshalText([]byte(text)); err != nil {
		known := []string{"critical", "high", "medium", "low", "info", "none"}
		return 0, errors.New(unknownMessage("severity", text, known) + " in flag --fail-on")
	}
	return severity, nil
}

// reportOptions looks at the terminal, if standard output is one.
func reportOptions(c *cli.Context) report.Options {
	const pipedWidth = 120
	options := report.Options{Width: pipedWidth, Verbose: c.Bool("verbose"), Quiet: c.Bool("quiet")}
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
