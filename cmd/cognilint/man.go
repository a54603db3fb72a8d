package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
)

// manCommand is for the release, which ships the manual page; it is hidden, since
// people read --help.
func manCommand() *cli.Command {
	return &cli.Command{
		Name:               "man",
		Usage:              "print the manual page",
		UsageText:          "cognilint man",
		Description:        "Example:\n   cognilint man > cognilint.1",
		Hidden:             true,
		CustomHelpTemplate: commandHelp,
		Action: func(c *cli.Context) error {
			if err := exactArgs(c, 0, "no argument"); err != nil {
				return err
			}
			_, err := io.WriteString(c.App.Writer, manPage(c.App))
			return err
		},
	}
}

// manHead and manTail hold what the commands do not say about themselves. The page
// has no date, so that it is the same whenever it is made.
const (
	manHead = `.TH COGNILINT 1 "" "cognilint %s" "User Commands"
.SH NAME
cognilint \- %s
.SH SYNOPSIS
.B cognilint
.I COMMAND
[flags] [arguments]
.SH DESCRIPTION
cognilint reads user pools live from the AWS API or from exported JSON and YAML, evaluates
rules on them, and tells for each finding the setting, the value, and the value that would
pass. What it could not read is not evaluated: never a failure, never a pass.
.PP
Flags may stand before and after arguments. The report is written to standard output,
everything else to standard error.
.SH COMMANDS
`
	manTail = `.SH ENVIRONMENT
Every flag of scan can be set in a variable COGNILINT_\fINAME\fR: \-\-fail\-on in
COGNILINT_FAIL_ON. A flag counts more than a variable, a variable more than cognilint.yaml.
Repeatable flags take one value per line. Credentials, profile and Region of AWS are found
as by the AWS CLI. NO_COLOR turns colours off.
.SH FILES
.TP
.I cognilint.yaml
settings, in the working directory
.TP
.I cognilint.waivers.yaml
findings that are accepted, in the working directory
.SH EXIT STATUS
.TP
.B 0
nothing failed
.TP
.B 1
a check failed at or above \-\-fail\-on
.TP
.B 2
wrong usage, or input that cannot be used
.TP
.B 3
something could not be read or evaluated
.TP
.B 4
nothing to scan
.TP
.B 5
a repair failed
.TP
.B 130
interrupted
`
)

// manPage is the manual page in the macros of man(7), made from the commands.
func manPage(app *cli.App) string {
	var page strings.Builder
	fmt.Fprintf(&page, manHead, manText(version()), manText(app.Usage))
	for _, command := range app.VisibleCommands() {
		manEntry(&page, "cognilint "+command.Name, command)
	}
	page.WriteString(manTail)
	return page.String()
}

// manEntry describes a command, and after it its subcommands.
func manEntry(page *strings.Builder, name string, command *cli.Command) {
	fmt.Fprintf(page, ".SS \"%s\"\n%s\n.PP\n", manText(name), manLine(command.Usage))
	manLiteral(page, strings.Split(command.UsageText, "\n"))
	manDescription(page, command.Description)
	flags := command.VisibleFlags()
	slices.SortStableFunc(flags, func(a, b cli.Flag) int { return strings.Compare(flagCategory(a), flagCategory(b)) })
	category := ""
	for _, flag := range flags {
		if name := flagCategory(flag); name != category {
			category = name
			fmt.Fprintf(page, ".PP\n%s:\n", manLine(category))
		}
		manFlag(page, flag)
	}
	for _, sub := range command.Subcommands {
		if !sub.Hidden {
			manEntry(page, name+" "+sub.Name, sub)
		}
	}
}

// manDescription keeps indented lines, which are examples, as they are.
func manDescription(page *strings.Builder, text string) {
	if text == "" {
		return
	}
	for _, paragraph := range strings.Split(text, "\n\n") {
		page.WriteString(".PP\n")
		var literal []string
		for _, line := range strings.Split(paragraph, "\n") {
			if trimmed, ok := strings.CutPrefix(line, "   "); ok {
				literal = append(literal, trimmed)
				continue
			}
			manLiteral(page, literal)
			literal = nil
			page.WriteString(manLine(line) + "\n")
		}
		manLiteral(page, literal)
	}
}

// manLiteral writes lines that are not to be filled.
func manLiteral(page *strings.Builder, lines []string) {
	if len(lines) == 0 {
		return
	}
	page.WriteString(".RS 4\n.nf\n")
	for _, line := range lines {
		page.WriteString(manLine(line) + "\n")
	}
	page.WriteString(".fi\n.RE\n")
}

func flagCategory(flag cli.Flag) string {
	if f, ok := flag.(cli.CategorizableFlag); ok {
		return f.GetCategory()
	}
	return ""
}

func manFlag(page *strings.Builder, flag cli.Flag) {
	doc, ok := flag.(cli.DocGenerationFlag)
	if !ok {
		return
	}
	value, usage := "", doc.GetUsage()
	if doc.TakesValue() {
		value = "value"
	}
	// The word in backquotes is the name of the value.
	if before, rest, ok := strings.Cut(usage, "`"); ok {
		if word, after, ok := strings.Cut(rest, "`"); ok {
			value, usage = word, before+word+after
		}
	}
	var names []string
	for _, name := range flag.Names() {
		dashes := "--"
		if len(name) == 1 {
			dashes = "-"
		}
		names = append(names, `\fB`+manText(dashes+name)+`\fR`)
	}
	head := strings.Join(names, ", ")
	if value != "" {
		head += ` \fI` + manText(value) + `\fR`
	}
	if doc.TakesValue() && doc.GetDefaultText() != "" {
		usage += " (default: " + doc.GetDefaultText() + ")"
	}
	fmt.Fprintf(page, ".TP\n%s\n%s\n", head, manLine(usage))
}

// manText is text that means nothing to roff: no escape, hyphens that can be copied,
// and ASCII, whatever the locale is that it is read in.
func manText(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "`", "\\`", `"`, `\(dq`).Replace(text)
	var ascii strings.Builder
	for _, r := range text {
		if r < utf8.RuneSelf {
			ascii.WriteRune(r)
		} else {
			fmt.Fprintf(&ascii, `\[u%04X]`, r)
		}
	}
	return ascii.String()
}

// manLine is text that may begin a line, where a dot or an apostrophe would make it
// a request.
func manLine(text string) string {
	text = manText(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		return `\&` + text
	}
	return text
}
