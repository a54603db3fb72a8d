package browsertest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/cognilint/cognilint/report"
)

// TestSizeOfManyPools needs no browser.
func TestSizeOfManyPools(t *testing.T) {
	var b bytes.Buffer
	start := time.Now()
	if err := report.Write(&b, "html", many(2000), report.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Logf("2,000 pools, 40,000 findings: %.2f MB in %v", float64(b.Len())/1e6, time.Since(start).Round(time.Millisecond))
	if b.Len() > 5_000_000 {
		t.Errorf("2,000 pools take %d bytes, want at most 5 MB", b.Len())
	}
}

const elements = `document.querySelectorAll("*").length`

func TestManyPoolsStayResponsive(t *testing.T) {
	p := launch(t)
	p.show(many(2000), "")
	if got, want := p.count(), "40,000 findings (all failed) in 2,000 pools"; got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
	most := eval[int](p, elements)
	t.Logf("usable after %v with %d elements", p.usable.Round(time.Millisecond), most)
	p.shoot("many")

	// The longest the page was busy is what a person feels.
	eval[any](p, `(() => { window.longest = 0; const tick = (last) => requestAnimationFrame((now) => { window.longest = Math.max(window.longest, now - last); tick(now) }); tick(performance.now()); return 1 })()`)
	for _, key := range "app-1999-3 rule" {
		p.do(chromedp.SendKeys(chromedp.CSS("#q"), string(key)))
		most = max(most, eval[int](p, elements))
	}
	p.eventually(`document.getElementById("count").textContent === "5 findings (all failed) in 1 pool"`)
	t.Logf("while typing: at most %d elements, %d ms between two frames", most, eval[int](p, `Math.round(window.longest)`))
	p.click("#clear")
	p.eventually(`location.hash === ""`)

	// What is not shown is said, and can be had.
	text := eval[string](p, `document.querySelector("#list > .further").textContent`)
	if !strings.Contains(text, "Show 40 more of 1,960 pools not shown") {
		t.Errorf("the list ends with %q", text)
	}
	p.click("#list > .further button")
	if n := eval[int](p, `document.querySelectorAll("#list > .pool").length`); n != 80 {
		t.Errorf("%d pools are shown, want 80", n)
	}
	if !eval[bool](p, `document.activeElement === document.querySelectorAll("#list > .pool")[40].querySelector("button")`) {
		t.Error("the focus is not on the first new pool")
	}
	most = max(most, eval[int](p, elements))
	if most > 6000 {
		t.Errorf("%d elements, want a number that does not grow with the pools", most)
	}

	// Each filter, all at once or alone.
	start := time.Now()
	for i := range 20 {
		eval[any](p, fmt.Sprintf(`(location.hash = "#region=eu-west-1&q=setting+%d", 1)`, i))
		p.eventually(fmt.Sprintf(`document.getElementById("q").value === "setting %d"`, i))
	}
	t.Logf("a filter takes %v, with the test's own way to the browser", (time.Since(start) / 20).Round(time.Millisecond))
}

func TestPaperHasALimit(t *testing.T) {
	p := launch(t)
	p.show(many(150), "")
	eval[any](p, `(window.dispatchEvent(new Event("beforeprint")), 1)`)
	if n := eval[int](p, `document.querySelectorAll("#paper tbody tr").length`); n != 2000 {
		t.Errorf("%d rows on paper, want 2,000", n)
	}
	if text := eval[string](p, `document.querySelector("#paper .note").textContent`); !strings.HasPrefix(text, "1,000 findings of 3,000 findings are not on this paper.") {
		t.Errorf("the paper says %q", text)
	}
}
