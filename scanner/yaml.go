package scanner

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/cognilint/cognilint/internal/cognito"
)

// decodeYAML reads the documents of a YAML file as the JSON values they stand
// for.
func decodeYAML(f *file) (documents []*document, err error) {
	f.yaml = true
	// The parser reports what it knows as errors; whatever else hostile input
	// may trigger must not end the program.
	defer func() {
		if r := recover(); r != nil {
			documents, err = nil, &InputError{File: f.path, Message: "not valid YAML"}
		}
	}()
	if !utf8.Valid(f.text) {
		line, column := newLines(f.text).at(invalidUTF8(f.text))
		return nil, &InputError{File: f.path, Line: line, Column: column, Message: "invalid UTF-8, expected text in UTF-8"}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(f.text))
	for {
		var root yaml.Node
		if err := decoder.Decode(&root); errors.Is(err, io.EOF) {
			return documents, nil
		} else if err != nil {
			return nil, yamlFailed(f, err)
		}
		y := &yamlReader{file: f, order: map[*yaml.Node]int{}}
		y.number(&root)
		nodes := root.Content
		if len(nodes) == 1 && nodes[0].Kind == yaml.SequenceNode && nodes[0].Tag == "!!seq" {
			nodes = nodes[0].Content
		}
		for _, node := range nodes {
			value, err := y.value(node, 1)
			if err != nil {
				return nil, err
			}
			documents = append(documents, &document{file: f, value: value, source: &yamlLocator{reader: y, root: node}})
		}
	}
}

func invalidUTF8(text []byte) int {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(text)
}

var (
	yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)
	// yamlQuoted is what the parser quotes of its input, which may be a secret.
	yamlQuoted = regexp.MustCompile(`'[^']*' ?`)
	shortTag   = regexp.MustCompile(`^!{1,2}[A-Za-z]{1,20}$`)
)

// yamlFailed takes the line out of an error of the parser, which knows no
// column.
func yamlFailed(f *file, err error) error {
	match := yamlLine.FindStringSubmatch(strings.SplitN(err.Error(), "\n", 2)[0])
	if match == nil {
		return &InputError{File: f.path, Message: "not valid YAML"}
	}
	failed := &InputError{File: f.path, Message: "not valid YAML: " + yamlQuoted.ReplaceAllString(match[2], "")}
	if line, err := strconv.Atoi(match[1]); err == nil && line > 0 {
		failed.Line, failed.Column = line, 1
	}
	return failed
}

type yamlReader struct {
	file *file
	// nodes are those of the document in the order of the text, and order
	// tells the place of each.
	nodes []*yaml.Node
	order map[*yaml.Node]int
	// aliased counts the nodes that aliases brought in.
	aliased int
	inAlias int
}

func (y *yamlReader) number(n *yaml.Node) {
	y.order[n] = len(y.nodes)
	y.nodes = append(y.nodes, n)
	for _, child := range n.Content {
		y.number(child)
	}
}

// after returns where the text of a node has ended for sure: the start of the
// next node that is not inside it, or the end of the text.
func (y *yamlReader) after(n *yaml.Node) (line, column int) {
	last := n
	for last.Kind != yaml.AliasNode && len(last.Content) > 0 {
		last = last.Content[len(last.Content)-1]
	}
	if next := y.order[last] + 1; next < len(y.nodes) {
		return y.nodes[next].Line, y.nodes[next].Column
	}
	return y.file.position(len(y.file.text))
}

func (y *yamlReader) failed(n *yaml.Node, format string, args ...any) error {
	return &InputError{File: y.file.path, Line: max(n.Line, 1), Column: max(n.Column, 1), Message: fmt.Sprintf(format, args...)}
}

func (y *yamlReader) value(n *yaml.Node, depth int) (any, error) {
	if depth > maxDepth {
		return nil, y.failed(n, "nested more than %d levels deep", maxDepth)
	}
	if y.inAlias > 0 {
		if y.aliased++; y.aliased > maxAliasNodes {
			return nil, y.failed(n, "aliases expand to more than %d values", maxAliasNodes)
		}
	}
	switch n.Kind {
	case yaml.AliasNode:
		y.inAlias++
		defer func() { y.inAlias-- }()
		return y.value(n.Alias, depth+1)
	case yaml.MappingNode:
		return y.mapping(n, depth)
	case yaml.SequenceNode:
		if n.Tag != "!!seq" {
			return nil, y.tagged(n)
		}
		list := make([]any, len(n.Content))
		for i, element := range n.Content {
			var err error
			if list[i], err = y.value(element, depth+1); err != nil {
				return nil, err
			}
		}
		return list, nil
	default:
		return y.scalar(n)
	}
}

func (y *yamlReader) mapping(n *yaml.Node, depth int) (any, error) {
	if n.Tag != "!!map" {
		return nil, y.tagged(n)
	}
	members := make(map[string]any, len(n.Content)/2)
	for i := 0; i < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode || key.Tag == "!!merge" {
			return nil, y.failed(key, "a merge key or a key that is no text, expected a member name")
		}
		if _, ok := members[key.Value]; ok {
			return nil, y.failed(key, "duplicate member %q, expected each member once", key.Value)
		}
		value, err := y.value(n.Content[i+1], depth+1)
		if err != nil {
			return nil, err
		}
		members[key.Value] = value
		if slices.Contains(cognito.SecretMembers, key.Value) && y.inAlias == 0 {
			secret := n.Content[i+1]
			y.file.secrets = append(y.file.secrets, y.wholeLines(secret))
			if secret.Kind == yaml.AliasNode {
				y.file.secrets = append(y.file.secrets, y.wholeLines(secret.Alias))
			}
		}
	}
	return members, nil
}

// wholeLines is a span of lines that surely holds the text of a node.
func (y *yamlReader) wholeLines(n *yaml.Node) span {
	s := span{line: n.Line, column: 1, endLine: n.Line + 1, endColumn: 1}
	// A plain scalar without a space stands on one line, but for its anchor.
	if n.Kind != yaml.ScalarNode || n.Style != 0 || n.Anchor != "" || strings.ContainsAny(n.Value, " \n") {
		line, _ := y.after(n)
		s.endLine = line + 1
	}
	return s
}

// tagged refuses a tag, and quotes it only if it looks like one.
func (y *yamlReader) tagged(n *yaml.Node) error {
	if shortTag.MatchString(n.Tag) {
		return y.failed(n, "tag %s, expected plain YAML", n.Tag)
	}
	return y.failed(n, "a tag, expected plain YAML")
}

func (y *yamlReader) scalar(n *yaml.Node) (any, error) {
	switch n.Tag {
	case "!!null":
		return nil, nil
	case "!!bool":
		var b bool
		if err := n.Decode(&b); err != nil {
			return nil, y.failed(n, "not a boolean, expected true or false")
		}
		return b, nil
	case "!!int", "!!float":
		// Only what JSON writes in the same way is a number of the API.
		if !json.Valid([]byte(n.Value)) {
			return nil, y.failed(n, "a number that JSON cannot write, expected decimal digits")
		}
		value, err := number(n.Value)
		if err != nil {
			return nil, y.failed(n, "%v", err)
		}
		return value, nil
	case "!!str", "!!timestamp":
		return n.Value, nil
	default:
		return nil, y.tagged(n)
	}
}

type yamlLocator struct {
	reader *yamlReader
	root   *yaml.Node
}

func (l *yamlLocator) locate(pointers []string) map[string]span {
	found := map[string]span{}
	var walk func(n *yaml.Node, w *wanted)
	walk = func(n *yaml.Node, w *wanted) {
		if w.here {
			found[w.pointer] = l.reader.span(n)
		}
		for n.Kind == yaml.AliasNode {
			n = n.Alias
		}
		switch n.Kind {
		case yaml.MappingNode:
			for i := 0; i < len(n.Content); i += 2 {
				if child := w.children[n.Content[i].Value]; child != nil {
					walk(n.Content[i+1], child)
				}
			}
		case yaml.SequenceNode:
			for i, element := range n.Content {
				if child := w.children[strconv.Itoa(i)]; child != nil {
					walk(element, child)
				}
			}
		}
	}
	walk(l.root, newWanted(pointers))
	return found
}
