package remediate

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/cognilint/cognilint/snapshot"
)

// frozen is an API that shows a pool and takes no request.
type frozen struct{ pool *snapshot.Pool }

func (f frozen) Read(context.Context) (*snapshot.Pool, error) { return f.pool, nil }

func (f frozen) ReadPart(_ context.Context, part Part) (map[string]any, error) {
	return tree(f.pool, part), nil
}

func (f frozen) Request(string, Part, map[string]any, map[string]any) (map[string]any, error) {
	return nil, errors.New("frozen")
}

func (f frozen) Write(context.Context, string, map[string]any) (string, error) {
	return "", errors.New("frozen")
}

// FuzzReadJournal: no text is a journal that makes a rollback panic.
func FuzzReadJournal(f *testing.F) {
	f.Add([]byte(`{"record":"begin","schema":"cognilint.journal/v1","pool":{"id":"a"},"before":{"UserPool":{"Id":"a","DeletionProtection":"INACTIVE"},"Clients":[{"ClientId":"c"}]}}
{"record":"call","n":1,"operation":"UpdateUserPool","part":{"section":"UserPool"},"expect":[{"part":{"section":"UserPool"},"tree":{"Id":"a","DeletionProtection":"ACTIVE","UserPoolTags":{"a":"b"}}},{"part":{"section":"Clients","id":"c"},"tree":null}]}
{"record":"result","n":1,"outcome":"applied"}
{"record":"end","state":"damaged","left":true,"unexpected":[{"part":{"section":"Clients","id":"x"},"path":"","after":{"ClientId":"x"}}],"after":{"UserPool":{"Id":"a"},"MfaConfig":{"MfaConfiguration":"ON"}}}
`))
	f.Add([]byte(`{"record":"begin","schema":"cognilint.journal/v1","pool":{"id":"a"},"before":{"UserPool":[],"Clients":{},"RiskConfigurations":[null,1,{"ClientId":1}]}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		records, err := ReadJournal(bytes.NewReader(text))
		if err != nil {
			return
		}
		_, states, _ := history(records)
		for _, pool := range states {
			PlanRollback(t.Context(), frozen{pool}, records)
		}
	})
}

// FuzzPlan: no text is a plan that makes its check panic.
func FuzzPlan(f *testing.F) {
	f.Add([]byte(`{"pool":{"id":"a"},"before":{"UserPool":{"Id":"a","Policies":{"PasswordPolicy":{"MinimumLength":8}}},"MfaConfig":{"MfaConfiguration":"OFF"}},"calls":[{"operation":"UpdateUserPool","part":{"section":"UserPool"},"changes":[{"part":{"section":"UserPool"},"path":"/Policies/PasswordPolicy/MinimumLength","old":8,"new":12,"risk":"safe","rules":["x"]}]}]}`))
	f.Add([]byte(`{"pool":{"id":"a"},"before":{"UserPool":{"Id":"a"},"Clients":[null]},"calls":[{"operation":"TagResource","part":{"section":"UserPool"},"changes":[{"part":{"section":"UserPool"},"path":"/UserPoolTags","old":null,"new":{"a":"b"},"risk":"safe","rules":[]}]}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		plan := &Plan{}
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		if decoder.Decode(plan) != nil || plan.Check() != nil {
			return
		}
		refusals(plan.Before, plan.changed(), plan.Calls)
		plan.Replacements()
		for _, call := range plan.Calls {
			changed(plan.Before, call)
		}
	})
}
