package cognito

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cognilint/cognilint/snapshot"
)

// Request builds the complete request of an operation that writes, so that an
// element of a section that was read as before becomes state. ID is the ClientId
// of a client or of its risk configuration, else empty. AddCustomAttributes,
// TagResource and UntagResource take the section UserPool, too, and send only
// what differs; a difference that they cannot bring about is an error.
//
// Cognito resets much of what a request leaves out, so all that the operation
// takes goes out as it is in state: also what nobody knows, and what is empty.
// The request shares nothing with before and state.
func Request(operation, poolID, id string, before, state map[string]any) (map[string]any, error) {
	build := builders[operation]
	if build == nil {
		return nil, fmt.Errorf("%s is not an operation that writes", operation)
	}
	for _, is := range []struct{ member, want string }{{"Id", poolID}, {"UserPoolId", poolID}, {"ClientId", id}} {
		if got := state[is.member]; got != nil && got != "" && got != is.want {
			return nil, fmt.Errorf("%s: %s is not that of what is to be written", operation, is.member)
		}
	}
	// A rule of a user may ask for anything.
	if err := CheckShape(sectionOf(operation), state); err != nil {
		return nil, fmt.Errorf("%s: %w", operation, err)
	}
	request, err := build(desired{poolID, id, before, clone(state).(map[string]any)})
	if err == nil {
		err = exact(request)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", operation, err)
	}
	return request, nil
}

// sectionOf returns the section that an operation writes.
func sectionOf(operation string) string {
	switch operation {
	case "SetUserPoolMfaConfig":
		return "MfaConfig"
	case "UpdateUserPoolClient":
		return "Clients"
	case "SetRiskConfiguration":
		return "RiskConfigurations"
	case "SetLogDeliveryConfiguration":
		return "LogDeliveryConfiguration"
	default:
		return "UserPool"
	}
}

// desired is what a request is built from. State is a copy.
type desired struct {
	poolID, id    string
	before, state map[string]any
}

// builders has every operation that this package writes with.
var builders = map[string]func(desired) (map[string]any, error){
	"UpdateUserPool":              poolRequest,
	"SetUserPoolMfaConfig":        mfaRequest,
	"UpdateUserPoolClient":        clientRequest,
	"SetRiskConfiguration":        riskRequest,
	"SetLogDeliveryConfiguration": logRequest,
	"AddCustomAttributes":         attributesRequest,
	"TagResource":                 tagRequest,
	"UntagResource":               untagRequest,
}

// describedOnly are the members of a section that UpdateUserPool does not take.
// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html
var describedOnly = []string{
	"AliasAttributes", "Arn", "CreationDate", "CustomDomain", "Domain", "EmailConfigurationFailure", "EstimatedNumberOfUsers",
	"Id", "LastModifiedDate", "Name", "SchemaAttributes", "SmsConfigurationFailure", "Status", "UsernameAttributes", "UsernameConfiguration",
}

// legacyMessages are members that repeat one of VerificationMessageTemplate.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
var legacyMessages = map[string]string{
	"EmailVerificationMessage": "EmailMessage",
	"EmailVerificationSubject": "EmailSubject",
	"SmsVerificationMessage":   "SmsMessage",
}

func poolRequest(d desired) (map[string]any, error) {
	request := d.state
	name, named := request["Name"]
	without(request, describedOnly...)
	request["UserPoolId"] = d.poolID
	if named {
		request["PoolName"] = name
	}
	// This call cannot turn MFA on, SetUserPoolMfaConfig can do everything.
	delete(request, "MfaConfiguration")
	if mfa, found := d.before["MfaConfiguration"]; found {
		request["MfaConfiguration"] = clone(mfa)
	}
	if tags, ok := request["UserPoolTags"].(map[string]any); ok {
		maps.DeleteFunc(tags, func(key string, _ any) bool { return reserved(key) })
	}
	// Describe returns both ways to say the same, the update takes one.
	days, _ := snapshot.Lookup(request, "/Policies/PasswordPolicy/TemporaryPasswordValidityDays")
	if admin, ok := request["AdminCreateUserConfig"].(map[string]any); ok && positive(days) {
		delete(admin, "UnusedAccountValidityDays")
	}
	template, _ := request["VerificationMessageTemplate"].(map[string]any)
	for legacy, current := range legacyMessages {
		if text := template[current]; text != nil && !reflect.DeepEqual(request[legacy], text) {
			delete(request, legacy)
		}
	}
	function, _ := snapshot.Lookup(request, "/LambdaConfig/PreTokenGenerationConfig/LambdaArn")
	legacy, _ := snapshot.Lookup(request, "/LambdaConfig/PreTokenGeneration")
	if function != nil && legacy != nil && !reflect.DeepEqual(function, legacy) {
		return nil, errors.New("PreTokenGeneration and PreTokenGenerationConfig of LambdaConfig name different functions")
	}
	return request, nil
}

// positive tells whether a value of a tree is a number above 0.
func positive(number any) bool {
	value, err := strconv.ParseFloat(fmt.Sprint(number), 64)
	return err == nil && value > 0
}

// factorBlocks are what SetUserPoolMfaConfig refuses while MFA is off, even if
// they say that the factor is not enabled.
var factorBlocks = []string{"SoftwareTokenMfaConfiguration", "SmsMfaConfiguration", "EmailMfaConfiguration"}

func mfaRequest(d desired) (map[string]any, error) {
	request := d.state
	request["UserPoolId"] = d.poolID
	if mfa := request["MfaConfiguration"]; mfa == nil || mfa == "OFF" {
		request["MfaConfiguration"] = "OFF"
		without(request, factorBlocks...)
	}
	return request, nil
}

func clientRequest(d desired) (map[string]any, error) {
	if d.id == "" {
		return nil, errors.New("no client is named")
	}
	request := without(d.state, "ClientSecret", "HasClientSecret", "CreationDate", "LastModifiedDate")
	request["UserPoolId"], request["ClientId"] = d.poolID, d.id
	return request, nil
}

func riskRequest(d desired) (map[string]any, error) {
	request := without(d.state, "LastModifiedDate", "ClientId")
	request["UserPoolId"] = d.poolID
	if d.id != "" {
		request["ClientId"] = d.id
	}
	return request, nil
}

func logRequest(d desired) (map[string]any, error) {
	request := d.state
	request["UserPoolId"] = d.poolID
	if request["LogConfigurations"] == nil {
		request["LogConfigurations"] = []any{}
	}
	return request, nil
}

const customPrefix = "custom:"

func attributesRequest(d desired) (map[string]any, error) {
	before, after := byName(d.before), byName(d.state)
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if !reflect.DeepEqual(before[name], after[name]) {
			return nil, fmt.Errorf("the attribute %s exists and cannot be changed or removed", name)
		}
	}
	added := []any{}
	attributes, _ := d.state["SchemaAttributes"].([]any)
	for _, element := range attributes {
		attribute, _ := element.(map[string]any)
		name, _ := attribute["Name"].(string)
		if before[name] != nil {
			continue
		}
		bare, custom := strings.CutPrefix(name, customPrefix)
		if !custom || bare == "" {
			return nil, fmt.Errorf("the attribute %q cannot be added: its name does not start with %s", name, customPrefix)
		}
		attribute["Name"] = bare
		added = append(added, attribute)
	}
	if len(added) == 0 {
		return nil, errors.New("there is no attribute to add")
	}
	return map[string]any{"UserPoolId": d.poolID, "CustomAttributes": added}, nil
}

// byName returns the attributes of a pool by their names, as deep copies.
func byName(pool map[string]any) map[string]any {
	named := map[string]any{}
	attributes, _ := pool["SchemaAttributes"].([]any)
	for _, element := range attributes {
		attribute, _ := element.(map[string]any)
		if name, _ := attribute["Name"].(string); name != "" {
			named[name] = clone(attribute)
		}
	}
	return named
}

func tagRequest(d desired) (map[string]any, error) {
	old, tags := tagsOf(d.before), tagsOf(d.state)
	maps.DeleteFunc(tags, func(key string, value any) bool {
		was, found := old[key]
		return found && reflect.DeepEqual(was, value)
	})
	if len(tags) == 0 {
		return nil, errors.New("there is no tag to set")
	}
	return aboutARN(d, "Tags", tags)
}

func untagRequest(d desired) (map[string]any, error) {
	tags := tagsOf(d.state)
	keys := []any{}
	for _, key := range slices.Sorted(maps.Keys(tagsOf(d.before))) {
		if _, found := tags[key]; !found {
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return nil, errors.New("there is no tag to remove")
	}
	return aboutARN(d, "TagKeys", keys)
}

// aboutARN is a request that names the pool by its ARN.
func aboutARN(d desired, member string, value any) (map[string]any, error) {
	arn, _ := d.before["Arn"].(string)
	if arn == "" || !strings.HasSuffix(arn, "/"+d.poolID) {
		return nil, errors.New("the ARN of the pool is not known")
	}
	return map[string]any{"ResourceArn": arn, member: value}, nil
}

// tagsOf returns a copy of the tags of a pool that people may set.
func tagsOf(pool map[string]any) map[string]any {
	tags, _ := pool["UserPoolTags"].(map[string]any)
	tags = maps.Clone(tags)
	maps.DeleteFunc(tags, func(key string, _ any) bool { return reserved(key) })
	return tags
}

// reserved tells whether only AWS itself may set a tag.
// https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
func reserved(tag string) bool { return strings.HasPrefix(strings.ToLower(tag), "aws:") }

func without(object map[string]any, members ...string) map[string]any {
	for _, member := range members {
		delete(object, member)
	}
	return object
}

// clone copies a tree; what is neither object nor array cannot be changed.
func clone(value any) any {
	switch value := value.(type) {
	case map[string]any:
		object := make(map[string]any, len(value))
		for key, v := range value {
			object[key] = clone(v)
		}
		return object
	case []any:
		array := make([]any, len(value))
		for i, v := range value {
			array[i] = clone(v)
		}
		return array
	}
	return value
}

// exact makes sure that every text can be sent back as it is in the pool: where
// an answer could not be decoded, the decoder wrote U+FFFD in its place.
func exact(value any) error {
	pointer, found := inexact(value)
	if !found {
		return nil
	}
	return fmt.Errorf("%s holds characters that could not be decoded, and would be changed", pointer)
}

func inexact(value any) (pointer string, found bool) {
	switch value := value.(type) {
	case string:
		return "", strings.ContainsRune(value, utf8.RuneError) || !utf8.ValidString(value)
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			if _, found := inexact(key); found {
				return snapshot.Pointer(strings.ToValidUTF8(key, "\ufffd")), true
			}
			if below, found := inexact(value[key]); found {
				return snapshot.Pointer(key) + below, true
			}
		}
	case []any:
		for i, element := range value {
			if below, found := inexact(element); found {
				return snapshot.Pointer(i) + below, true
			}
		}
	}
	return "", false
}
