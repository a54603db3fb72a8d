package snapshot

import (
	"strconv"
	"strings"
)

var pointerEscaper = strings.NewReplacer("~", "~0", "/", "~1")

var pointerUnescaper = strings.NewReplacer("~1", "/", "~0", "~")

// Pointer joins path elements (string keys and int indexes) to an RFC 6901
// pointer. No elements give "", the whole document.
func Pointer(path ...any) string {
	var b strings.Builder
	for _, element := range path {
		b.WriteByte('/')
		switch element := element.(type) {
		case int:
			b.WriteString(strconv.Itoa(element))
		case string:
			b.WriteString(pointerEscaper.Replace(element))
		}
	}
	return b.String()
}

// SplitPointer returns the unescaped elements of an RFC 6901 pointer; array
// indexes stay text.
func SplitPointer(pointer string) []string {
	if pointer == "" {
		return nil
	}
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, part := range parts {
		parts[i] = pointerUnescaper.Replace(part)
	}
	return parts
}

// Lookup returns the value at a pointer below root; ok is false when it, or a
// parent of it, is absent.
func Lookup(root any, pointer string) (value any, ok bool) {
	value = root
	for _, part := range SplitPointer(pointer) {
		switch node := value.(type) {
		case map[string]any:
			if value, ok = node[part]; !ok {
				return nil, false
			}
		case []any:
			i, err := strconv.Atoi(part)
			if err != nil || i < 0 || i >= len(node) {
				return nil, false
			}
			value = node[i]
		default:
			return nil, false
		}
	}
	return value, true
}
