//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// BenchmarkScanLive runs the binary on a stand-in without quotas and tells how
// many pools it checks a second, and the most memory that it takes: with ten
// times as many pools it must not take more for them than the report does. The
// pools pass the rules of the categories, so that the report is small.
func BenchmarkScanLive(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "cognilint")
	if output, err := exec.CommandContext(b.Context(), "go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, output)
	}
	for _, n := range []int{500, 5000} {
		b.Run(fmt.Sprintf("pools=%d", n), func(b *testing.B) {
			server := cognitotest.New(goodPools(b, n)...)
			b.Cleanup(server.Close)
			var most int64
			for b.Loop() {
				command := exec.CommandContext(b.Context(), binary, "scan", "--rate", "100000", "-f", "json", "--fail-on", "none", "--category", "password,mfa,client,tokens")
				command.Env = os.Environ()
				for name, value := range cognitotest.Env(server.URL) {
					command.Env = append(command.Env, name+"="+value)
				}
				var stderr strings.Builder
				command.Stderr = &stderr
				if err := command.Run(); err != nil {
					b.Fatalf("%v\n%s", err, &stderr)
				}
				most = max(most, command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "pools/s")
			b.ReportMetric(float64(most)/1024, "MB")
		})
	}
}

// goodPools returns pools that pass, so that the report is small.
func goodPools(b *testing.B, n int) []cognitotest.Pool {
	text, err := os.ReadFile(filepath.Join("..", "..", "testdata", "good", "recommended.json"))
	if err != nil {
		b.Fatal(err)
	}
	var good struct {
		UserPool  map[string]any
		MfaConfig json.RawMessage
		Clients   []map[string]any
	}
	if err := json.Unmarshal(text, &good); err != nil {
		b.Fatal(err)
	}
	var clients []string
	for _, client := range good.Clients {
		delete(client, "HasClientSecret")
		text, _ := json.Marshal(client)
		clients = append(clients, string(text))
	}
	pools := make([]cognitotest.Pool, n)
	for i := range pools {
		id := fmt.Sprintf("eu-west-1_Good%05d", i)
		good.UserPool["Id"], good.UserPool["Arn"] = id, "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/"+id
		userPool, _ := json.Marshal(good.UserPool)
		pools[i] = cognitotest.Pool{UserPool: string(userPool), MfaConfig: string(good.MfaConfig), Clients: clients}
	}
	return pools
}
