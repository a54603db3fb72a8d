package cognito

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// Operations that hang are given up, tried now and then, and taken up again.
func TestPatience(t *testing.T) {
	server, client := openClient(t, examplePool)
	for call := range 2 * hungReads {
		server.Fail(cognitotest.Fault{Kind: cognitotest.Hang, Operation: "GetUserPoolMfaConfig", Call: call + 1})
	}
	synctest.Test(t, func(t *testing.T) {
		client := client.over(direct(server))
		read := func() error { _, err := client.MfaConfig(t.Context(), "eu-west-1_A"); return err }
		for range hungReads {
			wantError(t, &ReadError{Operation: "GetUserPoolMfaConfig", Message: "no answer within 30s"}, read())
		}
		asked := len(server.Requests())
		started := time.Now()
		for range 100 {
			if err := read(); err == nil || !strings.Contains(err.Error(), "not tried") {
				t.Fatalf("got %v, want that it was not tried", err)
			}
		}
		if took := time.Since(started); took != 0 || len(server.Requests()) != asked {
			t.Errorf("took %s and %d requests, want none", took, len(server.Requests())-asked)
		}
		if _, err := client.DescribePool(t.Context(), "eu-west-1_A"); err != nil {
			t.Errorf("another operation: %v", err)
		}
		time.Sleep(DefaultTimeout)
		for range 2 {
			if err := read(); err != nil {
				t.Errorf("after the server is back: %v", err)
			}
		}
	})
}
