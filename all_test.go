// Package cognilint_test keeps what holds for the whole repository.
package cognilint_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/cognilint/cognilint/"

// mayImport is who may import whom, of the packages of this module. A package
// that is not listed may import nothing of it.
var mayImport = map[string][]string{
	"policies":             {"finding", "snapshot"},
	"report":               {"finding"},
	"scanner":              {"snapshot", "internal/cognito"},
	"remediate":            {"finding", "snapshot"},
	"template":             {"finding", "snapshot"},
	"internal/cognito":     {"snapshot"},
	"internal/cognitotest": {},
	"cmd/cognilint":        {"finding", "snapshot", "policies", "scanner", "report", "remediate", "template", "internal/cognito"},
}

// standardOnly lists the leaves, which import nothing but the standard library.
var standardOnly = []string{"finding", "snapshot"}

// onlyRoom names the one package that may import from a module directly.
var onlyRoom = map[string]string{
	"github.com/aws/":                  "internal/cognito",
	"github.com/open-policy-agent/opa": "policies",
	"github.com/urfave/cli":            "cmd/cognilint",
	"github.com/olekukonko/":           "report",
}

func TestImportDirections(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	seen := 0
	for {
		var pkg struct {
			ImportPath string
			Imports    []string
		}
		if err := decoder.Decode(&pkg); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name, inside := strings.CutPrefix(pkg.ImportPath, module)
		if !inside {
			continue
		}
		seen++
		for _, path := range pkg.Imports {
			if own, ok := strings.CutPrefix(path, module); ok {
				if !slices.Contains(mayImport[name], own) {
					t.Errorf("%s imports %s; it may import %v", name, own, mayImport[name])
				}
				continue
			}
			if slices.Contains(standardOnly, name) && strings.Contains(strings.Split(path, "/")[0], ".") {
				t.Errorf("%s imports %s; it may import the standard library only", name, path)
			}
			for prefix, room := range onlyRoom {
				if strings.HasPrefix(path, prefix) && name != room {
					t.Errorf("%s imports %s; only %s may", name, path, room)
				}
			}
		}
	}
	if seen < len(mayImport) {
		t.Errorf("%d packages listed, expected at least %d", seen, len(mayImport))
	}
}
