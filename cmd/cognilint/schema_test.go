package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/urfave/cli/v2"
	"go.yaml.in/yaml/v3"
)

// schema compiles one of the schemas that users get.
func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	compiled, err := compiler.Compile(filepath.Join("..", "..", "docs", "schemas", name+".schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// valid checks a JSON text against a schema.
func valid(t *testing.T, s *jsonschema.Schema, text []byte) error {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return s.Validate(document)
}

func TestReportSchema(t *testing.T) {
	s := schema(t, "report")
	for _, args := range [][]string{
		{"scan", "--baseline", "all", "--show-passed", "-f", "json", "../../testdata/worst", "../../testdata/pools", "../../testdata/good"},
		{"scan", "-f", "json", "../../testdata/pools/partner-portal.yaml"},
	} {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), append([]string{"cognilint"}, args...), nil, &stdout, &stderr); code == exitUsage {
			t.Fatalf("%v: %s", args, &stderr)
		}
		if err := valid(t, s, stdout.Bytes()); err != nil {
			t.Errorf("%v: %v", args, err)
		}
	}
	if err := valid(t, s, []byte(`{"schema": "cognilint.report/v1"}`)); err == nil {
		t.Error("a report without members is valid")
	}
}

func TestSnapshotSchema(t *testing.T) {
	s := schema(t, "snapshot")
	startServer(t, secretPool("eu-west-1_A"), secretPool("eu-west-1_B"))
	folder := t.TempDir()
	var stderr bytes.Buffer
	run(t.Context(), []string{"cognilint", "export", "-o", folder}, nil, &stderr, &stderr)
	files := filesIn(t, folder)
	if len(files) != 2 {
		t.Fatalf("%d files: %s", len(files), &stderr)
	}
	for _, name := range append(files, "../../testdata/good/recommended.json") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := valid(t, s, text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestConfigSchema checks the examples of the documentation, and that each
// setting of a scan is known.
func TestConfigSchema(t *testing.T) {
	s := schema(t, "config")
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := 0
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(page, -1) {
		if strings.Contains(string(block[1]), "extends:") || strings.Contains(string(block[1]), "waivers:") {
			continue
		}
		examples++
		if err := valid(t, s, asJSON(t, block[1])); err != nil {
			t.Errorf("%v\n%s", err, block[1])
		}
		if _, err := parseConfig("x.yaml", block[1], scanCommand().Flags); err != nil {
			t.Errorf("%v\n%s", err, block[1])
		}
	}
	if examples != 2 {
		t.Errorf("%d examples, want 2", examples)
	}
	for _, flag := range scanCommand().Flags {
		value := "x"
		switch flag.(type) {
		case *cli.BoolFlag:
			value = "true"
		case *cli.Float64Flag:
			value = "0.5"
		case *cli.IntFlag:
			value = "7"
		}
		name := flag.Names()[0]
		if slices.Contains(decisions, name) {
			continue
		}
		switch name {
		case "config":
			continue
		case "region":
			value = "eu-west-1"
		case "account":
			value = `"111122223333"`
		case "fail-on":
			value = "high"
		}
		if err := valid(t, s, asJSON(t, fmt.Appendf(nil, "%s: %s", name, value))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, wrong := range []string{"fial-on: high", "rules: {mfa-required: {severity: dire}}", "overrides: [{rules: {}}]", "accounts: [{role: a}]"} {
		if err := valid(t, s, asJSON(t, []byte(wrong))); err == nil {
			t.Errorf("%s is valid", wrong)
		}
	}
}

func asJSON(t *testing.T, text []byte) []byte {
	t.Helper()
	var document any
	if err := yaml.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	converted, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return converted
}
