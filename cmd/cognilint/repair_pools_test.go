package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
)

// maker makes pools at random that the API could hold.
type maker struct {
	*rand.Rand
	known []object
	// values are those that any known pool has in a place.
	values map[string][]any
}

// knownPools are the sections of the pools in testdata.
func knownPools(t testing.TB) []object {
	var paths []string
	for _, folder := range []string{"worst", "fixable", "good", "pools"} {
		paths = append(paths, filepath.Join("..", "..", "testdata", folder))
	}
	exports, err := scanner.ReadExports(context.Background(), paths, nil)
	if err != nil {
		t.Fatal(err)
	}
	var known []object
	for _, e := range exports.Pools {
		known = append(known, e.Pool.Sections)
	}
	return known
}

func newMaker(known []object, seed uint64) *maker {
	m := &maker{rand.New(rand.NewPCG(seed, 1)), known, map[string][]any{}}
	for _, sections := range known {
		m.gather("", sections)
	}
	return m
}

func (m *maker) gather(at string, node any) {
	switch node := node.(type) {
	case object:
		for _, name := range slices.Sorted(maps.Keys(node)) {
			m.values[at+"/"+name] = append(m.values[at+"/"+name], node[name])
			m.gather(at+"/"+name, node[name])
		}
	case []any:
		for _, element := range node {
			m.gather(at+"/*", element)
		}
	}
}

// fixedNames are members that name what they stand in.
var fixedNames = []string{"Id", "Arn", "ClientId", "UserPoolId", "ProviderName", "GroupName", "Identifier", "HasClientSecret"}

// mutate changes one thing below a node: a member takes a value that it has in
// another pool, or goes; an element of a list goes.
func (m *maker) mutate(at string, node any) {
	switch node := node.(type) {
	case object:
		var names []string
		for place := range m.values {
			if name, below := strings.CutPrefix(place, at+"/"); below && !strings.Contains(name, "/") && name != "*" && !slices.Contains(fixedNames, name) {
				names = append(names, name)
			}
		}
		if len(names) == 0 {
			return
		}
		slices.Sort(names)
		name := names[m.IntN(len(names))]
		_, inner := node[name].(object)
		_, list := node[name].([]any)
		switch choice := m.IntN(10); {
		case (inner || list) && (choice < 8 || at == ""):
			m.mutate(at+"/"+name, node[name])
		case at == "":
		case choice < 8:
			values := m.values[at+"/"+name]
			node[name] = copyOf(values[m.IntN(len(values))])
		default:
			delete(node, name)
		}
	case []any:
		if len(node) > 0 {
			m.mutate(at+"/*", node[m.IntN(len(node))])
		}
	}
}

func copyOf(node any) any {
	switch node := node.(type) {
	case object:
		members := object{}
		for name, value := range node {
			members[name] = copyOf(value)
		}
		return members
	case []any:
		elements := make([]any, len(node))
		for i, element := range node {
			elements[i] = copyOf(element)
		}
		return elements
	}
	return node
}

// pool makes a pool from a known one. Times counts the mutations.
func (m *maker) pool(known object, times int) cognitotest.Pool {
	sections := copyOf(known).(object)
	delete(sections, "WebACL")
	for range times {
		m.mutate("", sections)
	}
	id := fmt.Sprintf("eu-west-1_%09d", m.IntN(1e9))
	pool := sections["UserPool"].(object)
	pool["Id"], pool["Arn"] = id, "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/"+id
	mfa, _ := sections["MfaConfig"].(object)
	if mfa == nil {
		mfa = object{}
	}
	m.legalPool(pool, mfa)
	m.decorate(pool, mfa)
	documents := cognitotest.Pool{UserPool: textOf(pool), MfaConfig: textOf(mfa)}
	for _, client := range elementsOf(sections, "Clients") {
		delete(client, "UserPoolId")
		client["UserPoolId"] = id
		if client["HasClientSecret"] == true {
			client["ClientSecret"] = poolSecret
		}
		delete(client, "HasClientSecret")
		if m.IntN(3) == 0 {
			client["FutureClient"] = object{"Deep": []any{1, "x", nil}}
		}
		documents.Clients = append(documents.Clients, textOf(client))
	}
	for _, risk := range elementsOf(sections, "RiskConfigurations") {
		risk["UserPoolId"] = id
		documents.RiskConfigurations = append(documents.RiskConfigurations, textOf(risk))
	}
	if logs, _ := sections["LogDeliveryConfiguration"].(object); logs != nil && m.IntN(5) > 0 {
		logs["UserPoolId"] = id
		documents.LogDelivery = textOf(logs)
	}
	for _, provider := range elementsOf(sections, "IdentityProviders") {
		if details, _ := provider["ProviderDetails"].(object); details != nil && m.IntN(2) == 0 {
			details["client_secret"] = poolSecret
		}
		documents.IdentityProviders = append(documents.IdentityProviders, textOf(provider))
	}
	if m.IntN(3) == 0 {
		documents.WebACL = `{"Name": "acl", "Id": "1", "ARN": "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/acl/1"}`
	}
	for name, list := range map[string]*[]string{"Groups": &documents.Groups, "ResourceServers": &documents.ResourceServers, "Domains": &documents.Domains} {
		for _, element := range elementsOf(sections, name) {
			*list = append(*list, textOf(element))
		}
	}
	return documents
}

func elementsOf(sections object, name string) []object {
	list, _ := sections[name].([]any)
	var elements []object
	for _, element := range list {
		elements = append(elements, element.(object))
	}
	return elements
}

// legalPool makes the settings of a pool agree with each other as the API
// insists.
func (m *maker) legalPool(pool, mfa object) {
	sms, hasSms := pool["SmsConfiguration"].(object)
	mode, _ := mfa["MfaConfiguration"].(string)
	if mode == "" {
		mode = "OFF"
	}
	if mfa["MfaConfiguration"] = mode; m.IntN(4) > 0 || mode != "OFF" {
		pool["MfaConfiguration"] = mode
	} else {
		delete(pool, "MfaConfiguration")
	}
	if block, ok := mfa["SmsMfaConfiguration"].(object); ok {
		switch {
		case !hasSms || mode == "OFF" && m.IntN(4) > 0:
			delete(mfa, "SmsMfaConfiguration")
		default:
			block["SmsConfiguration"] = copyOf(sms)
			if delete(block, "SmsAuthenticationMessage"); pool["SmsAuthenticationMessage"] != nil {
				block["SmsAuthenticationMessage"] = pool["SmsAuthenticationMessage"]
			}
		}
	}
	email, _ := pool["EmailConfiguration"].(object)
	if mode == "OFF" || email["EmailSendingAccount"] != "DEVELOPER" {
		delete(mfa, "EmailMfaConfiguration")
	}
	if mode == "OFF" && m.IntN(2) == 0 {
		delete(mfa, "SoftwareTokenMfaConfiguration")
	} else if block, ok := mfa["SoftwareTokenMfaConfiguration"].(object); ok && mode == "OFF" {
		block["Enabled"] = false
	}
	verified, _ := pool["AutoVerifiedAttributes"].([]any)
	if !hasSms {
		verified = slices.DeleteFunc(verified, func(name any) bool { return name == "phone_number" })
		if pool["AutoVerifiedAttributes"] != nil {
			pool["AutoVerifiedAttributes"] = verified
		}
	}
	if updates, ok := pool["UserAttributeUpdateSettings"].(object); ok {
		list, _ := updates["AttributesRequireVerificationBeforeUpdate"].([]any)
		updates["AttributesRequireVerificationBeforeUpdate"] = slices.DeleteFunc(list, func(name any) bool { return !slices.Contains(verified, name) })
	}
	if addOns, ok := pool["UserPoolAddOns"].(object); ok && pool["UserPoolTier"] == "ESSENTIALS" {
		addOns["AdvancedSecurityMode"] = "OFF"
		delete(addOns, "AdvancedSecurityAdditionalFlows")
	}
	policies, _ := pool["Policies"].(object)
	if password, ok := policies["PasswordPolicy"].(object); ok {
		if admin, ok := pool["AdminCreateUserConfig"].(object); ok {
			if delete(admin, "UnusedAccountValidityDays"); m.IntN(2) == 0 {
				admin["UnusedAccountValidityDays"] = json.Number("7")
				if days := password["TemporaryPasswordValidityDays"]; days != nil {
					admin["UnusedAccountValidityDays"] = days
				}
			}
		}
	}
	if delete(pool, "SmsConfigurationFailure"); m.IntN(20) == 0 {
		pool["SmsConfigurationFailure"] = "SNSSandbox"
	}
	delete(pool, "EmailConfigurationFailure")
}

// decorate adds what is easily lost: unknown members, settings in two places,
// and empty ones.
func (m *maker) decorate(pool, mfa object) {
	maybe := func(do func()) {
		if m.IntN(3) == 0 {
			do()
		}
	}
	template, _ := pool["VerificationMessageTemplate"].(object)
	for _, old := range slices.Sorted(maps.Keys(mirrors)) {
		delete(pool, old)
		if text := template[mirrors[old]]; text != nil {
			maybe(func() { pool[old] = text })
		}
	}
	maybe(func() { pool["FutureSetting"] = object{"Nested": object{"Deep": []any{true, nil, 1.5}}} })
	maybe(func() { pool["DeviceConfiguration"] = object{} })
	maybe(func() {
		pool["DeviceConfiguration"] = object{"ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": false}
	})
	maybe(func() {
		tags, _ := pool["UserPoolTags"].(object)
		if tags == nil {
			tags = object{}
		}
		tags["aws:servicecatalog:x"], tags["team"] = "y", "shop"
		pool["UserPoolTags"] = tags
	})
	for _, name := range []string{"LambdaConfig", "EmailConfiguration", "AdminCreateUserConfig", "UserPoolAddOns"} {
		if members, ok := pool[name].(object); ok {
			maybe(func() { members["FutureMember"] = "future:" + name })
		}
	}
	policies, _ := pool["Policies"].(object)
	if password, ok := policies["PasswordPolicy"].(object); ok {
		maybe(func() { password["FuturePw"] = 5 })
	}
	if sms, ok := pool["SmsConfiguration"].(object); ok {
		maybe(func() {
			sms["EumsSms"] = object{"PoolArn": "arn:aws:sms-voice:eu-west-1:123456789012:pool/p"}
			if block, ok := mfa["SmsMfaConfiguration"].(object); ok {
				block["SmsConfiguration"] = copyOf(sms)
			}
		})
	}
	if mode := mfa["MfaConfiguration"]; mode != "OFF" {
		maybe(func() { mfa["FutureMfaConfiguration"] = object{"Enabled": true} })
	}
	maybe(func() { mfa["FutureMfa"] = "x" })
	if _, found := pool["AutoVerifiedAttributes"]; !found {
		maybe(func() { pool["AutoVerifiedAttributes"] = []any{} })
	}
}
