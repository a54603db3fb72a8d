package finding

import (
	"maps"
	"slices"
	"strings"
)

// Waiver tells who accepted a finding, why, and until when.
type Waiver struct {
	Reason string `json:"reason"`
	Owner  string `json:"owner"`
	// Expires is the last day of the waiver in UTC, as 2027-01-31.
	Expires string `json:"expires"`
	Ticket  string `json:"ticket,omitempty"`
}

// WaiverEntry is a waiver as its file states it, and what became of it.
type WaiverEntry struct {
	Rule string `json:"rule"`
	// Pool and Target are globs of ids or names, Tags what the pool must have.
	// What is empty selects everything.
	Pool    string            `json:"pool,omitempty"`
	Target  string            `json:"target,omitempty"`
	Account string            `json:"account,omitempty"`
	Region  string            `json:"region,omitempty"`
	Tags    map[string]string `json:"tags,omitempty"`
	Waiver
	State WaiverState `json:"state"`
	// File, Line and Column are where the entry stands.
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// WaiverState says what became of a waiver.
type WaiverState string

// The states of a waiver; the first one that holds counts.
const (
	// WaiverExpired: its last day is over.
	WaiverExpired WaiverState = "expired"
	// WaiverUnused: it is about no check of a complete scan.
	WaiverUnused WaiverState = "unused"
	// WaiverExpiring: its last day is near.
	WaiverExpiring WaiverState = "expiring"
	WaiverValid    WaiverState = "valid"
)

// Selector shows what the waiver selects, as "pool prod-*, target web".
func (e WaiverEntry) Selector() string {
	var parts []string
	for _, part := range [][2]string{{"pool", e.Pool}, {"target", e.Target}, {"account", e.Account}, {"region", e.Region}} {
		if part[1] != "" {
			parts = append(parts, part[0]+" "+part[1])
		}
	}
	for _, key := range slices.Sorted(maps.Keys(e.Tags)) {
		parts = append(parts, "tag "+key+"="+e.Tags[key])
	}
	return strings.Join(parts, ", ")
}
