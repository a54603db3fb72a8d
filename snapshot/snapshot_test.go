package snapshot

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUnknownFor(t *testing.T) {
	for _, tt := range []struct {
		name, unknown, path string
		want                bool
	}{
		{"the same", "/MfaConfig", "/MfaConfig", true},
		{"a parent", "/UserPool", "/UserPool/Policies", true},
		{"a child", "/UserPool/Policies/PasswordPolicy", "/UserPool/Policies", true},
		{"a name that starts alike", "/UserPool/Policies", "/UserPool/Pol", false},
		{"a sibling", "/UserPool/Name", "/UserPool/Policies", false},
		{"an element makes the list unknown", "/Clients/3", "/Clients", true},
		{"an element makes the whole list unknown", "/Clients/3", "/Clients/-", true},
		{"another element", "/Clients/3", "/Clients/1", false},
		{"a list that may go on is known so far", "/Clients/-", "/Clients", false},
		{"a list that may go on has known elements", "/Clients/-", "/Clients/1", false},
		{"a list that may go on is not known whole", "/Clients/-", "/Clients/-", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pool := &Pool{Unknown: []Unknown{{Path: tt.unknown}}}
			if got := len(pool.UnknownFor(tt.path)) > 0; got != tt.want {
				t.Errorf("%s with %s unknown: %t, want %t", tt.path, tt.unknown, got, tt.want)
			}
		})
	}
}

func TestApply(t *testing.T) {
	const before = `{"UserPool": {"Name": "a", "AutoVerifiedAttributes": ["email"]}, "Clients": [{"ClientId": "c"}]}`
	for _, tt := range []struct {
		name string
		edit Edit
		want string // the value at the path afterwards; empty for an error
	}{
		{"replace", Edit{OpReplace, "/UserPool/Name", "b"}, `"b"`},
		{"replace creates parents", Edit{OpReplace, "/UserPool/Policies/PasswordPolicy/MinimumLength", json.Number("12")}, `12`},
		{"replace in an element", Edit{OpReplace, "/Clients/0/ClientName", "n"}, `"n"`},
		{"add", Edit{OpAdd, "/UserPool/AutoVerifiedAttributes", "phone_number"}, `["email","phone_number"]`},
		{"add what is there", Edit{OpAdd, "/UserPool/AutoVerifiedAttributes", "email"}, `["email"]`},
		{"add to a list that is absent", Edit{OpAdd, "/Clients/0/ExplicitAuthFlows", "x"}, `["x"]`},
		{"remove", Edit{OpRemove, "/UserPool/AutoVerifiedAttributes", "email"}, `[]`},
		{"remove what is not there", Edit{OpRemove, "/UserPool/AutoVerifiedAttributes", "x"}, `["email"]`},
		{"outside a list", Edit{OpReplace, "/Clients/1/ClientName", "n"}, ""},
		{"through a text", Edit{OpReplace, "/UserPool/Name/First", "n"}, ""},
		{"add to what is no list", Edit{OpAdd, "/UserPool/Name", "n"}, ""},
		{"unknown operation", Edit{"move", "/UserPool/AutoVerifiedAttributes", "n"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pool := &Pool{}
			if err := json.Unmarshal([]byte(before), &pool.Sections); err != nil {
				t.Fatal(err)
			}
			after, err := pool.Apply([]Edit{tt.edit})
			if tt.want == "" {
				if err == nil {
					t.Error("no error")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			value, _ := Lookup(after.Sections, tt.edit.Path)
			if got, _ := json.Marshal(value); string(got) != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			var untouched map[string]any
			_ = json.Unmarshal([]byte(before), &untouched)
			if diff := cmp.Diff(untouched, pool.Sections); diff != "" {
				t.Errorf("the pool itself changed (-want +got):\n%s", diff)
			}
		})
	}
}
