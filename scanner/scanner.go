// Package scanner is where snapshots come from: the live API ([OpenLive]) and
// exported files ([ReadExports]). Both give [snapshot.Pool] values; an export
// also knows where in its files each value stands.
package scanner

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// InputError is a file that cannot be used, and where. Line and Column count
// from 1; they are 0 if the whole file is meant.
type InputError struct {
	File         string
	Line, Column int
	Message      string
}

func (e *InputError) Error() string {
	if e.Line == 0 {
		return printable(e.File + ": " + e.Message)
	}
	return printable(fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message))
}

// printable keeps names from foreign files from commanding a terminal or
// forging lines.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || unicode.IsPrint(r) {
			return r
		}
		return '\uFFFD'
	}, text)
}

// joinErrors puts the errors of many files into a fixed order.
func joinErrors(errs []error) error {
	errs = slices.DeleteFunc(errs, func(err error) bool { return err == nil })
	slices.SortStableFunc(errs, func(a, b error) int {
		var x, y *InputError
		if errors.As(a, &x) && errors.As(b, &y) {
			return cmp.Or(cmp.Compare(x.File, y.File), cmp.Compare(x.Line, y.Line), cmp.Compare(x.Column, y.Column))
		}
		return 0
	})
	return errors.Join(errs...)
}
