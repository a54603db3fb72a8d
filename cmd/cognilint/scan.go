package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

func scanCommand() *cli.Command {
	const what, policy, gate, output = "What", "Policy", "Gate", "Output"
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
   cognilint scan --fix --pool 'prod-*'

With --fix a plan is shown for each pool and carried out if you agree; without a terminal
and without --yes nothing is changed. See docs/fixing.md.

Exit codes: 0 nothing failed, 1 a check failed, 2 wrong usage or input, 3 incomplete,
4 nothing to scan, 5 a repair failed, 130 interrupted.`,
		CustomHelpTemplate: commandHelp,
		Flags: slices.Concat(poolFlags(what), []cli.Flag{
			&cli.StringSliceFlag{Name: "rule", Category: what, EnvVars: env("RULE"), Usage: "evaluate only the rule `ID`, even one that the baseline lacks (repeatable)"},
			&cli.StringSliceFlag{Name: "skip-rule", Category: what, EnvVars: env("SKIP_RULE"), Usage: "do not evaluate the rule `ID` (repeatable)"},
			&cli.StringSliceFlag{Name: "category", Category: what, EnvVars: env("CATEGORY"), Usage: "only rules of the category `NAME` (repeatable)"},

			&cli.StringFlag{Name: "baseline", Category: policy, EnvVars: env("BASELINE"), Value: policies.DefaultBaseline, Usage: "the rules and parameters to check against, by `NAME`"},
			policyFlag(policy),
			&cli.StringFlag{Name: "config", Category: policy, EnvVars: env("CONFIG"), Usage: "read settings from `FILE` (default: cognilint.yaml, if it exists)"},
			&cli.StringSliceFlag{Name: "param", Category: policy, EnvVars: env("PARAM"), Usage: "set a parameter, `rule.name=value` (repeatable)"},
			&cli.StringFlag{Name: "waivers", Category: policy, EnvVars: env("WAIVERS"), Usage: "accept the findings that `FILE` waives (default: cognilint.waivers.yaml, if it exists)"},

			&cli.StringFlag{Name: "compare", Category: gate, EnvVars: env("COMPARE"), Usage: "say what is new, worse and resolved since the saved report `REPORT`"},
		}, gateFlags(), outputFlags(), []cli.Flag{
			&cli.BoolFlag{Name: "show-passed", Category: output, EnvVars: env("SHOW_PASSED"), Usage: "list passed and not applicable checks too"},
			&cli.StringFlag{Name: "snapshot-dir", Category: output, EnvVars: env("SNAPSHOT_DIR"), Usage: "write the live pools to `DIR`, too, and let findings point there"},
			&cli.BoolFlag{Name: "no-progress", Category: output, EnvVars: env("NO_PROGRESS"), Usage: "do not tell on stderr how far a live scan is"},
			&cli.StringFlag{Name: "shard", Category: what, EnvVars: env("SHARD"), Usage: "read only every `i/n`th account, dealt out by a stable hash; only n takes i from the index that Kubernetes or AWS Batch sets"},
		}, awsFlags(), scanFixFlags()),
		Action: scanAction,
	}
}

// scan is one run of the command.
type scan struct {
	policy  *policies.Policy
	waivers *policies.Waivers
	filter  poolFilter
	// showPassed keeps passed and not applicable checks, frames adds source
	// lines to positions.
	showPassed, frames bool
	progress           io.Writer
	// fix repairs pools; nil if nothing is to be repaired.
	fix *fixer
	// snapshots is where live pools are written to; nil is nowhere.
	snapshots *snapshotFolder
	// shard is the one that is read, such as 2/4; empty is everything.
	shard string

	mu       sync.Mutex
	results  []poolResult
	summary  finding.Summary
	problems []finding.Problem
	// places were read by a live scan; nil for one of exports.
	places []scanner.Place
}

// poolResult is a pool and those of its checks that the report shows.
type poolResult struct {
	finding.Pool
	checks []finding.Check
}

// settings are the flags of one scan, read and checked.
type settings struct {
	config  *configFile
	failOn  finding.Severity
	outputs outputs
	live    scanner.LiveOptions
	// earlier is the report to compare with, and earlierPath where it stands; nil
	// for none.
	earlier     *finding.Report
	earlierPath string
	filter      poolFilter
	policy      *policies.Policy
	// library is where the rules of policy come from.
	library *policies.Library
	// waivers are the entries of their file.
	waivers []finding.WaiverEntry
}

// readSettings reads the configuration file and the flags.
func readSettings(c *cli.Context) (*settings, error) {
	config, err := readConfig(c)
	if err != nil {
		return nil, err
	}
	s := &settings{config: config}
	if s.failOn, err = severityFlag(textFlag(c, "fail-on", "low")); err != nil {
		return nil, config.blame(err, "fail-on")
	}
	if s.outputs, err = readOutputs(c, "table"); err != nil {
		return nil, config.blame(err, "format", "output", "group-by")
	}
	s.outputs.onlyJUnit = s.outputs.has("junit") && !c.Bool("show-passed")
	if s.earlier, s.earlierPath, err = earlierReport(c); err != nil {
		return nil, config.blame(err, "compare", "only-new")
	}
	if s.live, err = liveOptions(c, config); err != nil {
		return nil, config.blame(err, "region", "account", "role-arn", "org-role", "rate", "timeout")
	}
	if s.filter, err = newPoolFilter(c); err != nil {
		return nil, config.blame(err, "pool", "exclude-pool", "tag")
	}
	if s.library, s.policy, err = selectRules(c, config); err != nil {
		return nil, config.blame(err, "baseline", "rule", "skip-rule", "category", "param")
	}
	if len(s.policy.Rules()) == 0 {
		return nil, errors.New("no rule is selected; see \"cognilint rules list\"")
	}
	if s.waivers, err = readWaivers(c, config, rulesOf(c, s.policy.Rules())); err != nil {
		return nil, err
	}
	s.live.Sections = s.policy.Sections()
	s.live.IncludePool, s.live.IncludeRead = s.filter.includes, s.filter.matches
	return s, nil
}

func scanAction(c *cli.Context) error {
	settings, err := readSettings(c)
	if err != nil {
		return err
	}
	s, started := newScan(c, settings)
	if s.fix, err = newFixer(c, settings.library, s); err != nil {
		return err
	}
	if s.fix != nil {
		settings.live.Sections = everySection()
	}
	if err := settings.needFiles(c); err != nil {
		return err
	}
	if dir := c.String("snapshot-dir"); dir != "" {
		if s.snapshots, err = openSnapshotFolder(localPath(dir)); err != nil {
			return err
		}
		defer s.snapshots.close()
	}
	if c.NArg() > 0 {
		var paths []string
		for _, path := range c.Args().Slice() {
			paths = append(paths, localPath(path))
		}
		err = s.exports(c.Context, paths, c.App.Reader, started)
	} else {
		err = s.live(c.Context, settings.live, newProgress(s.progress, c.Bool("no-progress") || c.Bool("quiet")))
	}
	if err == nil && s.fix != nil {
		err = s.fix.run(c, s)
	}
	return s.conclude(c, settings, started, err)
}

func newScan(c *cli.Context, settings *settings) (s *scan, started time.Time) {
	started = time.Now().UTC()
	s = &scan{
		policy: settings.policy, waivers: policies.NewWaivers(settings.waivers, started), filter: settings.filter, showPassed: c.Bool("show-passed") || settings.outputs.has("junit"),
		frames:   c.Bool("verbose") && settings.outputs.format == "table" && !c.Bool("quiet"),
		progress: c.App.ErrWriter, summary: finding.NewSummary(),
	}
	if c.Bool("quiet") {
		s.progress = io.Discard
	}
	if c.String("shard") != "" {
		s.shard = fmt.Sprintf("%d/%d", settings.live.Shard+1, settings.live.Shards)
	}
	return s, started
}

// everySection lists what a repair reads: all rules are evaluated on the pool as
// it would be.
func everySection() []string {
	var names []string
	for _, section := range snapshot.Sections {
		names = append(names, section.Name)
	}
	return names
}

// conclude writes the report, unless an error other than an interrupt ended the
// scan, and chooses the exit code.
func (s *scan) conclude(c *cli.Context, settings *settings, started time.Time, err error) error {
	interrupted := c.Context.Err() != nil
	if err != nil && !interrupted {
		return err
	}
	if interrupted {
		s.problems = append(s.problems, finding.Problem{Operation: "scan", Error: "interrupted; this report is partial"})
	}
	r := s.report(started)
	compareWith(c, r, settings.earlier, settings.earlierPath)
	if err := settings.outputs.write(c, r); err != nil {
		return err
	}
	s.tellWaivers(s.policy.Rules(), started, !narrowed(c) && s.summary.Incomplete == 0 && len(s.problems) == 0 && len(s.results) > 0)
	return s.outcome(c, r, settings.failOn, interrupted)
}

// outcome maps what was found to an exit code.
func (s *scan) outcome(c *cli.Context, r *finding.Report, failOn finding.Severity, interrupted bool) error {
	incomplete := s.summary.Incomplete > 0 || len(s.problems) > 0
	switch {
	case interrupted:
		return outcomeError(exitInterrupted)
	case s.fix.failed():
		return outcomeError(exitFix)
	case len(s.results) == 0 && len(s.problems) == 0 && c.String("shard") != "":
		fmt.Fprintln(s.progress, "cognilint: nothing to scan in this shard")
		return nil // other shards have what there is
	case len(s.results) == 0 && len(s.problems) == 0:
		fmt.Fprintln(s.progress, "cognilint: nothing to scan")
		return outcomeError(exitNothing)
	case incomplete && !c.Bool("allow-incomplete"), len(s.results) == 0:
		return outcomeError(exitIncomplete)
	case r.FailedAtLeast(failOn) > 0:
		return outcomeError(exitFailed)
	default:
		return nil
	}
}

// selectRules resolves the flags that choose rules, and what the configuration
// file changes of them.
func selectRules(c *cli.Context, config *configFile) (*policies.Library, *policies.Policy, error) {
	library, err := loadLibrary(c)
	if err != nil {
		return nil, nil, err
	}
	selection, err := selectionFlags(c)
	if err != nil {
		return nil, nil, err
	}
	selection.Layers = []policies.Layer{config.layer}
	policy, err := library.Policy(c.Context, selection, config.overrides)
	return library, policy, err
}

func selectionFlags(c *cli.Context) (policies.Selection, error) {
	selection := policies.Selection{
		Baseline:   c.String("baseline"),
		Rules:      listFlag(c, "rule", ",\n"),
		SkipRules:  listFlag(c, "skip-rule", ",\n"),
		Categories: listFlag(c, "category", ",\n"),
		Fixes:      c.Bool("fix") || c.Command.Name == "apply",
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

// needFiles refuses formats that point into files where a scan has none.
func (s *settings) needFiles(c *cli.Context) error {
	live := c.NArg() == 0
	if dir := c.String("snapshot-dir"); dir != "" && !live {
		return errors.New("flag --snapshot-dir is for live pools, expected no PATH")
	}
	if !live && c.String("shard") != "" {
		return errors.New("flag --shard is for live pools of several accounts, expected no PATH")
	}
	for _, format := range []string{"sarif", "gitlab"} {
		if live && s.outputs.has(format) && c.String("snapshot-dir") == "" {
			return fmt.Errorf("the format %s points into files, and live pools have none; write them with --snapshot-dir DIR, or scan exported pools", format)
		}
	}
	return nil
}
