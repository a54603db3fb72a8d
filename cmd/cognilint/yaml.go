package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/cognilint/cognilint/scanner"
)

// Limits for a file that anybody may have written.
const (
	maxYAMLSize  = 1 << 20
	maxYAMLDepth = 20
)

// yamlText reads a file of what content says. It returns nil if there need be no
// file and there is none.
func yamlText(path string, explicit bool, content string) ([]byte, error) {
	const expected = ", expected a readable file"
	unreadable := func(err error) error {
		var failed *fs.PathError
		if errors.As(err, &failed) {
			err = failed.Err
		}
		return &scanner.InputError{File: path, Message: err.Error() + expected}
	}
	info, err := os.Stat(path)
	if err != nil {
		// A link that leads nowhere was meant to be read.
		if _, missing := os.Lstat(path); !explicit && errors.Is(missing, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, unreadable(err)
	}
	switch {
	case info.IsDir():
		return nil, &scanner.InputError{File: path, Message: "a folder" + expected}
	case !explicit && !info.Mode().IsRegular():
		// Nobody asked to wait for a pipe.
		return nil, &scanner.InputError{File: path, Message: "not a regular file" + expected}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxYAMLSize+1))
	switch {
	case err != nil:
		return nil, unreadable(err)
	case len(text) > maxYAMLSize:
		return nil, &scanner.InputError{File: path, Message: "larger than 1 MiB, expected a file of " + content}
	default:
		return text, nil
	}
}

// yamlDecoder reads YAML that people wrote, and collects what is wrong with it.
type yamlDecoder struct {
	// path is the name of the file.
	path string
	errs []error
}

// err returns what is wrong, all at once, or as much as limit says.
func (d *yamlDecoder) err(limit int) error {
	if more := len(d.errs) - limit; more > 0 {
		d.errs = append(d.errs[:limit], fmt.Errorf("%s: %d more errors", d.path, more))
	}
	return errors.Join(d.errs...)
}

// configKey reads the value of one key. A refused key has a message instead.
type configKey struct {
	read    func(value *yaml.Node)
	refused string
}

// configValue is a value as the command line would write it, and where it
// stands. An empty text is one that was refused.
type configValue struct {
	text         string
	line, column int
}

func (v configValue) placed(path, message string) error {
	return &scanner.InputError{File: path, Line: v.line, Column: v.column, Message: message}
}

func texts(values []configValue) []string {
	var list []string
	for _, v := range values {
		list = append(list, v.text)
	}
	return list
}

// valueAt is a value at the place of a node.
func valueAt(n *yaml.Node, text string) configValue {
	return configValue{text: text, line: max(n.Line, 1), column: max(n.Column, 1)}
}

// list reads a list, or one value.
func (d *yamlDecoder) list(n *yaml.Node, name string, read func(*yaml.Node, string) configValue) []configValue {
	if n.Kind != yaml.SequenceNode {
		return []configValue{read(n, name)}
	}
	var values []configValue
	for _, element := range n.Content {
		values = append(values, read(element, name))
	}
	return values
}

// text takes a number for the digits that it is written with: account ids may
// start with zeros.
func (d *yamlDecoder) text(n *yaml.Node, name string) configValue {
	switch {
	case n.Kind != yaml.ScalarNode, n.Tag == "!!bool", n.Tag == "!!null", n.Value == "":
		d.wrong(n, name, "a text")
	case strings.ContainsAny(n.Value, "\r\n"):
		d.wrong(n, name, "one line of text")
	default:
		return valueAt(n, n.Value)
	}
	return valueAt(n, "")
}

// members reads a mapping by a table of its keys.
func (d *yamlDecoder) members(n *yaml.Node, keys map[string]configKey) {
	for key, value := range d.pairs(n) {
		handler, ok := keys[key.Value]
		switch {
		case !ok:
			known := slices.DeleteFunc(slices.Sorted(maps.Keys(keys)), func(name string) bool { return keys[name].refused != "" })
			d.failed(key, "%s", unknownMessage("key", shortened(key.Value), known))
		case handler.refused != "":
			d.failed(key, "%s", handler.refused)
		default:
			handler.read(value)
		}
	}
}

// pairs yields the keys and values of a mapping, each key once.
func (d *yamlDecoder) pairs(n *yaml.Node) func(func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		lines := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			first, duplicate := lines[key.Value]
			switch {
			case key.Kind != yaml.ScalarNode:
				d.failed(key, "%s as a key, expected a name", nodeText(key))
			case duplicate:
				d.failed(key, "duplicate key %q, first on line %d", shortened(key.Value), first)
			default:
				lines[key.Value] = key.Line
				if !yield(key, n.Content[i+1]) {
					return
				}
			}
		}
	}
}

// parse returns the root of the only document, nil if there is none.
func (d *yamlDecoder) parse(text []byte) (root *yaml.Node, err error) {
	invalid := &scanner.InputError{File: d.path, Message: "not valid YAML"}
	// The parser reports what it knows as errors; whatever else hostile input
	// may trigger must not end the program.
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, invalid
		}
	}()
	if !utf8.Valid(text) {
		return nil, d.notUTF8(text)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	var first, second yaml.Node
	if err := decoder.Decode(&first); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, d.notYAML(err, text)
	}
	if err := decoder.Decode(&second); err == nil {
		return nil, d.placed(&second, "a second document, expected one")
	} else if !errors.Is(err, io.EOF) {
		return nil, d.notYAML(err, text)
	}
	if first.Kind != yaml.DocumentNode || len(first.Content) != 1 {
		return nil, invalid
	}
	root = first.Content[0]
	if err := d.plain(root, 1); err != nil {
		return nil, err
	}
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, nil
	}
	return root, nil
}

func (d *yamlDecoder) notUTF8(text []byte) error {
	line, column := 1, 1
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			break
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
		text = text[size:]
	}
	return &scanner.InputError{File: d.path, Line: line, Column: column, Message: "invalid UTF-8, expected text in UTF-8"}
}

var (
	yamlMessage = pattern(`^yaml: (?:line (\d+): )?(.*)`)
	// yamlFromZero are the errors in which the library counts lines from 0.
	yamlFromZero = pattern(`^did not find expected (<|node content|'-'|key|',')`)
)

// notYAML takes the line out of an error of the parser, which knows no column.
func (d *yamlDecoder) notYAML(err error, text []byte) error {
	failed := &scanner.InputError{File: d.path, Message: "not valid YAML"}
	first, _, _ := strings.Cut(err.Error(), "\n")
	if match := yamlMessage().FindStringSubmatch(first); match != nil {
		failed.Message += ": " + match[2]
		if line, err := strconv.Atoi(match[1]); err == nil && line > 0 {
			if yamlFromZero().MatchString(match[2]) {
				line++
			}
			last := bytes.Count(bytes.TrimSuffix(text, []byte("\n")), []byte("\n")) + 1
			failed.Line, failed.Column = min(line, last), 1
		}
	}
	return failed
}

// plain refuses what settings need not and an attack may: aliases,
// tags, and deep nesting.
func (d *yamlDecoder) plain(n *yaml.Node, depth int) error {
	tags := map[yaml.Kind][]string{
		yaml.MappingNode:  {"!!map"},
		yaml.SequenceNode: {"!!seq"},
		yaml.ScalarNode:   {"!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!merge"},
	}
	switch {
	case depth > maxYAMLDepth:
		return d.placed(n, fmt.Sprintf("nested more than %d levels deep", maxYAMLDepth))
	case n.Kind == yaml.AliasNode:
		return d.placed(n, "an alias, expected the value itself")
	case n.Anchor != "":
		return d.placed(n, "an anchor, expected the value alone")
	case n.Tag == "!!merge":
		return d.placed(n, "a merge key, expected the settings themselves")
	case n.Style&yaml.TaggedStyle != 0, !slices.Contains(tags[n.Kind], n.Tag):
		return d.placed(n, "a tag, expected plain YAML")
	}
	for _, child := range n.Content {
		if err := d.plain(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// placed is an error at a node.
func (d *yamlDecoder) placed(n *yaml.Node, message string) error {
	return &scanner.InputError{File: d.path, Line: max(n.Line, 1), Column: max(n.Column, 1), Message: message}
}

func (d *yamlDecoder) failed(n *yaml.Node, format string, args ...any) {
	d.errs = append(d.errs, d.placed(n, fmt.Sprintf(format, args...)))
}

// wrong says what was found in a place and what was expected.
func (d *yamlDecoder) wrong(n *yaml.Node, what, expected string) {
	d.failed(n, "%s is %s, expected %s", what, nodeText(n), expected)
}

// nodeText is what a message calls a value.
func nodeText(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode && len(n.Content) == 0:
		return "an empty list"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Tag == "!!null":
		return "nothing"
	case n.Tag == "!!str" || n.Tag == "!!timestamp":
		return fmt.Sprintf("the text %q", shortened(n.Value))
	default:
		return shortened(n.Value)
	}
}

// shortened keeps a message readable whatever it quotes.
func shortened(text string) string {
	const limit = 60
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit]) + "…"
}
