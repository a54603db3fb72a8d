package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

const (
	absent   = "(absent)"
	ellipsis = "…"
	// maxValue and maxName bound what one value or name may take in a table,
	// in columns. The other formats show all of it.
	maxValue = 160
	maxName  = 64
)

// clean makes s one line that a terminal prints as it is. Whoever can name a
// pool could otherwise forge findings, move the cursor or reverse the text:
// white space becomes a space, every other rune that is not printable
// (controls, bidirectional marks, zero-width characters) its Go escape.
func clean(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	return b.String()
}

// plain reports whether s is printable ASCII: nothing to clean, one column a
// byte.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func width(s string) int {
	if plain(s) {
		return len(s)
	}
	return twwidth.Width(s)
}

// shorten cuts s to limit columns.
func shorten(s string, limit int) string {
	if width(s) <= limit {
		return s
	}
	return s[:fitting(s, limit-1)] + ellipsis
}

// fitting returns how many bytes of s fit in limit columns, at least one rune.
func fitting(s string, limit int) int {
	columns, end := 0, 0
	for i, r := range s {
		size := utf8.RuneLen(r)
		if columns += width(s[i : i+size]); columns > limit && i > 0 {
			break
		}
		end = i + size
	}
	return end
}

// value shows a JSON value to people, cut to what a table has room for.
func value(v any) string { return shorten(wholeValue(v), maxValue) }

// wholeValue shows a JSON value to people: compact JSON, without quotes for a
// string that cannot be mistaken for another value.
func wholeValue(v any) string {
	if v == nil {
		return absent
	}
	if s, ok := v.(string); ok && s != absent && strings.TrimSpace(s) == s && s != "" && !json.Valid([]byte(s)) {
		return clean(s)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return clean(fmt.Sprint(v))
	}
	return clean(strings.TrimSuffix(b.String(), "\n"))
}

// wrap breaks s into lines of at most limit columns (0: one line). It breaks
// after a space or comma if it can, then after other punctuation, then
// between the words of a CamelCase name, and only then anywhere.
func wrap(s string, limit int) []string {
	var lines []string
	for limit > 0 && width(s) > limit && fitting(s, limit) < len(s) {
		end := fitting(s, limit)
		// A space that would be dropped anyway may stick out.
		if end < len(s) && s[end] == ' ' {
			end++
		}
		end = lastBreak(s, end)
		lines = append(lines, strings.TrimRight(s[:end], " "))
		s = strings.TrimLeft(s[end:], " ")
	}
	return append(lines, s)
}

// lastBreak returns the best place at or before end to break s.
func lastBreak(s string, end int) int {
	best, at := 0, end
	for i := 1; i <= end && i < len(s); i++ {
		if !utf8.RuneStart(s[i]) {
			continue
		}
		rank := 0
		switch before := s[i-1]; {
		case before == ' ' || before == ',':
			rank = 4
		case strings.IndexByte(".:/;|", before) >= 0:
			rank = 3
		case strings.IndexByte("_-=&?", before) >= 0:
			rank = 2
		case 'a' <= before && before <= 'z' && 'A' <= s[i] && s[i] <= 'Z':
			rank = 1
		}
		if rank > 0 && rank >= best {
			best, at = rank, i
		}
	}
	return at
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
