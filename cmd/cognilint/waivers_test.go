package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/policies"
	"github.com/cognilint/cognilint/scanner"
)

// fewRules has one rule with an earlier id and one that accepts no waiver.
func fewRules(name string) (finding.Rule, error) {
	switch name {
	case "mfa-required", "mfa-on":
		return finding.Rule{ID: "mfa-required"}, nil
	case "pool-sound":
		return finding.Rule{ID: "pool-sound", NotWaivable: true}, nil
	}
	return finding.Rule{}, &policies.UnknownNameError{Kind: "rule", Name: name, Known: []string{"mfa-required", "pool-sound"}}
}

func TestWaiversFile(t *testing.T) {
	got, err := parseWaivers("w.yaml", []byte("\ufeff"+`# accepted findings
waivers:
  - rule: mfa-on
    pool: prod-*
    target: "https://api.*"
    account: 012345678901
    region: us-gov-west-1
    tag: [stage=test, "team="]
    reason: >
      The SDK is old,
      a new one comes.
    owner: identity@example.com
    expires: 2027-01-31
    ticket: 4711
  - {rule: mfa-required, tag: a=b=c, reason: r, owner: o, expires: "2027-01-31"}
  - {rule: mfa-required, tag: a=b=c, reason: renewed, owner: o, expires: 2027-02-28}
  - {rule: mfa-required, pool: "*", account: "111122223333", reason: r, owner: o, expires: 2020-01-01}
`), fewRules)
	if err != nil {
		t.Fatal(err)
	}
	entry := func(line int, expires, reason string, tags map[string]string) finding.WaiverEntry {
		return finding.WaiverEntry{
			Rule: "mfa-required", Tags: tags, State: finding.WaiverValid, File: "w.yaml", Line: line, Column: 5,
			Waiver: finding.Waiver{Reason: reason, Owner: "o", Expires: expires},
		}
	}
	full := entry(3, "2027-01-31", "The SDK is old, a new one comes.", map[string]string{"stage": "test", "team": ""})
	full.Pool, full.Target, full.Account, full.Region = "prod-*", "https://api.*", "012345678901", "us-gov-west-1"
	full.Owner, full.Ticket = "identity@example.com", "4711"
	account := entry(17, "2020-01-01", "r", nil)
	account.Pool, account.Account = "*", "111122223333"
	want := []finding.WaiverEntry{
		full,
		entry(15, "2027-01-31", "r", map[string]string{"a": "b=c"}),
		entry(16, "2027-02-28", "renewed", map[string]string{"a": "b=c"}),
		account,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if selector := "pool prod-*, target https://api.*, account 012345678901, region us-gov-west-1, tag stage=test, tag team="; got[0].Selector() != selector {
		t.Errorf("selector %q", got[0].Selector())
	}
	for name, text := range map[string]string{"an empty file": "", "comments": "# none\n", "an empty list": "waivers: []", "no list": "waivers:\n  # - rule: x\n", "no keys": "{}"} {
		if got, err := parseWaivers("w.yaml", []byte(text), fewRules); err != nil || len(got) > 0 {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
}

func TestWaiversFileErrors(t *testing.T) {
	// with is a waiver on one line whose last member is added in column 68.
	with := func(member string) string {
		return "waivers:\n  - {rule: mfa-required, reason: r, owner: o, expires: 2027-01-31, " + member + "}"
	}
	for _, tt := range []struct{ name, text, want string }{
		{"a text", "s3cr3t", `1:1: the file holds no waivers, expected a list of them below the key "waivers"`},
		{"a list", "- rule: mfa-required", `1:1: the file holds no waivers, expected a list of them below the key "waivers"`},
		{"an unknown key", "waiver: []", `1:1: unknown key "waiver", did you mean "waivers"?`},
		{"a list twice", "waivers: []\nwaivers: []", `2:1: duplicate key "waivers", first on line 1`},
		{"no list", "waivers: {}", "1:10: waivers is a mapping, expected a list of waivers"},
		{"no waiver", "waivers: [mfa-required]", `1:11: a waiver is the text "mfa-required", expected keys such as rule, pool, reason, owner and expires`},
		{"nothing", "waivers: [{}]", "1:11: a waiver without rule, reason, owner, expires, a selector (pool, account, region or tag)"},
		{"no selector", with("ticket: T"), "2:5: a waiver without a selector (pool, account, region or tag)"},
		{"a target alone", with("target: web"), "2:5: a waiver without a selector (pool, account, region or tag)"},
		{"every pool", with("pool: '**'"), `2:74: pool is "**", which selects every pool; expected some of them, or account, region or tag beside it`},
		{"every pool that has a letter", with("pool: '?*'"), `2:74: pool is "?*", which selects every pool; expected some of them, or account, region or tag beside it`},
		{"a malformed glob", with("pool: 'a['"), `2:74: pool is "a[", a malformed glob, expected *, ? and closed [ ]`},
		{"a malformed glob of targets", with("region: eu-west-1, target: '[]'"), `2:95: target is "[]", a malformed glob, expected *, ? and closed [ ]`},
		{"a list of pools", with("pool: [a, b]"), "2:74: pool is a list, expected a text"},
		{"an empty pool", with("pool: ''"), `2:74: pool is the text "", expected a text`},
		{"a malformed account", with("account: 1111"), "2:77: account is 1111, expected 12 digits"},
		{"a malformed Region", with("region: all"), `2:76: region is the text "all", expected the name of a Region such as eu-west-1`},
		{"a malformed tag", with("tag: prod"), `2:73: tag is "prod", expected key=value`},
		{"a tag without key", with("tag: [a=b, =c]"), `2:79: tag is "=c", expected key=value`},
		{"a tag twice", with("tag: [a=b, a=c]"), `2:79: duplicate tag "a"`},
		{"no tags", with("tag: []"), "2:73: tag is an empty list, expected a tag such as stage=test"},
		{"tags as a mapping", with("tag: {a: b}"), "2:73: tag is a mapping, expected a text"},
		{"an unknown key of a waiver", with("pool: a, until: 1"), `2:77: unknown key "until", expected one of account, expires, owner, pool, reason, region, rule, tag, target, ticket`},
		{"another name", with("pool: a, tags: b=c"), `2:77: unknown key "tags", did you mean "tag"?`},
		{"a key twice", with("pool: a, owner: b"), `2:77: duplicate key "owner", first on line 2`},
		{"a number for a ticket", with("pool: a, ticket: [1]"), "2:85: ticket is a list, expected a text"},
		{"an alias", "waivers:\n  - &a {rule: x}\n  - *a", "2:5: an anchor, expected the value alone"},
		{"depth", "waivers: " + strings.Repeat("[", 30) + strings.Repeat("]", 30), "1:29: nested more than 20 levels deep"},
		{"every rule", "waivers:\n  - {rule: '*', pool: a, reason: r, owner: o, expires: 2027-01-31}", `2:12: rule is "*", expected the id of one rule: a waiver for several would hide what nobody has looked at yet`},
		{"several rules", "waivers:\n  - {rule: mfa-*, pool: a, reason: r, owner: o, expires: 2027-01-31}", `2:12: rule is "mfa-*", expected the id of one rule: a waiver for several would hide what nobody has looked at yet`},
		{"an unknown rule", "waivers:\n  - {rule: mfa-requird, pool: a, reason: r, owner: o, expires: 2027-01-31}", `2:12: unknown rule "mfa-requird", did you mean "mfa-required"?`},
		{"a rule that accepts none", "waivers:\n  - {rule: pool-sound, pool: a, reason: r, owner: o, expires: 2027-01-31}", "2:12: rule pool-sound accepts no waiver"},
		{"blank words", "waivers:\n  - {rule: mfa-required, pool: a, reason: ' ', owner: true, expires: 2027-01-31}", "2:43: reason is the text \" \", expected a text\n2:55: owner is true, expected a text"},
		{"no such day", "waivers:\n  - {rule: mfa-required, pool: a, reason: r, owner: o, expires: 2027-02-29}", `2:65: expires is the text "2027-02-29", expected a date such as 2027-01-31`},
		{"a time", "waivers:\n  - {rule: mfa-required, pool: a, reason: r, owner: o, expires: 2027-01-31T00:00:00Z}", `2:65: expires is the text "2027-01-31T00:00:00Z", expected a date such as 2027-01-31`},
		{"a year", "waivers:\n  - {rule: mfa-required, pool: a, reason: r, owner: o, expires: 2027}", "2:65: expires is 2027, expected a date such as 2027-01-31"},
		{"a waiver twice", with("pool: a") + "\n  - {rule: mfa-on, pool: a, reason: other, owner: p, expires: 2027-01-31}", "3:5: duplicate waiver of rule, selector and date, first on line 2"},
		{"all at once", "waivers:\n  - rule: x\n    pool: '['\n    expires: soon\n  - {rule: mfa-required, owner: 3, reason: r}\nmore: 1", strings.Join([]string{
			`2:11: unknown rule "x", expected one of mfa-required, pool-sound`,
			`3:11: pool is "[", a malformed glob, expected *, ? and closed [ ]`,
			`4:14: expires is the text "soon", expected a date such as 2027-01-31`,
			"2:5: a waiver without reason, owner",
			"5:5: a waiver without expires, a selector (pool, account, region or tag)",
			`6:1: unknown key "more", expected one of waivers`,
		}, "\n")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := parseWaivers("w.yaml", []byte(tt.text), fewRules)
			if err == nil {
				t.Fatalf("got %+v, want an error", got)
			}
			want := "w.yaml:" + strings.ReplaceAll(tt.want, "\n", "\nw.yaml:")
			if diff := cmp.Diff(want, err.Error()); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// TestWaiversSchema checks the example of the documentation.
func TestWaiversSchema(t *testing.T) {
	s := schema(t, "waivers")
	page, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(page), "```yaml\nwaivers:")
	block, _, found := strings.Cut("waivers:"+rest, "```")
	if !found {
		t.Fatal("the documentation has no example")
	}
	if entries, err := parseWaivers("w.yaml", []byte(block), rulesOf(nil, nil)); err != nil || len(entries) != 2 {
		t.Errorf("%d waivers, %v", len(entries), err)
	}
	if err := valid(t, s, asJSON(t, []byte(strings.ReplaceAll(block, "expires: ", "expires: !!str ")))); err != nil {
		t.Error(err)
	}
	for _, wrong := range []string{
		"waivers: [{}]", "waiver: []", "[]",
		"waivers: [{rule: a, reason: r, owner: o, expires: '2027-01-31'}]",
		"waivers: [{rule: '*', pool: a, reason: r, owner: o, expires: '2027-01-31'}]",
		"waivers: [{rule: a, pool: a, reason: r, owner: o, expires: soon}]",
		"waivers: [{rule: a, pool: a, reason: r, owner: o, expires: '2027-01-31', until: x}]",
	} {
		if err := valid(t, s, asJSON(t, []byte(wrong))); err == nil {
			t.Errorf("%s is valid", wrong)
		}
	}
}

// FuzzWaivers reads any text. Whatever it is, there is either an error of this
// file, or waivers that are complete.
func FuzzWaivers(f *testing.F) {
	f.Add("waivers:\n  - rule: mfa-required\n    pool: prod-*\n    reason: r\n    owner: o\n    expires: 2027-01-31\n")
	f.Add("waivers:\n  - {rule: mfa-on, tag: [a=b, c=], account: 012345678901, region: eu-west-1, target: '[a-c]*', reason: >-\n      x\n\n      y, owner: 3, expires: \"2027-12-31\", ticket: T}\n")
	f.Add("waivers: [{rule: '*', pool: '*', expires: 2027-02-30}, {}, 1, null]")
	f.Add("waivers: &a [*a]\n<<: *a\n? {}\n: !!binary x")
	f.Add("\ufeff\xff")
	f.Fuzz(func(t *testing.T, text string) {
		entries, err := parseWaivers("w.yaml", []byte(text), fewRules)
		if err != nil {
			for line := range strings.SplitSeq(err.Error(), "\n") {
				if !strings.HasPrefix(line, "w.yaml:") {
					t.Errorf("%q names no file", line)
				}
			}
			return
		}
		for _, e := range entries {
			if e.Rule != "mfa-required" || e.Reason == "" || e.Owner == "" || len(e.Expires) != len(time.DateOnly) ||
				e.Pool+e.Account+e.Region == "" && len(e.Tags) == 0 || e.Line < 1 || e.Column < 1 {
				t.Errorf("waiver %+v", e)
			}
		}
		policies.NewWaivers(entries, time.Unix(0, 0)).Meet(&finding.Report{Checks: []finding.Check{{Rule: "mfa-required", Pool: "eu-west-1_A", Status: finding.Fail}}})
	})
}

// TestWaiversNews: what a scan says of its waivers, without a clock.
func TestWaiversNews(t *testing.T) {
	now := time.Date(2027, 1, 31, 23, 30, 0, 0, time.FixedZone("", -3600))
	entry := func(expires, pool, rule string) finding.WaiverEntry {
		return finding.WaiverEntry{Rule: rule, Pool: pool, Waiver: finding.Waiver{Owner: "o\x1b[2J", Expires: expires}, File: "w.yaml", Line: 2, Column: 5}
	}
	var out bytes.Buffer
	s := &scan{
		progress: &out,
		waivers: policies.NewWaivers([]finding.WaiverEntry{
			entry("2027-01-31", "x", "a"), entry("2027-02-01", "x", "b"), entry("2027-02-02", "x", "b"), entry("2027-02-15", "x", "b"), entry("2027-02-16", "x", "b"),
			entry("2027-12-31", "x", "a"), entry("2027-12-31", "eu-west-1_X", "a"), entry("2027-12-31", "us-east-1_X", "a"),
		}, now),
		places: []scanner.Place{{Account: "111122223333", Region: "eu-west-1"}},
	}
	s.tellWaivers([]finding.Rule{{ID: "a"}}, now, true)
	want := `(pool x) by "o\x1b[2J" expired on 2027-01-31
(pool x) by "o\x1b[2J" expires today
(pool x) by "o\x1b[2J" expires on 2027-02-02, in 1 day
(pool x) by "o\x1b[2J" expires on 2027-02-15, in 14 days
(pool x) by "o\x1b[2J" matches nothing
(pool eu-west-1_X) by "o\x1b[2J" matches nothing
`
	got := strings.NewReplacer("cognilint: w.yaml:2:5: waiver of a ", "", "cognilint: w.yaml:2:5: waiver of b ", "").Replace(out.String())
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestWaiversExpiring: a scan with a waiver that ends in a few days.
func TestWaiversExpiring(t *testing.T) {
	pool, err := os.ReadFile(filepath.Join("..", "..", "testdata", "pools", "web-shop.json"))
	if err != nil {
		t.Fatal(err)
	}
	expires := time.Now().UTC().AddDate(0, 0, 7).Format(time.DateOnly)
	inFolder(t, map[string]string{
		"web-shop.json": string(pool),
		waiversName:     "waivers:\n  - {rule: mfa-required, pool: web-shop, reason: r, owner: o, expires: " + expires + "}\n",
	})
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), []string{"cognilint", "scan", "--rule", "mfa-required", "-f", "compact", "."}, nil, &stdout, &stderr)
	if code != exitOK || !strings.Contains(stdout.String(), "WAIVED mfa-required") || !strings.Contains(stderr.String(), "by o expires on "+expires) {
		t.Errorf("exit code %d\n%s%s", code, &stdout, &stderr)
	}
	stdout.Reset()
	if code := run(t.Context(), []string{"cognilint", "waivers", "check"}, nil, &stdout, &stderr); code != exitOK || !strings.Contains(stdout.String(), "expiring") {
		t.Errorf("check: exit code %d\n%s", code, &stdout)
	}
}
