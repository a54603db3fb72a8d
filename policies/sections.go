package policies

import (
	"slices"
	"strings"

	"github.com/cognilint/cognilint/snapshot"
)

// Sections returns the sections beside UserPool that the rules look at, in the
// order of [snapshot.Sections]. Nothing else of a live pool has to be read.
func (s *Set) Sections() []string {
	needed := map[string]bool{}
	for _, g := range s.groups {
		needed[targetSection(g.target).Name] = true
		for _, r := range g.rules {
			for _, section := range r.sections() {
				needed[section] = true
			}
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

// factSections are what the facts in lib/pool.rego rest on.
var factSections = []string{"MfaConfig", "Clients"}

func (r *rule) sections() []string {
	var sections []string
	for _, need := range slices.Concat(r.Needs, r.AppliesNeeds) {
		section, _, _ := strings.Cut(need, ".")
		sections = append(sections, section)
	}
	for _, p := range r.Params {
		if p.Value != nil && p.Value != false {
			sections = append(sections, r.ReadsWithParam[p.Name]...)
		}
	}
	for _, imported := range r.module.Imports {
		if imported.Path.String() == "data.cognilint.lib.pool" {
			sections = append(sections, factSections...)
		}
	}
	return sections
}
