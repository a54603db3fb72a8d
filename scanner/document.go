package scanner

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Limits for input that anybody may have written.
const (
	maxFileSize = 64 << 20
	maxDepth    = 100
	// maxAliasNodes bounds what YAML aliases may blow a document up to.
	maxAliasNodes = 1 << 20
)

// file is one input file, or standard input.
type file struct {
	path string
	// text is without the byte order mark, which bom tells of.
	text []byte
	bom  bool
	// secrets are where the values of secret members stand, in order.
	secrets []span
	// starts are the offsets of the lines, found when they are first needed. In
	// YAML more characters than a line feed end a line.
	starts     []int
	findStarts sync.Once
	yaml       bool
	// ascii tells that columns are bytes, so that nothing has to be counted.
	ascii bool
}

// lineStarts returns the offsets at which the lines start.
func (f *file) lineStarts() []int {
	f.findStarts.Do(func() {
		f.starts = []int{0}
		f.ascii = !slices.ContainsFunc(f.text, func(b byte) bool { return b >= utf8.RuneSelf })
		for i := 0; i < len(f.text); i++ {
			if length := f.lineEnd(i); length > 0 {
				i += length - 1
				f.starts = append(f.starts, i+1)
			}
		}
	})
	return f.starts
}

// lineEnd returns the length of the end of a line at an offset, 0 if there is
// none. See https://yaml.org/spec/1.1/#id871136 for YAML; the parser keeps to
// that version here.
func (f *file) lineEnd(offset int) int {
	switch rest := f.text[offset:]; {
	case rest[0] == '\n':
		return 1
	case !f.yaml:
		return 0
	case bytes.HasPrefix(rest, []byte("\r\n")), bytes.HasPrefix(rest, []byte("\u0085")):
		return 2
	case rest[0] == '\r':
		return 1
	case bytes.HasPrefix(rest, []byte("\u2028")), bytes.HasPrefix(rest, []byte("\u2029")):
		return 3
	default:
		return 0
	}
}

// line returns a line without its end; lines count from 1.
func (f *file) line(n int) []byte {
	starts := f.lineStarts()
	if n < 1 || n > len(starts) {
		return nil
	}
	end := len(f.text)
	if n < len(starts) {
		end = starts[n]
	}
	return bytes.TrimRight(f.text[starts[n-1]:end], "\r\n\u0085\u2028\u2029")
}

// offset returns where a column of a line starts, or where the line ends if it
// is shorter.
func (f *file) offset(line, column int) int {
	text := f.line(line)
	if text == nil {
		return len(f.text)
	}
	if f.ascii {
		return f.lineStarts()[line-1] + min(max(0, column-1), len(text))
	}
	at := 0
	for range max(0, column-1) {
		_, size := utf8.DecodeRune(text[at:])
		at += size
	}
	return f.lineStarts()[line-1] + at
}

// position returns line and column of an offset.
func (f *file) position(offset int) (line, column int) {
	starts, offset := f.lineStarts(), min(offset, len(f.text))
	line, found := slices.BinarySearch(starts, offset)
	if found {
		line++
	}
	if f.ascii {
		return line, offset - starts[line-1] + 1
	}
	return line, utf8.RuneCount(f.text[starts[line-1]:offset]) + 1
}

// document is one JSON or YAML value that stands for one API answer or one
// snapshot. A file may hold several.
type document struct {
	file *file
	// index counts the documents of the file from 0.
	index  int
	value  any
	source locator
}

// locator finds where values stand. The result has an entry for each pointer
// that exists.
type locator interface {
	locate(pointers []string) map[string]span
	// tree returns where every value below stands; value is the document's as
	// the text has it.
	tree(value any) *node
}

// span is a region of a file. Lines and columns count from 1, columns in
// Unicode code points; the end column is one past the last character.
type span struct{ line, column, endLine, endColumn int }

// find returns the spans of the values at pointers below the document or,
// where one is absent, of its nearest parent that exists.
func (d *document) find(pointers ...string) []span {
	var asked []string
	for _, pointer := range pointers {
		for p := pointer; p != ""; p = parent(p) {
			asked = append(asked, p)
		}
	}
	found := d.source.locate(append(asked, ""))
	spans := make([]span, len(pointers))
	for i, p := range pointers {
		for {
			s, ok := found[p]
			if spans[i] = s; ok || p == "" {
				break
			}
			p = parent(p)
		}
	}
	return spans
}

func parent(pointer string) string { return pointer[:strings.LastIndexByte(pointer, '/')] }

// errorAt is an InputError about the value at a pointer below the document.
func (d *document) errorAt(pointer, message string) *InputError {
	at := d.find(pointer)[0]
	return &InputError{File: d.file.path, Line: at.line, Column: at.column, Message: message}
}

// lines counts lines and columns of a text, from front to back.
type lines struct {
	text         []byte
	offset       int
	line, column int
}

func newLines(text []byte) *lines { return &lines{text: text, line: 1, column: 1} }

// at returns line and column of an offset that is not before an earlier one.
func (l *lines) at(offset int) (line, column int) {
	offset = min(offset, len(l.text))
	for {
		i := bytes.IndexByte(l.text[l.offset:offset], '\n')
		if i < 0 {
			break
		}
		l.line, l.column = l.line+1, 1
		l.offset += i + 1
	}
	l.column += utf8.RuneCount(l.text[l.offset:offset])
	l.offset = offset
	return l.line, l.column
}
