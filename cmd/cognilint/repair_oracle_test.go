package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/remediate"
)

// What follows judges repairs by the documents of the stand-in. It shares no
// code with package remediate, so that both would have to be wrong alike.

type object = map[string]any

// treeOf reads a document.
func treeOf(document string) object {
	tree := object{}
	if document == "" {
		return tree
	}
	decoder := json.NewDecoder(strings.NewReader(document))
	decoder.UseNumber()
	if err := decoder.Decode(&tree); err != nil {
		panic(err)
	}
	return tree
}

func textOf(tree any) string {
	text, err := json.Marshal(tree)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// writable are the documents of a pool that repairs change, by the names of the
// sections of a snapshot.
func writable(pool cognitotest.Pool) map[string]object {
	documents := map[string]object{"UserPool ": treeOf(pool.UserPool)}
	if documents["MfaConfig "] = treeOf(pool.MfaConfig); pool.MfaConfig == "" {
		documents["MfaConfig "] = object{"MfaConfiguration": "OFF"}
	}
	if pool.LogDelivery != "" {
		documents["LogDeliveryConfiguration "] = treeOf(pool.LogDelivery)
	}
	for _, client := range pool.Clients {
		documents["Clients "+textIn(client, "ClientId")] = treeOf(client)
	}
	for _, risk := range pool.RiskConfigurations {
		documents["RiskConfigurations "+textIn(risk, "ClientId")] = treeOf(risk)
	}
	return documents
}

// planned returns the documents after changes.
func planned(pool cognitotest.Pool, changes []remediate.Change) map[string]object {
	documents := writable(pool)
	for _, c := range changes {
		key := c.Part.Section + " " + c.Part.ID
		if documents[key] == nil {
			documents[key] = object{}
		}
		tree, names := documents[key], strings.Split(c.Path[1:], "/")
		for _, name := range names[:len(names)-1] {
			name = strings.NewReplacer("~1", "/", "~0", "~").Replace(name)
			inner, _ := tree[name].(object)
			if inner == nil {
				inner = object{}
				tree[name] = inner
			}
			tree = inner
		}
		last := strings.NewReplacer("~1", "/", "~0", "~").Replace(names[len(names)-1])
		if tree[last] = c.New; c.New == nil {
			delete(tree, last)
		}
	}
	pool2, mfa := documents["UserPool "], documents["MfaConfig "]
	was := writable(pool)
	// The pool tells some settings of MFA, too.
	if mode := mfa["MfaConfiguration"]; mode != was["MfaConfig "]["MfaConfiguration"] {
		pool2["MfaConfiguration"] = mode
	}
	return documents
}

// unspoken are values that say the same as an absent member, by the last names
// of their paths.
var unspoken = map[string][]string{
	"UserPool/DeletionProtection":                              {`"INACTIVE"`},
	"UserPool/MfaConfiguration":                                {`"OFF"`},
	"UserPool/AccountRecoverySetting":                          {`{}`},
	"UserPool/AutoVerifiedAttributes":                          {`[]`},
	"UserPool/LambdaConfig":                                    {`{}`},
	"UserPool/UserPoolTags":                                    {`{}`},
	"UserPool/UserPoolAddOns":                                  {`{"AdvancedSecurityMode":"OFF"}`},
	"UserPool/UserAttributeUpdateSettings":                     {`{}`, `{"AttributesRequireVerificationBeforeUpdate":[]}`},
	"UserPool/AdminCreateUserConfig":                           {`{}`},
	"UserPool/AdminCreateUserConfig/AllowAdminCreateUserOnly":  {`false`},
	"UserPool/AdminCreateUserConfig/UnusedAccountValidityDays": {`7`},
	"UserPool/EmailConfiguration":                              {`{"EmailSendingAccount":"COGNITO_DEFAULT"}`},
	"UserPool/VerificationMessageTemplate":                     {`{}`},
	"UserPool/VerificationMessageTemplate/DefaultEmailOption":  {`"CONFIRM_WITH_CODE"`},
	"UserPool/Policies/SignInPolicy":                           {`{"AllowedFirstAuthFactors":["PASSWORD"]}`},
	"UserPool/Policies/PasswordPolicy/PasswordHistorySize":     {`0`},
	"UserPool/Policies/PasswordPolicy/RequireNumbers":          {`false`},
	"UserPool/Policies/PasswordPolicy/RequireSymbols":          {`false`},
	"UserPool/Policies/PasswordPolicy/RequireLowercase":        {`false`},
	"UserPool/Policies/PasswordPolicy/RequireUppercase":        {`false`},
	"MfaConfig/MfaConfiguration":                               {`"OFF"`},
	"MfaConfig/SoftwareTokenMfaConfiguration/Enabled":          {`false`},
	"MfaConfig/SoftwareTokenMfaConfiguration":                  {`{}`},
	"Clients/PreventUserExistenceErrors":                       {`"LEGACY"`},
	"Clients/EnableTokenRevocation":                            {`false`},
	"Clients/EnablePropagateAdditionalUserContextData":         {`false`},
	"Clients/AllowedOAuthFlowsUserPoolClient":                  {`false`},
	"Clients/RefreshTokenRotation":                             {`{"Feature":"DISABLED"}`},
	"Clients/TokenValidityUnits":                               {`{}`},
	"Clients/RefreshTokenValidity":                             {`30`, `0`},
	"Clients/AccessTokenValidity":                              {`0`},
	"Clients/IdTokenValidity":                                  {`0`},
	"Clients/AuthSessionValidity":                              {`3`, `0`},
}

// canonical returns a document with lists in one order, and without what says
// nothing.
func canonical(at string, node any) any {
	switch node := node.(type) {
	case object:
		members := object{}
		for name, value := range node {
			value = canonical(at+"/"+name, value)
			if value == nil || slices.Contains(unspoken[at+"/"+name], textOf(value)) {
				continue
			}
			members[name] = value
		}
		return members
	case []any:
		elements := make([]any, len(node))
		for i, element := range node {
			elements[i] = canonical(at+"/*", element)
		}
		slices.SortFunc(elements, func(a, b any) int { return strings.Compare(textOf(a), textOf(b)) })
		return elements
	}
	return node
}

var mirrors = map[string]string{
	"SmsVerificationMessage": "SmsMessage", "EmailVerificationMessage": "EmailMessage", "EmailVerificationSubject": "EmailSubject",
}

// settle takes out what is told twice, and dates.
func settle(documents map[string]object) {
	pool, mfa := documents["UserPool "], documents["MfaConfig "]
	for _, tree := range documents {
		delete(tree, "LastModifiedDate")
	}
	for old, member := range mirrors {
		template, _ := pool["VerificationMessageTemplate"].(object)
		if text := pool[old]; text != nil && template[member] == nil {
			template = maps.Clone(template)
			if template == nil {
				template = object{}
			}
			template[member] = text
			pool["VerificationMessageTemplate"] = template
		}
		delete(pool, old)
	}
	policies, _ := pool["Policies"].(object)
	password, _ := policies["PasswordPolicy"].(object)
	if admin, _ := pool["AdminCreateUserConfig"].(object); password["TemporaryPasswordValidityDays"] != nil {
		delete(admin, "UnusedAccountValidityDays")
	}
	if mode := mfa["MfaConfiguration"]; mode == nil || mode == "OFF" {
		for _, block := range []string{"SoftwareTokenMfaConfiguration", "SmsMfaConfiguration", "EmailMfaConfiguration"} {
			delete(mfa, block)
		}
	}
	if logs := documents["LogDeliveryConfiguration "]; logs != nil && textOf(logs["LogConfigurations"]) == "[]" && len(logs) <= 2 {
		delete(documents, "LogDeliveryConfiguration ")
	}
}

// attributes lets new attributes say more in got than they do in want, and
// aside removes the custom ones that only got has.
func attributes(want, got object, aside bool) {
	wanted := map[any]object{}
	list, _ := want["SchemaAttributes"].([]any)
	for _, attribute := range list {
		wanted[attribute.(object)["Name"]] = attribute.(object)
	}
	list, _ = got["SchemaAttributes"].([]any)
	var kept []any
	for _, attribute := range list {
		members := maps.Clone(attribute.(object))
		known := wanted[members["Name"]]
		if known == nil && aside && strings.HasPrefix(fmt.Sprint(members["Name"]), "custom:") {
			continue
		}
		if known != nil {
			for name, value := range map[string]string{
				"AttributeDataType": `"String"`, "DeveloperOnlyAttribute": `false`, "Mutable": `true`, "Required": `false`, "StringAttributeConstraints": `{}`,
			} {
				if known[name] == nil && textOf(members[name]) == value {
					delete(members, name)
				}
			}
		}
		kept = append(kept, members)
	}
	if got["SchemaAttributes"] != nil {
		got["SchemaAttributes"] = kept
	}
}

// unlike says where two pools differ that should be the same, empty for
// nowhere. Others are the documents that repairs never touch.
func unlike(want map[string]object, wantPool, gotPool cognitotest.Pool, aside bool) string {
	got := writable(gotPool)
	settle(want)
	settle(got)
	attributes(want["UserPool "], got["UserPool "], aside)
	var found []string
	keys := map[string]bool{}
	for key := range want {
		keys[key] = true
	}
	for key := range got {
		keys[key] = true
	}
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		section, _, _ := strings.Cut(key, " ")
		if (want[key] == nil) != (got[key] == nil) {
			found = append(found, fmt.Sprintf("%s: want %s, got %s", key, textOf(want[key]), textOf(got[key])))
			continue
		}
		a, b := canonical(section, want[key]).(object), canonical(section, got[key]).(object)
		for _, name := range slices.Sorted(maps.Keys(maps.Collect(maps.All(merged(a, b))))) {
			if textOf(a[name]) != textOf(b[name]) {
				found = append(found, fmt.Sprintf("%s/%s: want %s, got %s", key, name, textOf(a[name]), textOf(b[name])))
			}
		}
	}
	for i, pool := range []*cognitotest.Pool{&wantPool, &gotPool} {
		pool.UserPool, pool.MfaConfig, pool.LogDelivery, pool.Clients, pool.RiskConfigurations = "", "", "", nil, nil
		if i == 1 && textOf(wantPool) != textOf(gotPool) {
			found = append(found, "documents that no repair touches")
		}
	}
	return strings.Join(found, "\n")
}

func merged(a, b object) object {
	both := maps.Clone(a)
	maps.Copy(both, b)
	return both
}

// notAsPlanned says where a pool is not exactly as planned.
func notAsPlanned(before, after cognitotest.Pool, plan *remediate.Plan) string {
	return unlike(planned(before, plan.Changes()), before, after, false)
}

// notAsBefore says where a pool is not as it was; custom attributes stay.
func notAsBefore(before, after cognitotest.Pool) string {
	return unlike(writable(before), before, after, true)
}

// notTheSame says what changed at all, but for dates.
func notTheSame(before, after cognitotest.Pool) string {
	return unlike(writable(before), before, after, false)
}
