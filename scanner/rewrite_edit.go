package scanner

import (
	"bytes"
	"maps"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// findEdits returns the edits that turn a document into one that stands for
// the wanted value, and touch nothing else.
func findEdits(d *document, want any) ([]edit, error) {
	root := d.source.tree(d.value)
	e := &editor{file: d.file, text: d.file.text, style: styleOf(d.file.text, root)}
	if err := e.change(root, want, false); err != nil {
		return nil, err
	}
	return e.edits, nil
}

type editor struct {
	file  *file
	text  []byte
	style style
	edits []edit
}

func (e *editor) put(start, end int, text string) {
	e.edits = append(e.edits, edit{start, end, text})
}

// refuse says what stands in the way of a change at a node.
func (e *editor) refuse(n *node, reason string) error {
	line, column := e.file.position(n.start)
	return &InputError{File: e.file.path, Line: line, Column: column, Message: reason + " cannot be changed without risk to the rest of the file; change it by hand"}
}

// plan is what happens to the children of an object or list.
type plan struct {
	// want has an entry for each child that stays, and added those to append.
	want  map[*node]any
	added []addition
}

// addition is a new member, or a new element, whose name is empty.
type addition struct {
	name  string
	value any
}

// change makes the edits for one value. multi tells that the values around it
// go over lines.
func (e *editor) change(n *node, want any, multi bool) error {
	if reflect.DeepEqual(n.value, want) {
		return nil
	}
	if reason := n.obstacle(); reason != "" {
		return e.refuse(n, reason)
	}
	p := &plan{want: map[*node]any{}}
	switch wanted := want.(type) {
	case map[string]any:
		if !isObject(n.value) {
			return e.replace(n, want, multi)
		}
		rest := maps.Clone(wanted)
		for _, child := range n.children {
			if value, ok := wanted[child.name]; ok {
				p.want[child] = value
				delete(rest, child.name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(rest)) {
			p.added = append(p.added, addition{name, rest[name]})
		}
	case []any:
		if _, ok := n.value.([]any); !ok {
			return e.replace(n, want, multi)
		}
		p.align(n.children, wanted)
	default:
		return e.replace(n, want, multi)
	}
	if n.block {
		return e.changeBlock(n, p, want)
	}
	return e.changeFlow(n, p, multi)
}

// obstacle says what of YAML keeps a value from being changed, if anything.
func (n *node) obstacle() string {
	switch y := n.yaml; {
	case y == nil:
		return ""
	case y.Kind == yaml.AliasNode:
		return "a YAML alias"
	case y.Anchor != "":
		return "a value with a YAML anchor"
	case y.Style&yaml.TaggedStyle != 0:
		return "a value with a YAML tag"
	case y.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return "a YAML block scalar"
	default:
		return ""
	}
}

// align finds the elements that stay. Wanted elements come in order, so any
// choice of those that stay gives the wanted list.
func (p *plan) align(children []*node, wanted []any) {
	next := 0
	for i, child := range children {
		if next == len(wanted) {
			break
		}
		// A new element takes the place of one that is gone.
		if reflect.DeepEqual(child.value, wanted[next]) || !contains(children[i+1:], wanted[next]) {
			p.want[child] = wanted[next]
			next++
		}
	}
	for _, value := range wanted[next:] {
		p.added = append(p.added, addition{"", value})
	}
}

func contains(nodes []*node, value any) bool {
	return slices.ContainsFunc(nodes, func(n *node) bool { return reflect.DeepEqual(n.value, value) })
}

// replace writes a value in place of another.
func (e *editor) replace(n *node, want any, multi bool) error {
	if n.yaml != nil {
		return e.replaceYAML(n, want)
	}
	e.put(n.start, n.end, e.write(want, indentation(e.text, n.begin()), multi))
	return nil
}

// changeFlow changes an object or list in brackets.
func (e *editor) changeFlow(n *node, p *plan, multi bool) error {
	open, end := n.start+1, n.end-1
	if end < open || !strings.Contains("{}[]", string(e.text[n.start])) || !strings.Contains("}]", string(e.text[end])) {
		return e.refuse(n, "an object or list in this form")
	}
	if len(n.children) > 0 {
		multi = ownLine(e.text, n) != nil
	}
	for _, child := range n.children {
		if value, ok := p.want[child]; ok {
			if err := e.change(child, value, multi); err != nil {
				return err
			}
		}
	}
	if len(p.want) == 0 {
		return e.refill(n, p.added, multi)
	}
	last := 0 // the last child that stays
	for i, child := range n.children {
		if _, stays := p.want[child]; stays {
			last = i
		}
	}
	_, between := e.separators(n)
	if len(p.added) > 0 && strings.Contains(between, "#") {
		return e.refuse(n, "a list or object with comments")
	}
	for _, a := range p.added {
		e.put(n.children[last].end, n.children[last].end, between+e.member(n, a, e.indentOf(between, n.children[last].begin()), multi))
	}
	first := true // no child stayed so far
	for i, child := range n.children {
		if _, stays := p.want[child]; stays {
			first = false
			continue
		}
		start, end := child.begin(), 0
		if first {
			end = n.children[i+1].begin()
		} else {
			start, end = n.children[i-1].end, child.end
		}
		if err := e.remove(n, child, start, end); err != nil {
			return err
		}
	}
	return nil
}

// remove takes out a child with the separator beside it.
func (e *editor) remove(n, child *node, start, end int) error {
	if n.yaml != nil {
		outside := string(e.text[start:max(start, child.begin())]) + string(e.text[min(child.end, end):end])
		if strings.Contains(outside, "#") || commented(child.yaml) {
			return e.refuse(child, "a value with comments")
		}
	}
	e.put(start, end, "")
	return nil
}

// refill writes the members of an object, or the elements of a list, of which
// no old one stays.
func (e *editor) refill(n *node, added []addition, multi bool) error {
	open, end := n.start+1, n.end-1
	if n.yaml != nil && bytes.ContainsRune(e.text[open:end], '#') {
		return e.refuse(n, "a list or object with comments")
	}
	if len(added) == 0 {
		e.put(open, end, "")
		return nil
	}
	lead, between, tail, indent := "", ","+e.style.gap, "", indentation(e.text, n.begin())
	if len(n.children) > 0 {
		lead, between = e.separators(n)
		tail = string(e.text[min(n.children[len(n.children)-1].end, end):end])
		indent = e.indentOf(lead, n.start)
	} else if multi && (e.style.lists || e.text[n.start] == '{') && n.yaml == nil {
		lead = e.style.newline + indent + e.style.unit
		between, tail = ","+lead, e.style.newline+indent
		indent += e.style.unit
	}
	var b strings.Builder
	b.WriteString(lead)
	for i, a := range added {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(e.member(n, a, indent, multi))
	}
	e.put(open, end, b.String()+tail)
	return nil
}

// separators returns what stands before the first child, and what to write
// between two.
func (e *editor) separators(n *node) (lead, between string) {
	lead = string(e.text[n.start+1 : max(n.start+1, n.children[0].begin())])
	if last := len(n.children) - 1; last > 0 {
		between = string(e.text[n.children[last-1].end:max(n.children[last].begin(), n.children[last-1].end)])
		// Empty lines are not repeated.
		if i, j := strings.IndexByte(between, '\n'), strings.LastIndexByte(between, '\n'); i != j {
			between = between[:i] + between[j:]
		}
		return lead, between
	}
	if i := strings.LastIndexByte(lead, '\n'); i >= 0 {
		return lead, "," + e.style.newline + lead[i+1:]
	}
	return lead, "," + e.style.gap
}

// indentOf is the indentation of what follows a separator, or else of the line
// of an offset.
func (e *editor) indentOf(separator string, offset int) string {
	if i := strings.LastIndexByte(separator, '\n'); i >= 0 {
		rest := separator[i+1:]
		return rest[:len(rest)-len(strings.TrimLeft(rest, " \t"))]
	}
	return indentation(e.text, offset)
}

// member writes a new child of an object or list in brackets.
func (e *editor) member(n *node, a addition, indent string, multi bool) string {
	// Objects beside others on one line stand on one line, too.
	onOne := isObject(a.value) && slices.ContainsFunc(n.children, func(c *node) bool {
		return isObject(c.value) && len(c.children) > 0 && ownLine(e.text, c) == nil
	})
	value := e.write(a.value, indent, multi && !onOne && n.yaml == nil)
	if e.text[n.start] == '[' {
		return value
	}
	colon, name := e.style.colon, quote(a.name)
	if n.yaml != nil {
		colon = ": "
	}
	if len(n.children) > 0 {
		last := n.children[len(n.children)-1]
		if c := string(e.text[last.nameEnd:max(last.start, last.nameEnd)]); strings.TrimSpace(c) == ":" && !strings.Contains(c, "\n") && !last.empty {
			colon = c
		}
		if first := e.text[last.nameStart]; n.yaml != nil && first != '"' && first != '\'' && strings.HasSuffix(colon, " ") {
			name = plainText(a.name)
		}
	}
	return name + colon + value
}

// write writes a value as JSON, over lines or on one.
func (e *editor) write(value any, indent string, multi bool) string {
	var b strings.Builder
	switch value := value.(type) {
	case map[string]any:
		b.WriteByte('{')
		for i, name := range slices.Sorted(maps.Keys(value)) {
			e.separate(&b, i, indent, multi)
			b.WriteString(quote(name) + e.style.colon + e.write(value[name], indent+e.style.unit, multi))
		}
		if multi && len(value) > 0 {
			b.WriteString(e.style.newline + indent)
		}
		b.WriteByte('}')
	case []any:
		lines := multi && e.style.lists
		b.WriteByte('[')
		for i, element := range value {
			e.separate(&b, i, indent, lines)
			b.WriteString(e.write(element, indent+e.style.unit, lines))
		}
		if lines && len(value) > 0 {
			b.WriteString(e.style.newline + indent)
		}
		b.WriteByte(']')
	default:
		return scalar(value)
	}
	return b.String()
}

func (e *editor) separate(b *strings.Builder, i int, indent string, lines bool) {
	switch {
	case lines && i > 0:
		b.WriteString("," + e.style.newline + indent + e.style.unit)
	case lines:
		b.WriteString(e.style.newline + indent + e.style.unit)
	case i > 0:
		b.WriteString("," + e.style.gap)
	}
}
