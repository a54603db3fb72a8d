package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"
	"go.yaml.in/yaml/v3"

	"github.com/cognilint/cognilint/policies"
)

// configName is the file of the working directory that is read unless --config
// names another.
const configName = "cognilint.yaml"

// maxConfigErrors are shown; more would hide the first.
const maxConfigErrors = 10

// configFile is what a configuration file says. The zero value says nothing.
type configFile struct {
	// Path is as it was given, empty if there is no file.
	Path string
	// Accounts are in the order of the file.
	Accounts []configAccount
	// settings are the flags that the file sets, and applied those of them that
	// nothing overrode.
	settings, applied []configSetting
	// layer is what the file changes of rules, overrides what of them for some
	// pools; places are where the parts stand, by the index of the layer.
	layer     policies.Layer
	overrides []policies.PoolLayer
	places    []configPlace
}

// configAccount is an account to scan.
type configAccount struct {
	ID string
	// Role is a name or an ARN of this account, and Profile stands instead of
	// it; both may be empty.
	Role, ExternalID, Profile string
	// Regions are names, or "all" alone; empty means those of --region.
	Regions []string
	// Line and Column are where the entry stands in the file.
	Line, Column int
}

// readConfig loads the file of the flag --config and applies it to the other
// flags. Its keys are the flags of scan, too, whichever of them the command has.
func readConfig(c *cli.Context) (*configFile, error) {
	path := c.String("config")
	// A variable that is set to nothing is not set, but a flag is.
	explicit := path != "" || slices.Contains(commandLineFlags(c), "config")
	known := &cli.Command{Flags: slices.Concat(c.Command.Flags, scanCommand().Flags)}
	config, err := loadConfig(path, explicit, known)
	if err != nil {
		return nil, err
	}
	return config, config.apply(c)
}

// loadConfig reads a file whose keys are the flags of a command, or, if it is
// not named explicitly, the one of the working directory, which may be absent.
func loadConfig(path string, explicit bool, command *cli.Command) (*configFile, error) {
	if path == "" {
		if explicit {
			return nil, errors.New("flag --config is empty, expected the name of a file")
		}
		path = configName
	}
	text, err := yamlText(path, explicit, "settings")
	if err != nil || text == nil {
		return &configFile{}, err
	}
	return parseConfig(path, text, command.Flags)
}

func parseConfig(path string, text []byte, flags []cli.Flag) (*configFile, error) {
	d := &configDecoder{
		yamlDecoder: yamlDecoder{path: path}, flags: flags,
		file:   &configFile{Path: path, layer: policies.Layer{Name: path, Rules: map[string]policies.Override{}}},
		params: map[string]int{}, accountLines: map[string]int{},
	}
	root, err := d.parse(text)
	if err != nil {
		return nil, err
	}
	if root == nil {
		return d.file, nil
	}
	if root.Kind != yaml.MappingNode {
		// What is no configuration at all may hold a secret, so it is not quoted.
		return nil, d.placed(root, "the file holds no settings, expected lines such as \"fail-on: high\"")
	}
	d.members(root, d.keys())
	d.checkPlaces()
	if err := d.err(maxConfigErrors); err != nil {
		return nil, err
	}
	return d.file, nil
}

// configDecoder collects what a file says, and what is wrong with it.
type configDecoder struct {
	yamlDecoder
	file  *configFile
	flags []cli.Flag
	// params and accountLines tell on which line a parameter or an account was
	// named first.
	params, accountLines map[string]int
}

// decisions are flags that nobody decides for other runs: a file that comes with a
// repository must not change pools.
var decisions = []string{"fix", "dry-run", "yes", "plan-out", "allow-disruptive", "allow-irreversible", "force-managed"}

// keys is the table of all keys: what is not in it is unknown.
func (d *configDecoder) keys() map[string]configKey {
	keys := map[string]configKey{}
	for _, flag := range d.flags {
		name := flag.Names()[0]
		keys[name] = configKey{read: func(value *yaml.Node) { d.setting(flag, value) }}
		for _, alias := range flag.Names()[1:] {
			keys[alias] = configKey{refused: fmt.Sprintf("unknown key %q, did you mean %q?", alias, name)}
		}
	}
	keys["param"] = configKey{read: d.param}
	keys["params"] = configKey{read: d.nestedParams}
	keys["accounts"] = configKey{read: d.accounts}
	keys["rules"] = configKey{read: func(n *yaml.Node) { d.rules(n, &d.file.layer, 0) }}
	keys["overrides"] = configKey{read: d.overrides}
	for _, name := range append(decisions, "config", "help") {
		keys[name] = configKey{refused: fmt.Sprintf("%q is a decision of one run; use the flag", name)}
	}
	return keys
}

var (
	accountID = pattern(`^[0-9]{12}$`)
	// regionName has the shape of the names of all partitions, such as
	// us-gov-west-1 and eusc-de-east-1.
	regionName = pattern(`^[a-z]{2,6}(-[a-z]{2,12}){1,3}-[0-9]{1,2}$`)
	roleName   = pattern(`^[\w+=,.@-]+(/[\w+=,.@-]+)*$`)
	roleARN    = pattern(`^arn:aws[a-z0-9-]*:iam::([0-9]{12}):role/([\w+=,.@/-]+)$`)
	// See ExternalId in https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html.
	externalID = pattern(`^[\w+=,.@:/-]+$`)
)

func (d *configDecoder) accounts(n *yaml.Node) {
	if n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		d.wrong(n, "accounts", "a list of accounts, each with its id")
		return
	}
	for _, entry := range n.Content {
		if entry.Kind != yaml.MappingNode {
			d.wrong(entry, "an account", "keys such as id and role")
			continue
		}
		d.account(entry)
	}
}

func (d *configDecoder) account(n *yaml.Node) {
	a := configAccount{Line: n.Line, Column: n.Column}
	nodes := map[string]*yaml.Node{}
	text := func(name string, into *string) configKey {
		return configKey{read: func(value *yaml.Node) {
			nodes[name] = value
			*into = d.text(value, name).text
		}}
	}
	before := len(d.errs)
	d.members(n, map[string]configKey{
		"id":          text("id", &a.ID),
		"role":        text("role", &a.Role),
		"external-id": text("external-id", &a.ExternalID),
		"profile":     text("profile", &a.Profile),
		"regions": {read: func(value *yaml.Node) {
			if value.Kind == yaml.SequenceNode && len(value.Content) == 0 {
				d.wrong(value, "regions", "names of Regions, or all")
			}
			values := d.list(value, "regions", d.text)
			d.checkRegions("regions", values)
			a.Regions = texts(values)
		}},
	})
	if len(d.errs) > before {
		return
	}
	if nodes["id"] == nil {
		d.failed(n, "an account without id, expected 12 digits")
		return
	}
	d.checkAccount(a, nodes)
	d.file.Accounts = append(d.file.Accounts, a)
}

// checkAccount looks at the values of an account, whose nodes are known by key.
func (d *configDecoder) checkAccount(a configAccount, nodes map[string]*yaml.Node) {
	if !accountID().MatchString(a.ID) {
		d.wrong(nodes["id"], "id", "12 digits")
	} else if first, duplicate := d.accountLines[a.ID]; duplicate {
		d.failed(nodes["id"], "duplicate account %s, first on line %d", a.ID, first)
	} else {
		d.accountLines[a.ID] = nodes["id"].Line
	}
	if role := nodes["role"]; role != nil {
		name := a.Role
		if arn := roleARN().FindStringSubmatch(a.Role); arn != nil {
			name = arn[2]
			if arn[1] != a.ID {
				d.failed(role, "role is of account %s, expected one of account %s", arn[1], a.ID)
			}
		}
		if !roleName().MatchString(name) {
			d.wrong(role, "role", "the name or the ARN of a role")
		}
	}
	if id := nodes["external-id"]; id != nil && (len(a.ExternalID) < 2 || len(a.ExternalID) > 1224 || !externalID().MatchString(a.ExternalID)) {
		d.wrong(id, "external-id", "2 to 1224 letters, digits and _+=,.@:/-")
	}
	if profile := nodes["profile"]; profile != nil {
		for _, name := range []string{"role", "external-id"} {
			if nodes[name] != nil {
				d.failed(profile, "profile together with %s, expected one of them", name)
			}
		}
	}
}

// checkPlaces refuses two ways to say which accounts are read, because one of
// them would count for nothing.
func (d *configDecoder) checkPlaces() {
	for _, s := range d.file.settings {
		if len(d.file.Accounts) == 0 || len(s.values) == 0 || s.values[0].text == "false" || !slices.Contains([]string{"account", "role-arn"}, s.flag) {
			continue
		}
		d.errs = append(d.errs, s.values[0].placed(d.file.Path, s.flag+" together with accounts, expected one of them"))
	}
}

// checkRegions refuses what cannot be the name of a Region.
func (d *configDecoder) checkRegions(name string, values []configValue) {
	seen := map[string]bool{}
	for _, v := range values {
		switch {
		case v.text == "":
			// The error is known.
		case v.text == "all":
			if len(values) > 1 {
				d.errs = append(d.errs, v.placed(d.file.Path, name+" is \"all\" and more, expected all alone"))
			}
		case !regionName().MatchString(v.text):
			d.errs = append(d.errs, v.placed(d.file.Path, fmt.Sprintf("%s is %q, expected the name of a Region such as eu-west-1, or all", name, shortened(v.text))))
		case seen[v.text]:
			d.errs = append(d.errs, v.placed(d.file.Path, fmt.Sprintf("duplicate Region %q", v.text)))
		}
		seen[v.text] = true
	}
}
