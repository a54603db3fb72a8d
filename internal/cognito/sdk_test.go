package cognito

import (
	"encoding/json"
	"flag"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite testdata/members.txt")

// writeInputs are the SDK's types of the requests.
var writeInputs = map[string]reflect.Type{
	"UpdateUserPool":              reflect.TypeFor[cip.UpdateUserPoolInput](),
	"SetUserPoolMfaConfig":        reflect.TypeFor[cip.SetUserPoolMfaConfigInput](),
	"UpdateUserPoolClient":        reflect.TypeFor[cip.UpdateUserPoolClientInput](),
	"SetRiskConfiguration":        reflect.TypeFor[cip.SetRiskConfigurationInput](),
	"SetLogDeliveryConfiguration": reflect.TypeFor[cip.SetLogDeliveryConfigurationInput](),
	"AddCustomAttributes":         reflect.TypeFor[cip.AddCustomAttributesInput](),
	"TagResource":                 reflect.TypeFor[cip.TagResourceInput](),
	"UntagResource":               reflect.TypeFor[cip.UntagResourceInput](),
}

// Of a section that has every member that the SDK knows, a request has every
// member that the operation takes, with its whole content, and nothing else.
func TestRequestHasEveryMember(t *testing.T) {
	for _, tt := range []struct {
		operation, section string
		// renamed has the members of the request with another name in the
		// section, "" for none there.
		renamed map[string]string
		// left are the members of the section that the operation does not take.
		left []string
	}{
		{"UpdateUserPool", "UserPool", map[string]string{"UserPoolId": "Id", "PoolName": "Name"}, describedOnly},
		{"SetUserPoolMfaConfig", "MfaConfig", map[string]string{"UserPoolId": ""}, nil},
		{"UpdateUserPoolClient", "Clients", nil, []string{"ClientSecret", "CreationDate", "LastModifiedDate"}},
		{"SetRiskConfiguration", "RiskConfigurations", nil, []string{"LastModifiedDate"}},
		{"SetLogDeliveryConfiguration", "LogDeliveryConfiguration", nil, nil},
	} {
		t.Run(tt.operation, func(t *testing.T) {
			section, input := sectionType(tt.section), writeInputs[tt.operation]
			state := full(section).(map[string]any)
			got, err := Request(tt.operation, "x", "x", state, state)
			if err != nil {
				t.Fatal(err)
			}
			want := map[string]any{}
			read := map[string]reflect.Type{}
			for _, m := range membersOf(section) {
				read[m.name] = m.t
			}
			for _, m := range membersOf(input) {
				name, renamed := tt.renamed[m.name]
				if !renamed {
					name = m.name
				}
				if name == "" {
					want[m.name] = "x"
					continue
				}
				if bare(read[name]) != bare(m.t) {
					t.Errorf("%s has the type %v, and %s of the section %v", m.name, m.t, name, read[name])
				}
				want[m.name] = state[name]
				delete(read, name)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-input type +request\n%s", diff)
			}
			for _, name := range slices.Sorted(maps.Keys(read)) {
				if !slices.Contains(tt.left, name) && !slices.ContainsFunc(slices.Collect(maps.Values(tt.renamed)), func(of string) bool { return of == name }) {
					t.Errorf("%s of the section is not sent", name)
				}
			}
			if err := CheckShape(tt.section, state); err != nil {
				t.Errorf("the test builds a wrong section: %v", err)
			}
		})
	}
	// These send a part of the section.
	for operation, want := range map[string][]string{
		"AddCustomAttributes": {"UserPoolId", "CustomAttributes"},
		"TagResource":         {"ResourceArn", "Tags"},
		"UntagResource":       {"ResourceArn", "TagKeys"},
	} {
		var got []string
		for _, m := range membersOf(writeInputs[operation]) {
			got = append(got, m.name)
		}
		slices.Sort(want)
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -sent +input type\n%s", operation, diff)
		}
	}
}

// bare is the type without a pointer, which says nothing about JSON.
func bare(t reflect.Type) reflect.Type {
	if t != nil && t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

// full returns a value of a type that lacks nothing. Its numbers are 0, which
// keeps members that exclude each other.
func full(t reflect.Type) any {
	t = bare(t)
	switch {
	case t == reflect.TypeFor[time.Time](), t.Kind() == reflect.Int32, t.Kind() == reflect.Int64:
		return json.Number("0")
	case t.Kind() == reflect.Bool:
		return false
	case t.Kind() == reflect.Slice:
		return []any{full(t.Elem())}
	case t.Kind() == reflect.Map:
		return map[string]any{"x": full(t.Elem())}
	case t.Kind() == reflect.Struct:
		object := map[string]any{}
		for _, m := range membersOf(t) {
			object[m.name] = full(m.t)
		}
		return object
	}
	return "x"
}

// A version of the SDK that knows more members makes this fail, so that somebody
// looks what the API does with them: whether the section has them under the same
// name, whether they exclude others, and what they do when they are left out.
// Then run the test with -update.
func TestMembersOfTheSDK(t *testing.T) {
	var lines []string
	for operation, input := range writeInputs {
		lines = append(lines, memberPaths(operation, input)...)
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	const file = "testdata/members.txt"
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// memberPaths lists the members below a type, with the kind of their values.
func memberPaths(path string, t reflect.Type) []string {
	switch t.Kind() {
	case reflect.Pointer:
		return memberPaths(path, t.Elem())
	case reflect.Slice:
		return memberPaths(path+"[]", t.Elem())
	case reflect.Map:
		return memberPaths(path+"{}", t.Elem())
	case reflect.Struct:
		var lines []string
		for _, m := range membersOf(t) {
			lines = append(lines, memberPaths(path+"."+m.name, m.t)...)
		}
		return lines
	}
	return []string{path + " " + t.Kind().String()}
}

// Whoever writes has to build the request, and the other way round.
func TestEveryRequestIsSent(t *testing.T) {
	want := slices.Sorted(maps.Keys(builders))
	for _, names := range [][]string{slices.Sorted(maps.Keys(senders)), slices.Sorted(maps.Keys(writeInputs))} {
		if diff := cmp.Diff(want, names); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	}
}
