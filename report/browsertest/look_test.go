package browsertest

import (
	"bytes"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// contrasts returns the texts of the page whose contrast is below WCAG's AA.
const contrasts = `(() => {
  const parse = (c) => c.match(/[0-9.]+/g).map(Number);
  const light = (c) => { const [r, g, b] = parse(c).map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }); return 0.2126 * r + 0.7152 * g + 0.0722 * b };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (parse(c)[3] !== 0) return c } return "rgb(255, 255, 255)" };
  const low = new Set();
  let texts = 0;
  for (const e of document.querySelectorAll("body *")) {
    if (!e.checkVisibility() || ![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())) continue;
    texts++;
    const a = light(getComputedStyle(e).color), b = light(behind(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.add(e.className + " " + e.tagName + " " + ratio.toFixed(2) + ": " + e.textContent.slice(0, 30));
  }
  if (texts < 100) low.add("only " + texts + " texts were looked at");
  return [...low];
})()`

const background = `getComputedStyle(document.body).backgroundColor`

func (p *page) prefer(name, value string) {
	p.t.Helper()
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: name, Value: value}}})
}

func TestLightAndDark(t *testing.T) {
	p := launch(t)
	p.show(golden(t), "")
	eval[int](p, everything)
	seen := map[string]bool{}
	for _, scheme := range []string{"light", "dark"} {
		p.prefer("prefers-color-scheme", scheme)
		eval[any](p, `(scrollTo(0, 0), 1)`)
		p.shoot(scheme)
		seen[eval[string](p, background)] = true
		for _, low := range eval[[]string](p, contrasts) {
			t.Errorf("%s: contrast below 4.5: %s", scheme, low)
		}
	}
	if len(seen) != 2 {
		t.Errorf("the page does not follow the system's colours: %v", seen)
	}
	before := eval[string](p, background)
	p.click("#theme")
	if after := eval[string](p, background); after == before || !seen[after] {
		t.Errorf("the button changes %s to %s", before, after)
	}
	p.click("#theme")
	if after := eval[string](p, background); after != before {
		t.Errorf("the button does not change back: %s", after)
	}
}

func TestReducedMotion(t *testing.T) {
	p := launch(t)
	p.show(golden(t), "")
	const moving = `[...document.querySelectorAll("*")].filter((e) => ["", "::before"].some((part) => parseFloat(getComputedStyle(e, part).transitionDuration) > 0 || parseFloat(getComputedStyle(e, part).animationDuration) > 0)).length`
	if eval[int](p, moving) == 0 {
		t.Error("nothing moves, so this test cannot notice what does")
	}
	p.prefer("prefers-reduced-motion", "reduce")
	if n := eval[int](p, moving); n != 0 {
		t.Errorf("%d elements move although motion is not wanted", n)
	}
}

func TestNarrow(t *testing.T) {
	p := launch(t)
	p.do(chromedp.EmulateViewport(360, 780))
	p.show(golden(t), "")
	p.shoot("narrow")
	if eval[bool](p, `document.getElementById("filters").open`) {
		t.Error("the filters hide the findings")
	}
	eval[int](p, everything)
	eval[any](p, `(document.getElementById("findings").scrollIntoView(), 1)`)
	p.shoot("narrow-findings")
	if wide := eval[int](p, `document.documentElement.scrollWidth`); wide > 360 {
		culprits := eval[[]string](p, `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > 361 && !e.closest(".scroll")).map((e) => e.tagName + "." + e.className).slice(0, 10)`)
		t.Errorf("the page is %d wide in a window of 360: %v", wide, culprits)
	}
}

func TestPaper(t *testing.T) {
	p := launch(t)
	p.show(golden(t), "#status=fail")
	eval[any](p, `(window.dispatchEvent(new Event("beforeprint")), 1)`)
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	p.shoot("paper")
	// One of the 13 failures has two violations.
	if n := eval[int](p, `document.querySelectorAll("#paper tbody tr").length`); n != 14 {
		t.Errorf("%d rows on paper, want 14", n)
	}
	if n := eval[int](p, `document.querySelectorAll("#paper .rule").length`); n != 10 {
		t.Errorf("%d rules on paper, want 10", n)
	}
	for expression, want := range map[string]bool{
		`document.getElementById("paper").checkVisibility()`:                                true,
		`document.getElementById("paper").innerText.includes("filtered by status: failed")`: true,
		`document.getElementById("findings").checkVisibility()`:                             false,
		`document.getElementById("tools").checkVisibility()`:                                false,
		background + ` === "rgb(255, 255, 255)"`:                                            true,
		`/<img|<script/.test(document.getElementById("paper").innerHTML)`:                   false,
	} {
		if got := eval[bool](p, expression); got != want {
			t.Errorf("%s is %v, want %v", expression, got, want)
		}
	}
	call(p, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	eval[any](p, `(window.dispatchEvent(new Event("afterprint")), 1)`)
	if n := eval[int](p, `document.getElementById("paper").childElementCount`); n != 0 {
		t.Errorf("%d elements of the paper are left", n)
	}

	// The browser's own printing asks for the paper, too.
	long, err := chromedp.Run(p, chromedp.PrintToPDF(chromedp.PDFLandscape(), chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		t.Fatal(err)
	}
	p.keep("paper.pdf", long)
	p.show(golden(t), "#q=nothing-has-this")
	short, err := chromedp.Run(p, chromedp.PrintToPDF(chromedp.PDFLandscape(), chromedp.PDFPaper(chromedp.PaperA4)))
	if err != nil {
		t.Fatal(err)
	}
	const sheet = "/Type /Page\n"
	if a, b := bytes.Count(long, []byte(sheet)), bytes.Count(short, []byte(sheet)); a <= b {
		t.Errorf("%d sheets with findings, %d without", a, b)
	}
}
