package report

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"
)

// FuzzReadJSON: a saved report is refused, or every format can render it, except
// that some need files.
func FuzzReadJSON(f *testing.F) {
	if text, err := os.ReadFile("testdata/report.json"); err == nil {
		f.Add(text)
	}
	var text bytes.Buffer
	if err := Write(&text, "json", compared(), Options{}); err != nil {
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
			if err := Write(io.Discard, format, r, Options{Width: 80, Verbose: true, IncludeWaived: true, StepSummary: io.Discard}); err != nil && !errors.Is(err, ErrNoPositions) {
				t.Errorf("%s: %v", format, err)
			}
		}
	})
}
