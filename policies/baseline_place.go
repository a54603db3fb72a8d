package policies

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

// baselineKeys are those of a baseline, and of a rule in it.
var baselineKeys, overrideKeys = []string{"all", "description", "extends", "rules"}, []string{"enabled", "params", "severity"}

// unknownField is how the library says that a key is unknown.
var unknownField = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`line (\d+): field (\S+) not found in type policies\.(\w+)`)
})

// decodeError puts an error of the decoder into words, with the line.
func decodeError(name string, err error) error {
	if match := unknownField().FindStringSubmatch(err.Error()); match != nil {
		known := baselineKeys
		if match[3] == "Override" {
			known = overrideKeys
		}
		return fmt.Errorf("%s:%s: %w", name, match[1], &UnknownNameError{Kind: "key", Name: match[2], Known: known})
	}
	lines := strings.Split(strings.TrimPrefix(err.Error(), "yaml: unmarshal errors:\n"), "\n")
	return fmt.Errorf("baseline %s: %s", name, strings.TrimPrefix(strings.TrimSpace(lines[0]), "yaml: "))
}

// placed puts in front of an error about a rule of a baseline where its file
// names the rule or the parameter. What another file names stays as it is.
func (b *Baseline) placed(err error) error {
	if !isFile(b.Name) {
		return fmt.Errorf("baseline %s: %w", b.Name, err)
	}
	text, failed := os.ReadFile(b.Name)
	var document yaml.Node
	if failed != nil || yaml.Unmarshal(text, &document) != nil || len(document.Content) != 1 {
		return fmt.Errorf("baseline %s: %w", b.Name, err)
	}
	unknown, _ := errors.AsType[*UnknownNameError](err)
	for rule, override := range pairsOf(memberOf(document.Content[0], "rules")) {
		if unknown != nil && unknown.Name == rule.Value {
			return fmt.Errorf("%s:%d:%d: %w", b.Name, rule.Line, rule.Column, err)
		}
		for param, value := range pairsOf(memberOf(override, "params")) {
			switch {
			case unknown != nil && unknown.Name == param.Value && strings.HasSuffix(unknown.Kind, " "+rule.Value):
				return fmt.Errorf("%s:%d:%d: %w", b.Name, param.Line, param.Column, err)
			case strings.Contains(err.Error(), "rule "+rule.Value+": parameter "+param.Value+" "):
				return fmt.Errorf("%s:%d:%d: %w", b.Name, value.Line, value.Column, err)
			}
		}
	}
	return fmt.Errorf("baseline %s: %w", b.Name, err)
}

// pairsOf yields the keys and values of a mapping, if it is one.
func pairsOf(n *yaml.Node) func(func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		if n == nil || n.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if !yield(n.Content[i], n.Content[i+1]) {
				return
			}
		}
	}
}

func memberOf(n *yaml.Node, name string) *yaml.Node {
	for key, value := range pairsOf(n) {
		if key.Value == name {
			return value
		}
	}
	return nil
}
