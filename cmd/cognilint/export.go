package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

func exportCommand() *cli.Command {
	const what, settings, gate, output = "What", "Settings", "Gate", "Output"
	return &cli.Command{
		Name:      "export",
		Usage:     "write live pools as snapshots, which scan reads",
		UsageText: "cognilint export [flags] -o DIR",
		Description: `Every section of each pool is read and written to DIR/<account>/<region>/<pool-id>.json.
A file that is there already is replaced; files of pools that are gone stay. Client
secrets and secrets of identity providers are in no file.

Examples:
   cognilint export -o snapshots/
   cognilint export --region all --org -o snapshots/
   cognilint export --pool 'prod-*' --redact -o to-share/
   cognilint export -o snapshots/ && cognilint scan snapshots/

Exit codes: 0 everything is written, 2 wrong usage or a file that cannot be written,
3 incomplete, 4 no pool, 130 interrupted.`,
		CustomHelpTemplate: commandHelp,
		Flags: slices.Concat(poolFlags(what), []cli.Flag{
			&cli.StringFlag{Name: "config", Category: settings, EnvVars: env("CONFIG"), Usage: "read settings of a scan from `FILE` (default: cognilint.yaml, if it exists)"},

			&cli.BoolFlag{Name: "allow-incomplete", Category: gate, EnvVars: env("ALLOW_INCOMPLETE"), Usage: "do not exit 3 if something could not be read"},

			// No variable: COGNILINT_OUTPUT is for the reports of a scan.
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Category: output, Usage: "write to the folder `DIR`, which is made if need be (required)"},
			&cli.BoolFlag{Name: "redact", Category: output, EnvVars: env("REDACT"), Usage: "put pseudonyms in the place of accounts, e-mail addresses and host names"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Category: output, EnvVars: env("QUIET"), Usage: "tell nothing on stderr but problems"},
			&cli.BoolFlag{Name: "no-progress", Category: output, EnvVars: env("NO_PROGRESS"), Usage: "do not tell on stderr how far the export is"},
		}, awsFlags()),
		Action: exportAction,
	}
}

// export is one run of the command.
type export struct {
	options    scanner.LiveOptions
	anonymizer *snapshot.Anonymizer // nil without --redact
	folder     *snapshotFolder

	mu       sync.Mutex
	written  int
	problems []scanner.Problem
}

func exportAction(c *cli.Context) error {
	if err := exactArgs(c, 0, "no argument"); err != nil {
		return err
	}
	// Before the configuration file counts: its output is that of a scan.
	dir := c.String("output")
	if dir == "" {
		return fmt.Errorf("flag --output is missing, expected the folder to write to; see %q", c.Command.HelpName+" --help")
	}
	e, err := newExport(c)
	if err != nil {
		return err
	}
	if e.folder, err = openSnapshotFolder(dir); err != nil {
		return err
	}
	defer e.folder.close()
	messages := c.App.ErrWriter
	if c.Bool("quiet") {
		messages = io.Discard
	}
	err = e.live(c.Context, newProgress(messages, c.Bool("no-progress") || c.Bool("quiet")))
	interrupted := c.Context.Err() != nil
	if err != nil && !interrupted {
		return err
	}
	for _, line := range problemLines(e.problems) {
		fmt.Fprintf(c.App.ErrWriter, "cognilint: %s\n", line)
	}
	if interrupted {
		fmt.Fprintln(c.App.ErrWriter, "cognilint: interrupted; this export is partial")
	}
	fmt.Fprintf(messages, "cognilint: %s\n", e.summary(dir, interrupted))
	return e.outcome(interrupted, c.Bool("allow-incomplete"))
}

// newExport reads the configuration file and the flags.
func newExport(c *cli.Context) (*export, error) {
	config, err := readConfig(c)
	if err != nil {
		return nil, err
	}
	e := &export{}
	if e.options, err = liveOptions(c, config); err != nil {
		return nil, config.blame(err, "region", "account", "role-arn", "org-role", "rate", "timeout")
	}
	filter, err := newPoolFilter(c)
	if err != nil {
		return nil, config.blame(err, "pool", "exclude-pool", "tag")
	}
	e.options.IncludePool, e.options.IncludeRead = filter.includes, filter.matches
	for _, section := range snapshot.Sections {
		e.options.Sections = append(e.options.Sections, section.Name)
	}
	if c.Bool("redact") {
		var accounts []string
		for _, account := range e.options.Accounts {
			accounts = append(accounts, account.ID)
		}
		e.anonymizer = snapshot.NewAnonymizer(accounts...)
	}
	return e, nil
}

// summary says in one line what there is now.
func (e *export) summary(dir string, interrupted bool) string {
	if e.written == 0 && len(e.problems) == 0 && !interrupted {
		return "nothing to export"
	}
	line := fmt.Sprintf("wrote %s to %s", count(e.written, "snapshot"), dir)
	if n := len(e.problems); n > 0 {
		line += ", " + count(n, "problem")
	}
	return line
}

// outcome maps what was written to an exit code. Whatever is unknown in a
// snapshot is a problem, too.
func (e *export) outcome(interrupted, allowIncomplete bool) error {
	incomplete := len(e.problems) > 0
	switch {
	case interrupted:
		return outcomeError(exitInterrupted)
	case e.written == 0 && !incomplete:
		return outcomeError(exitNothing)
	case incomplete && !allowIncomplete, e.written == 0:
		return outcomeError(exitIncomplete)
	default:
		return nil
	}
}

// live writes pools as they are read.
func (e *export) live(ctx context.Context, shown *progress) error {
	e.options.PlaceDone = shown.placeDone
	live, err := openLive(ctx, e.options)
	if err != nil {
		return err
	}
	stop := shown.watch(live.Progress)
	defer stop()
	feed, wait := spread(ctx, func(_ context.Context, pool *snapshot.Pool) error { return e.write(pool) })
	problems, err := live.Pools(ctx, feed)
	err = cmp.Or(wait(), err)
	e.problems = append(e.problems, problems...)
	return err
}

// write writes one pool. The error is one that the next pool would meet, too.
func (e *export) write(pool *snapshot.Pool) error {
	named := pool
	if e.anonymizer != nil {
		pool = e.anonymizer.Pool(pool)
	}
	_, refusal, err := e.folder.write(pool)
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if refusal != "" {
		e.problems = append(e.problems, scanner.Problem{
			Account: named.Account, Region: named.Region, Pool: named.ID(), Operation: "export", Message: refusal,
		})
		return nil
	}
	e.written++
	return nil
}

// problemLines describes problems in a fixed order, each in a line.
func problemLines(problems []scanner.Problem) []string {
	join := func(separator string, parts ...string) string {
		return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), separator)
	}
	var lines []string
	for _, p := range problems {
		lines = append(lines, oneLine(join(": ", join(" ", p.Account, p.Region, p.Pool), p.Operation, p.Code, p.Message)))
	}
	slices.Sort(lines)
	return lines
}

// oneLine keeps foreign text from commanding a terminal or forging lines.
func oneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}

// snapshotFolder is where snapshots are written, each once. It is safe for
// concurrent use.
type snapshotFolder struct {
	root *os.Root

	mu    sync.Mutex
	names map[string]bool
}

// openSnapshotFolder makes the folder if need be.
func openSnapshotFolder(dir string) (*snapshotFolder, error) {
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		var root *os.Root
		if root, err = os.OpenRoot(dir); err == nil {
			return &snapshotFolder{root: root, names: map[string]bool{}}, nil
		}
	}
	return nil, fmt.Errorf("folder %s: %w, expected one that can be written to", dir, withoutName(err))
}

func (f *snapshotFolder) close() error { return f.root.Close() }

// safeName tells what can name a file everywhere and leads nowhere else. What
// AWS hands out has at most 55 characters.
var safeName = pattern(`^[A-Za-z0-9_-]{1,100}$`)

// write writes the file of a pool and returns its path. A refusal says why this
// pool cannot have one, while others can.
func (f *snapshotFolder) write(pool *snapshot.Pool) (path, refusal string, err error) {
	account, region, id := cmp.Or(pool.Account, "unknown"), pool.Region, pool.ID()
	for _, part := range []struct{ what, name string }{{"account", account}, {"Region", region}, {"pool id", id}} {
		if !safeName().MatchString(part.name) {
			return "", fmt.Sprintf("the %s %q is no name for a file, expected letters, digits, - and _; nothing was written", part.what, shortened(part.name)), nil
		}
	}
	folder := filepath.Join(account, region)
	name := filepath.Join(folder, id+".json")
	if !f.claim(name) {
		return "", "another pool of this export is in " + name + "; this one was not written", nil
	}
	// The root refuses links that lead out of it.
	if err := f.root.MkdirAll(folder, 0o700); err != nil {
		return "", "", fmt.Errorf("folder %s: %w", filepath.Join(f.root.Name(), folder), withoutName(err))
	}
	path = filepath.Join(f.root.Name(), name)
	return path, "", writeFile(path, func(w io.Writer) error {
		text, err := snapshotText(pool)
		if err != nil {
			return err
		}
		_, err = w.Write(text)
		return err
	})
}

// claim tells whether nobody wrote the file before.
func (f *snapshotFolder) claim(name string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	claimed := f.names[name]
	f.names[name] = true
	return !claimed
}

// snapshotText lays a snapshot out for people. Numbers stay as they were
// written, and characters that mean something in HTML only stay themselves.
func snapshotText(pool *snapshot.Pool) ([]byte, error) {
	text, err := pool.MarshalJSON()
	if err != nil {
		return nil, err
	}
	text, err = jsontext.AppendFormat(nil, text, jsontext.Multiline(true), jsontext.WithIndent("  "))
	if err != nil {
		return nil, err
	}
	return append(text, '\n'), nil
}

// forget lets a pool be written again, after it was changed.
func (f *snapshotFolder) forget(pool *snapshot.Pool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.names, filepath.Join(cmp.Or(pool.Account, "unknown"), pool.Region, pool.ID()+".json"))
}
