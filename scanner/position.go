package scanner

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Position is where a value stands in a file. Lines and columns count from 1,
// columns in Unicode code points; the end column is one past the last one.
type Position struct {
	File                             string
	Line, Column, EndLine, EndColumn int
	// Frame is the source around the position, with secrets masked; empty
	// unless it was asked for.
	Frame string
}

// Positions finds the values at pointers into the snapshot or, where one is
// absent, its nearest parent that exists. The result is in the order of the
// pointers.
func (e *Exported) Positions(pointers []string, withFrames bool) []Position {
	// One pass over a document finds all that is asked of it.
	asked := map[*document][]int{}
	local := make([]string, len(pointers))
	for i, pointer := range pointers {
		document, at := e.origin(pointer)
		local[i] = at
		asked[document] = append(asked[document], i)
	}
	positions := make([]Position, len(pointers))
	for document, indexes := range asked {
		var at []string
		for _, i := range indexes {
			at = append(at, local[i])
		}
		for n, s := range document.find(at...) {
			p := Position{File: document.file.path, Line: s.line, Column: s.column, EndLine: s.endLine, EndColumn: s.endColumn}
			if withFrames {
				p.Frame = document.file.frame(s)
			}
			positions[indexes[n]] = p
		}
	}
	return positions
}

// origin returns the document that holds the value at a pointer into the
// snapshot, and the pointer to it there. A section that stands in no document
// is nearest to the pool itself.
func (e *Exported) origin(pointer string) (*document, string) {
	best := origin{document: e.origins[0].document, at: e.origins[0].at, pointer: pointer}
	length := -1
	for _, o := range e.origins {
		if len(o.pointer) > length && (pointer == o.pointer || strings.HasPrefix(pointer, o.pointer+"/")) {
			best, length = o, len(o.pointer)
		}
	}
	return best.document, best.at + strings.TrimPrefix(pointer, best.pointer)
}

// Widths of a code frame: the lines around the marked one, and how much of a
// long line is shown on both sides of the mark.
const (
	frameLines = 2
	frameReach = 60
)

// frame shows the lines around the start of a span and marks it.
func (f *file) frame(s span) string {
	all := bytes.Split(f.text, []byte("\n"))
	first, last := max(1, s.line-frameLines), min(len(all), s.line+frameLines)
	width := len(fmt.Sprint(last))
	var b strings.Builder
	for n := first; n <= last; n++ {
		text := f.masked(n, all[n-1])
		from := max(0, s.column-1-frameReach)
		fmt.Fprintf(&b, "%*d | %s\n", width, n, window(text, from))
		if n == s.line {
			length := 1
			if s.endLine == s.line {
				length = max(1, min(s.endColumn-s.column, frameReach))
			}
			fmt.Fprintf(&b, "%*s | %s%s\n", width, "", strings.Repeat(" ", s.column-1-from), strings.Repeat("^", length))
		}
	}
	return b.String()
}

// masked returns a line with secrets replaced and without characters that a
// terminal would obey.
func (f *file) masked(n int, line []byte) []rune {
	runes := make([]rune, 0, len(line))
	for len(line) > 0 {
		r, size := utf8.DecodeRune(line)
		if r == '\t' {
			r = ' '
		} else if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			r = '·'
		}
		runes = append(runes, r)
		line = line[size:]
	}
	for _, s := range f.secrets {
		if n < s.line || n > s.endLine {
			continue
		}
		from, to := 0, len(runes)
		if n == s.line {
			from = min(s.column-1, len(runes))
		}
		if n == s.endLine {
			to = min(s.endColumn-1, len(runes))
		}
		for i := from; i < to; i++ {
			runes[i] = '*'
		}
	}
	return runes
}

func window(text []rune, from int) string {
	from = min(from, len(text))
	to := min(len(text), from+2*frameReach)
	return strings.TrimRight(string(text[from:to]), " \r")
}
