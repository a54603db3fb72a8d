package remediate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/snapshot"
)

// refusals says why the API would refuse calls that make the pool before into
// the pool after, or why a call is known to do harm, one sentence each; nil if
// nothing is known against them.
//
// Every call sends its whole section, so what counts is the pool as it would
// be. What the pool has already been accepted with is held against a call only
// where the API checks it on every update.
func refusals(before, after *snapshot.Pool, calls []Call) []string {
	p := &preflight{pool: sectionTurn(before, after, "UserPool"), mfa: sectionTurn(before, after, "MfaConfig")}
	for _, call := range calls {
		switch call.Operation {
		case "UpdateUserPool":
			p.updateUserPool(call)
		case "SetUserPoolMfaConfig":
			p.setMfaConfig(call)
		case "UpdateUserPoolClient":
			client := elementTurn(before, after, "Clients", call.Part.ID)
			p.updateClient(call, client, clientName(client, call.Part.ID))
		case "SetRiskConfiguration":
			client := elementTurn(before, after, "Clients", call.Part.ID)
			p.setRisk(call, elementTurn(before, after, "RiskConfigurations", call.Part.ID), clientName(client, call.Part.ID))
		case "SetLogDeliveryConfiguration":
			p.setLogDelivery(sectionTurn(before, after, "LogDeliveryConfiguration"))
		case "AddCustomAttributes":
			p.addAttributes()
		case "TagResource", "UntagResource":
			p.tag()
		}
	}
	return p.found
}

// preflight collects what is known against calls.
type preflight struct {
	pool, mfa turn
	found     []string
}

// refuse adds a sentence, once.
func (p *preflight) refuse(format string, args ...any) {
	if sentence := fmt.Sprintf(format, args...); !slices.Contains(p.found, sentence) {
		p.found = append(p.found, sentence)
	}
}

// whole refuses what is set and no whole number from low to high.
func (p *preflight) whole(name string, s setting, low, high int) {
	if s.set() && !s.within(float64(low), float64(high)) {
		p.refuse("%s would be %s; the API takes whole numbers from %d to %d.", name, s.short(), low, high)
	}
}

// oneOf refuses what is set and none of the values.
func (p *preflight) oneOf(name string, s setting, values ...string) {
	if s.set() && !slices.Contains(values, s.text()) {
		p.refuse("%s would be %s; the API takes %s.", name, s.short(), words(values, "or"))
	}
}

// read refuses a call that sends a part nobody read: it would set everything
// else in it to its default.
func (p *preflight) read(operation, name string, t turn) bool {
	if t.before.set() && t.after.set() {
		return true
	}
	p.refuse("%s is not in the snapshot, and %s would reset what it does not send; read it first.", name, operation)
	return false
}

// never are members that a call could change but a repair must not.
type never map[string]string

// untouched refuses changes of members that stay as they are; name is what they
// belong to.
func (p *preflight) untouched(call Call, name string, members never) {
	for _, member := range touched(call.Changes) {
		if reason, ok := members[member]; ok {
			p.refuse("The plan changes %s of %s, %s.", member, name, reason)
		}
	}
}

// touched returns the first names in the paths of changes, sorted.
func touched(changes []Change) []string {
	var members []string
	for _, change := range changes {
		t := turn{setting{change.Old}, setting{change.New}}
		if !t.changed() {
			continue
		}
		if path := snapshot.SplitPointer(change.Path); len(path) > 0 {
			members = append(members, path[0])
			continue
		}
		for _, name := range append(t.before.names(), t.after.names()...) {
			if t.at(name).changed() {
				members = append(members, name)
			}
		}
	}
	slices.Sort(members)
	return slices.Compact(members)
}

// sectionTurn returns a section that is one object.
func sectionTurn(before, after *snapshot.Pool, name string) turn {
	of := func(pool *snapshot.Pool) setting {
		if pool == nil {
			return setting{}
		}
		return setting{pool.Sections[name]}
	}
	return turn{of(before), of(after)}
}

// elementTurn returns the element of a section that has a ClientId, or none for "".
func elementTurn(before, after *snapshot.Pool, name, id string) turn {
	of := func(list setting) setting {
		for _, element := range list.list() {
			if len(element.names()) > 0 && element.at("ClientId").text() == id {
				return element
			}
		}
		return setting{}
	}
	t := sectionTurn(before, after, name)
	return turn{of(t.before), of(t.after)}
}

// words joins words: "a, b or c".
func words(list []string, last string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	end := len(list) - 1
	return strings.Join(list[:end], ", ") + " " + last + " " + list[end]
}
