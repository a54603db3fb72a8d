package report

import (
	"github.com/cognilint/cognilint/finding"
)

// htmlFix is the repair of one pool as the page shows it, with values as texts.
type htmlFix struct {
	State    string         `json:"state"`
	Message  string         `json:"message,omitempty"`
	Users    *int64         `json:"users,omitempty"`
	Owner    string         `json:"owner,omitempty"`
	Changes  []htmlChange   `json:"changes,omitempty"`
	Unfixed  []htmlUnfixed  `json:"unfixed,omitempty"`
	Refusals []string       `json:"refusals,omitempty"`
	Notes    []string       `json:"notes,omitempty"`
	Surprise []htmlSurprise `json:"unexpected,omitempty"`
	Journal  string         `json:"journal,omitempty"`
	Diff     string         `json:"diff,omitempty"`
}

type htmlChange struct {
	Operation    string   `json:"operation"`
	Path         string   `json:"path"`
	Old          string   `json:"old"`
	New          string   `json:"new"`
	Risk         string   `json:"risk"`
	Irreversible bool     `json:"irreversible,omitempty"`
	Rules        []string `json:"rules"`
}

type htmlUnfixed struct {
	Rule   string `json:"rule"`
	Target string `json:"target,omitempty"`
	Reason string `json:"reason"`
}

type htmlSurprise struct {
	Path     string `json:"path"`
	Expected string `json:"expected"`
	Actual   string `json:"actual"`
}

func newHTMLFix(fix finding.Fix) *htmlFix {
	out := &htmlFix{
		State: clean(string(fix.State)), Message: clean(fix.Message), Users: fix.Users, Owner: clean(fix.Owner),
		Refusals: cleaned(fix.Refusals), Notes: cleaned(fix.Notes), Journal: clean(fix.Journal), Diff: cleanLines(fix.Diff),
	}
	for _, call := range fix.Calls {
		for _, c := range call.Changes {
			out.Changes = append(out.Changes, htmlChange{
				Operation: clean(call.Operation), Path: clean(c.Path), Old: htmlValue(c.Old), New: htmlValue(c.New),
				Risk: clean(string(c.Risk)), Irreversible: c.Irreversible, Rules: cleaned(c.Rules),
			})
		}
	}
	for _, u := range fix.Unfixed {
		unfixed := htmlUnfixed{Rule: clean(u.Rule), Reason: clean(u.Reason)}
		if u.Target.Kind != finding.TargetPool {
			unfixed.Target = shorten(clean(u.Target.Name), maxName)
			if unfixed.Target == "" {
				unfixed.Target = targetID(u.Target)
			}
		}
		out.Unfixed = append(out.Unfixed, unfixed)
	}
	for _, d := range fix.Unexpected {
		out.Surprise = append(out.Surprise, htmlSurprise{clean(d.Path), htmlValue(d.Expected), htmlValue(d.Actual)})
	}
	return out
}

func cleaned(texts []string) []string {
	out := make([]string, len(texts))
	for i, text := range texts {
		out[i] = clean(text)
	}
	return out
}
