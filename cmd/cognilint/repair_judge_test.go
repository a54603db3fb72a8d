package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/remediate"
)

// foreign tells whether the other writer's change is there.
func (d trouble) foreign(pool cognitotest.Pool) bool {
	if d.kind == foreignThere {
		return strings.Contains(pool.Clients[2], "theirs")
	}
	return strings.Contains(pool.UserPool, "theirs")
}

// judge says what is wrong about an outcome.
func (d trouble) judge(r *rig, before cognitotest.Pool, plan *remediate.Plan, result remediate.Result, journal string, met int) string {
	after := r.state()
	unexpected := slices.ContainsFunc(result.Unexpected, func(u remediate.Difference) bool { return u.Path == "/Foreign" })
	made := met > 0 && d.kind != journalLost
	stays := made && d.foreign(after)
	if made && !stays && !r.window(met, d) && !(unexpected && r.besideWrite(met)) {
		return "the other writer's change is lost: " + result.Message
	}
	clean := after
	if stays {
		clean = d.withoutForeign(after)
	}
	switch result.State {
	case remediate.Applied:
		// A change that nobody looked for any more came too late to be seen.
		if diff := notAsPlanned(before, clean, plan); diff != "" {
			return "not as planned: " + diff
		}
		if stays && d.kind != foreignEarly && met < len(r.server.Requests())-1 && !r.unread(met, d) {
			return "applied, though somebody else changed the pool"
		}
	case remediate.Unchanged:
		if diff := notTheSame(before, clean); diff != "" {
			return "not unchanged: " + diff
		}
	case remediate.Damaged, remediate.Restored:
		if len(result.Unexpected) == 0 {
			return "nothing unexpected is named"
		}
	case remediate.Incomplete, remediate.Interrupted:
	default:
		return "an unknown state"
	}
	if result.State == remediate.Incomplete || result.State == remediate.Interrupted || result.State == remediate.Restored {
		if diff := notPartly(before, clean, plan); diff != "" {
			return "neither before nor after a call: " + diff
		}
	}
	return d.goBack(r, before, after, stays, result, journal)
}

// goBack rolls back at a stand-in that is well again.
func (d trouble) goBack(r *rig, before, after cognitotest.Pool, stays bool, result remediate.Result, journal string) string {
	if info, err := os.Stat(journal); err != nil || info.Size() == 0 {
		if result.State != remediate.Unchanged {
			return fmt.Sprintf("there is no journal: %v", err)
		}
		return ""
	}
	well := newRig(r.t, after, d.mode, 0)
	defer well.server.Close()
	well.folder = r.folder
	back, _ := well.rollback(journal)
	now := well.state()
	switch {
	case stays && d.foreign(now):
		left := notAsBefore(before, d.withoutForeign(now))
		if diff := notTheSame(after, now); diff != "" && left != "" {
			return fmt.Sprintf("the rollback neither refused nor left theirs: %s: %s: %s", back.State, back.Message, left)
		}
	case stays:
		return fmt.Sprintf("the rollback took the other writer's change away: %s: %s", back.State, back.Message)
	default:
		if strings.HasPrefix(d.kind, "collateral") && result.State == remediate.Damaged && strings.Contains(result.Message, "and left") {
			now.Clients[2] = before.Clients[2]
			now.UserPool = changedDocument(now.UserPool, object{"LambdaConfig": treeOf(before.UserPool)["LambdaConfig"]})
		}
		if diff := notAsBefore(before, now); diff != "" {
			return fmt.Sprintf("rollback %s: %s; left: %s; repair: %s", back.State, back.Message, diff, result.Message)
		}
	}
	return ""
}

// withoutForeign returns the pool without the other writer's change.
func (d trouble) withoutForeign(pool cognitotest.Pool) cognitotest.Pool {
	pool.Clients = slices.Clone(pool.Clients)
	pool.UserPool = changedDocument(pool.UserPool, object{"Foreign": nil})
	pool.Clients[2] = changedDocument(pool.Clients[2], object{"Foreign": nil})
	return pool
}

// window tells whether a foreign change came between the last reading of a
// section and the write of that section: the API has nothing against that.
func (r *rig) window(met int, d trouble) bool {
	if d.kind == foreignThere {
		return false // nothing writes that client
	}
	for i, request := range r.server.Requests()[met-1:] {
		switch {
		case request.Operation == "UpdateUserPool":
			return true
		case request.Operation == "DescribeUserPool" && i >= 0:
			return false
		}
	}
	return false
}

// besideWrite tells whether a foreign change of the pool came between the last
// reading before a write and the first one after it: nobody can tell it from
// another effect of the write, so it is set back, and said to be.
func (r *rig) besideWrite(met int) bool {
	requests := r.server.Requests()
	for _, request := range requests[met-1:] {
		if request.Body != "" {
			return true
		}
		if request.Operation == "DescribeUserPool" {
			break
		}
	}
	for _, request := range slices.Backward(requests[:met-1]) {
		if request.Body != "" {
			return true
		}
		if request.Operation == "DescribeUserPool" {
			break
		}
	}
	return false
}

// unread tells whether nothing read the section of a foreign change after it.
func (r *rig) unread(met int, d trouble) bool {
	operation := "DescribeUserPool"
	if d.kind == foreignThere {
		operation = "DescribeUserPoolClient"
	}
	last := -1
	for i, request := range r.server.Requests() {
		if request.Operation == operation {
			last = i
		}
	}
	return last < met-1
}

// notPartly says in which way a pool is not as after some first calls of a plan.
func notPartly(before, after cognitotest.Pool, plan *remediate.Plan) string {
	shortest := ""
	for n := 0; n <= len(plan.Calls); n++ {
		var changes []remediate.Change
		for _, call := range plan.Calls[:n] {
			for _, c := range call.Changes {
				if call.Operation != "TagResource" && call.Operation != "UntagResource" || (c.New == nil) == (call.Operation == "UntagResource") {
					changes = append(changes, c)
				}
			}
		}
		diff := unlike(planned(before, changes), before, after, false)
		if diff == "" {
			return ""
		}
		if shortest == "" || len(diff) < len(shortest) {
			shortest = diff
		}
	}
	return shortest
}
