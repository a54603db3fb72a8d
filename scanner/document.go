package scanner

import (
	"bytes"
	"strings"
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
	text []byte
	// secrets are where the values of secret members stand, in order.
	secrets []span
}

// document is one JSON or YAML value that stands for one API answer or one
// snapshot. A file may hold several.
type document struct {
	file *file
	// pointer leads from what locate knows to the document: "" or, for an
	// element of a top-level array, "/3".
	pointer string
	value   any
	source  locator
}

// locator finds where values stand. The result has an entry for each pointer
// that exists.
type locator interface {
	locate(pointers []string) map[string]span
}

// span is a region of a file. Lines and columns count from 1, columns in
// Unicode code points; the end column is one past the last character.
type span struct{ line, column, endLine, endColumn int }

// find returns the spans of the values at pointers below the document or,
// where one is absent, of its nearest parent that exists.
func (d *document) find(pointers ...string) []span {
	var asked []string
	for _, pointer := range pointers {
		for p := d.pointer + pointer; len(p) >= len(d.pointer); p = p[:max(0, strings.LastIndexByte(p, '/'))] {
			asked = append(asked, p)
			if p == "" {
				break
			}
		}
	}
	found := d.source.locate(asked)
	spans := make([]span, len(pointers))
	for i, pointer := range pointers {
		p := d.pointer + pointer
		for ok := false; !ok; p = p[:strings.LastIndexByte(p, '/')] {
			if spans[i], ok = found[p]; ok || p == "" {
				break
			}
		}
	}
	return spans
}

// errorAt is an InputError about the value at a pointer below the document.
func (d *document) errorAt(pointer, message string) *InputError {
	at := d.find(pointer)[0]
	return &InputError{File: d.file.path, Line: at.line, Column: at.column, Message: message}
}

// lines counts lines and columns of a text, from front to back.
type lines struct {
	text   []byte
	offset int
	line   int
	start  int // offset of the current line
}

func newLines(text []byte) *lines { return &lines{text: text, line: 1} }

// at returns line and column of an offset that is not before an earlier one.
func (l *lines) at(offset int) (line, column int) {
	offset = min(offset, len(l.text))
	for {
		i := bytes.IndexByte(l.text[l.offset:offset], '\n')
		if i < 0 {
			break
		}
		l.line++
		l.offset += i + 1
		l.start = l.offset
	}
	l.offset = offset
	return l.line, utf8.RuneCount(l.text[l.start:offset]) + 1
}
