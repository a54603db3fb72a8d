package scanner_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

// BenchmarkLivePaced reads 30 pools of 3 clients from the stand-in behind the
// real quotas, in real time; run it with -benchtime 1x. The reads of clients are
// what takes longest: floor tells how many times the least time they took.
func BenchmarkLivePaced(b *testing.B) {
	const pools, clients = 30, 3
	var list []cognitotest.Pool
	for i := range pools {
		list = append(list, livePool(fmt.Sprint("pool", i), clients))
	}
	server := cognitotest.New(list...)
	b.Cleanup(server.Close)
	for name, value := range cognitotest.Env(server.URL) {
		b.Setenv(name, value)
	}
	for b.Loop() {
		server.EnforceQuotas()
		live, err := scanner.OpenLive(b.Context(), scanner.LiveOptions{})
		if err != nil {
			b.Fatal(err)
		}
		read := 0
		problems, err := live.Pools(b.Context(), func(*snapshot.Pool) error {
			read++
			return nil
		})
		if err != nil || problems != nil || read != pools || server.Throttled() != 0 {
			b.Fatalf("%d pools, %d throttled requests, problems %v, error %v", read, server.Throttled(), problems, err)
		}
	}
	// 12 a second are 80 percent of the quota, and 12 come at once.
	floor := time.Duration(pools*(1+clients)-12) * time.Second / 12
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/floor.Seconds(), "floor")
	b.ReportMetric(float64(server.Throttled()), "throttled")
}
