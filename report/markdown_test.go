package report

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"github.com/cognilint/cognilint/finding"
)

// page is what a reader of GitHub's Markdown makes of a report.
type page struct {
	// nodes counts the elements by kind.
	nodes map[string]int
	// html has the raw HTML, prose the text outside of code.
	html, prose []string
	columns     []int
}

func parseMarkdown(t *testing.T, out string) page {
	t.Helper()
	source := []byte(out)
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote)).Parser().Parse(text.NewReader(source))
	p := page{nodes: map[string]int{}}
	err := ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		p.nodes[n.Kind().String()]++
		switch n := n.(type) {
		case *ast.HTMLBlock:
			var b bytes.Buffer
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				b.Write(line.Value(source))
			}
			p.html = append(p.html, b.String())
		case *ast.RawHTML:
			p.html = append(p.html, string(n.Segments.Value(source)))
		case *ast.CodeSpan:
			return ast.WalkSkipChildren, nil
		case *east.TableRow, *east.TableHeader:
			p.columns = append(p.columns, n.ChildCount())
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe())).Convert(source, &b); err != nil {
		t.Fatal(err)
	}
	// What GitHub looks for mentions in: text without the code.
	p.prose = regexp.MustCompile(`(?s)<code>.*?</code>`).Split(b.String(), -1)
	return p
}

func TestMarkdownGolden(t *testing.T) {
	compareGolden(t, "report.md", render(t, "markdown", golden(), Options{}))
	compareGolden(t, "compared.md", render(t, "markdown", followUp(), Options{}))
	r := followUp()
	r.Comparison.OnlyNew = true
	compareGolden(t, "only-new.md", render(t, "markdown", r, Options{}))
	compareGolden(t, "clean.md", render(t, "markdown", cleanReport(), Options{}))
}

// cleanReport is one about which there is nothing to say.
func cleanReport() *finding.Report {
	r := golden()
	r.Checks, r.Problems, r.Summary = nil, nil, finding.NewSummary()
	r.Summary.Pools, r.Summary.Checks.Pass = 4, 120
	return r
}

var (
	markupOfOurs = regexp.MustCompile(`^(<details>\n<summary>[\w ,.]+</summary>\n|</details>\n)$`)
	// linked is what GitHub makes a link or a picture of, where it is not code.
	linked = regexp.MustCompile(`(?i)[@#][\pL\pN]|\bgh-\d|://|www\.|\$[^\x{200b}]`)
)

// TestMarkdownHostileNames: whatever things are called, a report has the same
// elements as with harmless names, no link and no HTML but its own.
func TestMarkdownHostileNames(t *testing.T) {
	for _, onlyNew := range []bool{false, true} {
		harmless := named("shop")
		harmless.Comparison.OnlyNew = onlyNew
		want := parseMarkdown(t, render(t, "markdown", harmless, Options{}))
		if want.nodes["Table"] < 5 || want.nodes["Link"]+want.nodes["AutoLink"] > 0 || len(want.html) != 2*strings.Count(strings.Join(want.html, ""), "<summary>") {
			t.Fatalf("harmless names: %+v", want)
		}
		for _, name := range hostileTexts {
			r := named(name)
			r.Comparison.OnlyNew = onlyNew
			out := render(t, "markdown", r, Options{})
			if !utf8.ValidString(out) || len(out) > maxMarkdown {
				t.Errorf("%q: %d bytes, UTF-8 %v", name, len(out), utf8.ValidString(out))
			}
			if strings.ContainsFunc(out, func(r rune) bool {
				return r != '\n' && (r < ' ' || strings.ContainsRune("\u200b\u202e\u2066\u2069\ufeff", r))
			}) {
				t.Errorf("%q: a control or invisible character is left in\n%q", name, out)
			}
			got := parseMarkdown(t, out)
			left := strings.Count(out, "**Left out**")
			for _, kind := range []string{"Link", "AutoLink", "Image", "RawHTML", "FencedCodeBlock", "CodeBlock", "Strikethrough", "Blockquote", "ThematicBreak", "Heading", "FootnoteLink", "TaskCheckBox"} {
				if got.nodes[kind] != want.nodes[kind] {
					t.Errorf("%q: %d %s, want %d", name, got.nodes[kind], kind, want.nodes[kind])
				}
			}
			if n := want.nodes["Emphasis"] + left; got.nodes["Emphasis"] != n {
				t.Errorf("%q: %d Emphasis, want %d", name, got.nodes["Emphasis"], n)
			}
			// With long names some rows are folded, or left out.
			if whole := left == 0 && !strings.Contains(out, "more failure"); whole {
				for _, kind := range []string{"Table", "List", "ListItem"} {
					if got.nodes[kind] != want.nodes[kind] {
						t.Errorf("%q: %d %s, want %d", name, got.nodes[kind], kind, want.nodes[kind])
					}
				}
				if fmt.Sprint(got.columns) != fmt.Sprint(want.columns) {
					t.Errorf("%q: columns of rows are %v, want %v", name, got.columns, want.columns)
				}
			} else if utf8.RuneCountInString(name) < 128 {
				t.Errorf("%q: rows are missing", name)
			}
			for _, block := range got.html {
				if !markupOfOurs.MatchString(block) {
					t.Errorf("%q: HTML %q", name, block)
				}
			}
			for _, prose := range got.prose {
				if at := linked.FindString(prose); at != "" {
					t.Errorf("%q: GitHub would look for %q in %q", name, at, prose)
				}
			}
		}
	}
}

// TestProse: a reader sees what was written.
func TestProse(t *testing.T) {
	for _, s := range append([]string{"plain", "12:30 a: b", "a\\|b", "GH-12 agh-x", "WWW.x", "::a::"}, hostileTexts...) {
		for format, md := range map[string]string{"text": "x " + prose(s), "table": "| h |\n|---|\n" + tableRow(prose(s))} {
			var b bytes.Buffer
			if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(md), &b); err != nil {
				t.Fatal(err)
			}
			got := regexp.MustCompile(`<[^>]*>|\s`).ReplaceAllString(b.String(), "")
			got = strings.NewReplacer("\u200b", "", "&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&").Replace(got)
			want := regexp.MustCompile(`\s`).ReplaceAllString(clean(s), "")
			if got = strings.TrimPrefix(strings.TrimPrefix(got, "x"), "h"); got != want {
				t.Errorf("%q in %q: got %q, want %q", s, format, got, want)
			}
		}
	}
}

func TestSpan(t *testing.T) {
	for _, s := range append([]string{"plain", "a\\", "a\\|b", "`", " x ", "a`b"}, hostileTexts...) {
		for format, md := range map[string]string{"text": span(s), "table": "| h |\n|---|\n" + tableRow(span(s))} {
			var b bytes.Buffer
			if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(md), &b); err != nil {
				t.Fatal(err)
			}
			if strings.TrimSpace(s) == "" {
				continue
			}
			_, got, _ := strings.Cut(b.String(), "<code>")
			got, rest, ok := strings.Cut(got, "</code>")
			got = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&", " ", "").Replace(got)
			want := strings.ReplaceAll(cut(clean(s), maxCode), " ", "")
			if !ok || got != want || strings.Contains(rest, "<code>") {
				t.Errorf("%q in %q: got %q in %s, want %q", s, format, got, b.String(), want)
			}
		}
	}
}

// TestMarkdownSize: a report of any length fits into a comment, is whole Markdown,
// and says what it left out.
func TestMarkdownSize(t *testing.T) {
	for _, tt := range []struct {
		name  string
		pools int
		text  string
	}{
		{"many failures", 300, "shop"},
		{"long texts", 300, strings.Repeat("long | text @x ", 200)},
		{"long texts of four bytes", 300, strings.Repeat("\U0001f600", 2000)},
		{"text that takes no column", 300, "a" + strings.Repeat("\u0301", 5000)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := followUp()
			for i := range tt.pools {
				one := named(tt.text)
				for j := range one.Pools {
					one.Pools[j].ID += fmt.Sprint(i)
				}
				for j := range one.Checks {
					one.Checks[j].Pool += fmt.Sprint(i)
					one.Checks[j].Reason += fmt.Sprint(i)
					r.Summary.Add(one.Checks[j])
				}
				r.Pools = append(r.Pools, one.Pools...)
				r.Checks = append(r.Checks, one.Checks...)
				r.Problems = append(r.Problems, one.Problems...)
				r.Fixes = append(r.Fixes, one.Fixes...)
				r.Comparison.Resolved = append(r.Comparison.Resolved, one.Comparison.Resolved...)
			}
			r.Summary.Pools = len(r.Pools)
			out := render(t, "markdown", r, Options{})
			if len(out) > maxMarkdown {
				t.Errorf("%d bytes", len(out))
			}
			p := parseMarkdown(t, out)
			if opened, closed := strings.Count(out, "<details>"), strings.Count(out, "</details>"); opened != closed || opened < 5 {
				t.Errorf("%d parts are opened and %d closed", opened, closed)
			}
			for _, block := range p.html {
				if !markupOfOurs.MatchString(block) {
					t.Errorf("HTML %q", block)
				}
			}
			violations := 0
			for _, c := range r.Checks {
				if c.Status == finding.Fail {
					violations += len(c.Violations)
				}
			}
			rows := strings.Count(out, "| critical |") + strings.Count(out, "| high |") + strings.Count(out, "| medium |") + strings.Count(out, "| low |") + strings.Count(out, "| info |")
			waived := strings.Count(out, "| 2027-03-31 |")
			if tt.text == "shop" && !strings.Contains(out, fmt.Sprintf("%d of %d failures", violations-(rows-waived-strings.Count(out, "| shop | shop | shop, shop |")), violations)) {
				t.Errorf("%d of %d failures are shown, and the note says: %s", rows-waived, violations, out[strings.Index(out, "**Left out**"):])
			}
			for _, what := range []string{"failures", "failed reads", "repairs", "resolved checks", "waived findings", "reasons"} {
				if !strings.Contains(out[strings.LastIndex(out, "**Left out**"):], what) {
					t.Errorf("the note does not tell of %s: %s", what, out[strings.LastIndex(out, "**Left out**"):])
				}
			}
		})
	}
}
