package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// htmlData is what the script of the page reads. Texts that repeat are numbers
// into lists, so that a report of thousands of pools stays small; what there are
// only hundreds of has names. The script's data.js is the reader of this.
type htmlData struct {
	Severities []string         `json:"severities"` // by number
	Strings    []string         `json:"strings"`
	Rules      []htmlRule       `json:"rules"`
	Pools      [][5]int         `json:"pools"`    // id, name, account, Region, source
	Targets    [][3]int         `json:"targets"`  // kind, id, name
	Outcomes   []htmlOutcome    `json:"outcomes"` // what many checks share
	Facts      []htmlFact       `json:"facts"`
	Checks     [][][]any        `json:"checks"` // per pool: rule, outcome, target, violations
	Fixes      map[int]*htmlFix `json:"fixes"`  // by pool
}

type htmlRule struct {
	ID          string              `json:"id"`
	Title       string              `json:"title"`
	Category    string              `json:"category"`
	Description string              `json:"description"`
	Remediation string              `json:"remediation"`
	FixNote     string              `json:"fix_note,omitempty"`
	WaiveWhen   string              `json:"waive_when,omitempty"`
	Controls    map[string][]string `json:"controls,omitempty"`
	References  []finding.Reference `json:"references,omitempty"`
}

// htmlOutcome has numbers of strings but for the severity; string 0 is empty.
type htmlOutcome struct {
	Severity                             finding.Severity
	Status, Change, Fix                  int
	Reason, Hint, Note                   int
	WaiverReason, Owner, Expires, Ticket int
	Incomplete                           int // 0 or 1
}

// MarshalJSON writes the outcome as a list.
func (o htmlOutcome) MarshalJSON() ([]byte, error) {
	return json.Marshal([]int{int(o.Severity), o.Status, o.Change, o.Fix, o.Reason, o.Hint, o.Note, o.WaiverReason, o.Owner, o.Expires, o.Ticket, o.Incomplete})
}

// htmlFact is a violation without what differs from pool to pool. Message is a
// text, or the texts between which the name of the target stands.
type htmlFact struct {
	message                string // JSON
	path, actual, expected int
}

// MarshalJSON writes the fact as a list.
func (f htmlFact) MarshalJSON() ([]byte, error) {
	return json.Marshal([]any{json.RawMessage(f.message), f.path, f.actual, f.expected})
}

// numbers gives each value a number, in the order in which they come.
type numbers[T comparable] struct {
	list  []T
	known map[T]int
}

func (n *numbers[T]) of(value T) int {
	if n.known == nil {
		n.known = map[T]int{}
	}
	i, ok := n.known[value]
	if !ok {
		i = len(n.list)
		n.known[value] = i
		n.list = append(n.list, value)
	}
	return i
}

// htmlEncoder collects the data of one report.
type htmlEncoder struct {
	strings  numbers[string]
	outcomes numbers[htmlOutcome]
	facts    numbers[htmlFact]
	targets  numbers[[3]int]
	rules    numbers[string]
	data     htmlData
}

// newHTMLData encodes a report. Pools are those of groups, which also holds
// pools that only checks name.
func newHTMLData(r *finding.Report) *htmlData {
	e := &htmlEncoder{}
	e.strings.of("")
	e.data.Fixes = map[int]*htmlFix{}
	for severity := finding.Severity(0); severity <= finding.Critical; severity++ {
		e.data.Severities = append(e.data.Severities, severity.String())
	}
	for _, rule := range r.Rules {
		e.rule(rule)
	}
	pools := map[poolKey]int{}
	for _, g := range groups(r) {
		p := g.pool
		pools[poolKey{p.ID, ""}] = len(e.data.Pools)
		pools[poolKey{p.ID, p.Source}] = len(e.data.Pools)
		e.data.Pools = append(e.data.Pools, [5]int{e.text(p.ID), e.text(p.Name), e.text(p.Account), e.text(p.Region), e.text(p.Source)})
		checks := [][]any{}
		for _, c := range g.checks {
			checks = append(checks, e.check(c, c.Status.String()))
		}
		e.data.Checks = append(e.data.Checks, checks)
	}
	if r.Comparison != nil {
		for _, c := range r.Comparison.Resolved {
			if i, ok := pools[poolKey{c.Pool, c.Source}]; ok {
				c.Change = finding.ChangeResolved
				e.data.Checks[i] = append(e.data.Checks[i], e.check(c, htmlResolved))
			}
		}
	}
	for _, fix := range r.Fixes {
		if i, ok := pools[poolKey{fix.Pool, fix.Source}]; ok {
			e.data.Fixes[i] = newHTMLFix(fix)
		}
	}
	e.data.Strings, e.data.Targets = e.strings.list, list(e.targets.list)
	e.data.Outcomes, e.data.Facts = list(e.outcomes.list), list(e.facts.list)
	e.data.Rules, e.data.Pools, e.data.Checks = list(e.data.Rules), list(e.data.Pools), list(e.data.Checks)
	return &e.data
}

// htmlResolved is the status, on the page only, of checks that an earlier report
// lists as failed and this one does not.
const htmlResolved = "resolved"

func (e *htmlEncoder) text(s string) int { return e.strings.of(clean(s)) }

// rule adds a rule. References that are not links to pages are left out, since
// rules of users may say anything.
func (e *htmlEncoder) rule(rule finding.Rule) {
	if e.rules.of(rule.ID) < len(e.data.Rules) {
		return
	}
	out := htmlRule{
		ID: clean(rule.ID), Title: clean(rule.Title), Category: clean(rule.Category),
		Description: paragraphs(rule.Description), Remediation: paragraphs(rule.Remediation),
		FixNote: paragraphs(rule.FixNote), WaiveWhen: paragraphs(rule.WaiveWhen),
	}
	if rule.NotWaivable {
		out.WaiveWhen = strings.TrimSpace("Never: no waiver of this rule is accepted. " + out.WaiveWhen)
	}
	for _, framework := range slices.Sorted(maps.Keys(rule.Controls)) {
		if out.Controls == nil {
			out.Controls = map[string][]string{}
		}
		for _, control := range slices.SortedFunc(slices.Values(rule.Controls[framework]), finding.CompareControls) {
			out.Controls[clean(framework)] = append(out.Controls[clean(framework)], clean(control))
		}
	}
	for _, reference := range rule.References {
		if u, err := url.Parse(reference.URL); err == nil && u.Scheme == "https" && u.Host != "" {
			out.References = append(out.References, finding.Reference{Description: clean(reference.Description), URL: u.String()})
		}
	}
	e.data.Rules = append(e.data.Rules, out)
}

func (e *htmlEncoder) check(c finding.Check, status string) []any {
	e.rule(finding.Rule{ID: c.Rule}) // if the report does not list it
	outcome := htmlOutcome{
		Severity: c.Severity, Status: e.text(status), Change: e.text(string(c.Change)), Fix: e.text(string(c.Fix)),
		Reason: e.text(c.Reason), Hint: e.text(c.Hint), Note: e.text(c.Note),
	}
	if c.Incomplete {
		outcome.Incomplete = 1
	}
	if w := c.Waiver; w != nil {
		outcome.WaiverReason, outcome.Owner, outcome.Expires, outcome.Ticket = e.text(w.Reason), e.text(w.Owner), e.text(w.Expires), e.text(w.Ticket)
	}
	target := e.targets.of([3]int{e.text(string(c.Target.Kind)), e.text(c.Target.ID), e.text(c.Target.Name)})
	out := []any{e.rules.of(c.Rule), e.outcomes.of(outcome), target}
	for _, v := range c.Violations {
		out = append(out, e.violation(v, c.Target))
	}
	return out
}

// violation returns the number of a fact, or a list of fact, file, line, column
// and, if there is one, the end of the message.
func (e *htmlEncoder) violation(v finding.Violation, target finding.Target) any {
	head, tail := clean(v.Message), ""
	// Rules name in brackets what differs from pool to pool, such as clients.
	if i := strings.LastIndex(head, " ("); i > 0 && strings.HasSuffix(head, ")") {
		head, tail = head[:i], head[i:]
	}
	fact := htmlFact{message: betweenNames(head, clean(target.Name)), path: e.text(v.Path), actual: e.strings.of(htmlValue(v.Actual)), expected: e.strings.of(htmlValue(v.Expected))}
	n := e.facts.of(fact)
	file, line, column := 0, 0, 0
	if at := v.Position; at != nil {
		file, line, column = e.text(at.File), at.Line, at.Column
	}
	switch {
	case tail != "":
		return []int{n, file, line, column, e.strings.of(tail)}
	case v.Position != nil:
		return []int{n, file, line, column}
	default:
		return n
	}
}

// betweenNames returns a message as JSON: the texts between which a name
// stands, or the message itself.
func betweenNames(message, name string) string {
	var out any = message
	if name != "" && strings.Contains(message, name) {
		out = strings.Split(message, name)
	}
	return htmlJSON(out)
}

// paragraphs is clean for a text of several lines: lines that are broken only
// because the file is narrow become one, those that start with white space or a
// dash stay.
func paragraphs(s string) string {
	var b strings.Builder
	for i, line := range strings.Split(strings.TrimSpace(s), "\n") {
		starts := strings.TrimSpace(line) == "" || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t") || strings.HasPrefix(line, "- ")
		switch {
		case i == 0:
		case starts || strings.HasSuffix(b.String(), "\n"):
			b.WriteByte('\n')
		default:
			b.WriteByte(' ')
		}
		b.WriteString(clean(strings.TrimRight(line, " \t\r")))
	}
	return b.String()
}

// cleanLines is clean for a text whose lines have to stay.
func cleanLines(s string) string {
	return strings.Join(cleaned(strings.Split(s, "\n")), "\n")
}

// htmlValue shows a value like [value], but all of it.
func htmlValue(v any) string {
	if s, ok := v.(string); ok && s != absent && strings.TrimSpace(s) == s && s != "" && !json.Valid([]byte(s)) {
		return clean(s)
	}
	if v == nil {
		return absent
	}
	return clean(jsonText(v))
}

// htmlJSON returns compact JSON without any "<", "&" or line separator, so that
// no text in it can end the element that holds it.
func htmlJSON(v any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(true)
	if err := encoder.Encode(v); err != nil {
		return "null" // there is nothing in the data that cannot be encoded
	}
	return strings.TrimSuffix(b.String(), "\n")
}
