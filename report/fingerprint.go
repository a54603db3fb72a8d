package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/cognilint/cognilint/finding"
)

// fingerprints identifies the violations of a check over time, in their order.
// Pointers count elements of lists by place, which another order or a new
// element changes, so an element that is wrong itself is known by its value, and
// one that holds what is wrong by nothing: the check's own fingerprint names the
// target. What is the same after that is numbered, sorted by value.
//
// Where a report holds a pool twice, the source tells the two apart; only there
// a renamed file gets new fingerprints.
func fingerprints(c finding.Check) []string {
	type key struct{ path, value string }
	keys := make([]key, len(c.Violations))
	order := make([]int, len(c.Violations))
	for i, v := range c.Violations {
		order[i] = i
		parts := strings.Split(v.Path, "/")
		for j, part := range parts {
			if isIndex(part) {
				parts[j] = "-"
			}
		}
		keys[i].path = strings.Join(parts, "/")
		if parts[len(parts)-1] == "-" {
			keys[i].value = jsonText(v.Actual)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(
			strings.Compare(keys[a].path, keys[b].path),
			strings.Compare(jsonText(c.Violations[a].Actual), jsonText(c.Violations[b].Actual)),
			strings.Compare(c.Violations[a].Path, c.Violations[b].Path))
	})
	all := make([]string, len(c.Violations))
	times := map[key]int{}
	for _, i := range order {
		h := sha256.New()
		check := cmp.Or(c.Fingerprint, finding.Fingerprint(c.Rule, c.Pool, c.Target))
		for _, part := range []string{"cognilint/v1", check, c.Source, keys[i].path, keys[i].value, strconv.Itoa(times[keys[i]])} {
			h.Write([]byte(part))
			h.Write([]byte{0})
		}
		times[keys[i]]++
		all[i] = hex.EncodeToString(h.Sum(nil)[:16])
	}
	return all
}
