package report

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
)

// ndjsonLine has what readers of single lines rely on.
type ndjsonLine struct {
	Schema  string           `json:"schema"`
	Record  string           `json:"record"`
	Pool    *finding.Pool    `json:"pool"`
	Status  string           `json:"status"`
	Was     *finding.Check   `json:"was"`
	Summary *finding.Summary `json:"summary"`
}

func ndjsonLines(t *testing.T, out string) []ndjsonLine {
	t.Helper()
	if !strings.HasSuffix(out, "\n") || !utf8.ValidString(out) {
		t.Fatalf("not UTF-8 lines: %q", out)
	}
	var lines []ndjsonLine
	for text := range strings.Lines(out) {
		var l ndjsonLine
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("line %d: %v: %s", len(lines)+1, err, text)
		}
		lines = append(lines, l)
	}
	return lines
}

func TestNDJSONGolden(t *testing.T) {
	compareGolden(t, "checks.ndjson", render(t, "ndjson", followUp(), Options{}))
}

func TestNDJSONLines(t *testing.T) {
	r := followUp()
	lines := ndjsonLines(t, render(t, "ndjson", r, Options{}))
	got := map[string]int{}
	for i, l := range lines {
		got[l.Record]++
		if l.Schema != "cognilint.check/v1" {
			t.Errorf("line %d: schema is %q", i+1, l.Schema)
		}
		if (l.Record == "summary") != (i == len(lines)-1) {
			t.Errorf("line %d of %d is a %s", i+1, len(lines), l.Record)
		}
		if (l.Pool == nil) != (l.Record == "summary") {
			t.Errorf("line %d: %s has the pool %v", i+1, l.Record, l.Pool)
		}
		if l.Record == "resolved" && (l.Status != "" || l.Was == nil || l.Was.Status != finding.Fail) {
			t.Errorf("line %d: a resolved check looks like one of now: %+v", i+1, l)
		}
	}
	want := map[string]int{"check": len(r.Checks), "fix": 3, "resolved": 2, "pool_gone": 1, "problem": 2, "summary": 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("records: -want +got\n%s", diff)
	}
	if diff := cmp.Diff(&r.Summary, lines[len(lines)-1].Summary); diff != "" {
		t.Errorf("summary: -want +got\n%s", diff)
	}
}

// TestNDJSONIsTheReport: put together again, the lines are the pools and checks.
func TestNDJSONIsTheReport(t *testing.T) {
	r := followUp()
	twin := r.Pools[1]
	twin.Source = "exports/copy.json"
	r.Pools = append(r.Pools, twin)
	for i := range r.Checks {
		c := &r.Checks[i]
		if c.Pool == exportID {
			c.Source = r.Pools[1].Source
		}
		for j := range c.Violations {
			if at := c.Violations[j].Position; at != nil {
				at.Frame = ""
			}
		}
	}
	r.Checks[len(r.Checks)-1].Pool, r.Checks[len(r.Checks)-1].Source = twin.ID, twin.Source
	pools := map[string]finding.Pool{}
	for _, p := range r.Pools {
		pools[p.ID+" "+p.Source] = p
	}
	out := strings.SplitAfter(render(t, "ndjson", r, Options{}), "\n")
	for i, want := range r.Checks {
		var head struct{ Pool finding.Pool }
		if err := json.Unmarshal([]byte(out[i]), &head); err != nil {
			t.Fatal(err)
		}
		if head.Pool.ID != want.Pool || head.Pool != pools[head.Pool.ID+" "+head.Pool.Source] || want.Source != "" && head.Pool.Source != want.Source {
			t.Errorf("line %d: pool is %+v, want %s from %q", i+1, head.Pool, want.Pool, want.Source)
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal([]byte(out[i]), &members); err != nil {
			t.Fatal(err)
		}
		members["pool"], _ = json.Marshal(head.Pool.ID)
		text, err := json.Marshal(members)
		if err != nil {
			t.Fatal(err)
		}
		var got finding.Check
		if err := unmarshal(text, &got); err != nil {
			t.Fatal(err)
		}
		want.Source = ""
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("line %d: -want +got\n%s", i+1, diff)
		}
	}
}

func TestNDJSONHostileNames(t *testing.T) {
	for _, name := range hostileTexts {
		lines := ndjsonLines(t, render(t, "ndjson", named(name), Options{}))
		if want := strings.ToValidUTF8(name, "\ufffd"); strings.Count(name, "\ufffd") == 0 && utf8.ValidString(name) && lines[0].Pool.Name != want {
			t.Errorf("%q: the pool is called %q", name, lines[0].Pool.Name)
		}
		if n := len(ndjsonLines(t, render(t, "ndjson", followUp(), Options{}))); len(lines) != n {
			t.Errorf("%q: %d lines, want %d", name, len(lines), n)
		}
	}
}

// liveHeap measures what is in use while something is written.
type liveHeap struct {
	written, next int
	least, most   uint64
}

func (h *liveHeap) Write(p []byte) (int, error) {
	if h.written += len(p); h.written >= h.next {
		h.next = h.written + 4<<20
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if h.least == 0 {
			h.least = m.HeapAlloc
		}
		h.most = max(h.most, m.HeapAlloc)
	}
	return len(p), nil
}

// TestNDJSONMemory: a report of any length needs no memory of its own.
func TestNDJSONMemory(t *testing.T) {
	r := &finding.Report{Pools: []finding.Pool{{ID: "eu-west-1_A", Name: strings.Repeat("x", 128)}}}
	for i := range 40_000 {
		r.Checks = append(r.Checks, finding.Check{
			Rule: "password-minimum-length", Severity: finding.High, Status: finding.Fail, Pool: "eu-west-1_A",
			Violations: []finding.Violation{{Message: fmt.Sprintf("%d", i), Path: "/UserPool"}},
		})
	}
	var heap liveHeap
	if err := Write(&heap, "ndjson", r, Options{}); err != nil {
		t.Fatal(err)
	}
	if grown := heap.most - heap.least; heap.written < 16<<20 || grown > 1<<20 {
		t.Errorf("%d bytes were written, and the heap grew by %d", heap.written, grown)
	}
}

func TestPoolFinder(t *testing.T) {
	pools := []finding.Pool{{ID: "a", Source: "1"}, {ID: "b"}, {ID: "a", Source: "2"}}
	f := poolFinder{pools: pools}
	for _, tt := range []struct {
		id, source string
		want       finding.Pool
	}{
		{"a", "1", pools[0]},
		{"a", "2", pools[2]},
		{"b", "", pools[1]},
		{"a", "1", pools[0]},
		{"c", "x", finding.Pool{ID: "c", Source: "x"}},
		{"a", "3", finding.Pool{ID: "a", Source: "3"}},
		{"b", "", pools[1]},
	} {
		if got := f.find(tt.id, tt.source); got != tt.want {
			t.Errorf("%s from %q: got %+v, want %+v", tt.id, tt.source, got, tt.want)
		}
	}
	if got := new(poolFinder).find("a", ""); got != (finding.Pool{ID: "a"}) {
		t.Errorf("no pools: got %+v", got)
	}
}
