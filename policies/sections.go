package policies

import (
	"slices"
	"strings"

	"github.com/cognilint/cognilint/snapshot"
)

// Sections returns the sections beside UserPool that the rules look at, in the
// order of [snapshot.Sections]. Nothing else of a live pool has to be read, and
// the rules see nothing else of any pool: what a file happens to hold besides
// changes no check.
func (s *Set) Sections() []string { return s.sections }

// sectionsOf finds out which sections the rules look at; fixes says whether
// those count that only fixes need.
func sectionsOf(rules []*rule, fixes bool) []string {
	needed := map[string]bool{}
	for _, r := range rules {
		needed[targetSection(r.Target).Name] = true
		for _, section := range r.sections(fixes) {
			needed[section] = true
		}
	}
	sections := []string{}
	for _, section := range snapshot.Sections {
		if section.Name != "UserPool" && needed[section.Name] {
			sections = append(sections, section.Name)
		}
	}
	return sections
}

// visible returns the pool without the sections that the rules do not look at.
// Those of the rest that the pool lacks are listed among what is unknown.
func (s *Set) visible(pool *snapshot.Pool) *snapshot.Pool {
	seen := *pool
	seen.Unknown = slices.Clone(pool.Unknown)
	seen.Sections = map[string]any{}
	for _, section := range snapshot.Sections {
		if section.Name != "UserPool" && !slices.Contains(s.sections, section.Name) {
			continue
		}
		content, ok := pool.Sections[section.Name]
		if ok {
			seen.Sections[section.Name] = content
		} else if len(seen.UnknownFor("/"+section.Name)) == 0 {
			unknown := snapshot.Unknown{Path: "/" + section.Name, Reason: section.Name + " was not read"}
			if pool.Source != snapshot.SourceLive {
				unknown.Hint = "add the output of `" + section.Command + "`"
			}
			seen.AddUnknown(unknown)
		}
	}
	return &seen
}

// librarySections are what the modules in lib/ look at besides UserPool, for
// rules that cannot say themselves which of their facts they use.
var librarySections = map[string][]string{
	"pool":     {"MfaConfig", "Clients"},
	"exposure": {"Clients"},
	"message":  {"MfaConfig"},
}

func (r *rule) sections(fixes bool) []string {
	needs := slices.Concat(r.Needs, r.AppliesNeeds)
	if fixes {
		needs = append(needs, r.FixNeeds...)
	}
	var sections []string
	for _, need := range needs {
		section, _, _ := strings.Cut(need, ".")
		sections = append(sections, section)
	}
	for _, p := range r.Params {
		if p.Value != nil && p.Value != false {
			sections = append(sections, r.ReadsWithParam[p.Name]...)
		}
	}
	for _, name := range libraries(r.module) {
		sections = append(sections, librarySections[name]...)
	}
	return sections
}
