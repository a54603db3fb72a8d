package remediate

import "github.com/cognilint/cognilint/snapshot"

// refusals says why the API would refuse calls that make the pool before into
// the pool after, one sentence each; nil if nothing is known against them.
func refusals(before, after *snapshot.Pool, calls []Call) []string {
	return nil
}
