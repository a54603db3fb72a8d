package report

import (
	"bufio"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// What the formats for other systems that keep findings, ocsf and asff, share.

// array writes a JSON array element by element, each on a line.
type array struct {
	w *bufio.Writer
	b bytes.Buffer
	n int
}

func newArray(w *bufio.Writer) *array { return &array{w: w} }

func (a *array) add(v any) error {
	a.b.Reset()
	enc := json.NewEncoder(&a.b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	separator := ",\n"
	if a.n == 0 {
		separator = "[\n"
	}
	a.n++
	a.w.WriteString(separator)
	_, err := a.w.Write(bytes.TrimSuffix(a.b.Bytes(), []byte("\n")))
	return err
}

func (a *array) close() error {
	text := "\n]\n"
	if a.n == 0 {
		text = "[]\n"
	}
	_, err := a.w.WriteString(text)
	return err
}

// findings yields the checks that are findings: those that apply, and those of
// the earlier report that are resolved and not listed any more.
func findings(r *finding.Report) iter.Seq[finding.Check] {
	return func(yield func(finding.Check) bool) {
		for _, c := range r.Checks {
			if (c.Status != finding.NotApplicable || c.Change == finding.ChangeResolved) && !yield(c) {
				return
			}
		}
		for _, c := range resolvedBefore(r) {
			// It fails in the earlier report, but not any more.
			c.Status, c.Change = finding.Pass, finding.ChangeResolved
			if !yield(c) {
				return
			}
		}
	}
}

// findingID identifies the finding of a check for as long as there is one: by
// its fingerprint, and by the source where a report holds a pool twice.
func findingID(c finding.Check) string {
	id := c.Fingerprint
	if id == "" {
		id = finding.Fingerprint(c.Rule, c.Pool, c.Target)
	}
	if c.Source != "" {
		id += "-" + shortHash(c.Source)[:8]
	}
	return id
}

func shortHash(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// title says what a finding is about.
func title(rule finding.Rule, c finding.Check) string { return cmp.Or(rule.Title, c.Rule, "finding") }

// details are the reasons for the status of a check.
func details(c finding.Check) []string {
	var texts []string
	for _, v := range c.Violations {
		texts = append(texts, v.Message)
	}
	if c.Reason != "" {
		texts = append(texts, c.Reason)
	}
	return texts
}

// outcome tells in one text how a check came out.
func outcome(c finding.Check) string {
	text := strings.Join(details(c), "; ")
	switch {
	case c.Change == finding.ChangeResolved && len(c.Violations) > 0:
		return "resolved, was: " + text
	case c.Change == finding.ChangeResolved:
		return strings.TrimSuffix("resolved: "+text, ": ")
	case text == "":
		return strings.ReplaceAll(c.Status.String(), "_", " ")
	case c.Waiver != nil:
		return text + " (" + waiver(c.Waiver) + ")"
	default:
		return text + remark(c.Note)
	}
}

// requirements lists the frameworks of a rule, and its controls with their
// framework.
func requirements(rule finding.Rule) (frameworks, controls []string) {
	frameworks = slices.Sorted(maps.Keys(rule.Controls))
	for _, framework := range frameworks {
		for _, control := range slices.SortedFunc(slices.Values(rule.Controls[framework]), finding.CompareControls) {
			controls = append(controls, framework+" "+control)
		}
	}
	return frameworks, controls
}
