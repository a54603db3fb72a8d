package policies_test

import (
	"context"
	"testing"

	"github.com/cognilint/cognilint/policies"
)

// BenchmarkEvaluate is the cost of one pool with all rules.
func BenchmarkEvaluate(b *testing.B) {
	pool := exported(b, "../testdata/good/recommended.json")[0]
	for _, name := range []string{"recommended", "all"} {
		b.Run(name, func(b *testing.B) {
			set := baseline(b, name)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := set.Evaluate(context.Background(), pool); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLoad is what every start of the program costs.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		library, err := policies.Load()
		if err != nil {
			b.Fatal(err)
		}
		if _, err := library.Select(context.Background(), policies.Selection{Baseline: "all"}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRule evaluates each rule by itself, to name the slow ones; use
// -benchtime 300x.
func BenchmarkRule(b *testing.B) {
	l := library(b)
	pool := exported(b, "../testdata/good/recommended.json")[0]
	for _, rule := range baseline(b, "all").Rules {
		set, err := l.Select(context.Background(), policies.Selection{Rules: []string{rule.ID}})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(rule.ID, func(b *testing.B) {
			for b.Loop() {
				if _, err := set.Evaluate(context.Background(), pool); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
