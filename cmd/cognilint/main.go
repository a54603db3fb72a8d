// Command cognilint checks Amazon Cognito user pools against a policy.
//
// This file wires the commands and maps every outcome to an exit code; each
// command has a file of its own.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/policies"
)

// The exit codes are a contract; README.md explains them to users.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2
	exitIncomplete  = 3
	exitNothing     = 4
	exitFix         = 5
	exitInterrupted = 130
)

// lastWords is how long a program that was interrupted may write its report, once
// no pool is being changed any more.
const lastWords = 5 * time.Second

func main() {
	// The program is short-lived: collecting garbage less often makes it a
	// fifth faster (docs/performance.md).
	collectGarbage(400)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	var changes sync.RWMutex
	context.AfterFunc(ctx, func() {
		// A second signal ends the program at once.
		stop()
		// A change that was begun is ended, compared and journalled.
		wait(&changes)
		// Nobody may be there any more who reads what is still written.
		time.Sleep(lastWords)
		os.Exit(exitInterrupted)
	})
	code := run(context.WithValue(ctx, changesKey{}, &changes), os.Args, os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// changesKey is the key of the lock that those hold who change a pool.
type changesKey struct{}

// changing says that a pool is being changed until the function is called that it
// returns: so long an interrupt does not end the program.
func changing(ctx context.Context) (done func()) {
	if changes, ok := ctx.Value(changesKey{}).(*sync.RWMutex); ok {
		changes.RLock()
		return changes.RUnlock
	}
	return func() {}
}

func wait(changes *sync.RWMutex) {
	changes.Lock()
	defer changes.Unlock()
}

// collectGarbage sets how much garbage may gather, in percent of what is in use,
// unless the environment says it.
func collectGarbage(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// run is the whole program as a function of its inputs.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	app := newApp(stdin, stdout, stderr)
	ordered, err := orderArgs(app, args)
	if err == nil {
		err = app.RunContext(ctx, ordered)
	}
	var outcome outcomeError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &outcome):
		return int(outcome)
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "cognilint: interrupted")
		return exitInterrupted
	}
	fmt.Fprintf(stderr, "cognilint: %s\n", describe(err))
	return exitUsage
}

// outcomeError ends a command that said all it had to say with an exit code
// other than 0.
type outcomeError int

func (e outcomeError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// describe puts an error into words, with the nearest name for an unknown one
// and one line for each of several errors.
func describe(err error) string {
	var unknown *policies.UnknownNameError
	if errors.As(err, &unknown) {
		return err.Error() + didYouMean(unknown.Name, unknown.Known)
	}
	return strings.ReplaceAll(err.Error(), "\n", "\ncognilint: ")
}

// newApp builds the commands. Errors come back from it; nothing in it exits.
func newApp(stdin io.Reader, stdout, stderr io.Writer) *cli.App {
	// The library's own version flag would claim -v.
	cli.VersionFlag = &cli.BoolFlag{Name: "version", Usage: "print the version", DisableDefaultText: true}
	cli.HelpFlag = &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "show help", DisableDefaultText: true}
	app := &cli.App{
		Name:                 "cognilint",
		Usage:                "check Amazon Cognito user pools against a policy",
		UsageText:            "cognilint COMMAND [flags] [arguments]",
		Version:              version(),
		HideHelpCommand:      true,
		EnableBashCompletion: true,
		// Values hold commas (JSON, pool names); listFlag splits the rest.
		DisableSliceFlagSeparator: true,
		Reader:                    stdin,
		Writer:                    stdout,
		ErrWriter:                 stderr,
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError:              func(_ *cli.Context, err error, _ bool) error { return err },
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				name := c.Args().First()
				return errors.New(unknownMessage("command", name, commandNames(c.App.Commands)))
			}
			return cli.ShowAppHelp(c)
		},
		Commands: []*cli.Command{
			scanCommand(),
			applyCommand(),
			rollbackCommand(),
			exportCommand(),
			compareCommand(),
			convertCommand(),
			mergeCommand(),
			rulesCommand(),
			explainCommand(),
			waiversCommand(),
			templateCommand(),
			iamPolicyCommand(),
			configCommand(),
			versionCommand(),
			completionCommand(),
			manCommand(),
		},
		CustomAppHelpTemplate: appHelp,
	}
	for _, command := range app.Commands {
		command.OnUsageError = app.OnUsageError
		command.HideHelpCommand = true
		for _, sub := range command.Subcommands {
			sub.HideHelpCommand = true
		}
	}
	return app
}

const appHelp = `{{.Name}}: {{.Usage}}

Usage:
   {{.UsageText}}

Commands:{{range .VisibleCommands}}
   {{join .Names ", "}}{{"\t"}}{{.Usage}}{{end}}

Examples:
   cognilint scan                          check all pools of the Region
   cognilint scan exports/                 check exported pools
   cognilint scan --baseline documented pool.json
   cognilint export -o snapshots/          write live pools to files
   cognilint explain mfa-required          what a rule checks and why

"cognilint COMMAND --help" shows the flags of a command.
`

const commandHelp = `{{.HelpName}}: {{.Usage}}

Usage:
   {{.UsageText}}
{{if .Description}}
{{.Description}}
{{end}}{{if .VisibleCommands}}
Commands:{{range .VisibleCommands}}
   {{join .Names ", "}}{{"\t"}}{{.Usage}}{{end}}
{{end}}{{if .VisibleFlagCategories}}
Flags:{{range .VisibleFlagCategories}}
{{if .Name}}  {{.Name}}:
{{end}}{{range .Flags}}   {{.}}
{{end}}{{end}}{{else if .VisibleFlags}}
Flags:{{range .VisibleFlags}}
   {{.}}{{end}}
{{end}}`

// exactArgs refuses a wrong number of positional arguments.
func exactArgs(c *cli.Context, n int, what string) error {
	if c.NArg() == n {
		return nil
	}
	return fmt.Errorf("%s takes %s, got %d arguments; see %q", c.Command.HelpName, what, c.NArg(), c.Command.HelpName+" --help")
}
