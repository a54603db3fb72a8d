// Package snapshot describes one Amazon Cognito user pool as the API told it:
// section by section, under the API's own member names. Every source
// (live reads, exported files) fills a [Pool], every rule reads one.
//
// Start with [Pool] for the shape, [Sections] for what a complete pool holds,
// and [Unknown] for what could not be read.
package snapshot

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Schema is the value of the member "schema" in a snapshot file.
const Schema = "cognilint.snapshot/v1"

// SourceLive is the [Pool.Source] of a pool that was read from the API.
const SourceLive = "live"

// Pool is one user pool. The values in Sections are JSON trees made of
// map[string]any, []any, string, bool, json.Number and nil; members that this
// build has never heard of are kept. A Pool is not changed after it was filled.
type Pool struct {
	// Account is the 12-digit AWS account, empty when nothing told it.
	Account string
	// Region is the AWS Region, empty when nothing told it.
	Region string
	// CollectedAt is when the settings were read. For exports that do not say
	// it, it is the time of the scan. Rules use it as "now".
	CollectedAt time.Time
	// Source is "live", or the path of the file that holds the section UserPool.
	Source string
	// Live tells that the sections were read from the API, now or when the
	// snapshot was exported: what they lack, the API did not tell.
	Live bool
	// Template tells that the pool does not exist yet. Rules see it as the
	// member "template".
	Template bool
	// Sections maps a section name to its tree: an object, or an array of
	// objects, as [Sections] tells. A section that is missing here is unknown.
	// WebACL is nil when it was read and there is none.
	Sections map[string]any
	// Unknown lists what could not be read, sorted by path.
	Unknown []Unknown
}

// Unknown is a part of the pool that nobody could read. It is a reason to give
// no verdict, never a value.
type Unknown struct {
	// Path is an RFC 6901 pointer into the snapshot: "/MfaConfig",
	// "/Clients/3". "/Clients/-" says that the list may have further elements.
	Path string `json:"path"`
	// Reason says in one sentence why the part is unknown.
	Reason string `json:"reason"`
	// Hint is the next step that would make it known; may be empty.
	Hint string `json:"hint,omitempty"`
	// Operation is the API operation that failed. It is empty when no read was
	// tried, as for a section that an export does not contain.
	Operation string `json:"operation,omitempty"`
	// Code is the API's error code, such as AccessDeniedException.
	Code string `json:"code,omitempty"`
}

// Failed tells whether a read was tried and failed, so that another scan might
// know more. It is false for gaps that are inherent to an export.
func (u Unknown) Failed() bool { return u.Operation != "" }

// ID returns the pool id, such as eu-west-1_AbC123. It is empty only when the
// section UserPool is missing.
func (p *Pool) ID() string { return p.poolString("Id") }

// Name returns the pool's name.
func (p *Pool) Name() string { return p.poolString("Name") }

// ARN returns the pool's ARN; old exports may lack it.
func (p *Pool) ARN() string { return p.poolString("Arn") }

func (p *Pool) poolString(member string) string {
	pool, _ := p.Sections["UserPool"].(map[string]any)
	s, _ := pool[member].(string)
	return s
}

// Elements returns the elements of a section that is a list, nil when it is
// missing.
func (p *Pool) Elements(section string) []any {
	list, _ := p.Sections[section].([]any)
	return list
}

// UnknownFor returns the entries that make the value at path unknown: those
// at, above or below it. An entry "/Clients/-" (there may be more clients)
// counts only when path asks for the whole list in the same way.
func (p *Pool) UnknownFor(path string) []Unknown {
	var hits []Unknown
	list := strings.TrimSuffix(path, "/-")
	for _, u := range p.Unknown {
		if u.Path == path || !strings.HasSuffix(u.Path, "/-") && (within(u.Path, list) || within(list, u.Path)) {
			hits = append(hits, u)
		}
	}
	return hits
}

// within tells whether the pointer inner is outer or stands below it.
func within(inner, outer string) bool {
	return inner == outer || strings.HasPrefix(inner, outer+"/")
}

// AddUnknown records that a part could not be read, keeping the list sorted
// and free of repetitions.
func (p *Pool) AddUnknown(u Unknown) {
	i, found := slices.BinarySearchFunc(p.Unknown, u, func(a, b Unknown) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Reason, b.Reason))
	})
	if found {
		return
	}
	p.Unknown = slices.Insert(p.Unknown, i, u)
}

// MarshalJSON writes the snapshot file format.
func (p *Pool) MarshalJSON() ([]byte, error) {
	out := map[string]any{
		"schema":       Schema,
		"account":      p.Account,
		"region":       p.Region,
		"collected_at": p.CollectedAt.UTC().Format(time.RFC3339),
		"source":       p.Source,
		"unknown":      p.Unknown,
	}
	if p.Unknown == nil {
		out["unknown"] = []Unknown{}
	}
	for name, section := range p.Sections {
		out[name] = section
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what [Pool.MarshalJSON] wrote. It checks no types below the
// sections.
func (p *Pool) UnmarshalJSON(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var members map[string]any
	if err := decoder.Decode(&members); err != nil {
		return err
	}
	var meta struct {
		Schema      string    `json:"schema"`
		Account     string    `json:"account"`
		Region      string    `json:"region"`
		CollectedAt time.Time `json:"collected_at"`
		Source      string    `json:"source"`
		Unknown     []Unknown `json:"unknown"`
	}
	if err := json.Unmarshal(text, &meta); err != nil {
		return err
	}
	if meta.Schema != Schema {
		return fmt.Errorf("schema is %q, expected %q", meta.Schema, Schema)
	}
	*p = Pool{
		Account: meta.Account, Region: meta.Region, CollectedAt: meta.CollectedAt, Source: meta.Source,
		Live: meta.Source == SourceLive, Sections: map[string]any{}, Unknown: meta.Unknown,
	}
	for _, section := range Sections {
		if content, ok := members[section.Name]; ok {
			p.Sections[section.Name] = content
		}
	}
	return nil
}
