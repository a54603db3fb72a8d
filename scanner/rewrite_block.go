package scanner

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

var plainWord = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_./-]*$`)

// reserved are the words that YAML readers of any age may take for something
// else than text.
var reserved = []string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}

// plainText writes text without quotes if that is surely the same.
func plainText(s string) string {
	if plainWord.MatchString(s) && !slices.Contains(reserved, strings.ToLower(s)) {
		return s
	}
	return quote(s)
}

// yamlText writes a value on one line, text quoted as it was before.
func (e *editor) yamlText(value any, was yaml.Style) string {
	s, ok := value.(string)
	quoted := quote(s)
	switch {
	case !ok:
		return e.write(value, "", false)
	case was&yaml.SingleQuotedStyle != 0 && quoted == `"`+s+`"`:
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	case was&yaml.DoubleQuotedStyle == 0:
		return plainText(s)
	default:
		return quoted
	}
}

// replaceYAML writes a value in place of another, on one line.
func (e *editor) replaceYAML(n *node, want any) error {
	text := e.yamlText(want, n.yaml.Style)
	start := n.start
	switch {
	case n.empty && n.nameStart < 0:
		return e.refuse(n, "a value that nothing is written for")
	case n.empty && e.text[min(n.nameEnd, len(e.text)-1)] != ':':
		return e.refuse(n, "a value in this form")
	case n.empty:
		text = " " + text
	case n.block:
		if n.nameStart >= 0 {
			between := string(e.text[n.nameEnd:max(n.start, n.nameEnd)])
			if !strings.HasPrefix(between, ":") || strings.TrimSpace(between[1:]) != "" {
				return e.refuse(n, "a value with comments")
			}
			start, text = n.nameEnd+1, " "+text
		}
		fallthrough
	case len(n.children) > 0:
		if commented(n.yaml) {
			return e.refuse(n, "a value with comments")
		}
	}
	e.put(start, n.end, text)
	return nil
}

// changeBlock changes a YAML mapping or sequence without brackets.
func (e *editor) changeBlock(n *node, p *plan, want any) error {
	if len(p.want) == 0 {
		return e.replaceYAML(n, want)
	}
	isList := n.children[0].nameStart < 0
	var last *node
	for _, child := range n.children {
		value, stays := p.want[child]
		if isList && child.empty {
			return e.refuse(n, "a list with an element that nothing is written for")
		}
		if !stays {
			continue
		}
		last = child
		if err := e.change(child, value, false); err != nil {
			return err
		}
	}
	if err := e.removeBlocks(n, p); err != nil {
		return err
	}
	if len(p.added) == 0 {
		return nil
	}
	stop, ok := e.blankTo(last.end)
	if !ok && e.text[stop] != '#' {
		return e.refuse(last, "a value with something behind it")
	}
	stop = e.survivor(e.trimReturn(lineStop(e.text, stop)))
	indent := strings.Repeat(" ", e.columnOf(n, isList))
	var b strings.Builder
	for _, a := range p.added {
		b.WriteString(e.style.newline + indent)
		if isList {
			b.WriteString("- " + e.yamlText(a.value, last.yaml.Style))
		} else {
			b.WriteString(e.blockMember(n, a, indent))
		}
	}
	e.put(stop, stop, b.String())
	return nil
}

func (e *editor) columnOf(n *node, isList bool) int {
	if isList {
		return column(e.text, n.start)
	}
	return column(e.text, n.children[0].nameStart)
}

// blankTo skips blanks up to the end of the line, and tells whether there was
// nothing else.
func (e *editor) blankTo(offset int) (int, bool) {
	for offset < len(e.text) && strings.IndexByte(" \t\r", e.text[offset]) >= 0 {
		offset++
	}
	return offset, offset == len(e.text) || e.text[offset] == '\n'
}

// trimReturn steps back over the carriage return of a line end.
func (e *editor) trimReturn(offset int) int {
	if offset > 0 && offset < len(e.text) && e.text[offset-1] == '\r' {
		return offset - 1
	}
	return offset
}

// survivor steps back from the end of a line over lines that are taken out.
func (e *editor) survivor(offset int) int {
	for i := len(e.edits) - 1; i >= 0; i-- {
		x := e.edits[i]
		inside := x.start <= offset && (offset < x.end || x.end == len(e.text))
		if inside && x.text == "" && x.start > 0 && x.start == lineStart(e.text, x.start) {
			offset, i = e.trimReturn(x.start-1), len(e.edits)
		}
	}
	return offset
}

// removeBlocks takes out the children that do not stay, with their lines.
func (e *editor) removeBlocks(n *node, p *plan) error {
	for i, child := range n.children {
		if _, stays := p.want[child]; stays {
			continue
		}
		start := e.entry(child)
		if start < 0 {
			return e.refuse(child, "an element in this form")
		}
		if n.keyComment(e.text, i) {
			return e.refuse(child, "a value with comments")
		}
		stop, ok := e.blankTo(child.end)
		if !ok || commented(child.yaml) {
			return e.refuse(child, "a value with comments")
		}
		line := lineStart(e.text, start)
		if strings.TrimSpace(string(e.text[line:start])) != "" {
			// The first in a sequence's element: the next one takes its place.
			if i+1 == len(n.children) || child.nameStart < 0 || strings.TrimSpace(string(e.text[child.end:max(n.children[i+1].nameStart, child.end)])) != "" {
				return e.refuse(child, "a value in this place")
			}
			e.put(start, n.children[i+1].nameStart, "")
			continue
		}
		e.put(line, min(stop+1, len(e.text)), "")
	}
	return nil
}

// entry is where the name of a member or the dash of an element stands, or -1.
func (e *editor) entry(child *node) int {
	if child.nameStart >= 0 {
		return child.nameStart
	}
	before := strings.TrimRight(string(e.text[lineStart(e.text, child.start):child.start]), " \t")
	if !strings.HasSuffix(before, "-") {
		return -1
	}
	return lineStart(e.text, child.start) + len(before) - 1
}

// keyComment tells whether a comment stands beside or below a key; those above
// it stay.
func (n *node) keyComment(text []byte, i int) bool {
	child := n.children[i]
	if child.nameStart < 0 {
		return false
	}
	key := n.yaml.Content[2*i]
	return key.LineComment != "" || key.FootComment != "" || bytes.IndexByte(text[child.nameEnd:max(child.start, child.nameEnd)], '#') >= 0
}

// blockMember writes a new member of a mapping without brackets.
func (e *editor) blockMember(n *node, a addition, indent string) string {
	last := n.children[len(n.children)-1]
	name := plainText(a.name)
	if e.text[last.nameStart] == '"' {
		name = quote(a.name)
	}
	return name + ":" + e.blockValue(a.value, indent, last.yaml.Style)
}

// blockValue writes what follows the colon of a key.
func (e *editor) blockValue(value any, indent string, was yaml.Style) string {
	var b strings.Builder
	switch value := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			b.WriteString(e.style.newline + indent + e.style.unit + plainText(name) + ":" + e.blockValue(value[name], indent+e.style.unit, was))
		}
	case []any:
		for _, element := range value {
			b.WriteString(e.style.newline + indent + strings.Repeat(" ", e.style.dash) + "- " + e.yamlText(element, was))
		}
	}
	if b.Len() > 0 {
		return b.String()
	}
	return " " + e.yamlText(value, was)
}
