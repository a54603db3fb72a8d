package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/urfave/cli/v2"
)

// orderArgs puts flags before positional arguments, because the library stops
// to read flags at the first argument that is none and ignores the rest. It
// also refuses unknown flags, naming the nearest one.
func orderArgs(app *cli.App, args []string) ([]string, error) {
	if len(args) < 2 {
		return args, nil
	}
	if last := len(args) - 1; args[last] == "--generate-bash-completion" {
		// The library takes a bare -- for the end of the flags.
		if last > 1 && args[last-1] == "--" {
			args = append(slices.Clone(args[:last-1]), "-", args[last])
		}
		return args, nil
	}
	ordered := []string{args[0]}
	flags, commands := app.Flags, app.Commands
	name := app.Name
	rest := args[1:]
	for len(rest) > 0 {
		command := commandNamed(commands, rest[0])
		if command == nil {
			break
		}
		name += " " + command.Name
		ordered = append(ordered, rest[0])
		flags, commands, rest = command.Flags, command.Subcommands, rest[1:]
	}
	options, positional, err := splitArgs(name, flags, rest)
	if err != nil {
		return nil, err
	}
	if len(positional) > 0 && len(commands) > 0 && len(ordered) > 1 {
		return nil, errors.New(unknownMessage("command", positional[0], commandNames(commands)))
	}
	ordered = append(ordered, options...)
	if slices.ContainsFunc(options, func(option string) bool { return slices.Contains([]string{"--help", "-help", "-h"}, option) }) {
		// The library takes what follows for the name of a help topic.
		return append(ordered[:len(ordered)-len(options)], "--help"), nil
	}
	if len(positional) > 0 {
		ordered = append(append(ordered, "--"), positional...)
	}
	return ordered, nil
}

// splitArgs tells the flags, with their values, from the positional arguments.
func splitArgs(command string, flags []cli.Flag, args []string) (options, positional []string, err error) {
	for i := 0; i < len(args); i++ {
		arg := args[i]
		switch {
		case arg == "--":
			return options, append(positional, args[i+1:]...), nil
		case arg == "-" || !strings.HasPrefix(arg, "-"):
			positional = append(positional, arg)
			continue
		}
		name, _, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		flag := flagNamed(flags, name)
		if flag == nil {
			return nil, nil, errors.New(unknownMessage("flag", "--"+name, flagNames(flags)) + fmt.Sprintf("; see %q", command+" --help"))
		}
		options = append(options, arg)
		if takesValue(flag) && !hasValue {
			if i++; i == len(args) {
				return nil, nil, fmt.Errorf("flag %s needs a value; see %q", arg, command+" --help")
			}
			options = append(options, args[i])
		}
	}
	return options, positional, nil
}

func takesValue(flag cli.Flag) bool {
	_, isBool := flag.(*cli.BoolFlag)
	return !isBool
}

func commandNamed(commands []*cli.Command, name string) *cli.Command {
	for _, command := range commands {
		if command.HasName(name) {
			return command
		}
	}
	return nil
}

func flagNamed(flags []cli.Flag, name string) cli.Flag {
	for _, flag := range append([]cli.Flag{cli.HelpFlag, cli.VersionFlag}, flags...) {
		if slices.Contains(flag.Names(), name) {
			return flag
		}
	}
	return nil
}

func commandNames(commands []*cli.Command) []string {
	var names []string
	for _, command := range commands {
		names = append(names, command.Name)
	}
	return names
}

func flagNames(flags []cli.Flag) []string {
	names := []string{"--help", "--version"}
	for _, flag := range flags {
		names = append(names, "--"+flag.Names()[0])
	}
	return names
}

func unknownMessage(kind, name string, known []string) string {
	return fmt.Sprintf("unknown %s %q%s", kind, name, didYouMean(name, known))
}

// didYouMean proposes the known name that is nearest to a mistyped one; with
// none near it lists the known ones, if they are few.
func didYouMean(name string, known []string) string {
	const few = 12
	best, distance := "", len(strings.TrimLeft(name, "-"))/3+2
	for _, candidate := range known {
		if d := levenshtein.ComputeDistance(name, candidate); d < distance {
			best, distance = candidate, d
		}
	}
	if best == "" {
		for _, candidate := range known {
			if len(name) > 2 && strings.Contains(candidate, name) {
				best = candidate
				break
			}
		}
	}
	switch {
	case best != "":
		return fmt.Sprintf(", did you mean %q?", best)
	case len(known) > 0 && len(known) <= few:
		return ", expected one of " + strings.Join(known, ", ")
	default:
		return ""
	}
}
