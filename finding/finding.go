// Package finding holds what a scan concludes, as data: rules, checks and the
// report that every output format is a function of. It decides nothing and
// prints nothing.
//
// Start with [Report]; its JSON form is the contract cognilint.report/v1.
package finding

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"
)

// ReportSchema is the value of the member "schema" in a JSON report.
const ReportSchema = "cognilint.report/v1"

// Report is the result of one scan.
type Report struct {
	Schema     string    `json:"schema"`
	Tool       Tool      `json:"tool"`
	Baseline   string    `json:"baseline"`
	StartedAt  time.Time `json:"started_at"`
	FinishedAt time.Time `json:"finished_at"`
	// Shard is which of how many, such as "2/4", if the scan was one of several
	// that share the accounts.
	Shard   string  `json:"shard,omitempty"`
	Summary Summary `json:"summary"`
	// Pools lists what was in scope, sorted by account, Region, id and source.
	Pools []Pool `json:"pools"`
	// Rules lists the selected rules, sorted by id.
	Rules []Rule `json:"rules"`
	// Checks is ordered like Pools, within a pool by severity (highest first),
	// rule and target. Passed and not applicable checks are left out unless
	// they were asked for; Summary counts them all the same.
	Checks []Check `json:"checks"`
	// Problems lists reads that failed.
	Problems []Problem `json:"problems"`
	// Fixes tells of repairs, in the order of Pools; nil unless they were asked
	// for.
	Fixes []Fix `json:"fixes,omitempty"`
	// Comparison is with an earlier report; nil if there was none.
	Comparison *Comparison `json:"comparison,omitempty"`
}

// WithoutPassed returns the report without the checks that passed or do not
// apply; r stays as it is.
func (r *Report) WithoutPassed() *Report {
	listed := *r
	listed.Checks = slices.DeleteFunc(slices.Clone(r.Checks), func(c Check) bool { return c.Status == Pass || c.Status == NotApplicable })
	return &listed
}

// Tool names the program that wrote a report.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Pool identifies a scanned user pool.
type Pool struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// ARN, Account and Region are empty when an export does not tell them.
	ARN     string `json:"arn"`
	Account string `json:"account"`
	Region  string `json:"region"`
	// Source is "live", or the file that holds the pool's main section.
	Source string `json:"source"`
}

// Target is what a check looked at: the pool itself or one part of it.
type Target struct {
	Kind TargetKind `json:"kind"`
	// ID is the API's key of the target, such as a ClientId. It is empty when
	// the list of targets could not be read or has no element.
	ID   string `json:"id"`
	Name string `json:"name"`
}

// TargetKind says what a rule is evaluated for, once per element.
type TargetKind string

// The kinds of target.
const (
	TargetPool              TargetKind = "pool"
	TargetClient            TargetKind = "client"
	TargetIdentityProvider  TargetKind = "identity_provider"
	TargetGroup             TargetKind = "group"
	TargetResourceServer    TargetKind = "resource_server"
	TargetRiskConfiguration TargetKind = "risk_configuration"
	TargetDomain            TargetKind = "domain"
)

// Check is the outcome of one rule for one target.
type Check struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Status   Status   `json:"status"`
	// Pool is the pool's id.
	Pool string `json:"pool"`
	// Source is the pool's source where a report holds several pools with this
	// id, and empty elsewhere.
	Source string `json:"source,omitempty"`
	Target Target `json:"target"`
	// Violations is not empty exactly for Fail and Waived.
	Violations []Violation `json:"violations,omitempty"`
	// Reason says why there is no verdict (NotEvaluated, NotApplicable, Error).
	Reason string `json:"reason,omitempty"`
	// Hint is the next step that would make the check evaluable.
	Hint string `json:"hint,omitempty"`
	// Incomplete is true when Reason is a read that failed, not a gap that is
	// inherent to an export; such a check makes the scan incomplete.
	Incomplete bool `json:"incomplete,omitempty"`
	// Fix is the class of repair that a failed check has.
	Fix FixClass `json:"fix,omitempty"`
	// Waiver is set exactly for Waived.
	Waiver *Waiver `json:"waiver,omitempty"`
	// Note is a remark on a failure: that another rule fails for the same cause,
	// that one wants the opposite, that a waiver expired.
	Note string `json:"note,omitempty"`
	// Fingerprint identifies the check over time; see [Fingerprint].
	Fingerprint string `json:"fingerprint"`
	// Change tells how the check differs from an earlier report; empty if the
	// report was not compared.
	Change Change `json:"change,omitempty"`
}

// Violation is one fact that makes a check fail.
type Violation struct {
	Message string `json:"message"`
	// Path is an RFC 6901 pointer into the snapshot.
	Path string `json:"path"`
	// Actual is the value found, nil when it is absent.
	Actual any `json:"actual"`
	// Expected is the value, or a description of the values, that pass.
	Expected any `json:"expected"`
	// Position is nil for live pools.
	Position *Position `json:"position,omitempty"`
}

// Position is a region of a file. Lines and columns count from 1, columns in
// Unicode code points; the end column is one past the last character.
type Position struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	// Frame holds the source lines around the position, with secrets masked;
	// it is made for people at a terminal and not saved.
	Frame string `json:"-"`
}

// FixClass says what a repair would do to people who use the pool.
type FixClass string

// The fix classes.
const (
	// FixSafe: no working account, session or caller stops working.
	FixSafe FixClass = "safe"
	// FixDisruptive may break a sign-in and needs explicit consent.
	FixDisruptive FixClass = "disruptive"
	// FixManual: the tool proposes no edit.
	FixManual FixClass = "manual"
)

// Problem is a read that failed. Empty fields mean "all".
type Problem struct {
	Account   string `json:"account"`
	Region    string `json:"region"`
	Pool      string `json:"pool"`
	Operation string `json:"operation"`
	Error     string `json:"error"`
}

// Fingerprint identifies a check by what it is about: the rule, the pool id
// and the target. So it survives re-ordering, renamed files and moved lines.
func Fingerprint(rule, pool string, target Target) string {
	h := sha256.New()
	for _, part := range []string{"cognilint/v1", rule, pool, string(target.Kind), target.ID} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
