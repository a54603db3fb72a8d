// Package remediate repairs user pools. From failed checks it makes a plan,
// which is pure data, and from a plan API calls, which it makes through the
// interface [API]: with a journal written first, everything read back, and a way
// back.
//
// Start with [Planner.Plan] for what would change, [Apply] for how it is
// changed, and [Rollback] for how it is undone. Nothing here talks to AWS or
// prints.
package remediate

import (
	"context"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// Verdict is a check, and the edits that its rule proposes for it.
type Verdict struct {
	finding.Check
	Edits []snapshot.Edit
}

// Part is what one call of the API reads and another one writes: a section of a
// snapshot, or one element of a section that is a list.
type Part struct {
	// Section is UserPool, MfaConfig, Clients, RiskConfigurations or
	// LogDeliveryConfiguration.
	Section string `json:"section"`
	// ID is the ClientId of a client or of its risk configuration; it is empty
	// for the pool's risk configuration and for sections that are one object.
	ID string `json:"id,omitempty"`
}

// Change is one value that a plan changes.
type Change struct {
	Part Part `json:"part"`
	// Path is an RFC 6901 pointer below the part.
	Path string `json:"path"`
	// Old and New are JSON values; nil is a member that is absent. Lists are
	// sets, and may be in any order.
	Old any `json:"old"`
	New any `json:"new"`
	// Risk is safe or disruptive, the worse of the rules that ask for the change.
	Risk finding.FixClass `json:"risk"`
	// Irreversible changes cannot be rolled back.
	Irreversible bool `json:"irreversible,omitempty"`
	// Rules are the ids of the rules that ask for the change, sorted.
	Rules []string `json:"rules"`
}

// Call is one call of the API that a plan makes.
type Call struct {
	// Operation is the API operation, such as UpdateUserPool.
	Operation string `json:"operation"`
	Part      Part   `json:"part"`
	// Changes are those that the call brings about.
	Changes []Change `json:"changes"`
}

// API is one user pool, as the API shows and changes it. Trees are as in
// [snapshot.Pool], without secrets.
type API interface {
	// Read reads the pool again, with all sections that plans look at.
	Read(ctx context.Context) (*snapshot.Pool, error)
	// ReadPart reads a part again; nil if there is none.
	ReadPart(ctx context.Context, part Part) (map[string]any, error)
	// Request builds the complete request of an operation that writes a part, so
	// that the part becomes as state says; before is the part as it was read.
	Request(operation string, part Part, before, state map[string]any) (map[string]any, error)
	// Write sends a request once, without retries. Its error is a *[WriteError].
	Write(ctx context.Context, operation string, request map[string]any) (requestID string, err error)
}
