package cognito

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"

	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
	waftypes "github.com/aws/aws-sdk-go-v2/service/wafv2/types"

	"github.com/cognilint/cognilint/snapshot"
)

// ShapeError is a value of another JSON type than the API documents. Its text
// never quotes the value, which may be a secret.
type ShapeError struct {
	// Pointer is an RFC 6901 pointer below the checked element.
	Pointer string
	// Want and Got describe the expected and the found type: "a string".
	Want, Got string
}

// Error implements error.
func (e *ShapeError) Error() string {
	return fmt.Sprintf("%s is %s, want %s", cmp.Or(e.Pointer, "it"), e.Got, e.Want)
}

// CheckShape compares a section that is one object, or an element of a section
// that is a list, with the SDK's types; nil means that it fits. Members that
// the SDK does not know may hold anything, and null stands for an absent member.
func CheckShape(section string, element any) *ShapeError {
	if section == "WebACL" && element == nil {
		return nil // the pool has none
	}
	object, ok := element.(map[string]any)
	if !ok {
		return &ShapeError{Want: "an object", Got: KindOf(element)}
	}
	if section == "Clients" {
		// A member of our own: see [Redact].
		if has, found := object["HasClientSecret"]; found && KindOf(has) != "true or false" {
			return &ShapeError{Pointer: snapshot.Pointer("HasClientSecret"), Want: "true or false", Got: KindOf(has)}
		}
	}
	if t := sectionType(section); t != nil {
		return checkObject(t, object)
	}
	return nil
}

// sectionType returns the SDK's type of a section's elements, nil when there
// is none.
func sectionType(section string) reflect.Type {
	switch section {
	case "UserPool":
		return reflect.TypeFor[types.UserPoolType]()
	case "MfaConfig":
		return reflect.TypeFor[cip.GetUserPoolMfaConfigOutput]()
	case "Clients":
		return reflect.TypeFor[types.UserPoolClientType]()
	case "IdentityProviders":
		return reflect.TypeFor[types.IdentityProviderType]()
	case "Groups":
		return reflect.TypeFor[types.GroupType]()
	case "ResourceServers":
		return reflect.TypeFor[types.ResourceServerType]()
	case "RiskConfigurations":
		return reflect.TypeFor[types.RiskConfigurationType]()
	case "LogDeliveryConfiguration":
		return reflect.TypeFor[types.LogDeliveryConfigurationType]()
	case "Domains":
		return reflect.TypeFor[types.DomainDescriptionType]()
	case "WebACL":
		return reflect.TypeFor[waftypes.WebACL]()
	}
	return nil
}

func check(t reflect.Type, value any) *ShapeError {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var want string
	var fits bool
	switch t.Kind() {
	case reflect.String:
		want = "a string"
		_, fits = value.(string)
	case reflect.Bool:
		want = "true or false"
		_, fits = value.(bool)
	case reflect.Int32, reflect.Int64:
		want = fmt.Sprintf("a whole number of %d bits", t.Bits())
		number, _ := value.(json.Number)
		_, err := strconv.ParseInt(number.String(), 10, t.Bits())
		fits = err == nil
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			want = "a string" // in base64
			_, fits = value.(string)
			break
		}
		if array, ok := value.([]any); ok {
			return checkArray(t.Elem(), array)
		}
		want = "an array"
	case reflect.Map:
		if object, ok := value.(map[string]any); ok {
			return checkMap(t.Elem(), object)
		}
		want = "an object"
	case reflect.Struct:
		// The API writes seconds, the AWS CLI a date.
		if t == reflect.TypeFor[time.Time]() {
			want = "a number or a date"
			fits = KindOf(value) == "a number" || KindOf(value) == "a string"
			break
		}
		if object, ok := value.(map[string]any); ok {
			return checkObject(t, object)
		}
		want = "an object"
	}
	if fits {
		return nil
	}
	return &ShapeError{Want: want, Got: KindOf(value)}
}

func checkArray(element reflect.Type, array []any) *ShapeError {
	for i, value := range array {
		if err := check(element, value); err != nil {
			return err.below(i)
		}
	}
	return nil
}

func checkMap(element reflect.Type, object map[string]any) *ShapeError {
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if value := object[key]; value != nil {
			if err := check(element, value); err != nil {
				return err.below(key)
			}
		}
	}
	return nil
}

func checkObject(t reflect.Type, object map[string]any) *ShapeError {
	for _, m := range membersOf(t) {
		if value := object[m.name]; value != nil {
			if err := check(m.t, value); err != nil {
				return err.below(m.name)
			}
		}
	}
	return nil
}

// below puts a path element in front of the pointer.
func (e *ShapeError) below(element any) *ShapeError {
	e.Pointer = snapshot.Pointer(element) + e.Pointer
	return e
}

type member struct {
	name string
	t    reflect.Type
}

// members caches membersOf by type: reflection over the same few types for
// each of thousands of clients would cost more than the check.
var members sync.Map

// membersOf lists the members of an API shape: its Go fields have the names
// that the API uses.
func membersOf(t reflect.Type) []member {
	if cached, ok := members.Load(t); ok {
		return cached.([]member)
	}
	var list []member
	for field := range t.Fields() {
		if field.IsExported() && field.Name != "ResultMetadata" {
			list = append(list, member{field.Name, field.Type})
		}
	}
	members.Store(t, list)
	return list
}

// KindOf names the type of a JSON value for people, without telling the value.
func KindOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case string:
		return "a string"
	case bool:
		return "true or false"
	case map[string]any:
		return "an object"
	case []any:
		return "an array"
	default:
		return "a number"
	}
}
