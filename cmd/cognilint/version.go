package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v2"
)

// release is stamped by the release build (-ldflags "-X main.release=1.2.3").
var release = "0.1.0-dev"

func version() string { return release }

func versionCommand() *cli.Command {
	return &cli.Command{
		Name:               "version",
		Usage:              "print the version",
		UsageText:          "cognilint version",
		CustomHelpTemplate: commandHelp,
		Action: func(c *cli.Context) error {
			if err := exactArgs(c, 0, "no argument"); err != nil {
				return err
			}
			_, err := fmt.Fprintf(c.App.Writer, "cognilint %s%s %s %s/%s\n", version(), revision(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

// revision is the commit that the build was made from, if it knows it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return " (" + setting.Value[:min(12, len(setting.Value))] + ")"
		}
	}
	return ""
}
