package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/cognilint/cognilint/finding"
)

// junit renders a report, and checks what servers agree on: the elements, their
// order, the counts, and names that tell cases apart.
func junit(t *testing.T, r *finding.Report) junitSuites {
	t.Helper()
	out := render(t, "junit", r, Options{})
	checkXML(t, out)
	var all junitSuites
	if err := xml.Unmarshal([]byte(out), &all); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	var sum junitCounts
	for _, suite := range all.Suites {
		counted := junitSuite{Cases: suite.Cases}
		counted.count()
		counted.Name, counted.Time = suite.Name, suite.Time
		if counted.junitCounts != suite.junitCounts {
			t.Errorf("counts of %s are %+v, want %+v", suite.Name, suite.junitCounts, counted.junitCounts)
		}
		for _, c := range suite.Cases {
			if name := c.ClassName + "\x00" + c.Name; names[name] {
				t.Errorf("two cases are %q", name)
			} else {
				names[name] = true
			}
			if c.ClassName != suite.Name || c.Name == "" {
				t.Errorf("case %+v of suite %s", c, suite.Name)
			}
		}
		sum.Tests += suite.Tests
		sum.Failures += suite.Failures
		sum.Errors += suite.Errors
		sum.Skipped += suite.Skipped
	}
	sum.Name, sum.Time = all.Name, all.Time
	if sum != all.junitCounts {
		t.Errorf("the sums are %+v, want %+v", all.junitCounts, sum)
	}
	return all
}

// checkXML walks through a document by what elements may hold.
func checkXML(t *testing.T, text string) {
	t.Helper()
	children := map[string]string{
		"": "testsuites", "testsuites": "testsuite", "testsuite": "properties testcase", "properties": "property", "property": "",
		"testcase": "skipped error failure system-out", "skipped": "", "error": "", "failure": "", "system-out": "",
	}
	decoder := xml.NewDecoder(strings.NewReader(text))
	stack := []string{""}
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%v in %.200s", err, text)
		}
		switch token := token.(type) {
		case xml.StartElement:
			parent := stack[len(stack)-1]
			if !strings.Contains(" "+children[parent]+" ", " "+token.Name.Local+" ") {
				t.Errorf("<%s> in <%s>", token.Name.Local, parent)
			}
			stack = append(stack, token.Name.Local)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.Comment, xml.Directive:
			t.Errorf("a name made %T %q", token, token)
		}
	}
}

func TestJUnit(t *testing.T) {
	all := junit(t, compared())
	cases := map[string]junitCase{}
	for _, suite := range all.Suites {
		for _, c := range suite.Cases {
			cases[c.ClassName+" "+c.Name] = c
		}
	}
	get := func(name string) junitCase {
		c, ok := cases[name]
		if !ok {
			t.Fatalf("no case is %q", name)
		}
		return c
	}
	const pool = "111122223333/eu-west-1/" + exportID + " "
	failed := get(pool + "client-secret-not-in-public-client [client mobile (" + mobileID + ")]: Title of client-secret-not-in-public-client")
	if failed.Failure == nil || failed.Failure.Type != "critical" || failed.File != "exports/prod/customers.json" || failed.Line != 88 || failed.SystemOut != "new" || !strings.Contains(failed.Failure.Text, "expected: false") {
		t.Errorf("the failed case is %+v", failed)
	}
	waived := get(pool + "client-token-revocation [client mobile (" + mobileID + ")]: Title of client-token-revocation")
	if waived.Skipped == nil || !strings.HasPrefix(waived.Skipped.Message, "waived until 2027-03-31 by ") {
		t.Errorf("the waived case is %+v", waived)
	}
	passed := get(pool + "pool-deletion-protection: Title of pool-deletion-protection")
	if passed.Failure != nil || passed.Error != nil || passed.Skipped != nil || passed.SystemOut != "resolved" {
		t.Errorf("the passed case is %+v", passed)
	}
	unknown := get("444455556666/us-east-1/" + liveID + " logs-export-errors: Title of logs-export-errors")
	if unknown.Error == nil || unknown.Error.Type != "not_evaluated" {
		t.Errorf("the case without a verdict is %+v", unknown)
	}
	resolved := get(hostileID + " mfa-totp-enabled: Title of mfa-totp-enabled")
	if resolved.SystemOut != "resolved: authenticator apps were off" {
		t.Errorf("the resolved case is %+v", resolved)
	}
	problem := get("cognilint ListUserPools 444455556666/ap-southeast-2")
	if problem.Error == nil {
		t.Errorf("the problem is %+v", problem)
	}
	if properties := fmt.Sprint(all.Suites[0].Properties); !strings.Contains(properties, "{changes 1 new, 1 worse") || !strings.Contains(properties, "{pool_gone =HYPERLINK") {
		t.Errorf("the properties are %s", properties)
	}
}

// TestJUnitTwins: a pool that stands in two files is two suites.
func TestJUnitTwins(t *testing.T) {
	r := &finding.Report{Pools: []finding.Pool{{ID: "p", Source: "a.json"}, {ID: "p", Source: "b.json"}}}
	for _, source := range []string{"a.json", "b.json"} {
		r.Checks = append(r.Checks, finding.Check{Rule: "r", Pool: "p", Source: source, Status: finding.Pass, Target: finding.Target{Kind: finding.TargetPool}})
	}
	if all := junit(t, r); len(all.Suites) != 3 || all.Tests != 2 {
		t.Errorf("got %+v", all)
	}
}

// TestJUnitProblems: the same read may fail twice.
func TestJUnitProblems(t *testing.T) {
	problem := finding.Problem{Operation: "ListUserPools", Region: "eu-west-1", Error: "timeout"}
	if all := junit(t, &finding.Report{Problems: []finding.Problem{problem, problem}}); all.Errors != 2 {
		t.Errorf("%d errors, want 2", all.Errors)
	}
}

func TestJUnitLimit(t *testing.T) {
	r := &finding.Report{}
	for i := range maxJUnitCases + 100 {
		c := finding.Check{Rule: "r" + strconv.Itoa(i), Pool: "p", Status: finding.Pass, Target: finding.Target{Kind: finding.TargetPool}}
		if i%100 == 99 {
			c.Status, c.Severity, c.Violations = finding.Fail, finding.Low, make([]finding.Violation, 1)
		}
		r.Checks = append(r.Checks, c)
	}
	all := junit(t, r)
	if all.Tests != maxJUnitCases || all.Failures != 6 || !strings.Contains(fmt.Sprint(all.Suites[0].Properties), "{cases_left_out 100, ") {
		t.Errorf("%d tests, %d failures, %v", all.Tests, all.Failures, all.Suites[0].Properties)
	}
}

func TestJUnitHostileNames(t *testing.T) {
	for what, name := range hostileNames() {
		t.Run(what, func(t *testing.T) { junit(t, hostile(name)) })
	}
}
