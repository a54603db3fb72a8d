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
		progressbar.OptionSetWriter(p.out), progressbar.OptionSetWidth(10), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false),
		progressbar.OptionSetTheme(progressbar.ThemeASCII))
	var meter rateMeter
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
			bar.Describe(fitted(stateLine(s, meter.rate(p.now(), s.Calls)), p.width()-barWidth))
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
type rateMeter struct{ samples []sample }

type sample struct {
	at    time.Time
	calls int
}

func (m *rateMeter) rate(now time.Time, calls int) float64 {
	const window = 5 * time.Second
	m.samples = append(m.samples, sample{now, calls})
	for now.Sub(m.samples[0].at) > window {
		m.samples = m.samples[1:]
	}
	first := m.samples[0]
	return float64(calls-first.calls) / max(1, now.Sub(first.at).Seconds())
}

// barWidth is what the bar takes of a line besides the description.
const barWidth = 24

// width is that of the terminal.
func (p *progress) width() int {
	if file, ok := p.out.(*os.File); ok {
		if width, _, err := term.GetSize(int(file.Fd())); err == nil && width > 0 {
			return width
		}
	}
	return 80
}

// fitted cuts a text, because a line that wraps cannot be drawn over.
func fitted(text string, width int) string {
	if len(text) <= width {
		return text
	}
	return text[:max(0, width)]
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
