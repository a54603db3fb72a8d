package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
)

// A planned change that could not be read for a while is no damage, and stays.
func TestFixSeenLate(t *testing.T) {
	server := startServer(t, served(t, "fixable/shop.json"))
	server.After("UpdateUserPool", 1, func(cognitotest.Request) {
		for call := range 5 {
			server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "DescribeUserPool", Call: call + 1})
		}
	})
	o := runFix(t, "scan", "--fix", "--yes", "--rule", "deletion-protection", "-f", "json", "--journal-dir", filepath.Join(t.TempDir(), "journal"))
	if got := o.report.Fixes[0].State; o.code != exitOK || got != finding.FixApplied {
		t.Errorf("exit code %d, state %s: %s", o.code, got, o.stderr)
	}
	if !strings.Contains(server.State("eu-west-1_Fixable01").UserPool, `"DeletionProtection":"ACTIVE"`) || len(writes(server)) != 1 {
		t.Errorf("the change was taken back: %v", writes(server))
	}
}

// It stays as well if somebody else changes something meanwhile.
func TestFixSeenLateBesideOthers(t *testing.T) {
	server := startServer(t, served(t, "fixable/shop.json"))
	server.After("UpdateUserPool", 1, func(cognitotest.Request) {
		for call := range 5 {
			server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "DescribeUserPool", Call: call + 1})
		}
		if err := server.Change(fixable, cognitotest.Clients, "1web", func(tree map[string]any) { tree["ClientName"] = "theirs" }); err != nil {
			t.Error(err)
		}
	})
	o := runFix(t, "scan", "--fix", "--yes", "--rule", "deletion-protection", "-f", "json", "--journal-dir", filepath.Join(t.TempDir(), "journal"))
	if got := o.report.Fixes[0]; got.State != finding.FixDamaged || len(got.Unexpected) != 1 || got.Unexpected[0].Path != "/Clients/1web/ClientName" {
		t.Errorf("state %s, unexpected %v: %s", got.State, got.Unexpected, o.stderr)
	}
	after := server.State(fixable)
	if !strings.Contains(after.UserPool, `"DeletionProtection":"ACTIVE"`) || !strings.Contains(after.Clients[0], "theirs") || len(writes(server)) != 1 {
		t.Errorf("the change was taken back: %v", writes(server))
	}
}
