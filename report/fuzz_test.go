package report

import (
	"bytes"
	"io"
	"os"
	"testing"
)

// FuzzReadJSON: a saved report is refused, or every format can render it.
func FuzzReadJSON(f *testing.F) {
	if text, err := os.ReadFile("testdata/report.json"); err == nil {
		f.Add(text)
	}
	f.Add([]byte(`{"schema": "cognilint.report/v1"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := ReadJSON(bytes.NewReader(text))
		if err != nil {
			return
		}
		for _, format := range Formats() {
			if err := Write(io.Discard, format, r, Options{Width: 80, Verbose: true}); err != nil {
				t.Errorf("%s: %v", format, err)
			}
		}
	})
}
