// Package remediate is where a failed check becomes a changed pool: from the
// edits that rules propose to a plan, which is pure data, and from a plan to
// API calls through an interface, with a journal, a check of the result and a
// way back.
//
// Nothing of it writes yet: rules state their edits, policies.Result carries
// them, and snapshot.Pool.Apply computes the pool as it would be.
package remediate
