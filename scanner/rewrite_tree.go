package scanner

import (
	"bytes"
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v3"
)

// node is a value and where it stands in the text of its file.
type node struct {
	value      any
	start, end int // offsets
	// name is that of a member; the offsets are -1 for elements.
	name               string
	nameStart, nameEnd int
	children           []*node
	// yaml is nil in JSON. block tells a mapping or sequence without brackets,
	// and empty a null that nothing is written for.
	yaml         *yaml.Node
	block, empty bool
}

// begin is where a member or an element starts.
func (n *node) begin() int {
	if n.nameStart >= 0 {
		return n.nameStart
	}
	return n.start
}

func (l *jsonLocator) tree(value any) *node {
	b := &jsonTree{dec: jsontext.NewDecoder(bytes.NewBuffer(l.start.text[l.start.offset:])), text: l.start.text, first: l.start.offset}
	return b.node(value)
}

// jsonTree reads a text that was decoded before, so no error can come up.
type jsonTree struct {
	dec   *jsontext.Decoder
	text  []byte
	first int
}

func (b *jsonTree) offset() int { return b.first + int(b.dec.InputOffset()) }

func (b *jsonTree) node(value any) *node {
	n := &node{value: value, start: valueStart(b.text, b.offset()), nameStart: -1, nameEnd: -1}
	switch value := value.(type) {
	case map[string]any:
		_, _ = b.dec.ReadToken()
		for b.dec.PeekKind() == '"' {
			start := valueStart(b.text, b.offset())
			token, _ := b.dec.ReadToken()
			name, end := token.String(), b.offset()
			child := b.node(value[name])
			child.name, child.nameStart, child.nameEnd = name, start, end
			n.children = append(n.children, child)
		}
		_, _ = b.dec.ReadToken()
	case []any:
		_, _ = b.dec.ReadToken()
		for _, element := range value {
			n.children = append(n.children, b.node(element))
		}
		_, _ = b.dec.ReadToken()
	default:
		_ = b.dec.SkipValue()
	}
	n.end = b.offset()
	return n
}

func (l *yamlLocator) tree(value any) *node {
	return l.reader.node(l.root, value)
}

func (y *yamlReader) node(n *yaml.Node, value any) *node {
	made := &node{value: value, yaml: n, nameStart: -1, nameEnd: -1}
	made.start, made.end = y.file.offset(n.Line, n.Column), y.end(n)
	made.empty = n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0 && n.Anchor == ""
	switch value := value.(type) {
	case map[string]any:
		for i := 0; n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
			key := n.Content[i]
			child := y.node(n.Content[i+1], value[key.Value])
			child.name, child.nameStart, child.nameEnd = key.Value, y.file.offset(key.Line, key.Column), y.end(key)
			if child.empty {
				child.start = child.nameEnd
				if y.file.text[min(child.start, len(y.file.text)-1)] == ':' {
					child.start = min(child.start+1, len(y.file.text))
				}
				child.end = child.start
			}
			made.children = append(made.children, child)
		}
	case []any:
		for i := 0; n.Kind == yaml.SequenceNode && i < len(n.Content); i++ {
			made.children = append(made.children, y.node(n.Content[i], value[i]))
		}
	}
	if made.block = n.Kind != yaml.AliasNode && len(made.children) > 0 && n.Style&yaml.FlowStyle == 0; made.block {
		made.end = made.children[len(made.children)-1].end
	}
	return made
}

// commented tells whether the parser found a comment in or at a node.
func commented(n *yaml.Node) bool {
	if n.HeadComment != "" || n.LineComment != "" || n.FootComment != "" {
		return true
	}
	for _, child := range n.Content {
		if commented(child) {
			return true
		}
	}
	return false
}

// style is how a document is written, as far as its values show it.
type style struct {
	newline, unit string
	// colon stands between name and value, gap behind a comma on one line.
	colon, gap string
	// lists tells that lists which are not empty go over lines.
	lists bool
	// dash is the indentation of a YAML sequence in a mapping.
	dash int
}

func styleOf(text []byte, root *node) style {
	s := style{newline: "\n", dash: -1}
	if i := bytes.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		s.newline = "\r\n"
	}
	var lists, lined int
	var walk func(n *node)
	walk = func(n *node) {
		s.learn(text, n)
		if n.block {
			s.learnBlock(text, n)
		}
		if len(n.children) > 0 && n.children[0].nameStart < 0 {
			lists++
			if ownLine(text, n) != nil {
				lined++
			}
		}
		for _, child := range n.children {
			walk(child)
		}
	}
	walk(root)
	s.colon = cmp.Or(s.colon, ": ")
	if s.gap == "" && strings.HasSuffix(s.colon, " ") {
		s.gap = ", "
	}
	s.gap = strings.TrimPrefix(s.gap, ",")
	s.unit = cmp.Or(s.unit, "  ")
	s.lists, s.dash = lists == 0 || lined > 0, max(0, s.dash)
	return s
}

// learn takes what is not known yet from the children of a node. Until all are
// seen, gap holds the comma, too.
func (s *style) learn(text []byte, n *node) {
	if own := ownLine(text, n); own != nil && s.unit == "" {
		if unit, ok := strings.CutPrefix(indentation(text, own.begin()), indentation(text, n.start)); ok {
			s.unit = unit
		}
	}
	end := n.start
	for i, child := range n.children {
		if s.colon == "" && child.nameEnd >= 0 {
			colon := string(text[child.nameEnd:max(child.start, child.nameEnd)])
			if strings.TrimSpace(colon) == ":" && !strings.Contains(colon, "\n") {
				s.colon = colon
			}
		}
		if s.gap == "" && i > 0 && !n.block {
			if between := string(text[end:max(child.begin(), end)]); !strings.Contains(between, "\n") {
				s.gap = strings.TrimLeft(between, " \t")
			}
		}
		end = child.end
	}
}

// learnBlock does it for the children of a YAML mapping without brackets.
func (s *style) learnBlock(text []byte, n *node) {
	for _, child := range n.children {
		if child.nameStart < 0 {
			continue
		}
		if n.nameStart >= 0 && s.unit == "" {
			s.unit = strings.Repeat(" ", max(0, column(text, child.nameStart)-column(text, n.nameStart)))
		}
		if child.block && child.children[0].nameStart < 0 && s.dash < 0 {
			s.dash = max(0, column(text, child.start)-column(text, child.nameStart))
		}
	}
}

// ownLine returns the first child of brackets that starts on a line of its own.
func ownLine(text []byte, n *node) *node {
	end := n.start
	for _, child := range n.children {
		if !n.block && bytes.IndexByte(text[end:max(end, child.begin())], '\n') >= 0 {
			return child
		}
		end = child.end
	}
	return nil
}

// lineStart is where the line of an offset starts, and lineStop where it ends.
func lineStart(text []byte, offset int) int {
	return bytes.LastIndexByte(text[:offset], '\n') + 1
}

func lineStop(text []byte, offset int) int {
	i := bytes.IndexByte(text[offset:], '\n')
	if i < 0 {
		return len(text)
	}
	return offset + i
}

// indentation is the blank text at the start of the line of an offset.
func indentation(text []byte, offset int) string {
	line := text[lineStart(text, offset):offset]
	return string(line[:len(line)-len(bytes.TrimLeft(line, " \t"))])
}

// column counts from 0.
func column(text []byte, offset int) int { return offset - lineStart(text, offset) }

// quote writes a JSON string that YAML reads in the same way.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u2029' || r == '\ufeff' || r == '\ufffe' || r == '\uffff':
			b.WriteString(`\u` + strings.Repeat("0", 4-len(strconv.FormatInt(int64(r), 16))) + strconv.FormatInt(int64(r), 16))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// scalar writes a value that has no parts.
func scalar(value any) string {
	switch value := value.(type) {
	case string:
		return quote(value)
	case json.Number:
		return value.String()
	case bool:
		return strconv.FormatBool(value)
	default:
		return "null"
	}
}
