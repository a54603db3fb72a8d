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

// operations returns the operations that write the value at a path of a part.
func operations(part Part, path string, old, new any) []string {
	switch part.Section {
	case "MfaConfig":
		return []string{setMfaConfig}
	case "RiskConfigurations":
		return []string{setRisk}
	case "LogDeliveryConfiguration":
		return []string{setLogDelivery}
	case "Clients":
		return []string{updateClient}
	}
	switch {
	case path == schemaAttributes:
		return []string{addAttributes}
	case path == userPoolTags || strings.HasPrefix(path, userPoolTags+"/"):
		var operations []string
		if tags, gone := taggedBy(path, old, new); tags {
			operations = append(operations, tagResource)
			if gone {
				operations = append(operations, untagResource)
			}
		} else if gone {
			operations = append(operations, untagResource)
		}
		return operations
	}
	return []string{updateUserPool}
}

// taggedBy tells whether a change of tags sets some, and takes some away.
func taggedBy(path string, old, new any) (sets, takes bool) {
	if path != userPoolTags {
		return new != nil, new == nil
	}
	before, _ := old.(map[string]any)
	after, _ := new.(map[string]any)
	for key, value := range after {
		sets = sets || !snapshot.Equal(before[key], value)
	}
	for key := range before {
		takes = takes || after[key] == nil
	}
	return sets, takes
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
	for _, change := range changes {
		for _, operation := range operations(change.Part, change.Path, change.Old, change.New) {
			i := slices.IndexFunc(grouped, func(c Call) bool { return c.Operation == operation && c.Part == change.Part })
			if i < 0 {
				i = len(grouped)
				grouped = append(grouped, Call{Operation: operation, Part: change.Part})
			}
			grouped[i].Changes = append(grouped[i].Changes, change)
		}
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
