package scanner_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
)

// protected returns pools of which the last has none of the web ACLs; the
// others have one after the other.
func protected(pools, acls int) []cognitotest.Pool {
	list := make([]cognitotest.Pool, pools)
	for i := range list {
		list[i] = livePool(fmt.Sprintf("pool%02d", i), 0)
		if i < pools-1 {
			list[i].WebACL = webACL(i % acls)
		}
	}
	return list
}

func webACL(i int) string {
	return fmt.Sprintf(`{"Name": "acl%d", "Id": "%[1]d", "ARN": "arn:acl%[1]d", "Future": 1}`, i)
}

func TestLiveWebACLs(t *testing.T) {
	const list, resources, get, ofPool = "ListWebACLs", "ListResourcesForWebACL", "GetWebACL", "GetWebACLForResource"
	for _, tt := range []struct {
		name        string
		pools, acls int
		denied      []string
		calls       map[string]int
		unknown     bool
	}{
		{"few web ACLs", 10, 2, nil, map[string]int{list: 1, resources: 2, get: 2}, false},
		{"more web ACLs than pools pay for", 4, 3, nil, map[string]int{list: 1, ofPool: 4}, false},
		{"one pool", 1, 1, nil, map[string]int{ofPool: 1}, false},
		{"list denied", 10, 2, []string{list}, map[string]int{list: 1, ofPool: 10}, false},
		{"pools of a web ACL denied", 10, 2, []string{resources}, map[string]int{list: 1, resources: 1, ofPool: 10}, false},
		{"content denied", 3, 1, []string{get}, map[string]int{list: 1, resources: 1, get: 1, ofPool: 2}, false},
		{"asking for pools denied", 1, 1, []string{ofPool}, map[string]int{list: 1, ofPool: 1}, false},
		{"all denied", 2, 1, []string{list, ofPool}, map[string]int{list: 1, ofPool: 2}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pools := protected(tt.pools, tt.acls)
			server := liveServer(t, pools...)
			for _, operation := range tt.denied {
				server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: operation})
			}
			got, problems := readLive(t, scanner.LiveOptions{Sections: []string{"WebACL"}})
			calls := map[string]int{}
			for _, r := range server.Requests() {
				if r.Operation != "ListUserPools" && r.Operation != "DescribeUserPool" {
					calls[r.Operation]++
				}
			}
			if diff := cmp.Diff(tt.calls, calls); diff != "" {
				t.Errorf("calls -want +got\n%s", diff)
			}
			if tt.unknown != (problems != nil) {
				t.Errorf("problems %v", problems)
			}
			for i, pool := range got {
				acl, read := pool.Sections["WebACL"]
				if read == tt.unknown || read != (pool.Unknown == nil) {
					t.Errorf("pool %d: web ACL read %t, unknown %v", i, read, pool.Unknown)
				}
				name := any(nil)
				if members, ok := acl.(map[string]any); ok {
					name = members["Name"]
				}
				want := any(nil)
				if i < tt.pools-1 && !tt.unknown {
					want = fmt.Sprint("acl", i%tt.acls)
				}
				if name != want {
					t.Errorf("pool %d has web ACL %v, want %v", i, name, want)
				}
			}
		})
	}
}

// Where both ways are barred, not every pool costs a second.
func TestLiveWebACLsBarred(t *testing.T) {
	server := liveServer(t, protected(100, 1)...)
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "ListWebACLs"})
	server.Fail(cognitotest.Fault{Kind: cognitotest.Deny, Operation: "GetWebACLForResource"})
	pools, problems := readLive(t, scanner.LiveOptions{Sections: []string{"WebACL"}})
	asked := 0
	for _, r := range server.Requests() {
		if r.Operation == "GetWebACLForResource" {
			asked++
		}
	}
	if asked > 20 {
		t.Errorf("asked for %d pools, want those that were asked for side by side", asked)
	}
	if len(problems) != 100 {
		t.Errorf("%d problems, want one for each pool", len(problems))
	}
	const hint = "allow wafv2:GetWebACLForResource, or wafv2:ListWebACLs, wafv2:ListResourcesForWebACL and wafv2:GetWebACL"
	for _, pool := range pools {
		if len(pool.Unknown) != 1 || pool.Unknown[0].Path != "/WebACL" || pool.Unknown[0].Hint != hint {
			t.Fatalf("unknown %v, want /WebACL with the hint %q", pool.Unknown, hint)
		}
	}
}
