package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"go.yaml.in/yaml/v3"

	"github.com/cognilint/cognilint/policies"
)

// configSetting is a flag that the file sets.
type configSetting struct {
	flag   string
	values []configValue
}

// setting reads the value of a flag in the type of the flag.
func (d *configDecoder) setting(flag cli.Flag, n *yaml.Node) {
	name := flag.Names()[0]
	s := configSetting{flag: name}
	switch flag.(type) {
	case *cli.StringSliceFlag:
		s.values = d.list(n, name, d.text)
	case *cli.BoolFlag:
		s.values = []configValue{d.boolean(n, name)}
	case *cli.Float64Flag:
		s.values = []configValue{d.number(n, name)}
	case *cli.IntFlag, *cli.Int64Flag, *cli.UintFlag, *cli.Uint64Flag:
		s.values = []configValue{d.integer(n, name)}
	case *cli.DurationFlag:
		s.values = []configValue{d.duration(n, name)}
	default:
		s.values = []configValue{d.text(n, name)}
	}
	switch name {
	case "region":
		d.checkRegions(name, s.values)
	case "account":
		for _, v := range s.values {
			if v.text != "" && !accountID().MatchString(v.text) {
				d.errs = append(d.errs, v.placed(d.file.Path, fmt.Sprintf("account is %q, expected 12 digits", shortened(v.text))))
			}
		}
	}
	d.file.settings = append(d.file.settings, s)
}

func (d *configDecoder) boolean(n *yaml.Node, name string) configValue {
	var b bool
	if n.Tag != "!!bool" || n.Decode(&b) != nil {
		d.wrong(n, name, "true or false")
		return valueAt(n, "")
	}
	return valueAt(n, strconv.FormatBool(b))
}

func (d *configDecoder) number(n *yaml.Node, name string) configValue {
	f, err := strconv.ParseFloat(n.Value, 64)
	if (n.Tag != "!!float" && n.Tag != "!!int") || err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		d.wrong(n, name, "a number")
		return valueAt(n, "")
	}
	return valueAt(n, n.Value)
}

func (d *configDecoder) integer(n *yaml.Node, name string) configValue {
	// JSON knows no digits of another base.
	if _, err := strconv.ParseInt(n.Value, 10, 64); n.Tag != "!!int" || err != nil || !json.Valid([]byte(n.Value)) {
		d.wrong(n, name, "an integer")
		return valueAt(n, "")
	}
	return valueAt(n, n.Value)
}

func (d *configDecoder) duration(n *yaml.Node, name string) configValue {
	if _, err := time.ParseDuration(n.Value); n.Kind != yaml.ScalarNode || err != nil {
		d.wrong(n, name, "a duration such as 90s or 5m")
		return valueAt(n, "")
	}
	return valueAt(n, n.Value)
}

// param reads {rule.name: value}, or what the flag takes.
func (d *configDecoder) param(n *yaml.Node) {
	if n.Kind == yaml.MappingNode {
		for key, v := range d.pairs(n) {
			rule, name, _ := strings.Cut(key.Value, ".")
			d.setParam(key, rule, name, func() configValue { return d.paramValue(v) })
		}
		return
	}
	for _, v := range d.list(n, "param", d.text) {
		if v.text == "" {
			continue
		}
		target, text, ok := strings.Cut(v.text, "=")
		rule, name, _ := strings.Cut(target, ".")
		at := &yaml.Node{Line: v.line, Column: v.column, Value: v.text}
		if !ok {
			d.failed(at, "param is %q, expected rule.name=value", shortened(v.text))
			continue
		}
		d.setParam(at, rule, name, func() configValue { return valueAt(at, text) })
	}
}

// nestedParams reads {rule: {name: value}}.
func (d *configDecoder) nestedParams(n *yaml.Node) {
	if n.Kind != yaml.MappingNode {
		d.wrong(n, "params", "rules with their parameters")
		return
	}
	for rule, params := range d.pairs(n) {
		if params.Kind != yaml.MappingNode {
			d.wrong(params, "params of "+strconv.Quote(shortened(rule.Value)), "parameters with their values")
			continue
		}
		for name, v := range d.pairs(params) {
			d.setParam(name, rule.Value, name.Value, func() configValue { return d.paramValue(v) })
		}
	}
}

var paramPart = pattern(`^[\w-]+$`)

// setParam keeps a parameter, which counts before those of pools and flags.
func (d *configDecoder) setParam(key *yaml.Node, rule, name string, read func() configValue) {
	if !paramPart().MatchString(rule) || !paramPart().MatchString(name) {
		d.failed(key, "%q is no parameter, expected rule.name", shortened(strings.TrimSuffix(rule+"."+name, ".")))
		return
	}
	target := rule + "." + name
	if first, duplicate := d.params[target]; duplicate {
		d.failed(key, "duplicate parameter %q, first on line %d", target, first)
		return
	}
	d.params[target] = key.Line
	v := read()
	layer := &d.file.layer
	layer.Params = append(layer.Params, policies.ParamValue{Rule: rule, Name: name, Text: v.text})
	d.file.places = append(d.file.places, configPlace{rule: rule, param: name, configValue: v})
}

// paramValue writes a value as the flag takes it: JSON, but for texts.
func (d *configDecoder) paramValue(n *yaml.Node) configValue {
	if n.Kind == yaml.ScalarNode && (n.Tag == "!!str" || n.Tag == "!!timestamp") {
		if strings.ContainsAny(n.Value, "\r\n") {
			d.wrong(n, "a parameter", "one line of text")
		}
		return valueAt(n, n.Value)
	}
	var text bytes.Buffer
	d.writeJSON(&text, n)
	return valueAt(n, text.String())
}

// writeJSON writes a value, or an error of the decoder.
func (d *configDecoder) writeJSON(w *bytes.Buffer, n *yaml.Node) {
	switch {
	case n.Kind == yaml.MappingNode:
		w.WriteByte('{')
		separator := ""
		for key, v := range d.pairs(n) {
			w.WriteString(separator)
			separator = ","
			writeText(w, key.Value)
			w.WriteByte(':')
			d.writeJSON(w, v)
		}
		w.WriteByte('}')
	case n.Kind == yaml.SequenceNode:
		w.WriteByte('[')
		for i, element := range n.Content {
			if i > 0 {
				w.WriteByte(',')
			}
			d.writeJSON(w, element)
		}
		w.WriteByte(']')
	case n.Tag == "!!null":
		w.WriteString("null")
	case n.Tag == "!!bool":
		w.WriteString(d.boolean(n, "a parameter").text)
	case n.Tag == "!!int" || n.Tag == "!!float":
		if !json.Valid([]byte(n.Value)) {
			d.wrong(n, "a parameter", "decimal digits")
		}
		w.WriteString(n.Value)
	default:
		writeText(w, n.Value)
	}
}

func writeText(w *bytes.Buffer, text string) {
	quoted, err := json.Marshal(text)
	if err != nil {
		quoted = []byte("null")
	}
	w.Write(quoted)
}

// apply sets the flags that neither the command line nor a variable of the
// environment set. Flags that the command has not are left out.
func (f *configFile) apply(c *cli.Context) error {
	commandLine := commandLineFlags(c)
	f.applied = nil
	for _, s := range f.settings {
		flag := flagNamed(c.Command.Flags, s.flag)
		if flag == nil {
			continue
		}
		if slices.Contains(commandLine, s.flag) || hasVariable(flag) || len(s.values) == 0 {
			continue
		}
		values := f.located(s.flag, texts(s.values))
		text := values[0]
		if _, ok := flag.(*cli.StringSliceFlag); ok {
			// What replaces the whole list at once.
			text = cli.NewStringSlice(values...).Serialize()
		}
		if err := c.Set(s.flag, text); err != nil {
			return s.values[0].placed(f.Path, fmt.Sprintf("%s is %q: %v", s.flag, shortened(s.values[0].text), err))
		}
		f.applied = append(f.applied, s)
	}
	return nil
}

// located makes names of files and folders relative to the folder of the file
// that names them.
func (f *configFile) located(flag string, values []string) []string {
	for i, value := range values {
		ending := filepath.Ext(value)
		named := flag == "policy" || flag == "waivers" || flag == "baseline" && (ending == ".yaml" || ending == ".yml")
		if named && value != "" && !filepath.IsAbs(value) {
			values[i] = filepath.Join(filepath.Dir(f.Path), value)
		}
	}
	return values
}

// commandLineFlags returns the names of the flags that the command line set.
func commandLineFlags(c *cli.Context) []string {
	// With a command the library counts the variables as well, even empty ones.
	bare := *c
	bare.Command = nil
	return bare.LocalFlagNames()
}

// hasVariable tells whether a variable sets a flag; one that is set to nothing
// does not.
func hasVariable(flag cli.Flag) bool {
	documented, ok := flag.(cli.DocGenerationFlag)
	return ok && slices.ContainsFunc(documented.GetEnvVars(), func(name string) bool { return os.Getenv(name) != "" })
}

// blame puts in front of an error about the values of some flags where the file
// sets the value that is meant. An error about anything else stays as it is.
func (f *configFile) blame(err error, flags ...string) error {
	if err == nil {
		return nil
	}
	if layer, ok := errors.AsType[*policies.LayerError](err); ok {
		return f.blameLayer(layer)
	}
	for _, s := range f.applied {
		if !slices.Contains(flags, s.flag) {
			continue
		}
		named := len(flags) == 1 || strings.Contains(err.Error(), "flag --"+s.flag+" is ")
		for _, v := range s.values {
			if named && len(s.values) == 1 || v.isMeant(err) {
				return fmt.Errorf("%s:%d:%d: %w", f.Path, v.line, v.column, err)
			}
		}
	}
	return err
}

// isMeant tells whether an error is about a value.
func (v configValue) isMeant(err error) bool {
	if unknown, ok := errors.AsType[*policies.UnknownNameError](err); ok {
		return unknown.Name == v.text
	}
	return strings.Contains(err.Error(), strconv.Quote(v.text))
}
