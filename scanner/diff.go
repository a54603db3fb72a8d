package scanner

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
)

// mask stands in a diff for a secret, or for text that may hold one.
const mask = "***"

// Diff shows a changed file as a unified diff, with secrets masked and without
// characters that a terminal would obey. It is empty if nothing changed.
func Diff(path string, old, new []byte) string {
	name := printable(strings.TrimPrefix(filepath.ToSlash(path), "/"))
	lines := strings.Split(string(diff.Diff("a/"+name, old, "b/"+name, new)), "\n")
	if len(lines) < 2 {
		return ""
	}
	var b strings.Builder
	before, after := &hider{text: old, spans: secretSpans(path, old)}, &hider{text: new, spans: secretSpans(path, new)}
	// The first line repeats the names, and behind the last end nothing stands.
	for i, line := range lines[1 : len(lines)-1] {
		switch {
		case i < 2 || strings.HasPrefix(line, `\`):
			b.WriteString(line)
		case strings.HasPrefix(line, "@@"):
			before.line, after.line = hunk(line)
			b.WriteString(line)
		case strings.HasPrefix(line, "-"):
			b.WriteString("-" + before.next())
		case strings.HasPrefix(line, "+"):
			b.WriteString("+" + after.next())
		default:
			before.next()
			b.WriteString(" " + after.next())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// hunk reads from the head of a hunk at which lines it starts.
func hunk(head string) (before, after int) {
	var count int
	_, _ = fmt.Sscanf(head, "@@ -%d,%d +%d,%d @@", &before, &count, &after, &count)
	return before, after
}

// secretSpans finds where secrets stand, as offsets in the order of the text.
// Of text that cannot be read all is secret.
func secretSpans(path string, text []byte) [][2]int {
	f := &file{path: path, text: text}
	if _, err := f.documents(); err != nil {
		return [][2]int{{0, len(text)}}
	}
	shift := len(text) - len(f.text)
	var spans [][2]int
	for _, s := range f.secrets {
		spans = append(spans, [2]int{f.offset(s.line, s.column) + shift, f.offset(s.endLine, s.endColumn) + shift})
	}
	return spans
}

// hider shows the lines of a text, each once and in their order.
type hider struct {
	text  []byte
	spans [][2]int
	// line is the one to come, counted from 1; it starts at an offset once reached.
	line        int
	reached, at int
}

// next returns the line without its end.
func (h *hider) next() string {
	for h.reached+1 < h.line && h.at < len(h.text) {
		h.at = min(lineStop(h.text, h.at)+1, len(h.text))
		h.reached++
	}
	start, stop := h.at, lineStop(h.text, h.at)
	h.at = min(stop+1, len(h.text))
	h.reached++
	h.line++
	var shown strings.Builder
	for _, s := range h.spans {
		from, to := max(s[0], start), min(s[1], stop)
		// An empty line inside a secret stays one.
		if from >= to {
			continue
		}
		shown.WriteString(harmless(h.text[start:from]) + mask)
		start = to
	}
	shown.WriteString(harmless(bytes.TrimSuffix(h.text[start:stop], []byte("\r"))))
	return shown.String()
}

// harmless replaces characters that a terminal would obey.
func harmless(text []byte) string {
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r != '\t' && !unicode.IsPrint(r) {
			r = utf8.RuneError
		}
		b.WriteRune(r)
		text = text[size:]
	}
	return b.String()
}
