package scanner_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

// BenchmarkLivePaced reads pools of 3 clients from the stand-in behind the real
// quotas, in real time; run it with -benchtime 1x. The reads of clients are what
// takes longest: floor tells how many times the least time they took, for the
// place with the most pools.
func BenchmarkLivePaced(b *testing.B) {
	const clients = 3
	for _, bb := range []struct {
		accounts, regions, pools int
	}{
		{1, 1, 30},
		{1, 1, 120},
		{50, 2, 4},
	} {
		if testing.Short() && bb.accounts == 1 {
			continue // it takes as long as the quotas want
		}
		b.Run(fmt.Sprintf("accounts=%d/regions=%d/pools=%d", bb.accounts, bb.regions, bb.pools), func(b *testing.B) {
			server := cognitotest.NewOrganization(crowd(bb.accounts, bb.regions, bb.pools, clients)...)
			b.Cleanup(server.Close)
			for name, value := range cognitotest.Env(server.URL) {
				b.Setenv(name, value)
			}
			for b.Loop() {
				server.EnforceQuotas()
				live, err := scanner.OpenLive(b.Context(), scanner.LiveOptions{Organization: true, Role: "audit", Regions: []string{scanner.AllRegions}})
				if err != nil {
					b.Fatal(err)
				}
				read := 0
				problems, err := live.Pools(b.Context(), func(*snapshot.Pool) error {
					read++
					return nil
				})
				if err != nil || problems != nil || read != bb.accounts*bb.regions*bb.pools || server.Throttled() != 0 {
					b.Fatalf("%d pools, %d throttled requests, problems %v, error %v", read, server.Throttled(), problems, err)
				}
			}
			// 12 a second are 80 percent of the quota, and 12 come at once.
			floor := time.Duration(bb.pools*(1+clients)-12) * time.Second / 12
			b.ReportMetric(b.Elapsed().Seconds()/float64(b.N)/floor.Seconds(), "floor")
			b.ReportMetric(float64(server.Throttled()), "throttled")
		})
	}
}

// crowd is an organization with as many pools in each Region of each account.
func crowd(accounts, regions, pools, clients int) []cognitotest.Account {
	list := make([]cognitotest.Account, accounts)
	for i := range list {
		list[i] = cognitotest.Account{ID: fmt.Sprintf("%012d", i+1), Role: "audit", Regions: map[string][]cognitotest.Pool{}}
		for _, region := range []string{"eu-west-1", "us-east-1"}[:regions] {
			for j := range pools {
				list[i].Regions[region] = append(list[i].Regions[region], livePool(fmt.Sprintf("pool%d-%d", i, j), clients))
			}
		}
	}
	return list
}
