package template

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

type (
	// expression is written as it is.
	expression string
	// document is written as JSON.
	document object
)

// hclWriter writes what "terraform fmt" leaves as it is.
type hclWriter struct {
	lines []string
	depth int
	// cloudControl tells that the pool is one of the provider awscc.
	cloudControl bool
}

func (w *hclWriter) line(text string) {
	if text != "" {
		text = strings.Repeat("  ", w.depth) + text
	}
	w.lines = append(w.lines, text)
}

func (w *hclWriter) open(header string) {
	w.line(header + " {")
	w.depth++
}

func (w *hclWriter) close() {
	w.depth--
	if last := len(w.lines) - 1; strings.HasSuffix(w.lines[last], "{") && strings.HasPrefix(strings.TrimSpace(w.lines[last]), "data ") {
		w.lines[last] += "}"
	} else {
		w.line("}")
	}
	if w.depth == 0 {
		w.line("")
	}
}

func (w *hclWriter) comment(rules []string) {
	if len(rules) > 0 {
		w.line("# " + strings.Join(rules, ", "))
	}
}

func (w *hclWriter) text() []byte {
	return []byte(strings.TrimRight(strings.Join(w.lines, "\n"), "\n") + "\n")
}

// body writes members under their Terraform names: objects, and the objects of
// lists, are blocks.
func (w *hclWriter) body(o object) {
	var plain, blocks object
	for _, m := range o {
		if isBlock(m.value) {
			blocks = append(blocks, m)
		} else {
			plain = append(plain, m)
		}
	}
	w.attributes(snakeNames(plain))
	for _, m := range blocks {
		name := snake(m.name)
		if len(w.lines) > 0 && !strings.HasSuffix(w.lines[len(w.lines)-1], "{") {
			w.line("")
		}
		w.comment(m.rules)
		switch value := m.value.(type) {
		case object:
			w.block(name, value)
		case []any:
			for _, element := range value {
				w.block(name, element.(object))
			}
		}
	}
}

func (w *hclWriter) block(name string, o object) {
	if len(o) == 0 {
		w.line(name + " {}")
		return
	}
	w.open(name)
	w.body(o)
	w.close()
}

func isBlock(value any) bool {
	switch value := value.(type) {
	case object:
		return true
	case []any:
		return slices.ContainsFunc(value, func(element any) bool { _, ok := element.(object); return ok })
	}
	return false
}

// attributes writes members as they are named. Neighbours that take one line each
// have their signs in one column.
func (w *hclWriter) attributes(o object) {
	for i := 0; i < len(o); {
		next := i + 1
		for next < len(o) && len(o[next].rules) == 0 && oneLine(o[next].value) && oneLine(o[next-1].value) {
			next++
		}
		width := 0
		for _, m := range o[i:next] {
			width = max(width, utf8.RuneCountInString(m.name))
		}
		for _, m := range o[i:next] {
			w.comment(m.rules)
			padding := strings.Repeat(" ", width-utf8.RuneCountInString(m.name))
			w.value(m.name+padding+" = ", m.value, "")
		}
		i = next
	}
}

func oneLine(value any) bool {
	switch value := value.(type) {
	case object:
		return len(value) == 0
	case document:
		return false
	}
	return !isBlock(value)
}

// value writes a value between what stands before and after it.
func (w *hclWriter) value(before string, value any, after string) {
	switch value := value.(type) {
	case document:
		w.value(before+"jsonencode(", quotedKeys(object(value)), ")"+after)
	case object:
		if len(value) == 0 {
			w.line(before + "{}" + after)
			return
		}
		w.line(before + "{")
		w.depth++
		w.attributes(value)
		w.depth--
		w.line("}" + after)
	case []any:
		if !isBlock(value) {
			w.line(before + w.scalar(value) + after)
			return
		}
		w.line(before + "[")
		w.depth++
		for _, element := range value {
			w.value("", element, ",")
		}
		w.depth--
		w.line("]" + after)
	default:
		w.line(before + w.scalar(value) + after)
	}
}

func (w *hclWriter) scalar(value any) string {
	switch value := value.(type) {
	case []any:
		var elements []string
		for _, element := range value {
			elements = append(elements, w.scalar(element))
		}
		return "[" + strings.Join(elements, ", ") + "]"
	case string:
		return quoted(value)
	case expression:
		return string(value)
	case parameter:
		return "var." + snake(string(value))
	case suffixed:
		return `"${var.` + snake(string(value.parameter)) + `}` + strings.Trim(quoted(value.suffix), `"`) + `"`
	case reference:
		return w.reference(value)
	case json.Number:
		return value.String()
	case bool:
		return strconv.FormatBool(value)
	}
	return fmt.Sprint(value)
}

// quoted writes a text in which nothing is replaced.
func quoted(text string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	// A text always has a form in JSON, whose escapes HCL shares.
	_ = encoder.Encode(text)
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strings.TrimSpace(b.String()))
}

// snakeNames renames the members of an object and of all below it, except those
// whose names are data.
func snakeNames(o object) object {
	var renamed object
	for _, m := range o {
		if m.name != "tags" {
			m.value = snakeBelow(m.value)
		}
		m.name = snake(m.name)
		if m.name == "user_pool_tags" {
			m.value = quotedKeys(m.value)
		}
		renamed = append(renamed, m)
	}
	return renamed
}

func snakeBelow(value any) any {
	switch value := value.(type) {
	case object:
		return snakeNames(value)
	case []any:
		elements := list{}
		for _, element := range value {
			elements = append(elements, snakeBelow(element))
		}
		return elements
	}
	return value
}

// quotedKeys quotes names that are data.
func quotedKeys(value any) any {
	switch value := value.(type) {
	case object:
		var all object
		for _, m := range value {
			if !plainName(m.name) {
				m.name = quoted(m.name)
			}
			all = append(all, member{m.name, quotedKeys(m.value), nil})
		}
		return all
	case []any:
		elements := list{}
		for _, element := range value {
			elements = append(elements, quotedKeys(element))
		}
		return elements
	}
	return value
}

func plainName(name string) bool {
	return !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) || r > unicode.MaxASCII })
}

// words are spelled otherwise than their capitals say.
var words = strings.NewReplacer("OAuth", "Oauth", "URLs", "Urls", "ID", "Id", "ACL", "Acl", "IP", "Ip", "CloudWatchMetrics", "CloudwatchMetrics")

// snake is the Terraform name of a member of the API.
func snake(name string) string {
	var b strings.Builder
	for i, r := range words.Replace(name) {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
