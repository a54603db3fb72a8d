package policies

import (
	"testing"

	"github.com/cognilint/cognilint/finding"
)

// TestTemplateMark: rules see whether a pool exists yet. The service refuses to
// create one with a factor beside MFA that is off; of one that exists nobody
// knows.
func TestTemplateMark(t *testing.T) {
	library, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	set, err := library.Select(t.Context(), Selection{Baseline: "all", Rules: []string{"mfa-combination-valid"}})
	if err != nil {
		t.Fatal(err)
	}
	pool := poolFrom(t, `{
		"UserPool": {"Id": "eu-west-1_Example01", "Policies": {}, "EmailConfiguration": {}, "AccountRecoverySetting": {}},
		"MfaConfig": {"MfaConfiguration": "OFF", "SoftwareTokenMfaConfiguration": {"Enabled": true}}
	}`)
	for _, template := range []bool{false, true} {
		pool.Template = template
		want := finding.Pass
		if template {
			want = finding.Fail
		}
		if got := evaluate(t, set, pool); len(got) != 1 || got[0].Status != want {
			t.Errorf("template %t: got %+v, want %s", template, got, want)
		}
	}
}
