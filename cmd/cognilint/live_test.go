package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/report"
)

// startServer starts a stand-in that ends with the test and points the
// environment to it.
func startServer(t *testing.T, pools ...cognitotest.Pool) *cognitotest.Server {
	t.Helper()
	server := cognitotest.New(pools...)
	t.Cleanup(server.Close)
	for name, value := range cognitotest.Env(server.URL) {
		t.Setenv(name, value)
	}
	// The stand-in has no quotas unless it is asked to enforce them.
	t.Setenv("COGNILINT_RATE", "1000")
	return server
}

// secret marks every value that no output may hold.
const secret = "s3cr3t"

// secretPool has secrets wherever the API has them, in the right places and in
// wrong ones.
func secretPool(id string) cognitotest.Pool {
	return cognitotest.Pool{
		UserPool: fmt.Sprintf(`{"Id": %q, "Name": "shop", "Arn": "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/%[1]s"}`, id),
		Clients: []string{
			`{"ClientId": "web", "ClientName": "web", "ClientSecret": "s3cr3t", "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthFlowsUserPoolClient": true}`,
			`{"ClientId": "odd", "ClientName": "odd", "ClientSecret": ["s3cr3t"], "CallbackURLs": "s3cr3t"}`,
		},
		IdentityProviders: []string{
			`{"ProviderName": "okta", "ProviderType": "OIDC", "ProviderDetails": {"client_id": "x", "client_secret": "s3cr3t"}}`,
			`{"ProviderName": "apple", "ProviderType": "SignInWithApple", "ProviderDetails": {"private_key": "s3cr3t"}}`,
			`{"ProviderName": "odd", "ProviderType": "OIDC", "ProviderDetails": {"client_secret": {"a": "s3cr3t"}, "client_id": ["s3cr3t"]}}`,
		},
	}
}

// TestNoSecretAnywhere runs every command that reads live pools or what they
// became, with every fault, and looks at everything that it writes.
func TestNoSecretAnywhere(t *testing.T) {
	faults := []cognitotest.Fault{
		{},
		{Kind: cognitotest.CutBody, Operation: "DescribeUserPoolClient"},
		{Kind: cognitotest.CutBody, Operation: "DescribeIdentityProvider"},
		{Kind: cognitotest.Deny, Operation: "ListUserPoolClients"},
		{Kind: cognitotest.NotJSON, Operation: "DescribeUserPool"},
	}
	for _, fault := range faults {
		t.Run(string(fault.Kind)+" "+fault.Operation, func(t *testing.T) {
			server := startServer(t, secretPool("eu-west-1_A"), secretPool("eu-west-1_B"))
			if fault.Kind != "" {
				server.Fail(fault)
			}
			folder := t.TempDir()
			exported, redacted := filepath.Join(folder, "exported"), filepath.Join(folder, "redacted")
			commands := [][]string{
				{"export", "-o", exported},
				{"export", "-o", redacted, "--redact"},
			}
			formats := report.Formats()
			if fault.Kind != "" {
				formats = []string{"json"} // attempts take time
			}
			for _, format := range formats {
				scan := []string{"scan", "--baseline", "all", "--show-passed", "-v", "-f", format}
				live := append(slices.Clone(scan), "--snapshot-dir", filepath.Join(folder, "snapshots", format))
				commands = append(commands, live, append(slices.Clone(scan), exported), append(slices.Clone(scan), redacted))
			}
			for _, args := range commands {
				var stdout, stderr bytes.Buffer
				code := run(t.Context(), append([]string{"cognilint"}, args...), strings.NewReader(""), &stdout, &stderr)
				if fault.Kind == "" && code == exitUsage {
					t.Errorf("%v: exit code %d: %s", args, code, &stderr)
				}
				if all := stdout.String() + stderr.String(); strings.Contains(all, secret) {
					t.Errorf("%v writes a secret: %s", args, all)
				}
			}
			filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
				if err != nil || entry.IsDir() {
					return err
				}
				if text, err := os.ReadFile(path); err != nil || bytes.Contains(text, []byte(secret)) {
					t.Errorf("%s holds a secret (%v)", path, err)
				}
				return nil
			})
		})
	}
}

// An interrupted scan reports what it found, and that there is more.
func TestInterrupted(t *testing.T) {
	server := startServer(t, secretPool("eu-west-1_A"), secretPool("eu-west-1_B"))
	server.Fail(cognitotest.Fault{Kind: cognitotest.Hang, Operation: "GetUserPoolMfaConfig", PoolID: "eu-west-1_B"})
	ctx, interrupt := context.WithCancel(t.Context())
	defer interrupt()
	var stdout, stderr bytes.Buffer
	ended := make(chan int)
	go func() {
		ended <- run(ctx, []string{"cognilint", "scan", "-f", "json", "--show-passed"}, strings.NewReader(""), &stdout, &stderr)
	}()
	// The last read of pool A was answered, and that of B hangs.
	read := func(pool string) func(cognitotest.Request) bool {
		return func(r cognitotest.Request) bool {
			return r.PoolID == pool && (r.Operation == "DescribeUserPoolClient" || pool == "eu-west-1_B" && r.Operation == "GetUserPoolMfaConfig")
		}
	}
	for !slices.ContainsFunc(server.Requests(), read("eu-west-1_A")) || !slices.ContainsFunc(server.Requests(), read("eu-west-1_B")) {
		time.Sleep(time.Millisecond)
	}
	interrupt()
	if code := <-ended; code != exitInterrupted {
		t.Errorf("exit code %d, want %d; stderr %s", code, exitInterrupted, &stderr)
	}
	var report finding.Report
	if err := json.Unmarshal(stdout.Bytes(), &report); err != nil {
		t.Fatal(err)
	}
	partial := func(p finding.Problem) bool { return strings.Contains(p.Error, "this report is partial") }
	if !slices.ContainsFunc(report.Problems, partial) {
		t.Errorf("problems %v, want one that says that the report is partial", report.Problems)
	}
	for _, pool := range report.Pools {
		if pool.ID == "eu-west-1_B" {
			t.Error("the pool that was not read to its end is in the report")
		}
	}
}
