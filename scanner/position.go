package scanner

import (
	"fmt"
	"strconv"
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
	first, last := max(1, s.line-frameLines), min(len(f.lineStarts()), s.line+frameLines)
	width := len(strconv.Itoa(last))
	from := max(0, s.column-1-frameReach)
	var b strings.Builder
	for n := first; n <= last; n++ {
		fmt.Fprintf(&b, "%*d | %s\n", width, n, strings.TrimRight(string(f.masked(n, from, from+2*frameReach)), " \r"))
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

// masked returns a part of a line, in code points, with secrets replaced and
// without characters that a terminal would obey.
func (f *file) masked(n, from, to int) []rune {
	start := f.offset(n, from+1)
	line := f.line(n)
	line = line[start-f.lineStarts()[n-1]:]
	var runes []rune
	for len(line) > 0 && len(runes) < to-from {
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
		left, right := 0, len(runes)
		if n == s.line {
			left = max(0, s.column-1-from)
		}
		if n == s.endLine {
			right = min(right, s.endColumn-1-from)
		}
		for i := left; i < right; i++ {
			runes[i] = '*'
		}
	}
	return runes
}
