package browsertest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// everything opens all that can be opened.
const everything = `(() => {
  for (let rounds = 0; rounds < 3; rounds++) for (const b of document.querySelectorAll("#list [aria-expanded=false]")) b.click();
  for (const d of document.querySelectorAll("details")) d.open = true;
  return document.querySelectorAll("#list .details").length;
})()`

func TestHostileNamesAreInert(t *testing.T) {
	p := launch(t)
	p.show(golden(t), "")
	if n := eval[int](p, everything); n < 29 {
		t.Errorf("%d findings are open, want all 29", n)
	}
	p.shoot("everything")
	for expression, want := range map[string]int{
		`document.querySelectorAll("img, iframe, object, embed, link").length`: 0,
		`document.scripts.length`:                                                                                    2, // data and script
		`document.querySelectorAll("style").length`:                                                                  1,
		`document.querySelectorAll("[style]").length`:                                                                0,
		`[...document.querySelectorAll("a")].filter((a) => a.protocol === "javascript:").length`:                     0,
		`[...document.querySelectorAll("bdi")].filter((b) => b.textContent.includes("<script>")).length > 0 ? 1 : 0`: 1,
		// Names that turn text around are visible, and stand alone.
		`/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(document.body.innerText) ? 1 : 0`: 0,
	} {
		if got := eval[int](p, expression); got != want {
			t.Errorf("%s is %d, want %d", expression, got, want)
		}
	}
}

// TestPolicyHolds tries what the content security policy forbids, so that the
// silence of the other tests means something.
func TestPolicyHolds(t *testing.T) {
	p := launch(t)
	p.show(golden(t), "")
	for name, expression := range map[string]string{
		"markup from text": `(() => { try { document.createElement("p").innerHTML = "<b>x</b>"; return true } catch { return false } })()`,
		"an inline style":  `(() => { const e = document.createElement("p"); e.setAttribute("style", "color: red"); return e.style.color === "red" })()`,
		"another script":   `(() => { window.ran = false; const s = document.createElement("script"); try { s.text = "window.ran = true"; document.body.append(s) } catch {} return window.ran })()`,
	} {
		if eval[bool](p, expression) {
			t.Errorf("%s is possible", name)
		}
	}
	const image = `new Promise((done) => { const i = new Image(); i.onload = () => done("loaded"); i.onerror = () => done("blocked"); i.src = "data:image/gif;base64,R0lGODlhAQABAAAAACw="; document.body.append(i) })`
	if got, err := chromedp.Run(p, chromedp.Evaluate[string](image, chromedp.EvalAwaitPromise)); err != nil || got != "blocked" {
		t.Errorf("an image is %s (%v)", got, err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.complaints) < 3 {
		t.Errorf("the browser tells of %q only, so the other tests could not notice what it forbids", p.complaints)
	}
	p.complaints, p.requests = nil, nil
}

func TestFindingTellsWhyAndHow(t *testing.T) {
	p := launch(t)
	p.show(golden(t), "#rule=account-takeover-high-risk-answered")
	eval[int](p, everything)
	text := eval[string](p, `document.querySelector(".details").innerText`)
	for _, want := range []string{"RiskConfigurations is not in the export", "describe-risk-configuration next to it", "Why it matters.", "How to repair it.", "account-takeover-high-risk-answered, category test", "a page"} {
		if !strings.Contains(text, want) {
			t.Errorf("the finding does not tell %q:\n%s", want, text)
		}
	}
	links := eval[[]string](p, `[...document.querySelectorAll(".details a[target]")].map((a) => a.href + " " + a.rel)`)
	if want := []string{"https://docs.aws.amazon.com/cognito/ noopener noreferrer"}; !slices.Equal(links, want) {
		t.Errorf("links %q, want %q", links, want)
	}

	p.show(golden(t), "#rule=client-access-token-validity")
	eval[int](p, everything)
	text = eval[string](p, `document.querySelector("#list").innerText`)
	for _, want := range []string{"worse", "client web", "AccessTokenValidity", "24", "exports/prod/customers.json:66:28", "a waiver by shop@example.com expired on 2026-10-31", "it may break a sign-in", "asvs-5.0 10.4.1"} {
		if !strings.Contains(text, want) {
			t.Errorf("the finding does not tell %q:\n%s", want, text)
		}
	}
	p.shoot("finding")
	p.click(".actions button")
	p.eventually(`document.querySelector(".actions button").textContent === "Copied" || document.querySelector(".copied") !== null`)
}

func TestRepairsAreAtTheirPools(t *testing.T) {
	p := launch(t)
	p.show(golden(t), "#pool=eu-west-1_Cl3anP00l")
	eval[int](p, everything)
	text := eval[string](p, `document.querySelector("#list").innerText`)
	for _, want := range []string{"Repair: applied (1 change)", "/UserPool/DeletionProtection", "INACTIVE", "ACTIVE", "UpdateUserPool", "journal/1.json", "48,211 users"} {
		if !strings.Contains(text, want) {
			t.Errorf("the pool does not tell %q:\n%s", want, text)
		}
	}
}

func TestWithoutJavaScript(t *testing.T) {
	p := launch(t)
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.open(golden(t))
	p.do(chromedp.Navigate(p.url))
	p.shoot("no-script")
	text := eval[string](p, `document.body.innerText`)
	for _, want := range []string{"13 of 145 checks failed", "JavaScript, which is off", "What changed", "Worst findings", "Controls of standards"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not tell %q", want)
		}
	}
	if eval[bool](p, `document.getElementById("findings").checkVisibility() || document.getElementById("tools").checkVisibility()`) {
		t.Error("something that only JavaScript makes work is visible")
	}
}

// TestAccessibleNames looks at the page as a screen reader does.
func TestAccessibleNames(t *testing.T) {
	p := launch(t)
	p.show(golden(t), "")
	eval[int](p, everything)
	word := func(v *accessibility.Value) string {
		if v == nil {
			return ""
		}
		var s string
		if err := json.Unmarshal(v.Value, &s); err != nil {
			return ""
		}
		return strings.TrimSpace(s)
	}
	interactive := []string{"button", "link", "textbox", "searchbox", "combobox", "checkbox", "DisclosureTriangle", "image", "img", "group", "search", "region"}
	roles := map[string]int{}
	tree := call(p, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	for _, node := range tree.Nodes {
		role := word(node.Role)
		if node.Ignored {
			continue
		}
		roles[role]++
		if slices.Contains(interactive, role) && role != "group" && word(node.Name) == "" {
			t.Errorf("a %s has no name (node %d)", role, node.BackendDOMNodeID)
		}
	}
	for role, least := range map[string]int{"banner": 1, "main": 1, "search": 1, "contentinfo": 1, "status": 1, "button": 30, "checkbox": 10, "searchbox": 1, "link": 30, "image": 5} {
		if roles[role] < least {
			t.Errorf("%d times the role %s, want at least %d; roles: %v", roles[role], role, least, roles)
		}
	}
	// Headings do not skip a level.
	levels := eval[[]int](p, `[...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((h) => h.checkVisibility()).map((h) => Number(h.tagName[1]))`)
	for i, level := range levels {
		if i == 0 && level != 1 || i > 0 && (level == 1 || level > levels[i-1]+1) {
			t.Errorf("heading %d has level %d: %v", i, level, levels)
		}
	}
	if eval[bool](p, `new Set([...document.querySelectorAll("[id]")].map((e) => e.id)).size !== document.querySelectorAll("[id]").length`) {
		t.Error("an id stands twice")
	}
}

func TestKeyboard(t *testing.T) {
	p := launch(t)
	p.show(golden(t), "")
	focused := func() string {
		t.Helper()
		return eval[string](p, `document.activeElement.id || document.activeElement.className || document.activeElement.tagName`)
	}
	p.do(chromedp.KeyEvent(kb.Tab))
	if got := focused(); got != "skip" {
		t.Fatalf("the first stop is %s, want the link to the findings", got)
	}
	p.do(chromedp.KeyEvent(kb.Enter))
	if got := focused(); got != "findings" {
		t.Fatalf("the link leads to %s", got)
	}
	// Everything can be reached, and shows that it is.
	reached := map[string]bool{}
	for range 80 {
		p.do(chromedp.KeyEvent(kb.Tab))
		at := focused()
		reached[at] = true
		if eval[bool](p, `document.activeElement !== document.body && !(parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2)`) {
			t.Errorf("focus on %s does not show", at)
		}
		if at == "disclose" && !reached["opened"] {
			reached["opened"] = true
			before := eval[string](p, `document.activeElement.getAttribute("aria-expanded")`)
			p.do(chromedp.KeyEvent(" "))
			if eval[string](p, `document.activeElement.getAttribute("aria-expanded")`) == before {
				t.Error("the space key opens and closes nothing")
			}
			p.do(chromedp.KeyEvent(kb.Enter))
			if eval[string](p, `document.activeElement.getAttribute("aria-expanded")`) != before {
				t.Error("the enter key opens and closes nothing")
			}
		}
	}
	for _, id := range []string{"q", "account", "region", "pool", "rule", "control", "fix", "clear", "disclose"} {
		if !reached[id] {
			t.Errorf("%s is not reached with the tab key: %v", id, fmt.Sprint(reached))
		}
	}
}
