package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/cognilint/cognilint/scanner"
)

// progress tells on stderr how far a live reading is: with a bar on a terminal,
// else with one line for each account and Region.
type progress struct {
	out io.Writer
	// lines is false where there is a bar, or nothing at all.
	lines bool
	bar   bool
	now   func() time.Time
}

// newProgress looks at where the output goes; off says that nothing is wanted.
func newProgress(out io.Writer, off bool) *progress {
	file, ok := out.(*os.File)
	terminal := ok && term.IsTerminal(int(file.Fd())) && os.Getenv("TERM") != "dumb"
	return &progress{out: out, bar: terminal && !off, lines: !terminal && !off, now: time.Now}
}

// placeDone is for [scanner.LiveOptions.PlaceDone].
func (p *progress) placeDone(place scanner.Place) {
	if p.lines {
		fmt.Fprintf(p.out, "cognilint: %s\n", placeLine(place))
	}
}

func placeLine(place scanner.Place) string {
	line := fmt.Sprintf("%s: %s in %.1f s", strings.TrimSpace(place.Account+" "+place.Region), count(place.Pools, "pool"), place.Elapsed.Seconds())
	if place.Problems > 0 {
		line += ", " + count(place.Problems, "problem")
	}
	return line
}

// watch shows the bar until the returned function is called.
func (p *progress) watch(state func() scanner.Progress) (stop func()) {
	if !p.bar {
		return func() {}
	}
	bar := progressbar.NewOptions(1,
		progressbar.OptionSetWriter(p.out), progressbar.OptionSetWidth(24), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false),
		progressbar.OptionSetTheme(progressbar.ThemeASCII))
	meter := rateMeter{at: p.now()}
	ended, drawn := make(chan struct{}), sync.WaitGroup{}
	drawn.Go(func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ended:
				bar.Clear()
				return
			case <-tick.C:
			}
			s := state()
			bar.ChangeMax(max(1, s.Pools))
			bar.Describe(stateLine(s, meter.rate(p.now(), s.Calls)))
			bar.Set(s.PoolsDone)
		}
	})
	return func() {
		close(ended)
		drawn.Wait()
	}
}

// stateLine describes how far the reading is.
func stateLine(s scanner.Progress, callsPerSecond float64) string {
	parts := []string{fmt.Sprintf("%d of %s", s.PoolsDone, count(s.Pools, "pool")), fmt.Sprintf("%.1f calls/s", callsPerSecond)}
	if s.Accounts > 1 || s.Places > 1 {
		parts = append(parts, fmt.Sprintf("%s and %s left", count(s.AccountsLeft, "account"), count(s.PlacesLeft, "Region")))
	}
	if s.Problems > 0 {
		parts = append(parts, count(s.Problems, "problem"))
	}
	if s.Left > 0 {
		parts = append(parts, "about "+s.Left.Round(time.Second).String()+" left")
	}
	return strings.Join(parts, ", ")
}

// rateMeter measures calls per second over the last seconds.
type rateMeter struct {
	at    time.Time
	calls int
	last  float64
}

func (m *rateMeter) rate(now time.Time, calls int) float64 {
	const window = 2 * time.Second
	if since := now.Sub(m.at); since >= window || m.last == 0 && since > 0 {
		m.last = float64(calls-m.calls) / since.Seconds()
		if since >= window {
			m.at, m.calls = now, calls
		}
	}
	return m.last
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
