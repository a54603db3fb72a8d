package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/remediate"
)

// planWith is a plan for a pool with one change.
func planWith(name string, risk finding.FixClass) *remediate.Plan {
	return &remediate.Plan{
		Pool:  finding.Pool{ID: "eu-west-1_A", Name: name},
		Calls: []remediate.Call{{Operation: "UpdateUserPool", Changes: []remediate.Change{{Path: "/DeletionProtection", New: "ACTIVE", Risk: risk}}}},
	}
}

func TestAgree(t *testing.T) {
	const agreed = finding.FixState("")
	safe, disruptive := planWith("shop", finding.FixSafe), planWith("shop", finding.FixDisruptive)
	for _, tt := range []struct {
		name   string
		plan   *remediate.Plan
		answer string
		want   finding.FixState
	}{
		{"y", safe, "y\n", agreed},
		{"Y", safe, "Y\n", agreed},
		{"yes", safe, "yes\n", agreed},
		{"Yes with a carriage return", safe, " Yes \r\n", agreed},
		{"y without a line end", safe, "y", agreed},
		{"n", safe, "n\n", finding.FixDeclined},
		{"an empty line", safe, "\n", finding.FixDeclined},
		{"the end of the input", safe, "", finding.FixDeclined},
		{"another word", safe, "yesterday\n", finding.FixDeclined},
		{"the pool's name", disruptive, "shop\n", agreed},
		{"the name without a line end", disruptive, "shop", agreed},
		{"the name in capitals", disruptive, "Shop\n", finding.FixDeclined},
		{"another name", disruptive, "shop2\n", finding.FixDeclined},
		{"the id instead of the name", disruptive, "eu-west-1_A\n", finding.FixDeclined},
		{"y for what may break sign-ins", disruptive, "y\n", finding.FixDeclined},
		{"an empty line for what may break sign-ins", disruptive, "\n", finding.FixDeclined},
		{"the end of the input for what may break sign-ins", disruptive, "", finding.FixDeclined},
		{"the id of a pool without a name", planWith("", finding.FixDisruptive), "eu-west-1_A\n", agreed},
		{"nothing for a pool without a name", planWith("", finding.FixDisruptive), "\n", finding.FixDeclined},
		{"nothing for a pool whose name is a blank", planWith(" ", finding.FixDisruptive), "\n", finding.FixDeclined},
		{"a pool named y, disruptive", planWith("y", finding.FixDisruptive), "y\n", agreed},
		{"a pool named y is not answered with yes", planWith("y", finding.FixDisruptive), "yes\n", finding.FixDeclined},
		{"a pool named y is not answered with Y", planWith("y", finding.FixDisruptive), "Y\n", finding.FixDeclined},
		{"a name with blanks around it", planWith(" shop ", finding.FixDisruptive), " shop \n", agreed},
		{"a name that is not ASCII", planWith("Läden ☂", finding.FixDisruptive), "Läden ☂\n", agreed},
		{"the id of a pool whose name nobody can type", planWith("a\x1bb", finding.FixDisruptive), "eu-west-1_A\n", agreed},
		{"a line without an end", disruptive, strings.Repeat("shop", 10_000), finding.FixDeclined},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var asked bytes.Buffer
			c := consent{in: strings.NewReader(tt.answer), ask: &asked, terminal: true}
			if got, message := c.agree(tt.plan); got != tt.want || (got != agreed) != (message != "") {
				t.Errorf("state %q, message %q, want %q", got, message, tt.want)
			}
			if !strings.Contains(asked.String(), "?") && !strings.Contains(asked.String(), "Type the pool's ") {
				t.Errorf("asked %q", asked.String())
			}
		})
	}
}

func TestAgreeUnasked(t *testing.T) {
	for _, tt := range []struct {
		name    string
		consent consent
		want    finding.FixState
	}{
		{"--yes needs no terminal", consent{yes: true}, ""},
		{"--yes asks nobody", consent{yes: true, terminal: true}, ""},
		{"a dry run", consent{dryRun: true, terminal: true}, finding.FixPlanned},
		{"--dry-run wins over --yes", consent{dryRun: true, yes: true, terminal: true}, finding.FixPlanned},
		{"nobody is there", consent{}, finding.FixPlanned},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var asked bytes.Buffer
			tt.consent.in, tt.consent.ask = strings.NewReader("y\nshop\n"), &asked
			for _, risk := range []finding.FixClass{finding.FixSafe, finding.FixDisruptive} {
				if got, _ := tt.consent.agree(planWith("shop", risk)); got != tt.want {
					t.Errorf("%s: state %q, want %q", risk, got, tt.want)
				}
			}
			if asked.Len() > 0 {
				t.Errorf("asked %q, want no question", asked.String())
			}
		})
	}
}

// Answers are taken from one input, one line each.
func TestAgreeTwice(t *testing.T) {
	var asked bytes.Buffer
	c := consent{in: strings.NewReader("n\nshop\nrest"), ask: &asked, terminal: true}
	first, _ := c.agree(planWith("blog", finding.FixSafe))
	second, _ := c.agree(planWith("shop", finding.FixDisruptive))
	if first != finding.FixDeclined || second != "" {
		t.Errorf("states %q and %q, want declined and agreed", first, second)
	}
	if rest := readLine(c.in); rest != "rest" {
		t.Errorf("left %q, want what nobody asked for", rest)
	}
}

// What a terminal would obey is not in the question.
func TestAgreeAsksInPlainText(t *testing.T) {
	var asked bytes.Buffer
	c := consent{in: strings.NewReader("\n"), ask: &asked, terminal: true}
	c.agree(planWith("a\x1b[2Jb\u202ec", finding.FixDisruptive))
	if strings.ContainsAny(asked.String(), "\x1b\u202e") {
		t.Errorf("asked %q", asked.String())
	}
}
