package policies

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/cognilint/cognilint/finding"
)

// examplesFile holds a violation of each built-in rule, by the rule's id. It is
// made by TestExamples from what the rules conclude about testdata/worst.
const examplesFile = "examples.json"

// Example returns a violation that a built-in rule made, or nil if there is
// none: rules that were added have no example. Numbers in it are json.Number.
func (l *Library) Example(id string) (*finding.Violation, error) {
	text, err := fs.ReadFile(l.files, examplesFile)
	if err != nil {
		return nil, fmt.Errorf("read examples: %w", err)
	}
	var examples map[string]*finding.Violation
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&examples); err != nil {
		return nil, fmt.Errorf("%s: %w", examplesFile, err)
	}
	return examples[id], nil
}
