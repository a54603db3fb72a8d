package remediate

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/snapshot"
)

// volatile are members that change by themselves, or tell nothing but that
// something changed.
var volatile = map[string][]string{
	"UserPool":           {"LastModifiedDate", "CreationDate", "EstimatedNumberOfUsers", "Status"},
	"Clients":            {"LastModifiedDate", "CreationDate"},
	"RiskConfigurations": {"LastModifiedDate"},
}

// Difference is a setting of a pool that is not as it should be.
type Difference struct {
	Part Part `json:"part"`
	snapshot.Difference
}

// differences compares all parts of two pools that can be written. Parts that
// one of them lacks differ as a whole.
func differences(want, got *snapshot.Pool) []Difference {
	var found []Difference
	all := parts(want)
	for _, part := range parts(got) {
		if !slices.Contains(all, part) {
			all = append(all, part)
		}
	}
	for _, part := range all {
		found = append(found, compare(part, want, got)...)
	}
	return found
}

// compare compares one part of two pools.
func compare(part Part, want, got *snapshot.Pool) []Difference {
	var found []Difference
	for _, d := range snapshot.Diff(comparable(want, got, part, false), comparable(got, want, part, true)) {
		if !meansAbsence(part, d.Path, d.Before, d.After) && !meansAbsence(part, d.Path, d.After, d.Before) {
			found = append(found, Difference{part, d})
		}
	}
	return found
}

// absence is what it means that a member is absent. The API writes such values
// out when it stores a request, and some updates keep a member that is left out:
// the first value sets it back.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
var absence = map[string][]any{
	"UserPool/DeletionProtection":                              {"INACTIVE"},
	"UserPool/AutoVerifiedAttributes":                          {[]any{}},
	"UserPool/AccountRecoverySetting":                          {map[string]any{}},
	"UserPool/UserPoolAddOns":                                  {map[string]any{"AdvancedSecurityMode": "OFF"}},
	"UserPool/UserAttributeUpdateSettings":                     {map[string]any{"AttributesRequireVerificationBeforeUpdate": []any{}}},
	"UserPool/AdminCreateUserConfig":                           {map[string]any{"AllowAdminCreateUserOnly": false}},
	"UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly":  {false},
	"UserPool/AdminCreateUserConfig/UnusedAccountValidityDays": {7},
	"UserPool/EmailConfiguration":                              {map[string]any{"EmailSendingAccount": "COGNITO_DEFAULT"}},
	"UserPool/VerificationMessageTemplate":                     {map[string]any{"DefaultEmailOption": "CONFIRM_WITH_CODE"}},
	"UserPool/Policies/SignInPolicy":                           {map[string]any{"AllowedFirstAuthFactors": []any{"PASSWORD"}}},
	"UserPool/Policies/PasswordPolicy/PasswordHistorySize":     {json.Number("0")},
	"UserPool/Policies/PasswordPolicy/RequireNumbers":          {false},
	"UserPool/Policies/PasswordPolicy/RequireSymbols":          {false},
	"UserPool/Policies/PasswordPolicy/RequireLowercase":        {false},
	"UserPool/Policies/PasswordPolicy/RequireUppercase":        {false},
	"Clients/PreventUserExistenceErrors":                       {"LEGACY"},
	"Clients/EnableTokenRevocation":                            {false},
	"Clients/EnablePropagateAdditionalUserContextData":         {false},
	"Clients/AllowedOAuthFlowsUserPoolClient":                  {false},
	"Clients/RefreshTokenRotation":                             {map[string]any{"Feature": "DISABLED"}},
	"Clients/TokenValidityUnits":                               {map[string]any{}},
	"Clients/RefreshTokenValidity":                             {json.Number("30"), json.Number("0")},
	"Clients/AccessTokenValidity":                              {json.Number("0")},
	"Clients/IdTokenValidity":                                  {json.Number("0")},
	"Clients/AuthSessionValidity":                              {json.Number("3"), json.Number("0")},
}

// meansAbsence tells whether one value is absent and the other one says the same.
func meansAbsence(part Part, path string, absent, value any) bool {
	return absent == nil && slices.ContainsFunc(absence[part.Section+path], func(neutral any) bool { return snapshot.Equal(value, neutral) })
}

// comparable returns a part without what does not count in a comparison with
// another state of the same pool. Later says that the pool came after the other
// one: the API may have added to what was asked for.
func comparable(pool, other *snapshot.Pool, part Part, later bool) any {
	members := tree(pool, part)
	if members == nil {
		return nil
	}
	members = maps.Clone(members)
	for _, name := range volatile[part.Section] {
		delete(members, name)
	}
	switch part.Section {
	case "UserPool":
		userPoolSettings(members, pool, tree(other, part))
		if later {
			members["SchemaAttributes"] = alike(members["SchemaAttributes"], tree(other, part)["SchemaAttributes"])
		}
	case "MfaConfig":
		mfaSettings(members)
	}
	return members
}

// userPoolSettings takes out of the members of UserPool what is told elsewhere,
// too, and what absence means.
func userPoolSettings(members map[string]any, pool *snapshot.Pool, other map[string]any) {
	if mfa := tree(pool, mfaConfigPart); mfa != nil && members["MfaConfiguration"] == mode(mfa) {
		delete(members, "MfaConfiguration")
	}
	template, _ := members["VerificationMessageTemplate"].(map[string]any)
	for legacy, member := range legacyMessages {
		if template[member] != nil {
			delete(members, legacy)
		}
	}
	// It follows the setting in the password policy, once there is one.
	const temporary = "/Policies/PasswordPolicy/TemporaryPasswordValidityDays"
	mine, _ := snapshot.Lookup(members, temporary)
	theirs, _ := snapshot.Lookup(other, temporary)
	if invitations, ok := members["AdminCreateUserConfig"].(map[string]any); ok && (mine != nil || theirs != nil) {
		invitations = maps.Clone(invitations)
		delete(invitations, "UnusedAccountValidityDays")
		members["AdminCreateUserConfig"] = invitations
	}
	for _, name := range []string{"AdminCreateUserConfig", "LambdaConfig", "UserPoolTags", "UserAttributeUpdateSettings"} {
		if isEmpty(members[name]) {
			delete(members, name)
		}
	}
}

// isEmpty tells whether a value is an object without members that say anything.
func isEmpty(value any) bool {
	members, ok := value.(map[string]any)
	for _, member := range members {
		if !snapshot.Equal(member, nil) {
			return false
		}
	}
	return ok
}

// alike returns attributes in which custom ones that say more than an attribute
// of the same name in others are replaced by it.
func alike(attributes, others any) any {
	list, _ := attributes.([]any)
	known := map[any]map[string]any{}
	otherList, _ := others.([]any)
	for _, other := range otherList {
		if members, ok := other.(map[string]any); ok {
			known[members["Name"]] = members
		}
	}
	same := make([]any, len(list))
	for i, attribute := range list {
		same[i] = attribute
		members, _ := attribute.(map[string]any)
		other := known[members["Name"]]
		if name, _ := members["Name"].(string); strings.HasPrefix(name, "custom:") && other != nil && says(members, other) {
			same[i] = other
		}
	}
	return same
}

// says tells whether an object says all that another one says.
func says(members, less map[string]any) bool {
	for name, want := range less {
		if !snapshot.Equal(members[name], want) {
			return false
		}
	}
	return true
}

// mfaSettings takes out of the members of MfaConfig what says nothing. While MFA
// is off there are no factors, and the API takes no block of one.
func mfaSettings(members map[string]any) {
	if !hasFactor(members, "SoftwareTokenMfaConfiguration") {
		delete(members, "SoftwareTokenMfaConfiguration")
	}
	if mode(members) == "OFF" {
		delete(members, "MfaConfiguration")
		for _, block := range factorBlocks {
			delete(members, block)
		}
	}
}
