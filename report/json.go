package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

func writeJSON(w *bufio.Writer, r *finding.Report, _ Options) error {
	out := *r
	out.Schema = finding.ReportSchema
	// Readers loop over the lists; null would be a case of its own to them.
	out.Pools = list(out.Pools)
	out.Checks = list(out.Checks)
	out.Problems = list(out.Problems)
	out.Rules = list(slices.Clone(out.Rules))
	for i := range out.Rules {
		out.Rules[i].Needs = list(out.Rules[i].Needs)
	}
	if out.Summary.FailedBySeverity == nil {
		out.Summary.FailedBySeverity = finding.NewSummary().FailedBySeverity
	}

	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// list returns s, or an empty list for nil.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// ReadJSON reads a report that the format json wrote. Members that this
// version does not know are ignored, since v1 may grow; a report that another
// schema describes, or that leaves out what every check has, is an error.
// Numbers in values are json.Number. Positions have no Frame, it is not saved.
func ReadJSON(r io.Reader) (*finding.Report, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	// The schema comes first: the errors of a foreign document's members
	// would only distract from what is wrong.
	var head struct {
		Schema string `json:"schema"`
	}
	if err := unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	if head.Schema != finding.ReportSchema {
		return nil, fmt.Errorf("read report: schema is %q, expected %q", head.Schema, finding.ReportSchema)
	}
	var out finding.Report
	if err := unmarshal(data, &out); err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	for i, c := range out.Checks {
		if err := complete(c); err != nil {
			return nil, fmt.Errorf("read report: checks[%d]: %w", i, err)
		}
	}
	if out.Comparison != nil {
		for i, c := range out.Comparison.Resolved {
			if err := complete(c); err != nil {
				return nil, fmt.Errorf("read report: comparison.resolved[%d]: %w", i, err)
			}
		}
	}
	return &out, nil
}

func unmarshal(data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	// A float64 would change large numbers.
	dec.UseNumber()
	err := dec.Decode(v)
	var syntax *json.SyntaxError
	var mistyped *json.UnmarshalTypeError
	line := func(offset int64) int { return 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n")) }
	switch {
	case errors.Is(err, io.EOF):
		return errors.New("it is empty")
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: %w", line(syntax.Offset), err)
	case errors.As(err, &mistyped) && mistyped.Field == "":
		return fmt.Errorf("it is %s, expected an object", article(mistyped.Value))
	case errors.As(err, &mistyped):
		// The error names types of Go, which nobody sees in a file.
		return fmt.Errorf("line %d: %s is %s, expected something else", line(mistyped.Offset), mistyped.Field, article(mistyped.Value))
	case err != nil:
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the report")
	}
	return nil
}

func article(what string) string {
	if strings.HasPrefix(what, "a") || strings.HasPrefix(what, "o") {
		return "an " + what
	}
	return "a " + what
}

// complete reports what the formats rely on and a check lacks. Without this a
// damaged report could lose a failure on its way through a format.
func complete(c finding.Check) error {
	violated := c.Status == finding.Fail || c.Status == finding.Waived
	switch {
	case c.Rule == "":
		return errors.New("rule is missing")
	case c.Severity < finding.Info:
		return fmt.Errorf("severity of %s is missing", c.Rule)
	case violated && len(c.Violations) == 0:
		return fmt.Errorf("status of %s is %s, but it has no violations", c.Rule, c.Status)
	case c.Status == finding.Waived && c.Waiver == nil:
		return fmt.Errorf("status of %s is %s, but it has no waiver", c.Rule, c.Status)
	}
	for _, v := range c.Violations {
		if at := v.Position; at != nil && (at.Line < 1 || at.Column < 1 || at.EndLine < at.Line || at.EndColumn < 1) {
			return fmt.Errorf("position of %s is %d:%d to %d:%d, expected numbers from 1, and no end before the start", c.Rule, at.Line, at.Column, at.EndLine, at.EndColumn)
		}
	}
	return nil
}
