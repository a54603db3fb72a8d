package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"testing"
	"unicode/utf8"
)

// FuzzReadJSON: a saved report is refused, or every format can render it, except
// that some need files and one needs ARNs.
func FuzzReadJSON(f *testing.F) {
	if text, err := os.ReadFile("testdata/report.json"); err == nil {
		f.Add(text)
	}
	var text bytes.Buffer
	if err := Write(&text, "json", importable(compared()), Options{}); err != nil {
		f.Fatal(err)
	}
	f.Add(text.Bytes())
	f.Add([]byte(`{"schema": "cognilint.report/v1"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := ReadJSON(bytes.NewReader(text))
		if err != nil {
			return
		}
		for _, format := range Formats() {
			var b bytes.Buffer
			err := Write(&b, format, r, Options{Width: 80, Verbose: true, IncludeWaived: true, StepSummary: io.Discard})
			if errors.Is(err, errNoARN) || errors.Is(err, ErrNoPositions) {
				continue // says so, and writes nothing
			}
			if err != nil || !utf8.Valid(b.Bytes()) {
				t.Errorf("%s: error %v, UTF-8 %v", format, err, utf8.Valid(b.Bytes()))
			}
			if slices.Contains([]string{"json", "ocsf", "asff", "sarif", "gitlab"}, format) && !json.Valid(b.Bytes()) {
				t.Errorf("%s: not JSON: %q", format, b.Bytes())
			}
			if format == "ndjson" {
				ndjsonLines(t, b.String())
			}
			if format == "markdown" && b.Len() > maxMarkdown {
				t.Errorf("markdown: %d bytes", b.Len())
			}
		}
	})
}
