package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/report"
	"github.com/cognilint/cognilint/scanner"
)

func waiversCommand() *cli.Command {
	return &cli.Command{
		Name:               "waivers",
		Usage:              "check the waivers of findings",
		UsageText:          "cognilint waivers check [flags] [FILE]",
		CustomHelpTemplate: commandHelp,
		Action:             cli.ShowSubcommandHelp,
		Subcommands: []*cli.Command{{
			Name:      "check",
			Usage:     "find expired, expiring, unused and malformed waivers",
			UsageText: "cognilint waivers check [flags] [FILE]",
			Description: `Without a FILE, the file that a scan would read is checked. Which waivers match nothing
is known only with the report of a complete scan.

Examples:
   cognilint waivers check
   cognilint scan --org --region all -f json > report.json
   cognilint waivers check --report report.json

Exit codes: 0 all are in force, 1 one is expired or unused, 2 malformed.`,
			CustomHelpTemplate: commandHelp,
			Flags: []cli.Flag{
				&cli.StringFlag{Name: "report", Usage: "say which waivers match nothing in `REPORT`, a saved JSON report"},
				&cli.StringFlag{Name: "format", Aliases: []string{"f"}, Value: "table", Usage: "`NAME` of the format: table or json"},
				&cli.StringFlag{Name: "config", EnvVars: env("CONFIG"), Usage: "read settings from `FILE` (default: cognilint.yaml, if it exists)"},
				policyFlag(""),
				&cli.StringFlag{Name: "waivers", EnvVars: env("WAIVERS"), Hidden: true},
			},
			Action: waiversCheckAction,
		}},
	}
}

func waiversCheckAction(c *cli.Context) error {
	// Read first: the settings have a format for reports of scans.
	format := c.String("format")
	if !slices.Contains(report.WaiverFormats(), format) {
		return errors.New(unknownMessage("format", format, report.WaiverFormats()))
	}
	if c.NArg() > 1 {
		return exactArgs(c, 1, "one file")
	}
	config, err := readConfig(c)
	if err != nil {
		return err
	}
	name := textFlag(c, "waivers", waiversName)
	if c.NArg() > 0 {
		name, config = c.Args().First(), &configFile{}
	}
	text, err := yamlText(name, true, "waivers")
	if err != nil {
		return config.blame(err, "waivers")
	}
	entries, err := parseWaivers(name, text, rulesOf(c, nil))
	if err != nil {
		return err
	}
	waivers := policies.NewWaivers(entries, time.Now())
	judged := func(finding.WaiverEntry) bool { return false }
	if slices.Contains(commandLineFlags(c), "report") {
		saved, err := readReport(c.String("report"))
		if err != nil {
			return err
		}
		if saved.Summary.Incomplete > 0 || len(saved.Problems) > 0 || saved.Summary.Pools == 0 {
			fmt.Fprintf(c.App.ErrWriter, "cognilint: %s is of an incomplete scan, so it does not tell which waivers match nothing\n", c.String("report"))
		} else {
			waivers.Meet(saved)
			judged = func(e finding.WaiverEntry) bool { return evaluated(saved.Rules, e.Rule) }
		}
	}
	reviewed := waivers.Review(judged)
	if err := report.WriteWaivers(c.App.Writer, format, reviewed); err != nil {
		return err
	}
	if slices.ContainsFunc(reviewed, func(e finding.WaiverEntry) bool {
		return e.State == finding.WaiverExpired || e.State == finding.WaiverUnused
	}) {
		return outcomeError(exitFailed)
	}
	return nil
}

func evaluated(rules []finding.Rule, id string) bool {
	return slices.ContainsFunc(rules, func(r finding.Rule) bool { return r.ID == id })
}

// tellWaivers says which waivers need somebody to look after them. Whole says that
// nothing narrowed the scan and all of it was done; else a waiver that matches
// nothing may be about what was left out.
func (s *scan) tellWaivers(rules []finding.Rule, now time.Time, whole bool) {
	for _, e := range s.waivers.Review(func(e finding.WaiverEntry) bool {
		return whole && evaluated(rules, e.Rule) && s.looked(e)
	}) {
		if e.State != finding.WaiverValid {
			fmt.Fprintf(s.progress, "cognilint: %s:%d:%d: waiver of %s (%s) by %s %s\n",
				e.File, e.Line, e.Column, e.Rule, printable(e.Selector()), printable(e.Owner), waiverNews(e, now))
		}
	}
}

func waiverNews(e finding.WaiverEntry, now time.Time) string {
	switch e.State {
	case finding.WaiverExpired:
		return "expired on " + e.Expires
	case finding.WaiverUnused:
		return "matches nothing"
	}
	const day = 24 * time.Hour
	expires, _ := time.Parse(time.DateOnly, e.Expires)
	if days := int(expires.Sub(now.UTC().Truncate(day)) / day); days > 0 {
		return "expires on " + e.Expires + ", in " + count(days, "day")
	}
	return "expires today"
}

// printable keeps control characters of a file from the terminal.
func printable(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return text
}

// looked tells whether a scan of live pools was where a waiver says that its pools
// are; a pool's id tells the Region.
func (s *scan) looked(e finding.WaiverEntry) bool {
	region := e.Region
	if prefix, _, ok := strings.Cut(e.Pool, "_"); ok && region == "" && regionName().MatchString(prefix) {
		region = prefix
	}
	return s.places == nil || slices.ContainsFunc(s.places, func(p scanner.Place) bool {
		return (e.Account == "" || e.Account == p.Account) && (region == "" || region == p.Region)
	})
}

// narrowed tells whether flags, or paths that are no folders, leave out pools or
// rules.
func narrowed(c *cli.Context) bool {
	for _, name := range []string{"pool", "exclude-pool", "tag", "rule", "skip-rule", "category"} {
		if len(listFlag(c, name, "\n")) > 0 {
			return true
		}
	}
	return slices.ContainsFunc(c.Args().Slice(), func(path string) bool {
		info, err := os.Stat(path)
		return err != nil || !info.IsDir()
	})
}
