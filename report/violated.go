package report

import (
	"cmp"
	"errors"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// ErrNoPositions is the error of formats that show findings in files, if a
// finding is in none: the pool was read live, or from standard input.
var ErrNoPositions = errors.New("positions need files: scan exported pools, or use --snapshot-dir")

// violated is one violation, with what formats that list violations say of it.
type violated struct {
	check       finding.Check
	violation   finding.Violation
	pool        finding.Pool
	fingerprint string
}

// worstFirst lists the violations of the checks with a status: the highest
// severity first, and among equals what is new. If the gate counts new failures
// only, they are before all others.
func worstFirst(r *finding.Report, status finding.Status) []violated {
	pools, _ := poolsByKey(r)
	var all []violated
	for _, c := range r.Checks {
		if c.Status == status {
			all = append(all, violatedBy(c, poolOf(pools, c))...)
		}
	}
	onlyNew := r.Comparison != nil && r.Comparison.OnlyNew
	slices.SortStableFunc(all, func(a, b violated) int {
		severity := cmp.Compare(b.check.Severity, a.check.Severity)
		change := cmp.Compare(changeRank(a.check), changeRank(b.check))
		if onlyNew {
			return cmp.Or(change, severity)
		}
		return cmp.Or(severity, change)
	})
	return all
}

func violatedBy(c finding.Check, pool finding.Pool) []violated {
	var all []violated
	for i, fingerprint := range fingerprints(c) {
		all = append(all, violated{c, c.Violations[i], pool, fingerprint})
	}
	return all
}

// changeRank is lower for what somebody has to look at.
func changeRank(c finding.Check) int {
	if marker(c) != "" {
		return 0
	}
	return 1
}

// poolOf returns the pool of a check; what the report does not tell of it is
// empty.
func poolOf(pools map[poolKey]finding.Pool, c finding.Check) finding.Pool {
	if pool, ok := pools[poolKey{c.Pool, c.Source}]; ok {
		return pool
	}
	return finding.Pool{ID: c.Pool, Source: c.Source}
}

// text is the message of the violation, with all remarks.
func (v violated) text() string {
	text := clean(v.violation.Message) + remark(clean(v.check.Note))
	if word := marker(v.check); word != "" {
		text += " (" + word + ")"
	}
	return cmp.Or(text, clean(v.check.Rule))
}

// inFile tells whether a position is one in a file. Standard input is "-".
func inFile(at *finding.Position) bool { return at != nil && at.File != "" && at.File != "-" }

// needFiles returns [ErrNoPositions] if one of the violations is in no file.
func needFiles(all []violated) error {
	if slices.ContainsFunc(all, func(v violated) bool { return !inFile(v.violation.Position) }) {
		return ErrNoPositions
	}
	return nil
}

// slashed writes a path as Git and the consumers of reports do: relative to
// where the scan ran if it was given so, and with forward slashes.
func slashed(file string) string { return path.Clean(filepath.ToSlash(file)) }

// poolTitle names a pool in running text.
func poolTitle(p finding.Pool) string {
	at := place(p.Account, p.Region, p.ID)
	if name := shorten(clean(p.Name), maxName); name != "" {
		return name + " (" + at + ")"
	}
	return at
}

// targetTitle names a target by what stays the same, so that titles with it can
// be compared over time: a client's id follows its name whether or not another
// client has the same.
func targetTitle(t finding.Target) string {
	parts := []string{strings.ReplaceAll(clean(string(t.Kind)), "_", " ")}
	name, id := clean(t.Name), clean(t.ID)
	switch {
	case t.Kind == finding.TargetPool:
	case name == "" || name == id:
		parts = append(parts, id)
	case id == "":
		parts = append(parts, name)
	default:
		parts = append(parts, name, "("+id+")")
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}
