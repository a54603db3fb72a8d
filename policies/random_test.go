package policies_test

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/snapshot"
)

// TestRandomPools: whatever a pool holds, no rule fails at run time, and no
// result changes when lists are in another order or members are there that
// nobody knows yet. COGNILINT_RANDOM_POOLS is the number of pools.
func TestRandomPools(t *testing.T) {
	pools, err := strconv.Atoi(cmp.Or(os.Getenv("COGNILINT_RANDOM_POOLS"), "300"))
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		pools = min(pools, 100)
	}
	set := baseline(t, "all")
	known := exported(t, "../testdata/worst", "../testdata/fixable", "../testdata/good", "../testdata/pools")
	values := map[string][]any{}
	for _, pool := range known {
		gather(values, "", pool.Sections)
	}
	seeds := make(chan uint64)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for seed := range seeds {
				r := &mutator{rand.New(rand.NewPCG(seed, 0)), values}
				pool := clone(known[r.IntN(len(known))])
				for range 1 + r.IntN(30) {
					r.mutate("", pool.Sections)
				}
				before := conclusions(t, set, pool, seed)
				other := clone(pool)
				other.Sections = r.disguise("", other.Sections).(map[string]any)
				if diff := gocmp.Diff(before, conclusions(t, set, other, seed)); diff != "" {
					t.Errorf("seed %d: other order and unknown members change results, -before +after\n%s", seed, diff)
				}
			}
		})
	}
	for seed := range pools {
		seeds <- uint64(seed)
	}
	close(seeds)
	group.Wait()
}

// conclusions are the statuses and the numbers of violations by rule and target.
func conclusions(t *testing.T, set *policies.Set, pool *snapshot.Pool, seed uint64) map[string]string {
	results, err := set.Evaluate(context.Background(), pool)
	if err != nil {
		t.Error(err)
	}
	found := map[string]string{}
	for _, r := range results {
		if r.Status == finding.Error {
			t.Errorf("seed %d: %s fails: %s", seed, r.Rule, r.Reason)
		}
		found[r.Rule+" "+r.Target.ID] = fmt.Sprint(r.Status, len(r.Violations))
	}
	return found
}

// gather collects the values that stand in each place of any pool.
func gather(values map[string][]any, at string, node any) {
	switch node := node.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(node)) {
			values[at+"/"+key] = append(values[at+"/"+key], node[key])
			gather(values, at+"/"+key, node[key])
		}
	case []any:
		for _, element := range node {
			gather(values, at+"/*", element)
		}
	}
}

// identities are members that name what they stand in.
var identities = []string{"Id", "Arn", "ClientId", "ProviderName", "GroupName", "Identifier"}

type mutator struct {
	*rand.Rand
	values map[string][]any
}

// mutate changes one thing somewhere below a node: a member takes a value that
// it has in another pool, or goes; an element of a list goes.
func (m *mutator) mutate(at string, node any) {
	switch node := node.(type) {
	case map[string]any:
		var places []string
		for place := range m.values {
			if rest, below := strings.CutPrefix(place, at+"/"); below && !strings.Contains(rest, "/") && !slices.Contains(identities, rest) {
				places = append(places, rest)
			}
		}
		if len(places) == 0 {
			return
		}
		slices.Sort(places)
		key := places[m.IntN(len(places))]
		_, leaf := node[key].(map[string]any)
		_, list := node[key].([]any)
		switch choice := m.IntN(10); {
		case (leaf || list) && choice < 7:
			m.mutate(at+"/"+key, node[key])
		case choice < 9 || at == "":
			candidates := m.values[at+"/"+key]
			node[key] = copied(candidates[m.IntN(len(candidates))])
		default:
			delete(node, key)
		}
	case []any:
		if len(node) > 0 {
			m.mutate(at+"/*", node[m.IntN(len(node))])
		}
	}
}

func copied(node any) any {
	switch node := node.(type) {
	case map[string]any:
		object := map[string]any{}
		for key, value := range node {
			object[key] = copied(value)
		}
		return object
	case []any:
		list := make([]any, len(node))
		for i, value := range node {
			list[i] = copied(value)
		}
		return list
	default:
		return node
	}
}

// maps of names to values, in which every member is known.
var dictionaries = []string{"UserPoolTags", "AttributeMapping", "ProviderDetails", "LambdaConfig"}

// disguise returns a tree with the same meaning: lists in another order, and
// members that nobody knows.
func (m *mutator) disguise(key string, node any) any {
	switch node := node.(type) {
	case map[string]any:
		object := map[string]any{}
		for name, value := range node {
			object[name] = m.disguise(name, value)
		}
		if key != "" && len(object) > 0 && !slices.Contains(dictionaries, key) {
			object["FutureMember"] = map[string]any{"x": []any{nil, true}}
		}
		return object
	case []any:
		list := make([]any, len(node))
		for i, value := range node {
			list[i] = m.disguise("element", value)
		}
		m.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		return list
	default:
		return node
	}
}
