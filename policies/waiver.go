package policies

import (
	"path"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// expiryNotice is for how many days before its last one a waiver is expiring.
const expiryNotice = 14

// Waivers accept failed checks for as long as their dates say. They are safe for
// concurrent use, and nil accepts nothing.
type Waivers struct {
	entries []finding.WaiverEntry
	// byRule has indexes of entries, and met tells which of them are about a
	// check that fails or has no verdict.
	byRule map[string][]int
	met    []atomic.Bool
	// The dates compare like texts.
	today, soon string
}

// NewWaivers takes entries whose rules are ids and whose dates and globs are
// well-formed. Now is the start of the scan: one that runs over midnight must not
// treat its pools differently.
func NewWaivers(entries []finding.WaiverEntry, now time.Time) *Waivers {
	w := &Waivers{
		entries: entries, byRule: map[string][]int{}, met: make([]atomic.Bool, len(entries)),
		today: now.UTC().Format(time.DateOnly), soon: now.UTC().AddDate(0, 0, expiryNotice).Format(time.DateOnly),
	}
	for i, e := range entries {
		w.byRule[e.Rule] = append(w.byRule[e.Rule], i)
	}
	return w
}

// Apply turns the failed checks of a pool that a waiver accepts into waived ones,
// by the waiver that expires last if there are several. They lose their edits: no
// fix is for what was accepted. A check that only expired waivers are about keeps
// failing, with a note.
func (w *Waivers) Apply(pool *snapshot.Pool, results []Result) {
	if w == nil || len(w.entries) == 0 {
		return
	}
	p := finding.Pool{ID: pool.ID(), Name: pool.Name(), Account: pool.Account, Region: pool.Region}
	tags := map[string]any{}
	if found, ok := snapshot.Lookup(pool.Sections, "/UserPool/UserPoolTags"); ok {
		tags, _ = found.(map[string]any)
	}
	for i := range results {
		r := &results[i]
		e := w.meet(r.Check, p, func(key, want string) bool { return tags[key] == want })
		switch {
		case e == nil || r.Status != finding.Fail:
		case e.Expires < w.today:
			r.Note = remark(r.Note, "a waiver by "+e.Owner+" expired on "+e.Expires)
		default:
			accepted := e.Waiver
			r.Status, r.Waiver, r.Edits = finding.Waived, &accepted, nil
		}
	}
}

// Meet finds out which waivers the checks of a saved report are about. It does
// not tell the tags of pools, so these count as matching.
func (w *Waivers) Meet(r *finding.Report) {
	type key struct{ id, source string }
	pools := map[key]finding.Pool{}
	for _, p := range r.Pools {
		pools[key{p.ID, p.Source}], pools[key{id: p.ID}] = p, p
	}
	for _, c := range r.Checks {
		w.meet(c, pools[key{c.Pool, c.Source}], func(string, string) bool { return true })
	}
}

// meet marks the waivers that are about a check, if it needs any, and returns the
// one that expires last.
func (w *Waivers) meet(c finding.Check, p finding.Pool, tagged func(key, value string) bool) *finding.WaiverEntry {
	if c.Status == finding.Pass || c.Status == finding.NotApplicable {
		return nil
	}
	var last *finding.WaiverEntry
	for _, i := range w.byRule[c.Rule] {
		if e := &w.entries[i]; selects(e, c, p, tagged) {
			w.met[i].Store(true)
			if last == nil || e.Expires > last.Expires {
				last = e
			}
		}
	}
	return last
}

func selects(e *finding.WaiverEntry, c finding.Check, p finding.Pool, tagged func(key, value string) bool) bool {
	for key, value := range e.Tags {
		if !tagged(key, value) {
			return false
		}
	}
	// Where the list of targets is unknown, the target may be in it.
	anyTarget := e.Target == "" || c.Status == finding.NotEvaluated && c.Target.ID == ""
	return (e.Pool == "" || matchGlob(e.Pool, p.ID) || matchGlob(e.Pool, p.Name)) &&
		(anyTarget || matchGlob(e.Target, c.Target.ID) || matchGlob(e.Target, c.Target.Name)) &&
		(e.Account == "" || e.Account == p.Account) &&
		(e.Region == "" || e.Region == p.Region)
}

// matchGlob tells whether a glob, as [path.Match] knows them, is that of an id or
// a name. Its * also stands for slashes, which identifiers of resource servers
// hold. Nothing matches what has no name.
func matchGlob(glob, name string) bool {
	flat := func(s string) string { return strings.ReplaceAll(s, "/", "\x00") }
	matched, _ := path.Match(flat(glob), flat(name))
	return name != "" && (matched || glob == name)
}

// Review says what became of each waiver once all pools were evaluated. Judged
// tells whether a waiver that met no check by then is unused.
func (w *Waivers) Review(judged func(finding.WaiverEntry) bool) []finding.WaiverEntry {
	if w == nil {
		return nil
	}
	reviewed := make([]finding.WaiverEntry, len(w.entries))
	for i, e := range w.entries {
		switch {
		case e.Expires < w.today:
			e.State = finding.WaiverExpired
		case !w.met[i].Load() && judged(e):
			e.State = finding.WaiverUnused
		case e.Expires <= w.soon:
			e.State = finding.WaiverExpiring
		default:
			e.State = finding.WaiverValid
		}
		reviewed[i] = e
	}
	return reviewed
}
