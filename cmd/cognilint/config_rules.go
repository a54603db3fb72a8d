package main

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
)

// configPlace is where the file names a rule, or a parameter of it.
type configPlace struct {
	layer       int
	rule, param string
	configValue
}

// rules reads {rule: {enabled, severity, params}} into a layer.
func (d *configDecoder) rules(n *yaml.Node, layer *policies.Layer, index int) {
	if n.Kind != yaml.MappingNode {
		d.wrong(n, "rules", "rules with what is changed of them")
		return
	}
	for key, value := range d.pairs(n) {
		if !paramPart().MatchString(key.Value) {
			d.failed(key, "%q is no rule", shortened(key.Value))
			continue
		}
		d.file.places = append(d.file.places, configPlace{layer: index, rule: key.Value, configValue: valueAt(key, key.Value)})
		if value.Kind != yaml.MappingNode {
			d.wrong(value, "rule "+key.Value, "any of enabled, severity and params")
			continue
		}
		layer.Rules[key.Value] = d.override(key.Value, value, layer, index)
	}
}

func (d *configDecoder) override(rule string, n *yaml.Node, layer *policies.Layer, index int) policies.Override {
	var o policies.Override
	d.members(n, map[string]configKey{
		"enabled": {read: func(v *yaml.Node) {
			enabled := d.boolean(v, "enabled").text == "true"
			o.Enabled = &enabled
		}},
		"severity": {read: func(v *yaml.Node) {
			var severity finding.Severity
			text := d.text(v, "severity").text
			if text != "" && severity.UnmarshalText([]byte(text)) != nil {
				d.failed(v, "%s", unknownMessage("severity", shortened(text), []string{"critical", "high", "medium", "low", "info"}))
			}
			o.Severity = &severity
		}},
		"params": {read: func(v *yaml.Node) {
			if v.Kind != yaml.MappingNode {
				d.wrong(v, "params", "parameters with their values")
				return
			}
			for name, value := range d.pairs(v) {
				read := d.paramValue(value)
				layer.Params = append(layer.Params, policies.ParamValue{Rule: rule, Name: name.Value, Text: read.text})
				d.file.places = append(d.file.places, configPlace{layer: index, rule: rule, param: name.Value, configValue: read})
			}
		}},
	})
	return o
}

// overrides reads what is changed for some pools only.
func (d *configDecoder) overrides(n *yaml.Node) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		d.wrong(n, "overrides", "a list of entries with a selector and rules")
		return
	}
	for _, entry := range n.Content {
		if entry.Kind != yaml.MappingNode {
			d.wrong(entry, "an entry of overrides", "a selector and rules")
			continue
		}
		index := len(d.file.overrides) + 1
		l := policies.PoolLayer{Layer: policies.Layer{
			Name: fmt.Sprintf("%s:%d", d.file.Path, entry.Line), Rules: map[string]policies.Override{},
		}}
		selector := d.selector(&l.Selector)
		named := false
		selector["rules"] = configKey{read: func(v *yaml.Node) {
			named = true
			d.rules(v, &l.Layer, index)
		}}
		d.members(entry, selector)
		switch s := l.Selector; {
		case !named:
			d.failed(entry, "an entry of overrides without rules")
		case s.Pools == nil && s.Tags == nil && s.Account == "" && s.Region == "":
			d.failed(entry, "an entry of overrides for no pools, expected any of pool, tag, account and region; what is for all pools stands under rules")
		}
		d.file.overrides = append(d.file.overrides, l)
	}
}

// selector is the keys that choose pools.
func (d *configDecoder) selector(s *policies.Selector) map[string]configKey {
	return map[string]configKey{
		"pool": {read: func(n *yaml.Node) {
			values := d.list(n, "pool", d.text)
			for _, v := range values {
				if _, err := path.Match(v.text, ""); err != nil {
					d.errs = append(d.errs, v.placed(d.file.Path, fmt.Sprintf("glob %q is malformed, expected *, ? and closed [ ]", shortened(v.text))))
				}
			}
			s.Pools = texts(values)
		}},
		"tag": {read: func(n *yaml.Node) {
			s.Tags = map[string]string{}
			for _, v := range d.list(n, "tag", d.text) {
				key, value, ok := strings.Cut(v.text, "=")
				if !ok || key == "" {
					d.errs = append(d.errs, v.placed(d.file.Path, fmt.Sprintf("tag is %q, expected key=value", shortened(v.text))))
				}
				s.Tags[key] = value
			}
		}},
		"account": {read: func(n *yaml.Node) {
			if s.Account = d.text(n, "account").text; s.Account != "" && !accountID().MatchString(s.Account) {
				d.wrong(n, "account", "12 digits")
			}
		}},
		"region": {read: func(n *yaml.Node) {
			if s.Region = d.text(n, "region").text; s.Region != "" && !regionName().MatchString(s.Region) {
				d.wrong(n, "region", "the name of a Region such as eu-west-1")
			}
		}},
	}
}

// blameLayer puts in front of an error about a layer where the part stands that
// it is about.
func (f *configFile) blameLayer(failed *policies.LayerError) error {
	unknown, _ := errors.AsType[*policies.UnknownNameError](failed)
	for _, p := range f.places {
		about := strings.Contains(failed.Error(), fmt.Sprintf("rule %s: parameter %s is ", p.rule, p.param))
		if unknown != nil {
			about = unknown.Name == p.rule || unknown.Name == p.param && strings.HasSuffix(unknown.Kind, " "+p.rule)
		}
		if about && p.layer == failed.Layer {
			return fmt.Errorf("%s:%d:%d: %w", f.Path, p.line, p.column, failed)
		}
	}
	return fmt.Errorf("%s: %w", f.Path, failed)
}
