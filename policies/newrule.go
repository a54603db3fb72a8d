package policies

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed template
var templates embed.FS

// NewRule returns the two files of a rule that passes its test, by their names:
// a start for a rule of one's own.
func NewRule(id string) (map[string][]byte, error) {
	if !ruleID(id) {
		return nil, fmt.Errorf("rule id %q, expected lower case words and hyphens such as pool-has-owner", id)
	}
	name := strings.ReplaceAll(id, "-", "_")
	files := map[string][]byte{}
	for _, ending := range []string{".rego", "_test.rego"} {
		text, err := templates.ReadFile("template/rule" + ending + ".txt")
		if err != nil {
			return nil, err
		}
		files[name+"/"+name+ending] = []byte(strings.NewReplacer("RULE_ID", id, "RULE_NAME", name).Replace(string(text)))
	}
	return files, nil
}
