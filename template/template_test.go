package template

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// evaluator is a rule for tests: it fails while a value is another one, and
// proposes to set it.
func evaluator(id, path string, want any, fixes bool) func(*snapshot.Pool) Verdict {
	return func(pool *snapshot.Pool) Verdict {
		v := Verdict{Check: finding.Check{Rule: id, Status: finding.Pass, Fingerprint: id}}
		if got, _ := snapshot.Lookup(pool.Sections, path); got != want {
			v.Status = finding.Fail
			v.Violations = []finding.Violation{{Message: "another value"}}
			if fixes {
				v.Edits = []snapshot.Edit{{Op: snapshot.OpReplace, Path: path, Value: want}}
			}
		}
		return v
	}
}

func maker(evaluators ...func(*snapshot.Pool) Verdict) *Maker {
	return &Maker{Baseline: "test", Evaluate: func(_ context.Context, pool *snapshot.Pool) ([]Verdict, error) {
		var verdicts []Verdict
		for _, evaluate := range evaluators {
			verdicts = append(verdicts, evaluate(pool))
		}
		return verdicts, nil
	}}
}

const tier = "/UserPool/UserPoolTier"

func TestMakeRepairs(t *testing.T) {
	made, err := maker(evaluator("plan", tier, "PLUS", true)).Make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := snapshot.Lookup(made.Pool.Sections, tier); got != "PLUS" {
		t.Errorf("the plan is %v, want PLUS", got)
	}
	if rules := made.reasons[tier]; len(rules) != 1 || rules[0] != "plan" {
		t.Errorf("the plan stands for %v, want the rule plan", rules)
	}
	if rules := made.reasons["/UserPool/DeletionProtection"]; rules != nil {
		t.Errorf("deletion protection stands for %v, want none", rules)
	}
}

func TestMakeFails(t *testing.T) {
	unread := func(*snapshot.Pool) Verdict {
		return Verdict{Check: finding.Check{Rule: "unread", Status: finding.NotEvaluated, Reason: "nobody knows"}}
	}
	for _, tt := range []struct {
		name  string
		maker *Maker
		want  string
	}{
		{"no fix", maker(evaluator("plan", tier, "PLUS", false)), "plan: another value"},
		{"fixes undo each other", maker(evaluator("a", tier, "PLUS", true), evaluator("b", tier, "LITE", true)), "a: another value"},
		{"no verdict", maker(unread), "unread: nobody knows"},
		{"opposing rules", &Maker{Rules: []finding.Rule{{ID: "open", Opposes: []string{"closed"}}, {ID: "closed", Opposes: []string{"open"}}}}, "closed and open want opposite things"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := tt.maker.Make(t.Context())
			var unsatisfiable *UnsatisfiableError
			if !errors.As(err, &unsatisfiable) || len(unsatisfiable.Reasons) != 1 || !strings.HasPrefix(unsatisfiable.Reasons[0], tt.want) {
				t.Errorf("got %v, want the reason %q", err, tt.want)
			}
		})
	}
}

// TestThreatProtection: what costs more is there only if a rule demands it.
func TestThreatProtection(t *testing.T) {
	for _, demanded := range []bool{false, true} {
		rule := finding.Rule{ID: "threat-protection-enforced", Params: []finding.Param{{Name: "require_plus", Value: demanded}}}
		m := maker()
		m.Rules = []finding.Rule{rule}
		made, err := m.Make(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := len(made.Pool.Elements("RiskConfigurations")) > 0; got != demanded {
			t.Errorf("require_plus %t: threat protection is %t", demanded, got)
		}
	}
}

func TestQuoted(t *testing.T) {
	for text, want := range map[string]string{
		`a "b"`: `"a \"b\""`, "${x}": `"$${x}"`, "%{if}": `"%%{if}"`, "<a&b>": `"<a&b>"`, "a\nb": `"a\nb"`,
	} {
		if got := quoted(text); got != want {
			t.Errorf("%q is written %s, want %s", text, got, want)
		}
	}
}

func TestSnake(t *testing.T) {
	for name, want := range map[string]string{
		"SnsCallerArn": "sns_caller_arn", "AllowedOAuthFlowsUserPoolClient": "allowed_oauth_flows_user_pool_client", "CallbackURLs": "callback_urls",
		"WebAuthnRelyingPartyID": "web_authn_relying_party_id", "CloudWatchLogsConfiguration": "cloud_watch_logs_configuration",
		"CloudWatchMetricsEnabled": "cloudwatch_metrics_enabled", "WebAclArn": "web_acl_arn",
	} {
		if got := snake(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	err := (&Template{}).Write(nil, "hcl")
	if err == nil || !strings.Contains(err.Error(), "cli-json, cloudformation, terraform") {
		t.Errorf("got %v, want the known formats", err)
	}
}

// TestHostileName: whatever the name of a pool, a template stays what it is.
func TestHostileName(t *testing.T) {
	const name = "a: \"b\" ${c} #\u202e"
	m := maker()
	m.Rules = []finding.Rule{{ID: "pool-name", Params: []finding.Param{{Name: "name", Value: name}}}}
	made, err := m.Make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var calls []struct{ Input map[string]any }
	var text strings.Builder
	if err := made.Write(&text, "cli-json"); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(text.String()), &calls); err != nil || calls[0].Input["PoolName"] != name {
		t.Errorf("%v: the name is %v", err, calls)
	}
	for format, want := range map[string]string{"terraform": `"a: \"b\" $${c} #`, "cloudformation": `Default: 'a: "b" ${c} #`} {
		text.Reset()
		if err := made.Write(&text, format); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text.String(), want) {
			t.Errorf("%s does not have %s:\n%s", format, want, text.String())
		}
	}
}
