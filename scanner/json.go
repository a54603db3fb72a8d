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

	"github.com/go-json-experiment/json/jsontext"

	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/snapshot"
)

// decodeJSON reads the JSON values of a file: one, or several after each other
// as in NDJSON. The elements of an array count as several, too.
func decodeJSON(f *file) ([]*document, error) {
	d := &jsonDecoder{file: f, dec: jsontext.NewDecoder(bytes.NewBuffer(f.text)), names: map[string]string{}, count: newLines(f.text)}
	var documents []*document
	inArray := false
	for {
		switch kind := d.dec.PeekKind(); {
		case kind == '[' && !inArray, kind == ']':
			inArray = kind == '['
			if _, err := d.dec.ReadToken(); err != nil {
				return nil, d.failed(err)
			}
			continue
		case kind == 0:
			if _, err := d.dec.ReadToken(); !errors.Is(err, io.EOF) {
				return nil, d.failed(err)
			}
			d.maskSecrets()
			return documents, nil
		}
		d.count.at(valueStart(f.text, int(d.dec.InputOffset())))
		source := &jsonLocator{start: *d.count}
		value, err := d.value(1)
		if err != nil {
			return nil, d.failed(err)
		}
		documents = append(documents, &document{file: f, value: value, source: source})
	}
}

type jsonDecoder struct {
	file *file
	dec  *jsontext.Decoder
	// names holds each member name once: a pool repeats few names often.
	names   map[string]string
	secrets [][2]int // offsets
	// start is where the latest value starts, and count stands before it.
	start int
	count *lines
}

// value reads the next value as a tree.
func (d *jsonDecoder) value(depth int) (any, error) {
	d.start = valueStart(d.file.text, int(d.dec.InputOffset()))
	if depth > maxDepth {
		return nil, fmt.Errorf("nested more than %d levels deep", maxDepth)
	}
	token, err := d.dec.ReadToken()
	if err != nil {
		return nil, err
	}
	switch token.Kind() {
	case 'n':
		return nil, nil
	case 't':
		return true, nil
	case 'f':
		return false, nil
	case '"':
		return token.String(), nil
	case '0':
		return number(token.String())
	case '[':
		return d.array(depth)
	default:
		return d.object(depth)
	}
}

func (d *jsonDecoder) array(depth int) (any, error) {
	list := []any{}
	for d.dec.PeekKind() != ']' {
		element, err := d.value(depth + 1)
		if err != nil {
			return nil, err
		}
		list = append(list, element)
	}
	_, err := d.dec.ReadToken()
	return list, err
}

func (d *jsonDecoder) object(depth int) (any, error) {
	members := map[string]any{}
	for d.dec.PeekKind() != '}' {
		token, err := d.dec.ReadToken()
		if err != nil {
			return nil, err
		}
		name := d.name(token.String())
		start := int(d.dec.InputOffset())
		if members[name], err = d.value(depth + 1); err != nil {
			return nil, err
		}
		if slices.Contains(cognito.SecretMembers, name) {
			d.secrets = append(d.secrets, [2]int{valueStart(d.file.text, start), int(d.dec.InputOffset())})
		}
	}
	_, err := d.dec.ReadToken()
	return members, err
}

func (d *jsonDecoder) name(name string) string {
	if known, ok := d.names[name]; ok {
		return known
	}
	d.names[name] = name
	return name
}

func (d *jsonDecoder) maskSecrets() {
	count := newLines(d.file.text)
	for _, s := range d.secrets {
		d.file.secrets = append(d.file.secrets, newSpan(count, s[0], s[1]))
	}
}

// quoted is what the decoder quotes of its input, which may be a secret.
var quoted = regexp.MustCompile("`[^`]*` ?")

// failed puts line and column to an error of the decoder. Its own text is
// taken apart, because it repeats the package's name, byte offsets and input.
func (d *jsonDecoder) failed(err error) error {
	offset, message := d.start, err.Error()
	var syntax *jsontext.SyntacticError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		offset, message = len(d.file.text), "the file ends in the middle of a value, expected complete JSON"
	case errors.Is(err, jsontext.ErrDuplicateName):
		message = "duplicate member"
		if errors.As(err, &syntax) {
			offset = int(syntax.ByteOffset)
			message = fmt.Sprintf("duplicate member %q, expected each member once", syntax.JSONPointer.LastToken())
		}
	case errors.As(err, &syntax):
		offset, message = int(syntax.ByteOffset), "not valid JSON: "+quoted.ReplaceAllString(syntax.Err.Error(), "")
	}
	line, column := newLines(d.file.text).at(offset)
	return &InputError{File: d.file.path, Line: line, Column: column, Message: message}
}

// number refuses numbers that no API value can be and whose exact arithmetic
// would be a burden.
func number(text string) (json.Number, error) {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	e, err := strconv.Atoi("0" + strings.TrimLeft(exponent, "+-"))
	if err != nil || e > 300 || len(mantissa) > 300 {
		return "", fmt.Errorf("a number out of range, expected at most 300 digits")
	}
	return json.Number(text), nil
}

// valueStart skips what may stand between two tokens.
func valueStart(text []byte, offset int) int {
	for offset < len(text) && strings.IndexByte(" \t\r\n:,", text[offset]) >= 0 {
		offset++
	}
	return offset
}

func newSpan(count *lines, start, end int) span {
	var s span
	s.line, s.column = count.at(start)
	s.endLine, s.endColumn = count.at(end)
	return s
}

// jsonLocator finds values by reading the text once more: positions are needed
// for the few values that are wrong, so they are not kept for all.
type jsonLocator struct {
	// start stands where the document begins.
	start lines
}

// wanted is a tree of the pointers to find.
type wanted struct {
	pointer  string
	here     bool
	children map[string]*wanted
}

func newWanted(pointers []string) *wanted {
	root := &wanted{}
	for _, pointer := range pointers {
		node, at := root, ""
		for _, key := range snapshot.SplitPointer(pointer) {
			at += snapshot.Pointer(key)
			if node.children == nil {
				node.children = map[string]*wanted{}
			}
			if node.children[key] == nil {
				node.children[key] = &wanted{pointer: at}
			}
			node = node.children[key]
		}
		node.here = true
	}
	return root
}

func (l *jsonLocator) locate(pointers []string) map[string]span {
	w := &jsonWalk{count: l.start, first: l.start.offset, found: map[string]span{}}
	w.dec = jsontext.NewDecoder(bytes.NewBuffer(l.start.text[l.start.offset:]))
	w.walk(newWanted(pointers))
	return w.found
}

// jsonWalk visits the wanted values of a document. The text was decoded before,
// so no error can come up.
type jsonWalk struct {
	dec   *jsontext.Decoder
	count lines
	first int
	found map[string]span
}

func (w *jsonWalk) offset() int { return w.first + int(w.dec.InputOffset()) }

func (w *jsonWalk) walk(node *wanted) {
	var s span
	s.line, s.column = w.count.at(valueStart(w.count.text, w.offset()))
	kind := w.dec.PeekKind()
	if len(node.children) == 0 || kind != '{' && kind != '[' {
		_ = w.dec.SkipValue()
	} else {
		w.members(node, kind)
	}
	s.endLine, s.endColumn = w.count.at(w.offset())
	if node.here {
		w.found[node.pointer] = s
	}
}

// members visits the children of an object or array.
func (w *jsonWalk) members(node *wanted, kind jsontext.Kind) {
	_, _ = w.dec.ReadToken()
	for i := 0; w.dec.PeekKind() != '}' && w.dec.PeekKind() != ']' && w.dec.PeekKind() != 0; i++ {
		key := strconv.Itoa(i)
		if kind == '{' {
			token, _ := w.dec.ReadToken()
			key = token.String()
		}
		if child := node.children[key]; child != nil {
			w.walk(child)
		} else {
			_ = w.dec.SkipValue()
		}
	}
	_, _ = w.dec.ReadToken()
}
