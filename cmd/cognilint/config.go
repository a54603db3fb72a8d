package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
	"go.yaml.in/yaml/v3"

	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/scanner"
)

// configName is the file of the working directory that is read unless --config
// names another.
const configName = "cognilint.yaml"

// Limits for a file that anybody may have written.
const (
	maxConfigSize  = 1 << 20
	maxConfigDepth = 20
	// maxConfigErrors are shown; more would hide the first.
	maxConfigErrors = 10
)

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
	text, err := configText(path, explicit)
	if err != nil || text == nil {
		return &configFile{}, err
	}
	return parseConfig(path, text, command.Flags)
}

// configText returns nil if there need be no file and there is none.
func configText(path string, explicit bool) ([]byte, error) {
	const expected = ", expected a readable file"
	unreadable := func(err error) error {
		var failed *fs.PathError
		if errors.As(err, &failed) {
			err = failed.Err
		}
		return &scanner.InputError{File: path, Message: err.Error() + expected}
	}
	info, err := os.Stat(path)
	if err != nil {
		// A link that leads nowhere was meant to be read.
		if _, missing := os.Lstat(path); !explicit && errors.Is(missing, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, unreadable(err)
	}
	switch {
	case info.IsDir():
		return nil, &scanner.InputError{File: path, Message: "a folder" + expected}
	case !explicit && !info.Mode().IsRegular():
		// Nobody asked to wait for a pipe.
		return nil, &scanner.InputError{File: path, Message: "not a regular file" + expected}
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxConfigSize+1))
	switch {
	case err != nil:
		return nil, unreadable(err)
	case len(text) > maxConfigSize:
		return nil, &scanner.InputError{File: path, Message: "larger than 1 MiB, expected a file of settings"}
	default:
		return text, nil
	}
}

func parseConfig(path string, text []byte, flags []cli.Flag) (*configFile, error) {
	d := &configDecoder{
		file: &configFile{Path: path, layer: policies.Layer{Name: path, Rules: map[string]policies.Override{}}}, flags: flags,
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
	if len(d.errs) == 0 {
		return d.file, nil
	}
	if more := len(d.errs) - maxConfigErrors; more > 0 {
		d.errs = append(d.errs[:maxConfigErrors], fmt.Errorf("%s: %d more errors", path, more))
	}
	return nil, errors.Join(d.errs...)
}

// configDecoder collects what a file says, and what is wrong with it.
type configDecoder struct {
	file  *configFile
	flags []cli.Flag
	// params and accountLines tell on which line a parameter or an account was
	// named first.
	params, accountLines map[string]int
	errs                 []error
}

// configKey reads the value of one key. A refused key has a message instead.
type configKey struct {
	read    func(value *yaml.Node)
	refused string
}

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
	for _, name := range []string{"config", "help", "yes", "dry-run", "fix", "plan-out"} {
		keys[name] = configKey{refused: fmt.Sprintf("%q is a decision of one run; use the flag", name)}
	}
	return keys
}

// members reads a mapping by a table of its keys.
func (d *configDecoder) members(n *yaml.Node, keys map[string]configKey) {
	for key, value := range d.pairs(n) {
		handler, ok := keys[key.Value]
		switch {
		case !ok:
			known := slices.DeleteFunc(slices.Sorted(maps.Keys(keys)), func(name string) bool { return keys[name].refused != "" })
			d.failed(key, "%s", unknownMessage("key", shortened(key.Value), known))
		case handler.refused != "":
			d.failed(key, "%s", handler.refused)
		default:
			handler.read(value)
		}
	}
}

// pairs yields the keys and values of a mapping, each key once.
func (d *configDecoder) pairs(n *yaml.Node) func(func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		lines := map[string]int{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			first, duplicate := lines[key.Value]
			switch {
			case key.Kind != yaml.ScalarNode:
				d.failed(key, "%s as a key, expected a name", nodeText(key))
			case duplicate:
				d.failed(key, "duplicate key %q, first on line %d", shortened(key.Value), first)
			default:
				lines[key.Value] = key.Line
				if !yield(key, n.Content[i+1]) {
					return
				}
			}
		}
	}
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

// parse returns the root of the only document, nil if there is none.
func (d *configDecoder) parse(text []byte) (root *yaml.Node, err error) {
	invalid := &scanner.InputError{File: d.file.Path, Message: "not valid YAML"}
	// The parser reports what it knows as errors; whatever else hostile input
	// may trigger must not end the program.
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, invalid
		}
	}()
	if !utf8.Valid(text) {
		return nil, d.notUTF8(text)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	var first, second yaml.Node
	if err := decoder.Decode(&first); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, d.notYAML(err, text)
	}
	if err := decoder.Decode(&second); err == nil {
		return nil, d.placed(&second, "a second document, expected one")
	} else if !errors.Is(err, io.EOF) {
		return nil, d.notYAML(err, text)
	}
	if first.Kind != yaml.DocumentNode || len(first.Content) != 1 {
		return nil, invalid
	}
	root = first.Content[0]
	if err := d.plain(root, 1); err != nil {
		return nil, err
	}
	if root.Kind == yaml.ScalarNode && root.Tag == "!!null" {
		return nil, nil
	}
	return root, nil
}

func (d *configDecoder) notUTF8(text []byte) error {
	line, column := 1, 1
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if r == utf8.RuneError && size == 1 {
			break
		}
		column++
		if r == '\n' {
			line, column = line+1, 1
		}
		text = text[size:]
	}
	return &scanner.InputError{File: d.file.Path, Line: line, Column: column, Message: "invalid UTF-8, expected text in UTF-8"}
}

var (
	yamlMessage = pattern(`^yaml: (?:line (\d+): )?(.*)`)
	// yamlFromZero are the errors in which the library counts lines from 0.
	yamlFromZero = pattern(`^did not find expected (<|node content|'-'|key|',')`)
)

// notYAML takes the line out of an error of the parser, which knows no column.
func (d *configDecoder) notYAML(err error, text []byte) error {
	failed := &scanner.InputError{File: d.file.Path, Message: "not valid YAML"}
	first, _, _ := strings.Cut(err.Error(), "\n")
	if match := yamlMessage().FindStringSubmatch(first); match != nil {
		failed.Message += ": " + match[2]
		if line, err := strconv.Atoi(match[1]); err == nil && line > 0 {
			if yamlFromZero().MatchString(match[2]) {
				line++
			}
			last := bytes.Count(bytes.TrimSuffix(text, []byte("\n")), []byte("\n")) + 1
			failed.Line, failed.Column = min(line, last), 1
		}
	}
	return failed
}

// plain refuses what a configuration needs not and an attack may: aliases,
// tags, and deep nesting.
func (d *configDecoder) plain(n *yaml.Node, depth int) error {
	tags := map[yaml.Kind][]string{
		yaml.MappingNode:  {"!!map"},
		yaml.SequenceNode: {"!!seq"},
		yaml.ScalarNode:   {"!!str", "!!int", "!!float", "!!bool", "!!null", "!!timestamp", "!!merge"},
	}
	switch {
	case depth > maxConfigDepth:
		return d.placed(n, fmt.Sprintf("nested more than %d levels deep", maxConfigDepth))
	case n.Kind == yaml.AliasNode:
		return d.placed(n, "an alias, expected the value itself")
	case n.Anchor != "":
		return d.placed(n, "an anchor, expected the value alone")
	case n.Tag == "!!merge":
		return d.placed(n, "a merge key, expected the settings themselves")
	case n.Style&yaml.TaggedStyle != 0, !slices.Contains(tags[n.Kind], n.Tag):
		return d.placed(n, "a tag, expected plain YAML")
	}
	for _, child := range n.Content {
		if err := d.plain(child, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// placed is an error at a node.
func (d *configDecoder) placed(n *yaml.Node, message string) error {
	return &scanner.InputError{File: d.file.Path, Line: max(n.Line, 1), Column: max(n.Column, 1), Message: message}
}

func (d *configDecoder) failed(n *yaml.Node, format string, args ...any) {
	d.errs = append(d.errs, d.placed(n, fmt.Sprintf(format, args...)))
}

// wrong says what was found in a place and what was expected.
func (d *configDecoder) wrong(n *yaml.Node, what, expected string) {
	d.failed(n, "%s is %s, expected %s", what, nodeText(n), expected)
}

// nodeText is what a message calls a value.
func nodeText(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode && len(n.Content) == 0:
		return "an empty list"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Tag == "!!null":
		return "nothing"
	case n.Tag == "!!str" || n.Tag == "!!timestamp":
		return fmt.Sprintf("the text %q", shortened(n.Value))
	default:
		return shortened(n.Value)
	}
}

// shortened keeps a message readable whatever it quotes.
func shortened(text string) string {
	const limit = 60
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit]) + "…"
}
