package browsertest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestFragments: each filter by itself, and together, as an address.
func TestFragments(t *testing.T) {
	p := launch(t)
	r := golden(t)
	for _, tt := range []struct{ fragment, want string }{
		{"", "29 findings (13 failed) in 3 pools"},
		{"#severity=critical", "1 finding (all failed) in 1 pool"},
		{"#severity=critical,info", "3 findings (2 failed) in 1 pool"},
		{"#status=waived", "1 finding (0 failed) in 1 pool"},
		{"#status=resolved", "1 finding (0 failed) in 1 pool"},
		{"#change=new", "2 findings (all failed) in 2 pools"},
		{"#change=new,worse", "3 findings (all failed) in 2 pools"},
		{"#account=444455556666", "4 findings (1 failed) in 1 pool"},
		{"#account=unknown", "4 findings (3 failed) in 1 pool"},
		{"#region=us-east-1", "4 findings (1 failed) in 1 pool"},
		{"#pool=us-east-1_Zy98Xw76V", "4 findings (1 failed) in 1 pool"},
		{"#pool=PARTNER", "4 findings (1 failed) in 1 pool"},
		{"#rule=password-minimum-length", "2 findings (all failed) in 2 pools"},
		{"#control=pci-dss-4.0.1", "3 findings (all failed) in 2 pools"},
		{"#control=pci-dss-4.0.1/8.3.10", "1 finding (all failed) in 1 pool"},
		{"#fix=safe&status=fail", "3 findings (all failed) in 2 pools"},
		{"#q=authenticator", "1 finding (all failed) in 1 pool"},
		{"#q=shop%40example.com", "1 finding (all failed) in 1 pool"}, // a note
		{"#q=shop.example.com", "1 finding (all failed) in 1 pool"},   // a value
		{"#q=identity%40example.com", "1 finding (0 failed) in 1 pool"},
		{"#q=customers+plain", "2 findings (all failed) in 1 pool"},
		{"#q=plain&severity=low", "No findings"},
		{"#severity=high&account=111122223333&status=fail&q=characters", "1 finding (all failed) in 1 pool"},
		{"#nonsense=1&severity=high", "9 findings (7 failed) in 3 pools"},
	} {
		p.show(r, tt.fragment)
		if got := p.count(); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.fragment, got, tt.want)
		}
	}
}

func TestFiltersCombineAndReset(t *testing.T) {
	p := launch(t)
	p.show(golden(t), "")
	all := p.count()
	p.click(`#severity input[value=high]`)
	p.eventually(`location.hash === "#severity=high"`)
	p.click(`#severity input[value=critical]`)
	p.eventually(`location.hash === "#severity=critical%2Chigh"`)
	eval[any](p, `(() => { const s = document.getElementById("account"); s.value = "111122223333"; s.dispatchEvent(new Event("input", { bubbles: true })); return 1 })()`)
	p.eventually(`location.hash.startsWith("#account=111122223333&")`)
	p.do(chromedp.SendKeys(chromedp.CSS("#q"), "Plain "))
	p.eventually(`document.getElementById("count").textContent === "2 findings (all failed) in 1 pool"`)
	p.shoot("filtered")
	if got := eval[string](p, `document.getElementById("q").value`); got != "Plain " {
		t.Errorf("the field holds %q while somebody types", got)
	}

	// The address alone makes the same page.
	address := eval[string](p, `location.href`)
	count := p.count()
	p.do(chromedp.Navigate("about:blank"), chromedp.Navigate(address), chromedp.WaitReady(chromedp.CSS(`html[data-ready]`)))
	if got := p.count(); got != count {
		t.Errorf("the address shows %q, want %q", got, count)
	}
	if got := eval[int](p, `document.querySelectorAll("#severity input:checked").length`); got != 2 {
		t.Errorf("%d severities are ticked, want 2", got)
	}

	// One filter less, by its chip.
	p.click(`#chips button[aria-label^="Remove filter search"]`)
	p.eventually(`document.getElementById("q").value === "" && !location.hash.includes("q=")`)
	if p.count() == count {
		t.Error("a filter less shows no more")
	}
	p.click("#clear")
	p.eventually(`location.hash === ""`)
	if got := p.count(); got != all {
		t.Errorf("after the reset: %q, want %q", got, all)
	}
	if n := eval[int](p, `document.querySelectorAll("#chips button, #filter input:checked").length`); n != 0 {
		t.Errorf("%d filters are left", n)
	}
}

// TestLinksAreFilters: what the overview counts is what its links show.
func TestLinksAreFilters(t *testing.T) {
	p := launch(t)
	p.show(golden(t), "")
	links := eval[[]string](p, `[...document.querySelectorAll(".totals a, .changes a, .chart a")].map((a) => a.getAttribute("href") + " " + a.closest("tr, li, dd").innerText)`)
	if len(links) < 15 {
		t.Fatalf("%d links: %q", len(links), links)
	}
	for _, link := range links {
		href, _, _ := strings.Cut(link, " ")
		number := "a[href='" + href + "']"
		if strings.Contains(href, "&") || strings.HasPrefix(href, "#control") {
			number = fmt.Sprintf("document.querySelector(%q).closest('tr').querySelector('.n').textContent", number)
		} else {
			number = fmt.Sprintf("document.querySelector(%q).textContent.match(/[0-9]+/)[0]", number)
		}
		want := eval[string](p, number)
		p.click(fmt.Sprintf(`a[href=%q]`, href))
		p.eventually(fmt.Sprintf("location.hash === %q && document.activeElement.id === 'findings'", href))
		// The chart of controls counts controls, not checks.
		if got := p.count(); !strings.HasPrefix(href, "#control") && !strings.HasPrefix(got, want+" finding") {
			t.Errorf("%s: the link says %s, the list %q", href, want, got)
		}
	}
	if got := eval[string](p, `document.activeElement.id`); got != "findings" {
		t.Errorf("the focus is on %q, want the findings", got)
	}
	p.do(chromedp.NavigateBack())
	p.eventually(fmt.Sprintf("location.hash !== %q", links[len(links)-1]))
}
