package report

import (
	"strings"
	"unicode/utf8"
)

// GitHub turns mentions, issue numbers, addresses and formulas into links and
// more after it parsed the Markdown, wherever they are not in code. An escape
// does not reach that far; a space of no width in between does.
const noWidth = "&#8203;"

// maxProse and maxCode bound texts of others, in runes.
const (
	maxProse = 300
	maxCode  = 160
)

// prose makes a text of others plain text in Markdown, on one line.
func prose(s string) string {
	s = cut(clean(s), maxProse)
	var b strings.Builder
	for i, r := range s {
		before, after := s[:i], s[i+utf8.RuneLen(r):]
		switch r {
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			b.WriteString("&amp;")
		case '|':
			b.WriteString("&#124;")
		case '$':
			b.WriteString("&#36;" + noWidth)
		case '@', '#':
			b.WriteString(`\` + string(r) + noWidth)
		case ':':
			b.WriteByte(':')
			if strings.HasPrefix(after, "/") {
				b.WriteString(noWidth)
			}
		case '.':
			if hasSuffixFold(before, "www") {
				b.WriteString(noWidth)
			}
			b.WriteByte('.')
		case '-':
			if hasSuffixFold(before, "gh") {
				b.WriteString(noWidth)
			}
			b.WriteByte('-')
		case '\\', '`', '*', '_', '~', '!', '=', '^', '[', ']', '(', ')', '{', '}':
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix)
}

// span makes a text of others a code span, in which Markdown and GitHub leave
// everything as it is, on one line.
func span(s string) string {
	s = cut(clean(s), maxCode)
	if strings.Trim(s, " ") == "" {
		return "(empty)"
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if s[0] == '`' || s[0] == ' ' || strings.HasSuffix(s, "`") || strings.HasSuffix(s, " ") {
		s = " " + s + " "
	}
	return fence + s + fence
}

// tableRow writes a row of a table of cells that may hold code spans. A cell
// ends at a bar without a backslash before it, in code, too. Whether two
// backslashes before it are an escaped one is answered differently by parsers.
func tableRow(cells ...string) string {
	row := "|"
	for _, cell := range cells {
		cell = strings.ReplaceAll(cell, `\|`, `\ |`)
		row += " " + strings.ReplaceAll(cell, "|", `\|`) + " |"
	}
	return row + "\n"
}

// cut keeps limit runes. Columns would not bound a text: what stands above or
// below a letter takes none.
func cut(s string, limit int) string {
	for i := range s {
		if limit--; limit < 0 {
			return s[:i] + ellipsis
		}
	}
	return s
}
