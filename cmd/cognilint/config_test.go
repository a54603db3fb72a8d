package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/policies"
)

// configFlags are those of scan, with one of each type that matters here.
func configFlags() []cli.Flag {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "config", EnvVars: []string{"COGNILINT_CONFIG"}},
		&cli.StringSliceFlag{Name: "region", EnvVars: []string{"COGNILINT_REGION"}},
		&cli.StringSliceFlag{Name: "account"},
		&cli.DurationFlag{Name: "timeout", Value: time.Minute},
		&cli.IntFlag{Name: "max-pools"},
		&cli.BoolFlag{Name: "org"},
	}
	for _, flag := range scanCommand().Flags {
		if !slices.ContainsFunc(flags, func(own cli.Flag) bool { return own.Names()[0] == flag.Names()[0] }) {
			flags = append(flags, flag)
		}
	}
	return flags
}

// runConfig runs a command with these flags in the working directory.
func runConfig(t *testing.T, args []string, action func(*cli.Context) error) error {
	t.Helper()
	app := newApp(nil, io.Discard, io.Discard)
	command := &cli.Command{Name: "try", Flags: configFlags(), Action: action, OnUsageError: app.OnUsageError}
	app.Commands = []*cli.Command{command}
	return app.RunContext(t.Context(), append([]string{"cognilint", "try"}, args...))
}

func inFolder(t *testing.T, files map[string]string) {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(folder)
}

func TestConfigErrors(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       string // without the name of the file in front of each line
	}{
		{"an unknown key", "fial-on: high", `1:1: unknown key "fial-on", did you mean "fail-on"?`},
		{"an underscore", "a: 1\nfail_on: high", "1:1: unknown key \"a\"\n2:1: unknown key \"fail_on\", did you mean \"fail-on\"?"},
		{"a short name", "f: json", `1:1: unknown key "f", did you mean "format"?`},
		{"an unknown key of many letters", strings.Repeat("x", 100) + ": 1", `1:1: unknown key "` + strings.Repeat("x", 60) + `…"`},
		{"a duplicate key", "rate: 1\nquiet: true\nrate: 1", `3:1: duplicate key "rate", first on line 1`},
		{"a key that is a list", "? [a]\n: 1", "1:3: a list as a key, expected a name"},
		{"the config itself", "config: x", `1:1: "config" is a decision of one run; use the flag`},
		{"consent", "yes: true\nfix: true", "1:1: \"yes\" is a decision of one run; use the flag\n2:1: \"fix\" is a decision of one run; use the flag"},

		{"a text for a number", "rate: fast", `1:7: rate is the text "fast", expected a number`},
		{"a quoted number", `rate: "0.5"`, `1:7: rate is the text "0.5", expected a number`},
		{"no finite number", "rate: .inf", `1:7: rate is .inf, expected a number`},
		{"a text for a boolean", "quiet: yes", `1:8: quiet is the text "yes", expected true or false`},
		{"a list for a boolean", "quiet: [true]", `1:8: quiet is a list, expected true or false`},
		{"a boolean for a text", "baseline: true", `1:11: baseline is true, expected a text`},
		{"nothing", "baseline:\nrule:", "1:10: baseline is nothing, expected a text\n2:6: rule is nothing, expected a text"},
		{"an empty text", "baseline: ''", `1:11: baseline is the text "", expected a text`},
		{"a list for one value", "baseline: [documented]", `1:11: baseline is a list, expected a text`},
		{"a mapping for a list", "rule: {a: b}", `1:7: rule is a mapping, expected a text`},
		{"a mapping in a list", "rule: [a, {a: b}]", `1:11: rule is a mapping, expected a text`},
		{"several lines", "pool: |\n  a\n  b", `1:7: pool is the text "a\nb", expected one line of text`},
		{"a fraction for an integer", "max-pools: 1.5", `1:12: max-pools is 1.5, expected an integer`},
		{"an octal number", "max-pools: 010", `1:12: max-pools is 010, expected an integer`},
		{"a huge number", "max-pools: 99999999999999999999", `1:12: max-pools is 99999999999999999999, expected an integer`},
		{"no duration", "timeout: 90", `1:10: timeout is 90, expected a duration such as 90s or 5m`},

		{"a malformed Region", "region: eu-west", `1:9: region is "eu-west", expected the name of a Region such as eu-west-1, or all`},
		{"several Regions in one text", "region: 'eu-west-1,us-east-1'", `1:9: region is "eu-west-1,us-east-1", expected the name of a Region such as eu-west-1, or all`},
		{"all Regions and more", "region: [eu-west-1, all]", `1:21: region is "all" and more, expected all alone`},
		{"a Region twice", "region: [eu-west-1, eu-west-1]", `1:21: duplicate Region "eu-west-1"`},
		{"a malformed account", "account: [11112222333]", `1:11: account is "11112222333", expected 12 digits`},

		{"a parameter without rule", "param: {min: 3}", `1:9: "min" is no parameter, expected rule.name`},
		{"a parameter without value", "param: a.b", `1:8: param is "a.b", expected rule.name=value`},
		{"a parameter twice", "param: {a.b: 1}\nparams:\n  a: {b: 1}", `3:7: duplicate parameter "a.b", first on line 1`},
		{"a parameter twice in a list", "param: [a.b=1, a.b=2]", `1:16: duplicate parameter "a.b", first on line 1`},
		{"a rule without parameters", "params: {a: 3}", `1:13: params of "a" is 3, expected parameters with their values`},
		{"a rule with a full stop", "params: {a.b: {c: 3}}", `1:16: "a.b.c" is no parameter, expected rule.name`},
		{"params as a list", "params: [a.b=1]", `1:9: params is a list, expected rules with their parameters`},
		{"a parameter of several lines", "param:\n  a.b: \"c\\nd\"", `2:8: a parameter is the text "c\nd", expected one line of text`},
		{"a parameter that JSON cannot write", "param: {a.b: 0x10}", `1:14: a parameter is 0x10, expected decimal digits`},
		{"a duplicate key in a parameter", "param: {a.b: {c: 1, c: 2}}", `1:21: duplicate key "c", first on line 1`},

		{"accounts as a mapping", "accounts: {id: 1}", "1:11: accounts is a mapping, expected a list of accounts, each with its id"},
		{"no accounts", "accounts: []", "1:11: accounts is an empty list, expected a list of accounts, each with its id"},
		{"accounts without keys", "accounts: ['111122223333']", `1:12: an account is the text "111122223333", expected keys such as id and role`},
		{"an account without id", "accounts:\n  - role: a", "2:5: an account without id, expected 12 digits"},
		{"an unknown key of an account", "accounts:\n  - id: 111122223333\n    rol: a", `3:5: unknown key "rol", did you mean "role"?`},
		{"eleven digits", "accounts:\n  - id: 11112222333", "2:9: id is 11112222333, expected 12 digits"},
		{"digits of another script", "accounts:\n  - id: ١١١١٢٢٢٢٣٣٣٣", "2:9: id is the text \"١١١١٢٢٢٢٣٣٣٣\", expected 12 digits"},
		{"an account twice", "accounts:\n  - id: 012345678901\n  - id: '012345678901'", "3:9: duplicate account 012345678901, first on line 2"},
		{"a malformed role", "accounts:\n  - {id: 111122223333, role: 'a b'}", `2:30: role is the text "a b", expected the name or the ARN of a role`},
		{"an ARN of no role", "accounts:\n  - {id: 111122223333, role: 'arn:aws:iam::111122223333:user/a'}", `2:30: role is the text "arn:aws:iam::111122223333:user/a", expected the name or the ARN of a role`},
		{"a role of another account", "accounts:\n  - {id: 111122223333, role: 'arn:aws:iam::444455556666:role/a'}", `2:30: role is of account 444455556666, expected one of account 111122223333`},
		{"a short external id", "accounts:\n  - {id: 111122223333, role: a, external-id: x}", `2:46: external-id is the text "x", expected 2 to 1224 letters, digits and _+=,.@:/-`},
		{"a profile and a role", "accounts:\n  - {id: 111122223333, role: a, profile: b}", `2:42: profile together with role, expected one of them`},
		{"no Regions", "accounts:\n  - {id: 111122223333, regions: []}", `2:33: regions is an empty list, expected names of Regions, or all`},
		{"malformed Regions", "accounts:\n  - {id: 111122223333, regions: [eu-west-1, nowhere]}", `2:45: regions is "nowhere", expected the name of a Region such as eu-west-1, or all`},
		{"two ways to name accounts", "accounts:\n  - id: 111122223333\norg: true\naccount: 111122223333", "4:10: account together with accounts, expected one of them"},

		{"a text", "s3cr3t", `1:1: the file holds no settings, expected lines such as "fail-on: high"`},
		{"a list", "- rate: 1", `1:1: the file holds no settings, expected lines such as "fail-on: high"`},
		{"a second document", "rate: 1\n---\nrate: 1", "2:1: a second document, expected one"},
		{"a second, empty document", "rate: 1\n---\n", "2:1: a second document, expected one"},
		{"an alias", "rule: &a [b]\nskip-rule: *a", "1:7: an anchor, expected the value alone"},
		{"an alias of itself", "rule: &a [*a]", "1:7: an anchor, expected the value alone"},
		{"a merge key", "<<: {rate: 1}", "1:1: a merge key, expected the settings themselves"},
		{"a tag", "rate: !!binary aa", "1:7: a tag, expected plain YAML"},
		{"a tag of another kind", "rate: !!str [a]", "1:7: a tag, expected plain YAML"},
		{"depth", "rule: " + strings.Repeat("[", 30) + strings.Repeat("]", 30), "1:26: nested more than 20 levels deep"},
		{"depth beyond the parser", strings.Repeat("[", 100000), " not valid YAML: exceeded max depth of 10000"},
		{"an open list", "rate: 1\nrule: [a\nquiet: true", "2:1: not valid YAML: did not find expected ',' or ']'"},
		{"an open list on the only line", "rule: [a", "1:1: not valid YAML: did not find expected ',' or ']'"},
		{"an open quotation", "rate: 1\nrule: 'a\n", "2:1: not valid YAML: found unexpected end of stream"},
		{"a tabulator", "rule:\n\t- a", "2:1: not valid YAML: found character that cannot start any token"},
		{"an unknown anchor", "rule: *a", " not valid YAML: unknown anchor 'a' referenced"},
		{"a control character", "rule: \x00", " not valid YAML: control characters are not allowed"},
		{"invalid UTF-8", "rule: a\n# é\xff", "2:4: invalid UTF-8, expected text in UTF-8"},
		{"UTF-16", "\xff\xfer\x00", "1:1: invalid UTF-8, expected text in UTF-8"},
		{"many errors", many(15), strings.TrimSuffix(manyErrors(10), "\n") + "\n 5 more errors"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			config, err := parseConfig("x.yaml", []byte(tt.text), configFlags())
			if err == nil {
				t.Fatalf("got %+v, want an error", config)
			}
			want := "x.yaml:" + strings.ReplaceAll(tt.want, "\n", "\nx.yaml:")
			if diff := cmp.Diff(want, err.Error()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func many(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "unheard%d: 1\n", i)
	}
	return b.String()
}

func manyErrors(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d:1: unknown key \"unheard%d\"\n", i+1, i)
	}
	return b.String()
}

func TestConfigNothing(t *testing.T) {
	for name, text := range map[string]string{
		"an empty file": "", "a byte order mark": "\ufeff", "comments": "# nothing\n\n# here\n", "a start": "---\n", "null": "~\n", "no keys": "{}",
	} {
		config, err := parseConfig("x.yaml", []byte(text), configFlags())
		if err != nil || config.Path != "x.yaml" || len(config.settings) > 0 || len(config.Accounts) > 0 {
			t.Errorf("%s: got %+v, %v", name, config, err)
		}
	}
}

func TestConfigAccounts(t *testing.T) {
	config, err := parseConfig("x.yaml", []byte("\ufeff"+`accounts:
  - id: "111122223333"
    role: cognilint-audit
    external-id: abc
    regions: [eu-west-1, us-gov-west-1, eusc-de-east-1, cn-north-1]
  - id: 012345678901
    role: arn:aws-us-gov:iam::012345678901:role/audit/cognilint
    external-id: 0123
    regions: all
  - id: 000000000001
    profile: 42
    regions: [all]
  - id: 000000000777
    regions: us-iso-east-1
org: false
`), configFlags())
	if err != nil {
		t.Fatal(err)
	}
	want := []configAccount{
		{ID: "111122223333", Role: "cognilint-audit", ExternalID: "abc", Regions: []string{"eu-west-1", "us-gov-west-1", "eusc-de-east-1", "cn-north-1"}, Line: 2, Column: 5},
		{ID: "012345678901", Role: "arn:aws-us-gov:iam::012345678901:role/audit/cognilint", ExternalID: "0123", Regions: []string{"all"}, Line: 6, Column: 5},
		{ID: "000000000001", Profile: "42", Regions: []string{"all"}, Line: 10, Column: 5},
		{ID: "000000000777", Regions: []string{"us-iso-east-1"}, Line: 13, Column: 5},
	}
	if diff := cmp.Diff(want, config.Accounts); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestConfigApply(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		env        map[string]string
		args       []string
		flag       string
		want       any
	}{
		{"the default", "", nil, nil, "fail-on", "low"},
		{"a text", "fail-on: medium", nil, nil, "fail-on", "medium"},
		{"a number as text", "profile: 0815", nil, nil, "profile", "0815"},
		{"a date as text", "profile: 2027-01-31", nil, nil, "profile", "2027-01-31"},
		{"a number", "rate: 0.5", nil, nil, "rate", 0.5},
		{"an integer as number", "rate: 1", nil, nil, "rate", 1.0},
		{"an integer", "max-pools: 12", nil, nil, "max-pools", 12},
		{"a duration", "timeout: 90s", nil, nil, "timeout", 90 * time.Second},
		{"true", "allow-incomplete: true", nil, nil, "allow-incomplete", true},
		{"false", "allow-incomplete: false", nil, nil, "allow-incomplete", false},
		{"a list", "rule: [a, 'b,c', 12]", nil, nil, "rule", []string{"a", "b,c", "12"}},
		{"one value for a list", "rule: a", nil, nil, "rule", []string{"a"}},
		{"an empty list", "rule: []", nil, nil, "rule", []string(nil)},
		{"leading zeros", "account: [012345678901, 000000000777]", nil, nil, "account", []string{"012345678901", "000000000777"}},

		{"a flag wins", "fail-on: medium", nil, []string{"--fail-on", "high"}, "fail-on", "high"},
		{"a short flag wins", "format: json", nil, []string{"-f", "csv"}, "format", "csv"},
		{"a flag that repeats the default wins", "rate: 0.5", nil, []string{"--rate", "0.8"}, "rate", 0.8},
		{"a flag wins over true", "allow-incomplete: true", nil, []string{"--allow-incomplete=false"}, "allow-incomplete", false},
		{"a flag replaces a list", "rule: [a]", nil, []string{"--rule", "b"}, "rule", []string{"b"}},
		{"a variable wins", "fail-on: medium", map[string]string{"COGNILINT_FAIL_ON": "none"}, nil, "fail-on", "none"},
		{"a variable replaces a list", "rule: [a]", map[string]string{"COGNILINT_RULE": "b"}, nil, "rule", []string{"b"}},
		{"a flag wins over both", "fail-on: medium", map[string]string{"COGNILINT_FAIL_ON": "none"}, []string{"--fail-on=high"}, "fail-on", "high"},
		{"a variable set to nothing is not set", "fail-on: medium", map[string]string{"COGNILINT_FAIL_ON": ""}, nil, "fail-on", "medium"},
		{"a boolean variable set to nothing", "quiet: true", map[string]string{"COGNILINT_QUIET": ""}, nil, "quiet", true},
		{"a variable for a list set to nothing", "rule: [a]", map[string]string{"COGNILINT_RULE": ""}, nil, "rule", []string{"a"}},

		{
			"parameters", "param: {a.b: 14, a.c: x y, a.d: [1, 'z', null], a.e: {f: true}, a.g: null, a.h: '14'}", nil, nil, "param",
			[]string{"a.b=14", "a.c=x y", `a.d=[1,"z",null]`, `a.e={"f":true}`, "a.g=null", "a.h=14"},
		},
		{"parameters in both forms", "param: a.b=1\nparams:\n  a: {c: 2}\n  d: {e: 2027-01-31}", nil, nil, "param", []string{"a.b=1", "a.c=2", "d.e=2027-01-31"}},
		{"a flag comes after the file", "params: {a: {b: 1, c: 2}}", nil, []string{"--param", "a.b=3"}, "param", []string{"a.b=1", "a.c=2", "a.b=3"}},
		{"a variable comes after the file", "params: {a: {b: 1}}", map[string]string{"COGNILINT_PARAM": "a.b=4\na.c=5"}, nil, "param", []string{"a.b=1", "a.b=4\na.c=5"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inFolder(t, map[string]string{configName: tt.file})
			for name, value := range tt.env {
				t.Setenv(name, value)
			}
			err := runConfig(t, tt.args, func(c *cli.Context) error {
				config, err := readConfig(c)
				if err != nil {
					return err
				}
				got := c.Value(tt.flag)
				if _, ok := tt.want.([]string); ok {
					got = c.StringSlice(tt.flag)
				}
				if tt.flag == "param" {
					var list []string
					for _, p := range config.layer.Params {
						list = append(list, p.Rule+"."+p.Name+"="+p.Text)
					}
					got = append(list, c.StringSlice(tt.flag)...)
				}
				if diff := cmp.Diff(tt.want, got); diff != "" {
					t.Errorf("-want +got\n%s", diff)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestConfigApplyOther uses the file of scan for a command with fewer flags.
func TestConfigApplyOther(t *testing.T) {
	config, err := parseConfig("x.yaml", []byte("fail-on: high\nprofile: audit"), configFlags())
	if err != nil {
		t.Fatal(err)
	}
	app := newApp(nil, io.Discard, io.Discard)
	app.Commands = []*cli.Command{{Name: "other", Flags: []cli.Flag{&cli.StringFlag{Name: "profile"}}, Action: func(c *cli.Context) error {
		if err := config.apply(c); err != nil {
			return err
		}
		if got := c.String("profile"); got != "audit" {
			t.Errorf("profile is %q", got)
		}
		return nil
	}}}
	if err := app.RunContext(t.Context(), []string{"cognilint", "other"}); err != nil {
		t.Error(err)
	}
}

func TestConfigWhichFile(t *testing.T) {
	files := map[string]string{configName: "profile: default", "other.yaml": "profile: other", "large.yaml": "#" + strings.Repeat("x", maxYAMLSize)}
	for _, tt := range []struct {
		name string
		env  string
		args []string
		want string
	}{
		{"the working directory's", "", nil, "default"},
		{"the variable's", "other.yaml", nil, "other"},
		{"the flag's", "missing.yaml", []string{"--config", "other.yaml"}, "other"},
		{"none such", "", []string{"--config", "missing.yaml"}, "missing.yaml: no such file or directory, expected a readable file"},
		{"none such of a variable", "missing.yaml", nil, "missing.yaml: no such file or directory, expected a readable file"},
		{"an empty name", "", []string{"--config", ""}, "flag --config is empty, expected the name of a file"},
		{"a folder", "", []string{"--config", "."}, ".: a folder, expected a readable file"},
		{"a large file", "", []string{"--config", "large.yaml"}, "large.yaml: larger than 1 MiB, expected a file of settings"},
		{"an endless file", "", []string{"--config", "/dev/zero"}, "/dev/zero: larger than 1 MiB, expected a file of settings"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inFolder(t, files)
			t.Setenv("COGNILINT_CONFIG", tt.env)
			got := ""
			err := runConfig(t, tt.args, func(c *cli.Context) error {
				_, err := readConfig(c)
				got = c.String("profile")
				return err
			})
			if err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	t.Run("no file", func(t *testing.T) {
		inFolder(t, nil)
		config, err := loadConfig("", false, &cli.Command{})
		if err != nil || config.Path != "" {
			t.Errorf("got %+v, %v", config, err)
		}
		if err := os.Symlink("nowhere", configName); err != nil {
			t.Fatal(err)
		}
		if _, err := loadConfig("", false, &cli.Command{}); err == nil {
			t.Error("a link that leads nowhere is no error")
		}
	})
	t.Run("a folder of the default name", func(t *testing.T) {
		inFolder(t, nil)
		if err := os.Mkdir(configName, 0o700); err != nil {
			t.Fatal(err)
		}
		if _, err := loadConfig("", false, &cli.Command{}); err == nil {
			t.Error("a folder is no error")
		}
	})
}

func TestConfigBlame(t *testing.T) {
	const file = `baseline: recomended
rate: 2
pool: [a, '[']
rule: [mfa-required, mfa-requird]
params:
  password-minimum-length: {min: x, mn: 2}
`
	for _, tt := range []struct {
		name  string
		err   error
		flags []string
		want  string
	}{
		{"the only value of the only flag", errors.New("flag --rate is 2"), []string{"rate"}, "x.yaml:2:7: flag --rate is 2"},
		{"a flag that is named", errors.New("flag --rate is 2"), []string{"pool", "rate"}, "x.yaml:2:7: flag --rate is 2"},
		{"a value that is quoted", errors.New(`glob "[" is malformed`), []string{"pool", "tag"}, `x.yaml:3:11: glob "[" is malformed`},
		{"an unknown name", &policies.UnknownNameError{Kind: "rule", Name: "mfa-requird"}, []string{"baseline", "rule", "param"}, `x.yaml:4:22: unknown rule "mfa-requird"`},
		{"an unknown baseline", fmt.Errorf("more: %w", &policies.UnknownNameError{Kind: "baseline", Name: "recomended"}), []string{"baseline", "rule", "param"}, `x.yaml:1:11: more: unknown baseline "recomended"`},
		{"an unknown parameter", &policies.LayerError{Err: &policies.UnknownNameError{Kind: "parameter of rule password-minimum-length", Name: "mn"}}, nil, `x.yaml:6:41: unknown parameter of rule password-minimum-length "mn"`},
		{"a refused parameter", &policies.LayerError{Err: errors.New(`rule password-minimum-length: parameter min is "x", expected an integer`)}, nil, `x.yaml:6:34: rule password-minimum-length: parameter min is "x", expected an integer`},
		{"a value from elsewhere", &policies.UnknownNameError{Kind: "rule", Name: "other"}, []string{"baseline", "rule", "param"}, `unknown rule "other"`},
		{"a flag that the file lacks", errors.New("unknown severity"), []string{"fail-on"}, "unknown severity"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			config, err := parseConfig("x.yaml", []byte(file), configFlags())
			if err != nil {
				t.Fatal(err)
			}
			if err := runConfig(t, nil, config.apply); err != nil {
				t.Fatal(err)
			}
			got := config.blame(tt.err, tt.flags...)
			if got.Error() != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if err := new(configFile).blame(nil, "rate"); err != nil {
		t.Errorf("got %v for no error", err)
	}
}

// FuzzConfig reads any text. Whatever it is, there is either an error of this
// file, or values of which every flag can be set.
func FuzzConfig(f *testing.F) {
	f.Add("baseline: recommended\nfail-on: medium\nrule: [a, b]\nregion: all\nrate: 0.5\nallow-incomplete: true\n")
	f.Add("param: {a.b: 14, c.d: [1, {e: f}]}\nparams:\n  a:\n    c: |\n      x\n")
	f.Add("accounts:\n  - id: 012345678901\n    role: a/b\n    external-id: abc\n    regions: [eu-west-1]\n  - {id: '111122223333', profile: x}\n")
	f.Add("a: &a [*a]\n<<: *a\n? {}\n: !!binary x")
	f.Add("timeout: 90s\nmax-pools: 010\n---\n...\n")
	f.Add("\ufeff\xff")
	f.Fuzz(func(t *testing.T, text string) {
		config, err := parseConfig("x.yaml", []byte(text), configFlags())
		if err != nil {
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if !strings.HasPrefix(line, "x.yaml:") {
					t.Errorf("%q names no file", line)
				}
			}
			return
		}
		for _, a := range config.Accounts {
			if len(a.ID) != 12 || a.Line < 1 || a.Column < 1 {
				t.Errorf("account %+v", a)
			}
		}
		for _, s := range config.settings {
			for _, v := range s.values {
				if v.text == "" || strings.Contains(v.text, "\n") || v.line < 1 || v.column < 1 {
					t.Errorf("flag %s has the value %+v", s.flag, v)
				}
			}
		}
		if err := runConfig(t, nil, config.apply); err != nil {
			t.Errorf("apply: %v", err)
		}
	})
}
