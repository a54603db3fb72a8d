package snapshot

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// pattern compiles an expression when it is first used: most runs of the program
// need none of those here, and together they take a millisecond.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// match is one place where a pattern was found.
type match struct {
	pattern *regexp.Regexp
	text    string
	at      []int
}

func (m match) group(i int) string {
	if m.at[2*i] < 0 {
		return ""
	}
	return m.text[m.at[2*i]:m.at[2*i+1]]
}

func (m match) named(name string) string { return m.group(m.pattern.SubexpIndex(name)) }

func (m match) before() string { return m.text[:m.at[0]] }

func (m match) after() string { return m.text[m.at[1]:] }

// alone tells whether the match is neither preceded nor followed by what would
// make it part of a longer word or number.
func (m match) alone() bool {
	before, _ := utf8.DecodeLastRuneInString(m.before())
	after, _ := utf8.DecodeRuneInString(m.after())
	joins := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !joins(before) && before != '+' && !joins(after)
}

// replace returns s with every match replaced.
func replace(pattern *regexp.Regexp, s string, found func(match) string) string {
	return replaceWith(pattern, s, found, nil)
}

// replaceWith is replace; between, unless nil, sees what stands between the
// matches.
func replaceWith(pattern *regexp.Regexp, s string, found func(match) string, between func(string) string) string {
	if between == nil {
		between = func(s string) string { return s }
	}
	var b strings.Builder
	end := 0
	for _, at := range pattern.FindAllStringSubmatchIndex(s, -1) {
		b.WriteString(between(s[end:at[0]]))
		b.WriteString(found(match{pattern, s, at}))
		end = at[1]
	}
	b.WriteString(between(s[end:]))
	return b.String()
}

// numeric tells whether s is digits only.
func numeric(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}
