// Package browsertest opens the HTML report in a real browser.
package browsertest

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/report"
)

// chromium returns the browser, or skips the test where there is none. It fails
// instead where COGNILINT_REQUIRE_CHROMIUM=1 promises that it is there.
func chromium(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a browser; not with -short")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing := t.Skip
	if os.Getenv("COGNILINT_REQUIRE_CHROMIUM") == "1" {
		missing = t.Fatal
	}
	missing("chromium is not in PATH; on Debian, install it with: apt-get install chromium")
	return ""
}

// page is a report in a browser. What the browser complains about or asks the
// network for fails the test when it ends.
type page struct {
	context.Context
	browser context.Context
	t       *testing.T
	// url is the address of the file.
	url string
	// usable is the time from the start of the navigation until the list is
	// there.
	usable time.Duration

	mu         sync.Mutex
	loads      int
	complaints []string
	requests   []string
}

// launch starts a browser with a page that shows nothing yet, in a folder of its
// own.
func launch(t *testing.T) *page {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(chromium(t)), chromedp.WindowSize(1280, 900), chromedp.Headless, chromedp.NoSandbox,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
	}
	for _, flag := range []string{"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, _ := chromedp.NewContext(allocator)
	p := &page{t: t, browser: ctx}
	if err := chromedp.Listen(ctx, p.watch); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.end)
	// The browser lives as long as the context that started it; this one only
	// keeps a page that hangs from hanging the test.
	limited, cancel := context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	p.Context = limited
	call(p, network.Enable, network.EnableParams{})
	call(p, runtime.Enable, cdp.Empty{})
	call(p, cdplog.Enable, cdp.Empty{})
	return p
}

// end closes the browser and tells what it noticed.
func (p *page) end() {
	if err := chromedp.Cancel(p.browser); err != nil {
		p.t.Errorf("close the browser: %v", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.loads == 0 {
		p.t.Error("the browser does not tell of requests, not even of the page itself")
	}
	for _, complaint := range p.complaints {
		p.t.Errorf("the browser complains: %s", complaint)
	}
	for _, request := range p.requests {
		p.t.Errorf("the page asks for %s", request)
	}
}

func (p *page) watch(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch event := event.(type) {
	case *network.EventRequestWillBeSent:
		if event.Request.URL == p.url {
			p.loads++
		} else {
			p.requests = append(p.requests, event.Request.URL)
		}
	case *runtime.EventConsoleAPICalled:
		p.complaints = append(p.complaints, fmt.Sprintf("console.%s", event.Type))
	case *runtime.EventExceptionThrown:
		text := event.ExceptionDetails.Text
		if e := event.ExceptionDetails.Exception; e != nil {
			text += " " + e.Description
		}
		p.complaints = append(p.complaints, text)
	case *cdplog.EventEntryAdded:
		p.complaints = append(p.complaints, event.Entry.Text)
	}
}

func (p *page) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// call runs a command of the protocol for which there is no action.
func call[P, R any](p *page, command cdp.Command[P, R], params P) R {
	p.t.Helper()
	result, err := chromedp.Call(p, command, params)
	if err != nil {
		p.t.Fatal(err)
	}
	return result
}

// show opens a report from a file, with a fragment, and waits until it is
// usable.
func (p *page) show(r *finding.Report, fragment string) {
	p.t.Helper()
	p.open(r)
	start := time.Now()
	p.do(chromedp.Navigate(p.url+fragment), chromedp.WaitReady(chromedp.CSS(`html[data-ready]`)))
	p.usable = time.Since(start)
}

// open writes a report to a file, and shows nothing yet.
func (p *page) open(r *finding.Report) {
	p.t.Helper()
	var b bytes.Buffer
	if err := report.Write(&b, "html", r, report.Options{}); err != nil {
		p.t.Fatal(err)
	}
	path := filepath.Join(p.t.TempDir(), "report.html")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	p.url = (&url.URL{Scheme: "file", Path: path}).String()
	p.mu.Unlock()
}

// eval returns what a JavaScript expression is. The debugger may do what the
// page's own policy forbids to the page.
func eval[T any](p *page, expression string) T {
	p.t.Helper()
	out, err := chromedp.Run(p, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return out
}

// eventually waits until an expression is true.
func (p *page) eventually(expression string) {
	p.t.Helper()
	for range 200 {
		if eval[bool](p, expression) {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	p.t.Fatalf("never true: %s; the count says %q", expression, p.count())
}

func (p *page) count() string {
	p.t.Helper()
	return eval[string](p, `document.getElementById("count").textContent`)
}

// click clicks like a person, and fails if there is nothing to click at.
func (p *page) click(selector string) {
	p.t.Helper()
	if !eval[bool](p, fmt.Sprintf("document.querySelector(%q) !== null", selector)) {
		p.t.Fatalf("there is no %s", selector)
	}
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// shoot takes a picture for people; see keep.
func (p *page) shoot(name string) {
	p.t.Helper()
	if os.Getenv("COGNILINT_SCREENSHOTS") == "" {
		return
	}
	picture, err := chromedp.Run(p, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	p.keep(name+".png", picture)
}

// keep writes a file if COGNILINT_SCREENSHOTS names a folder for it.
func (p *page) keep(name string, data []byte) {
	p.t.Helper()
	folder := os.Getenv("COGNILINT_SCREENSHOTS")
	if folder == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// saved reads a report in the format json.
func saved(t *testing.T, path string) *finding.Report {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r, err := report.ReadJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
