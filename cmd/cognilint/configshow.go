package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/policies"
)

func configCommand() *cli.Command {
	return &cli.Command{
		Name:               "config",
		Usage:              "show or check the settings in force",
		UsageText:          "cognilint config show|validate [flags]",
		CustomHelpTemplate: commandHelp,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return errors.New(unknownMessage("command", c.Args().First(), commandNames(c.Command.Subcommands)))
			}
			return cli.ShowSubcommandHelp(c)
		},
		Subcommands: []*cli.Command{
			{
				Name:      "show",
				Usage:     "print every setting of a scan, and what set it",
				UsageText: "cognilint config show [flags of scan]",
				Description: `Each line is a setting, its value, and where it comes from: a flag, a variable, the
configuration file, the baseline, or the default. What holds for some pools only follows
at the end.

Examples:
   cognilint config show
   cognilint config show --baseline documented --param pool-name.name=staff`,
				CustomHelpTemplate: commandHelp,
				Flags:              scanCommand().Flags,
				Action:             configShowAction,
			},
			{
				Name:               "validate",
				Usage:              "check the configuration file, and say what is wrong with it",
				UsageText:          "cognilint config validate [FILE]",
				CustomHelpTemplate: commandHelp,
				Flags:              scanCommand().Flags,
				Action:             configValidateAction,
			},
		},
	}
}

func configValidateAction(c *cli.Context) error {
	if c.NArg() > 1 {
		return exactArgs(c, 1, "one file")
	}
	if c.NArg() == 1 {
		if err := c.Set("config", c.Args().First()); err != nil {
			return err
		}
	}
	settings, err := readSettings(c)
	if err != nil {
		return err
	}
	if settings.config.Path == "" {
		return fmt.Errorf("there is no %s here; name a file", configName)
	}
	fmt.Fprintf(c.App.Writer, "%s is valid\n", settings.config.Path)
	return nil
}

func configShowAction(c *cli.Context) error {
	if err := exactArgs(c, 0, "no argument"); err != nil {
		return err
	}
	origins := flagOrigins(c)
	settings, err := readSettings(c)
	if err != nil {
		return err
	}
	for _, s := range settings.config.applied {
		origins[s.flag] = fmt.Sprintf("%s:%d", settings.config.Path, s.values[0].line)
	}
	w := c.App.Writer
	for _, flag := range c.Command.Flags {
		name := flag.Names()[0]
		if name == "help" || name == "param" {
			continue
		}
		fmt.Fprintf(w, "%s = %s  # %s\n", name, valueText(flagValue(c, flag)), cmp.Or(origins[name], "default"))
	}
	return showRules(w, c, settings.config)
}

// flagOrigins says which flags the command line or a variable set.
func flagOrigins(c *cli.Context) map[string]string {
	origins := map[string]string{}
	given := commandLineFlags(c)
	for _, flag := range c.Command.Flags {
		name := flag.Names()[0]
		switch documented, ok := flag.(cli.DocGenerationFlag); {
		case slices.Contains(given, name):
			origins[name] = "--" + name
		case ok:
			for _, variable := range documented.GetEnvVars() {
				if os.Getenv(variable) != "" {
					origins[name] = variable
				}
			}
		}
	}
	return origins
}

func flagValue(c *cli.Context, flag cli.Flag) any {
	name := flag.Names()[0]
	if _, ok := flag.(*cli.StringSliceFlag); ok {
		return append([]string{}, listFlag(c, name, "\n")...)
	}
	return c.Value(name)
}

// showRules prints the rules in force, and what changes for some pools.
func showRules(w io.Writer, c *cli.Context, config *configFile) error {
	library, err := loadLibrary(c)
	if err != nil {
		return err
	}
	selection, err := selectionFlags(c)
	if err != nil {
		return err
	}
	selection.Layers = []policies.Layer{config.layer}
	base, err := library.InForce(selection)
	if err != nil {
		return err
	}
	fmt.Fprintln(w)
	for _, r := range base {
		printRule(w, r, nil)
	}
	for _, o := range config.overrides {
		selection.Layers = []policies.Layer{config.layer, o.Layer}
		changed, err := library.InForce(selection)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "\nfor pools with %s:\n", selectorText(o.Selector))
		for _, r := range changed {
			printRule(w, r, &o.Layer)
		}
		for _, r := range base {
			if !slices.ContainsFunc(changed, func(other policies.InForce) bool { return other.ID == r.ID }) {
				fmt.Fprintf(w, "%s.enabled = false  # %s\n", r.ID, o.Layer.Name)
			}
		}
	}
	return nil
}

// printRule prints what is in force of a rule; only what a layer set, if there
// is one.
func printRule(w io.Writer, r policies.InForce, layer *policies.Layer) {
	line := func(name string, value any, origin string) {
		if layer == nil || origin == layer.Name {
			fmt.Fprintf(w, "%s.%s = %s  # %s\n", r.ID, name, valueText(value), cmp.Or(origin, "rule"))
		}
	}
	line("enabled", true, r.Origin)
	line("severity", r.Severity, r.SeverityOrigin)
	for _, p := range r.Params {
		line(p.Name, p.Value, r.ParamOrigins[p.Name])
	}
}

func selectorText(s policies.Selector) string {
	var parts []string
	if s.Pools != nil {
		parts = append(parts, "id or name "+strings.Join(s.Pools, " or "))
	}
	for _, key := range slices.Sorted(maps.Keys(s.Tags)) {
		parts = append(parts, "tag "+key+"="+s.Tags[key])
	}
	if s.Account != "" {
		parts = append(parts, "account "+s.Account)
	}
	if s.Region != "" {
		parts = append(parts, "Region "+s.Region)
	}
	return strings.Join(parts, ", ")
}

// valueText writes a value as JSON.
func valueText(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}
