package scanner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/snapshot"
)

// Exported is a pool from files.
type Exported struct {
	Pool *snapshot.Pool
	// origins tells for pointers into the snapshot where they come from; the
	// longest that fits counts.
	origins []origin
}

// origin says that what stands at pointer in the snapshot stands at at in the
// document.
type origin struct {
	pointer  string
	document *document
	at       string
}

// assemble makes pools of the documents of one folder.
func assemble(documents []*document) ([]*Exported, []error) {
	a := &assembly{pools: map[string]*Exported{}}
	var parts []*part
	for _, d := range documents {
		p, err := classify(d)
		if err != nil {
			a.errs = append(a.errs, err)
			continue
		}
		parts = append(parts, p)
	}
	for _, p := range parts {
		if p.snapshot != nil || p.section.Name == "UserPool" {
			a.addPool(p)
		}
	}
	for _, p := range parts {
		if p.snapshot == nil && p.section.Name != "UserPool" {
			a.addPart(p)
		}
	}
	for _, e := range a.order {
		a.finish(e)
	}
	return a.order, a.errs
}

type assembly struct {
	pools map[string]*Exported
	order []*Exported
	errs  []error
	// keys and truncated collect, by pool and section, what lists told about
	// their completeness.
	keys      map[*Exported]map[string][]string
	truncated map[*Exported]map[string]bool
}

func (a *assembly) fail(d *document, pointer, format string, args ...any) {
	a.errs = append(a.errs, d.errorAt(pointer, fmt.Sprintf(format, args...)))
}

// addPool opens a pool with its main section, or with a whole snapshot.
func (a *assembly) addPool(p *part) {
	if other := a.pools[p.poolID]; other != nil {
		a.fail(p.document, "", "pool %s stands in %s too, expected each pool once in a folder", p.poolID, other.Pool.Source)
		return
	}
	e := &Exported{Pool: p.snapshot}
	if e.Pool == nil {
		e.Pool = &snapshot.Pool{Sections: map[string]any{"UserPool": p.elements[0].value}}
		e.origins = []origin{{"/UserPool", p.document, p.elements[0].pointer}}
	} else {
		e.origins = []origin{{"", p.document, ""}}
	}
	e.Pool.Source = p.document.file.path
	a.pools[p.poolID] = e
	a.order = append(a.order, e)
}

// addPart gives a section, or elements of it, to its pool.
func (a *assembly) addPart(p *part) {
	e := a.owner(p)
	if e == nil {
		return
	}
	name := p.section.Name
	if !p.section.List {
		if _, ok := e.Pool.Sections[name]; ok {
			a.fail(p.document, "", "%s of pool %s stands in another file too, expected it once in a folder", name, e.Pool.ID())
			return
		}
		e.Pool.Sections[name] = any(nil)
		if len(p.elements) > 0 {
			e.Pool.Sections[name] = p.elements[0].value
			e.origins = append(e.origins, origin{"/" + name, p.document, p.elements[0].pointer})
		}
		return
	}
	list := e.Pool.Elements(name)
	if p.keys != nil {
		a.note(e, p)
		return
	}
	for _, element := range p.elements {
		key, _ := element.value[p.section.Key].(string)
		if slices.ContainsFunc(list, func(other any) bool { k, _ := other.(map[string]any)[p.section.Key].(string); return k == key }) {
			a.fail(p.document, element.pointer, "%s %q of pool %s stands in the folder twice, expected it once", p.section.Element, key, e.Pool.ID())
			continue
		}
		e.origins = append(e.origins, origin{snapshot.Pointer(name, len(list)), p.document, element.pointer})
		list = append(list, element.value)
	}
	if list == nil {
		list = []any{}
	}
	e.Pool.Sections[name] = list
	a.note(e, p)
}

// note remembers what a document told about the completeness of its list.
func (a *assembly) note(e *Exported, p *part) {
	if a.keys == nil {
		a.keys, a.truncated = map[*Exported]map[string][]string{}, map[*Exported]map[string]bool{}
	}
	if a.keys[e] == nil {
		a.keys[e], a.truncated[e] = map[string][]string{}, map[string]bool{}
	}
	name := p.section.Name
	a.truncated[e][name] = a.truncated[e][name] || p.incomplete
	if p.keys != nil {
		a.keys[e][name] = append(a.keys[e][name], p.keys...)
		if a.keys[e][name] == nil {
			a.keys[e][name] = []string{}
		}
	}
}

// owner finds the pool of a part: the one it names or else the only one of its
// file, or else the only one of the folder.
func (a *assembly) owner(p *part) *Exported {
	if p.poolID != "" {
		if e := a.pools[p.poolID]; e != nil {
			return a.ownable(e, p)
		}
		a.fail(p.document, "", "this is the %s part of pool %s, but no file in the folder holds that pool; add the output of `aws cognito-idp describe-user-pool --user-pool-id %s`",
			p.section.Name, p.poolID, p.poolID)
		return nil
	}
	var sameFile []*Exported
	for _, e := range a.order {
		if e.Pool.Source == p.document.file.path {
			sameFile = append(sameFile, e)
		}
	}
	switch {
	case len(sameFile) == 1:
		return a.ownable(sameFile[0], p)
	case len(a.order) == 1:
		return a.ownable(a.order[0], p)
	case len(a.order) == 0:
		a.fail(p.document, "", "this is the %s part of some pool, but no file in the folder holds a pool; add the output of `aws cognito-idp describe-user-pool`", p.section.Name)
	default:
		a.fail(p.document, "", "this is the %s part of some pool, but it names none and the folder holds %d; put each pool into a folder of its own", p.section.Name, len(a.order))
	}
	return nil
}

// ownable refuses to add to a snapshot: it is one reading at one time.
func (a *assembly) ownable(e *Exported, p *part) *Exported {
	if e.origins[0].pointer == "" {
		a.fail(p.document, "", "pool %s stands as a snapshot in %s, which takes no further parts; put this file into another folder", e.Pool.ID(), e.Pool.Source)
		return nil
	}
	return e
}

// finish fills in what follows from the pool itself and says what is unknown.
func (a *assembly) finish(e *Exported) {
	p := e.Pool
	if parts := strings.Split(p.ARN(), ":"); len(parts) >= 6 {
		if p.Region == "" {
			p.Region = parts[3]
		}
	}
	p.Account = cmp.Or(p.Account, accountOf(p.ARN()))
	if region, _, ok := strings.Cut(p.ID(), "_"); ok && p.Region == "" {
		p.Region = region
	}
	if e.origins[0].pointer != "" {
		a.completeness(e)
	}
	for _, section := range snapshot.Sections {
		if _, ok := p.Sections[section.Name]; !ok && len(p.UnknownFor("/"+section.Name)) == 0 {
			p.AddUnknown(snapshot.Unknown{
				Path:   "/" + section.Name,
				Reason: "the export does not hold " + section.Name,
				Hint:   hint(section, p),
			})
		}
	}
}

// hint is the command that exports a section. What only the reader can fill in
// is an ellipsis.
func hint(section snapshot.Section, p *snapshot.Pool) string {
	argument := "--user-pool-id " + p.ID()
	switch section.Name {
	case "WebACL":
		argument = "--resource-arn " + cmp.Or(p.ARN(), "…")
	case "Clients":
		argument += " --client-id …"
	case "IdentityProviders":
		argument += " --provider-name …"
	case "Domains":
		argument = "--domain " + cmp.Or(strings.Join(undescribedDomains(p), "`, `"+section.Command+" --domain "), "…")
	}
	return "add the output of `" + section.Command + " " + argument + "`"
}

// completeness decides for each list whether it is known to the end.
func (a *assembly) completeness(e *Exported) {
	p := e.Pool
	a.domains(p)
	for _, section := range snapshot.Sections {
		if !section.List || section.Name == "Domains" {
			continue
		}
		list, read := p.Sections[section.Name].([]any)
		keys, listed := a.keys[e][section.Name]
		if !read && !listed {
			continue
		}
		switch {
		case a.truncated[e][section.Name] && !listed:
			p.AddUnknown(snapshot.Unknown{
				Path:   "/" + section.Name,
				Reason: "the export holds only the first page of " + section.Name,
				Hint:   "export all pages: leave out --max-items and --no-paginate",
			})
		case listed:
			p.Sections[section.Name] = addUndescribed(p, section, list, keys)
			if a.truncated[e][section.Name] {
				p.AddUnknown(unproven(section, p))
			}
		case section.Name != "Groups" && section.Name != "ResourceServers":
			p.AddUnknown(unproven(section, p))
		}
	}
}

// unproven says of a list that it may have further elements.
func unproven(section snapshot.Section, p *snapshot.Pool) snapshot.Unknown {
	return snapshot.Unknown{
		Path:   "/" + section.Name + "/-",
		Reason: "the export does not tell whether it holds all " + section.Name,
		Hint:   listHint(section, p),
	}
}

func listHint(section snapshot.Section, p *snapshot.Pool) string {
	switch section.Name {
	case "Clients":
		return "add the output of `aws cognito-idp list-user-pool-clients --user-pool-id " + p.ID() + "`"
	case "IdentityProviders":
		return "add the output of `aws cognito-idp list-identity-providers --user-pool-id " + p.ID() + "`"
	default:
		return "scan a snapshot made by cognilint, which tells it"
	}
}

// addUndescribed appends a stub for each element that a list names and no file
// describes; it is unknown.
func addUndescribed(p *snapshot.Pool, section snapshot.Section, list []any, keys []string) []any {
	if list == nil {
		list = []any{}
	}
	for _, key := range keys {
		if slices.ContainsFunc(list, func(e any) bool { return e.(map[string]any)[section.Key] == key }) {
			continue
		}
		p.AddUnknown(snapshot.Unknown{
			Path:   snapshot.Pointer(section.Name, len(list)),
			Reason: fmt.Sprintf("the export does not describe the %s %s", section.Element, key),
			Hint:   hint(section, p),
		})
		list = append(list, map[string]any{section.Key: key})
	}
	return list
}

// domains completes the section from the pool, which names its domains.
func (a *assembly) domains(p *snapshot.Pool) {
	missing := undescribedDomains(p)
	_, read := p.Sections["Domains"]
	switch {
	case len(missing) == 0 && !read:
		p.Sections["Domains"] = []any{}
	case len(missing) > 0 && read:
		section, _ := snapshot.SectionNamed("Domains")
		p.AddUnknown(snapshot.Unknown{Path: "/Domains/-", Reason: "the export does not describe all domains of the pool", Hint: hint(section, p)})
	}
}

// undescribedDomains returns the domains that the pool names and no document
// describes.
func undescribedDomains(p *snapshot.Pool) []string {
	var missing []string
	for _, member := range []string{"Domain", "CustomDomain"} {
		value, _ := snapshot.Lookup(p.Sections, "/UserPool/"+member)
		name, _ := value.(string)
		described := func(d any) bool { return d.(map[string]any)["Domain"] == name }
		if name != "" && !slices.ContainsFunc(p.Elements("Domains"), described) {
			missing = append(missing, name)
		}
	}
	return missing
}
