package main

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/urfave/cli/v2"
	"go.yaml.in/yaml/v3"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
)

// waiversName is the file of the working directory that is read unless --waivers
// names another.
const waiversName = "cognilint.waivers.yaml"

// maxWaiverErrors are shown. People correct this file all at once, when they renew
// what it accepts.
const maxWaiverErrors = 100

// readWaivers reads the file of the flag --waivers, or the one of the working
// directory, which may be absent.
func readWaivers(c *cli.Context, config *configFile, rule ruleLookup) ([]finding.WaiverEntry, error) {
	name := c.String("waivers")
	// A variable that is set to nothing is not set, but a flag is.
	explicit := name != "" || slices.Contains(commandLineFlags(c), "waivers")
	if name == "" {
		if explicit {
			return nil, errors.New("flag --waivers is empty, expected the name of a file")
		}
		name = waiversName
	}
	text, err := yamlText(name, explicit, "waivers")
	if err != nil {
		return nil, config.blame(err, "waivers")
	}
	return parseWaivers(name, text, rule)
}

// ruleLookup finds a rule by its id or an earlier one; the error for a name that
// is none is a [policies.UnknownNameError].
type ruleLookup func(name string) (finding.Rule, error)

// rulesOf looks among rules that are known before it loads the others, which
// takes time.
func rulesOf(c *cli.Context, known []finding.Rule) ruleLookup {
	load := sync.OnceValues(func() (*policies.Library, error) { return loadLibrary(c) })
	return func(name string) (finding.Rule, error) {
		for _, r := range known {
			if r.ID == name || slices.Contains(r.Aliases, name) {
				return r, nil
			}
		}
		library, err := load()
		if err != nil {
			return finding.Rule{}, err
		}
		return library.Rule(name)
	}
}

func parseWaivers(name string, text []byte, rule ruleLookup) ([]finding.WaiverEntry, error) {
	d := &waiverDecoder{yamlDecoder: yamlDecoder{path: name}, rule: rule, lines: map[string]int{}}
	root, err := d.parse(text)
	if err != nil || root == nil {
		return nil, err
	}
	if root.Kind != yaml.MappingNode {
		// What is no file of waivers may hold a secret, so it is not quoted.
		return nil, d.placed(root, "the file holds no waivers, expected a list of them below the key \"waivers\"")
	}
	d.members(root, map[string]configKey{"waivers": {read: d.waivers}})
	if err := d.err(maxWaiverErrors); err != nil {
		return nil, err
	}
	return d.entries, nil
}

// waiverDecoder collects what a file of waivers says, and what is wrong with it.
type waiverDecoder struct {
	yamlDecoder
	rule    ruleLookup
	entries []finding.WaiverEntry
	// lines tells where a waiver of this rule, selector and date came first.
	lines map[string]int
}

func (d *waiverDecoder) waivers(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		// The last one was taken out.
		return
	}
	if n.Kind != yaml.SequenceNode {
		d.wrong(n, "waivers", "a list of waivers")
		return
	}
	for _, entry := range n.Content {
		if entry.Kind != yaml.MappingNode {
			d.wrong(entry, "a waiver", "keys such as rule, pool, reason, owner and expires")
			continue
		}
		d.waiver(entry)
	}
}

func (d *waiverDecoder) waiver(n *yaml.Node) {
	e := finding.WaiverEntry{State: finding.WaiverValid, File: d.path, Line: n.Line, Column: n.Column}
	nodes := map[string]*yaml.Node{}
	member := func(name string, into *string, read func(*yaml.Node, string) string) configKey {
		return configKey{read: func(value *yaml.Node) {
			nodes[name] = value
			*into = read(value, name)
		}}
	}
	before := len(d.errs)
	d.members(n, map[string]configKey{
		"rule":    member("rule", &e.Rule, d.ruleID),
		"pool":    member("pool", &e.Pool, d.glob),
		"target":  member("target", &e.Target, d.glob),
		"account": member("account", &e.Account, d.account),
		"region":  member("region", &e.Region, d.region),
		"tag": {read: func(value *yaml.Node) {
			nodes["tag"] = value
			e.Tags = d.tags(value)
		}},
		"reason":  member("reason", &e.Reason, d.prose),
		"owner":   member("owner", &e.Owner, d.prose),
		"expires": member("expires", &e.Expires, d.date),
		"ticket":  member("ticket", &e.Ticket, d.prose),
	})
	d.checkComplete(n, nodes)
	if len(d.errs) > before {
		return
	}
	key := strings.Join([]string{e.Rule, e.Selector(), e.Expires}, "\x00")
	if first, duplicate := d.lines[key]; duplicate {
		d.failed(n, "duplicate waiver of rule, selector and date, first on line %d", first)
		return
	}
	d.lines[key] = n.Line
	d.entries = append(d.entries, e)
}

// checkComplete says what a waiver lacks, whose values are known by key.
func (d *waiverDecoder) checkComplete(n *yaml.Node, nodes map[string]*yaml.Node) {
	var missing []string
	for _, name := range []string{"rule", "reason", "owner", "expires"} {
		if nodes[name] == nil {
			missing = append(missing, name)
		}
	}
	narrowed := nodes["account"] != nil || nodes["region"] != nil || nodes["tag"] != nil
	if nodes["pool"] == nil && !narrowed {
		missing = append(missing, "a selector (pool, account, region or tag)")
	}
	if len(missing) > 0 {
		d.failed(n, "a waiver without %s", strings.Join(missing, ", "))
	}
	if pool := nodes["pool"]; pool != nil && !narrowed && strings.Contains(pool.Value, "*") && strings.Trim(pool.Value, "*?") == "" {
		d.failed(pool, "pool is %q, which selects every pool; expected some of them, or account, region or tag beside it", shortened(pool.Value))
	}
}

func (d *waiverDecoder) ruleID(n *yaml.Node, name string) string {
	text := d.text(n, name).text
	if text == "" {
		return ""
	}
	if strings.ContainsAny(text, "*?[") {
		d.failed(n, "rule is %q, expected the id of one rule: a waiver for several would hide what nobody has looked at yet", shortened(text))
		return ""
	}
	rule, err := d.rule(text)
	var unknown *policies.UnknownNameError
	switch {
	case errors.As(err, &unknown):
		d.failed(n, "%s", unknownMessage(unknown.Kind, shortened(text), unknown.Known))
	case err != nil:
		d.failed(n, "rule %s: %v", text, err)
	case rule.NotWaivable:
		d.failed(n, "rule %s accepts no waiver", rule.ID)
	}
	return rule.ID
}

func (d *waiverDecoder) glob(n *yaml.Node, name string) string {
	text := d.text(n, name).text
	if _, err := path.Match(text, ""); err != nil {
		d.failed(n, "%s is %q, a malformed glob, expected *, ? and closed [ ]", name, shortened(text))
	}
	return text
}

func (d *waiverDecoder) account(n *yaml.Node, name string) string {
	text := d.text(n, name).text
	if text != "" && !accountID().MatchString(text) {
		d.wrong(n, name, "12 digits")
	}
	return text
}

func (d *waiverDecoder) region(n *yaml.Node, name string) string {
	text := d.text(n, name).text
	if text != "" && !regionName().MatchString(text) {
		d.wrong(n, name, "the name of a Region such as eu-west-1")
	}
	return text
}

// tags reads one tag, or a list of them, which all must match.
func (d *waiverDecoder) tags(n *yaml.Node) map[string]string {
	if n.Kind == yaml.SequenceNode && len(n.Content) == 0 {
		d.wrong(n, "tag", "a tag such as stage=test")
	}
	tags := map[string]string{}
	for _, v := range d.list(n, "tag", d.text) {
		if v.text == "" {
			// The error is known.
			continue
		}
		key, value, ok := strings.Cut(v.text, "=")
		_, duplicate := tags[key]
		switch {
		case !ok || key == "":
			d.errs = append(d.errs, v.placed(d.path, fmt.Sprintf("tag is %q, expected key=value", shortened(v.text))))
		case duplicate:
			d.errs = append(d.errs, v.placed(d.path, fmt.Sprintf("duplicate tag %q", shortened(key))))
		}
		tags[key] = value
	}
	return tags
}

// prose reads a text that may have several lines, and makes one of them.
func (d *waiverDecoder) prose(n *yaml.Node, name string) string {
	text := strings.Join(strings.Fields(n.Value), " ")
	if n.Kind != yaml.ScalarNode || n.Tag == "!!bool" || n.Tag == "!!null" || text == "" {
		d.wrong(n, name, "a text")
	}
	return text
}

func (d *waiverDecoder) date(n *yaml.Node, name string) string {
	if _, err := time.Parse(time.DateOnly, n.Value); n.Kind != yaml.ScalarNode || err != nil {
		d.wrong(n, name, "a date such as 2027-01-31")
	}
	return n.Value
}
