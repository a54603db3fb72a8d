package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
)

// writes are the operations that changed something, or tried to.
func writes(server *cognitotest.Server) []string {
	var operations []string
	for _, r := range server.Requests() {
		if r.Body != "" {
			operations = append(operations, r.Operation)
		}
	}
	return operations
}

type outcome struct {
	code           int
	stdout, stderr string
	report         finding.Report
}

// runFix runs a command with JSON on stdout.
func runFix(t *testing.T, args ...string) outcome {
	t.Helper()
	return runFixContext(t, t.Context(), args...)
}

func runFixContext(t *testing.T, ctx context.Context, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(ctx, append([]string{"cognilint"}, args...), strings.NewReader(""), &stdout, &stderr)
	o := outcome{code: code, stdout: stdout.String(), stderr: stderr.String()}
	if stdout.Len() > 0 {
		if err := json.Unmarshal(stdout.Bytes(), &o.report); err != nil {
			t.Fatalf("%v: %s", err, o.stdout)
		}
	}
	if strings.Contains(o.stdout+o.stderr, secret) {
		t.Errorf("%v writes a secret", args)
	}
	return o
}

func TestFixLive(t *testing.T) {
	for _, mode := range []cognitotest.Omission{cognitotest.ResetAll, cognitotest.Measured, cognitotest.ResetParanoid} {
		t.Run(string(mode), func(t *testing.T) {
			server := startServer(t, served(t, "fixable/shop.json"))
			server.SetOmission(mode)
			before := server.State("eu-west-1_Fixable01")
			journals := filepath.Join(t.TempDir(), "journal")
			fix := []string{"scan", "--fix", "--allow-disruptive", "--allow-incomplete", "--journal-dir", journals, "-f", "json"}

			dry := runFix(t, fix...)
			if got := writes(server); len(got) > 0 || dry.report.Fixes[0].State != finding.FixPlanned {
				t.Errorf("a run that nobody agreed to makes %v and ends %s", got, dry.report.Fixes[0].State)
			}
			done := runFix(t, append(fix, "--yes")...)
			if done.code != exitFailed || done.report.Fixes[0].State != finding.FixApplied {
				t.Fatalf("exit code %d, state %s: %s", done.code, done.report.Fixes[0].State, done.stderr)
			}
			again := runFix(t, append(fix, "--yes")...)
			if got := len(writes(server)); len(again.report.Fixes[0].Calls) > 0 || got != len(done.report.Fixes[0].Calls) {
				t.Errorf("%d writes, then %v", got, again.report.Fixes[0].Calls)
			}
			undone := runFix(t, "rollback", "--yes", "--journal-dir", journals, done.report.Fixes[0].Journal)
			if undone.code != exitOK {
				t.Errorf("rollback: exit code %d: %s", undone.code, undone.stderr)
			}
			if diff := cmp.Diff(withoutDates(t, before), withoutDates(t, server.State("eu-west-1_Fixable01"))); diff != "" {
				t.Errorf("-before +after rollback\n%s", diff)
			}
			audit, err := os.ReadFile(filepath.Join(journals, "audit.ndjson"))
			if lines := strings.Count(string(audit), "\n"); err != nil || lines != len(writes(server)) {
				t.Errorf("%d lines of audit for %d writes: %v", lines, len(writes(server)), err)
			}
		})
	}
}

// withoutDates decodes the documents of a pool without what time changes, and
// without values that mean the same as an absent member.
func withoutDates(t *testing.T, pool cognitotest.Pool) map[string]any {
	t.Helper()
	decode := func(text string) map[string]any {
		members := map[string]any{}
		if text != "" {
			if err := json.Unmarshal([]byte(text), &members); err != nil {
				t.Fatal(err)
			}
		}
		delete(members, "LastModifiedDate")
		for name, value := range map[string]any{
			"DeletionProtection": "INACTIVE", "PreventUserExistenceErrors": "LEGACY", "EnableTokenRevocation": false,
			"UserAttributeUpdateSettings": map[string]any{"AttributesRequireVerificationBeforeUpdate": []any{}},
		} {
			if cmp.Equal(members[name], value) {
				delete(members, name)
			}
		}
		if invitations, ok := members["AdminCreateUserConfig"].(map[string]any); ok {
			delete(invitations, "UnusedAccountValidityDays")
		}
		return members
	}
	all := map[string]any{"UserPool": decode(pool.UserPool), "MfaConfig": decode(pool.MfaConfig), "LogDelivery": decode(pool.LogDelivery)}
	for i, text := range pool.Clients {
		all[fmt.Sprint("Client ", i)] = decode(text)
	}
	return all
}
