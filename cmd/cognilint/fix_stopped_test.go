package main

import (
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
)

// The report of a repair that somebody else's change stopped is about the pool
// as it is now.
func TestFixStoppedReport(t *testing.T) {
	server := startServer(t, fixables(t, 1)...)
	server.After("UpdateUserPool", 1, func(cognitotest.Request) {
		if err := server.Change(fixable, cognitotest.Clients, "1web", func(tree map[string]any) { tree["ClientName"] = "theirs" }); err != nil {
			t.Error(err)
		}
	})
	done := safely(t, "--rule", "password-minimum-length", "--rule", "client-prevents-user-existence-errors")
	checkFix(t, done, exitFix, finding.FixIncomplete)
	for _, check := range done.report.Checks {
		if check.Rule == "password-minimum-length" {
			t.Errorf("what was repaired is told as %s: %s", check.Status, done.stderr)
		}
	}
}

// Why a call was refused is told, also if something else went wrong.
func TestFixStoppedMessage(t *testing.T) {
	server := startServer(t, fixables(t, 1)...)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "UpdateUserPoolClient"})
	server.Before("UpdateUserPoolClient", 1, func(cognitotest.Request) {
		if err := server.Change(fixable, cognitotest.LogDelivery, "", func(tree map[string]any) { tree["Foreign"] = "theirs" }); err != nil {
			t.Error(err)
		}
	})
	done := safely(t, "--rule", "password-minimum-length", "--rule", "client-prevents-user-existence-errors")
	checkFix(t, done, exitFix, finding.FixDamaged)
	for _, want := range []string{"cognito-idp:UpdateUserPoolClient", "LogDeliveryConfiguration/Foreign"} {
		if got := done.report.Fixes[0].Message; !strings.Contains(got, want) {
			t.Errorf("message %q, want %q in it", got, want)
		}
	}
}
