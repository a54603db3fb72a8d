package scanner_test

import (
	"context"
	"testing"
	"time"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

func TestLiveProgress(t *testing.T) {
	server := liveServer(t, livePool("A", 1), livePool("B", 1), livePool("C", 1))
	server.Fail(cognitotest.Fault{Kind: cognitotest.Hang, Operation: "DescribeUserPool", PoolID: "C"})
	live, err := scanner.OpenLive(t.Context(), scanner.LiveOptions{Rate: 1})
	if err != nil {
		t.Fatal(err)
	}
	if got := live.Progress(); got != (scanner.Progress{}) {
		t.Errorf("before the reading: %+v", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		live.Pools(ctx, func(*snapshot.Pool) error { return nil })
		close(ended)
	}()
	for live.Progress().PoolsDone < 2 {
		time.Sleep(time.Millisecond)
	}
	got := live.Progress()
	// Two pools and half of the third took 4 client reads, at 15 a second.
	if got.Left < 50*time.Millisecond || got.Left > 60*time.Millisecond {
		t.Errorf("%s left, want that of 0.8 requests at 15 a second", got.Left)
	}
	got.Left = 0
	want := scanner.Progress{Accounts: 1, AccountsLeft: 1, Places: 1, PlacesLeft: 1, Pools: 3, PoolsDone: 2, Calls: got.Calls}
	if got != want || got.Calls < 9 {
		t.Errorf("got %+v, want %+v with at least 9 calls", got, want)
	}
	cancel()
	<-ended
}
