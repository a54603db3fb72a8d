package report

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"github.com/cognilint/cognilint/finding"
)

// WaiverFormats lists the formats of [WriteWaivers].
func WaiverFormats() []string { return []string{"json", "table"} }

// WriteWaivers lists waivers with their states, as a table or as a JSON array.
func WriteWaivers(w io.Writer, format string, waivers []finding.WaiverEntry) error {
	if !slices.Contains(WaiverFormats(), format) {
		return fmt.Errorf("unknown format %q, expected one of %s", format, strings.Join(WaiverFormats(), ", "))
	}
	if format == "json" {
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(list(waivers))
	}
	table := tablewriter.NewTable(w,
		tablewriter.WithRenderer(renderer.NewBlueprint(tw.Rendition{
			Borders:  tw.BorderNone,
			Settings: tw.Settings{Separators: tw.SeparatorsNone, Lines: tw.LinesNone},
		})),
		tablewriter.WithHeaderAutoFormat(tw.Off),
		tablewriter.WithHeaderAlignment(tw.AlignLeft),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithRowAlignment(tw.AlignLeft),
		tablewriter.WithTrimSpace(tw.Off),
	)
	table.Header("rule", "selector", "owner", "expires", "state")
	for _, e := range waivers {
		if err := table.Append(clean(e.Rule), clean(e.Selector()), clean(e.Owner), clean(e.Expires), string(e.State)); err != nil {
			return fmt.Errorf("list waivers: %w", err)
		}
	}
	if err := table.Render(); err != nil {
		return fmt.Errorf("list waivers: %w", err)
	}
	return nil
}
