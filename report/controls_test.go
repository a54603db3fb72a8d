package report

import (
	"strconv"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
)

// TestControlsNamePools: whatever pools are called, a finding tells which pool
// it is in, and ids stay whole.
func TestControlsNamePools(t *testing.T) {
	const first, second = "eu-west-1_FirstPool1", "eu-west-1_SecondPool"
	for _, tt := range []struct {
		name  string
		pools []finding.Pool
		want  []string
	}{
		{"names", []finding.Pool{{ID: first, Name: "shop"}, {ID: second, Name: "staff"}}, []string{"shop", "staff"}},
		{"the same name", []finding.Pool{{ID: first, Name: "shop"}, {ID: second, Name: "shop"}}, []string{"shop (" + first + ")", "shop (" + second + ")"}},
		{"the id of another as name", []finding.Pool{{ID: first, Name: second}, {ID: second}}, []string{second + " (" + first + ")", second}},
		{"no names", []finding.Pool{{ID: first}, {ID: second}}, []string{first, second}},
		{"two sources", []finding.Pool{{ID: first, Name: "shop", Source: "a.json"}, {ID: first, Name: "shop", Source: "b.json"}}, []string{"shop (" + first + ") (a.json)", "shop (" + first + ") (b.json)"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := &finding.Report{Summary: finding.NewSummary(), Pools: tt.pools}
			sources := map[string]int{}
			for _, p := range tt.pools {
				sources[p.ID]++
			}
			for _, p := range tt.pools {
				c := finding.Check{
					Rule: "mfa-required", Severity: finding.High, Status: finding.Fail, Pool: p.ID,
					Target:     finding.Target{Kind: finding.TargetPool, ID: p.ID, Name: p.Name},
					Violations: []finding.Violation{{Path: "/Clients/2/ClientName", Actual: "OFF", Expected: "ON"}},
				}
				if sources[p.ID] > 1 {
					c.Source = p.Source
				}
				r.Checks = append(r.Checks, c)
			}
			got := render(t, "table", r, Options{GroupBy: byControl})
			if !strings.HasPrefix(got, "no control\n\n") {
				t.Errorf("got %q, want the title \"no control\"", got)
			}
			for _, pool := range tt.want {
				if !strings.Contains(got, " "+pool+": Clients[2].ClientName") {
					t.Errorf("no finding of %s in:\n%s", pool, got)
				}
			}
			for width := 40; width < 160; width += 10 {
				out := render(t, "table", r, Options{Width: width, GroupBy: byControl})
				for _, pool := range tt.pools {
					if strings.Contains(got, pool.ID) && !strings.Contains(out, pool.ID) {
						t.Errorf("%s columns break %s:\n%s", strconv.Itoa(width), pool.ID, out)
					}
				}
			}
		})
	}
}
