// Package remediate is reserved for repairs, and empty so far: rules state their
// edits, policies.Result carries them, and snapshot.Pool.Apply computes the
// pool as it would be.
//
// From here a plan, which is pure data, will lead to API calls through an
// interface, with a journal, a check of the result and a way back.
package remediate
