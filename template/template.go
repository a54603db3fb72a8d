// Package template makes new user pools that pass a selection of rules, and
// writes them as CloudFormation, as Terraform, or as inputs of the AWS CLI.
//
// [Maker.Make] starts from a small pool, does what the rules in force ask for
// (wish.go for what has no fix, the edits of the rules for the rest) and is
// satisfied only if none fails. What comes out is a pool as the API would
// describe it; resource.go turns it into the resources that make it, and one
// file for each format writes these.
package template

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/cognilint/cognilint/snapshot"
)

// Template is a pool that does not exist yet.
type Template struct {
	// Baseline is the name of the baseline that the pool passes.
	Baseline string
	// Pool is the pool as the API would describe it once it exists. Ids, ARNs
	// and addresses in it are examples.
	Pool *snapshot.Pool

	// reasons lists by pointer into Pool the rules that fail without what
	// stands there.
	reasons map[string][]string
}

var formats = map[string]func(*Template) ([]byte, error){
	"cloudformation": (*Template).cloudFormation,
	"terraform":      (*Template).terraform,
	"cli-json":       (*Template).cliJSON,
}

// Formats lists the names of the formats, sorted.
func Formats() []string { return slices.Sorted(maps.Keys(formats)) }

// Write writes the template in a format, one of [Formats].
func (t *Template) Write(w io.Writer, format string) error {
	write, ok := formats[format]
	if !ok {
		return fmt.Errorf("unknown format %q, expected one of %s", format, strings.Join(Formats(), ", "))
	}
	text, err := write(t)
	if err != nil {
		return fmt.Errorf("write template as %s: %w", format, err)
	}
	_, err = w.Write(text)
	return err
}

// heading are the first lines of a template that has comments.
func (t *Template) heading(replace string) []string {
	return []string{
		"A user pool that passes the baseline " + t.baseline() + ", made by: cognilint template",
		"A comment names the rules that fail without the setting below it.",
		replace,
	}
}

// baseline is the name in one line: a file may be named otherwise.
func (t *Template) baseline() string {
	return strings.Join(strings.FieldsFunc(t.Baseline, unicode.IsControl), " ")
}
