package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/cognilint/cognilint/scanner"
)

func TestPlaceLine(t *testing.T) {
	for _, tt := range []struct {
		place scanner.Place
		want  string
	}{
		{scanner.Place{Account: "111122223333", Region: "eu-west-1", Pools: 12, Elapsed: 4230 * time.Millisecond}, "111122223333 eu-west-1: 12 pools in 4.2 s"},
		{scanner.Place{Region: "eu-west-1", Pools: 1, Problems: 2}, "eu-west-1: 1 pool in 0.0 s, 2 problems"},
	} {
		if got := placeLine(tt.place); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestStateLine(t *testing.T) {
	for _, tt := range []struct {
		state scanner.Progress
		want  string
	}{
		{scanner.Progress{Accounts: 1, AccountsLeft: 1, Places: 1, PlacesLeft: 1, Pools: 30, PoolsDone: 7, Left: 61 * time.Second}, "7 of 30 pools, 11.5 calls/s, about 1m1s left"},
		{scanner.Progress{Accounts: 50, AccountsLeft: 3, Places: 90, PlacesLeft: 1, Pools: 1, Problems: 1}, "0 of 1 pool, 11.5 calls/s, 3 accounts and 1 Region left, 1 problem"},
	} {
		if got := stateLine(tt.state, 11.5); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestRateMeter(t *testing.T) {
	start := time.Now()
	var meter rateMeter
	for _, step := range []struct {
		after time.Duration
		calls int
		want  float64
	}{
		{0, 0, 0},
		{200 * time.Millisecond, 30, 30}, // the burst of the first second
		{2 * time.Second, 40, 20},
		{4 * time.Second, 60, 15},
		{6 * time.Second, 60, 5}, // 20 in the four seconds since 40
		{12 * time.Second, 60, 0},
	} {
		if got := meter.rate(start.Add(step.after), step.calls); got != step.want {
			t.Errorf("after %s: got %v calls/s, want %v", step.after, got, step.want)
		}
	}
}

func TestFitted(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width int
		want  string
	}{{"abc", 3, "abc"}, {"abcd", 3, "abc"}, {"abc", -5, ""}} {
		if got := fitted(tt.text, tt.width); got != tt.want {
			t.Errorf("%+v: got %q", tt, got)
		}
	}
}

// The bar is gone when the reading ends: the report follows on the same screen.
func TestBarIsDrawnAndCleared(t *testing.T) {
	var out bytes.Buffer
	p := &progress{out: &out, bar: true, now: time.Now}
	drawn := make(chan struct{}, 100)
	stop := p.watch(func() scanner.Progress {
		drawn <- struct{}{}
		return scanner.Progress{Pools: 10, PoolsDone: 5}
	})
	<-drawn
	<-drawn // the first drawing has ended
	stop()
	if text := out.String(); !strings.Contains(text, "5 of 10 pools") || strings.TrimSpace(text[strings.LastIndex(text, "\r"):]) != "" {
		t.Errorf("got %q, want a bar and at the end an empty line", text)
	}
}
