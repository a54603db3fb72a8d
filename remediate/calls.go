package remediate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// The operations of the API that change a pool.
const (
	updateUserPool   = "UpdateUserPool"
	addAttributes    = "AddCustomAttributes"
	tagResource      = "TagResource"
	untagResource    = "UntagResource"
	setMfaConfig     = "SetUserPoolMfaConfig"
	setRisk          = "SetRiskConfiguration"
	setLogDelivery   = "SetLogDeliveryConfiguration"
	updateClient     = "UpdateUserPoolClient"
	schemaAttributes = "/SchemaAttributes"
	userPoolTags     = "/UserPoolTags"
)

// order is the order of calls that make settings stricter: what others need
// comes first, and clients last.
var order = []string{updateUserPool, addAttributes, tagResource, untagResource, setMfaConfig, setRisk, setLogDelivery, updateClient}

// operation returns the operation that writes a value at a path of a part.
func operation(part Part, path string, new any) string {
	switch part.Section {
	case "MfaConfig":
		return setMfaConfig
	case "RiskConfigurations":
		return setRisk
	case "LogDeliveryConfiguration":
		return setLogDelivery
	case "Clients":
		return updateClient
	}
	switch {
	case path == schemaAttributes:
		return addAttributes
	case strings.HasPrefix(path, userPoolTags+"/"):
		if new == nil {
			return untagResource
		}
		return tagResource
	}
	return updateUserPool
}

// calls lists the calls that carry out proposals, in their order.
func calls(before, after *snapshot.Pool, proposals []proposal) []Call {
	return ordered(changes(before, after, proposals), loosens(before, after))
}

// changes merges the edits of proposals to one change for each value.
func changes(before, after *snapshot.Pool, proposals []proposal) []Change {
	var found []Change
	for _, proposed := range proposals {
		for _, e := range proposed.edits {
			i := slices.IndexFunc(found, func(c Change) bool { return c.Part == e.part && c.Path == e.path })
			if i < 0 {
				i = len(found)
				old, _ := snapshot.Lookup(tree(before, e.part), e.path)
				new, _ := snapshot.Lookup(tree(after, e.part), e.path)
				found = append(found, Change{Part: e.part, Path: e.path, Old: old, New: new, Risk: finding.FixSafe})
			}
			change := &found[i]
			if !slices.Contains(change.Rules, proposed.Rule) {
				change.Rules = append(change.Rules, proposed.Rule)
				slices.Sort(change.Rules)
			}
			if proposed.rule.Fix == finding.FixDisruptive {
				change.Risk = finding.FixDisruptive
			}
			change.Irreversible = change.Irreversible || proposed.rule.FixIrreversible || addsAttribute(e)
		}
	}
	return slices.DeleteFunc(found, func(c Change) bool { return snapshot.Equal(c.Old, c.New) && (c.New == nil) == (c.Old == nil) })
}

// ordered groups changes by call. Looser settings of MFA come before what they
// no longer need, stricter ones after what they need.
func ordered(changes []Change, loosens bool) []Call {
	grouped := []Call{}
	for _, change := range tagByTag(changes) {
		operation := operation(change.Part, change.Path, change.New)
		i := slices.IndexFunc(grouped, func(c Call) bool { return c.Operation == operation && c.Part == change.Part })
		if i < 0 {
			i = len(grouped)
			grouped = append(grouped, Call{Operation: operation, Part: change.Part})
		}
		grouped[i].Changes = append(grouped[i].Changes, change)
	}
	for _, call := range grouped {
		slices.SortFunc(call.Changes, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
	}
	rank := func(c Call) int {
		if c.Operation == setMfaConfig && loosens {
			return -1
		}
		return slices.Index(order, c.Operation)
	}
	slices.SortStableFunc(grouped, func(a, b Call) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Part.ID, b.Part.ID))
	})
	return grouped
}

// tagByTag returns changes in which each tag has its own: one call sets tags, and
// another one takes them away.
func tagByTag(changes []Change) []Change {
	var found []Change
	for _, change := range changes {
		if change.Part != userPoolPart || change.Path != userPoolTags {
			found = append(found, change)
			continue
		}
		before, _ := change.Old.(map[string]any)
		after, _ := change.New.(map[string]any)
		if before == nil {
			before = map[string]any{}
		}
		if after == nil {
			after = map[string]any{}
		}
		for _, d := range snapshot.Diff(before, after) {
			tag := change
			tag.Path, tag.Old, tag.New = userPoolTags+d.Path, d.Before, d.After
			found = append(found, tag)
		}
	}
	return found
}

// modes are the settings of MFA from loose to strict.
var modes = []string{"OFF", "OPTIONAL", "ON"}

// factorBlocks are the blocks of MfaConfig that are second factors.
var factorBlocks = []string{"SoftwareTokenMfaConfiguration", "SmsMfaConfiguration", "EmailMfaConfiguration"}

// loosens tells whether the MFA settings of the second pool ask for less, or
// offer less, than those of the first.
func loosens(before, after *snapshot.Pool) bool {
	b, a := tree(before, Part{Section: "MfaConfig"}), tree(after, Part{Section: "MfaConfig"})
	if slices.Index(modes, mode(a)) < slices.Index(modes, mode(b)) {
		return true
	}
	return slices.ContainsFunc(factorBlocks, func(block string) bool { return hasFactor(b, block) && !hasFactor(a, block) })
}

// mode is the setting of MFA; OFF if it is absent.
func mode(mfa map[string]any) string {
	m, _ := mfa["MfaConfiguration"].(string)
	return cmp.Or(m, "OFF")
}

func hasFactor(mfa map[string]any, block string) bool {
	members, ok := mfa[block].(map[string]any)
	if block == "SoftwareTokenMfaConfiguration" {
		return ok && members["Enabled"] == true
	}
	return ok
}
