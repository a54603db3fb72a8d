package finding

import (
	"fmt"
	"slices"
	"strings"
)

// Status is the outcome of one check. The zero value is NotEvaluated on
// purpose: whatever nobody decided is no verdict.
type Status uint8

// The statuses of a check, as design and JSON report name them.
const (
	NotEvaluated  Status = iota // an input is unknown, no verdict
	Pass                        // every input was read and nothing is wrong
	Fail                        // the setting violates the rule
	NotApplicable               // the rule has no subject in this pool
	Waived                      // it fails, and a waiver accepts that
	Error                       // the rule itself failed at run time
)

var statusNames = []string{"not_evaluated", "pass", "fail", "not_applicable", "waived", "error"}

// String returns the status as the JSON report writes it.
func (s Status) String() string { return statusNames[s] }

// MarshalText implements [encoding.TextMarshaler].
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *Status) UnmarshalText(text []byte) error {
	i := slices.Index(statusNames, string(text))
	if i < 0 {
		return fmt.Errorf("unknown status %q, expected one of %s", text, strings.Join(statusNames, ", "))
	}
	*s = Status(i)
	return nil
}

// Severity ranks how much a failed check matters. The zero value is no
// severity; it ranks below Info.
type Severity uint8

// The severities, rising.
const (
	Info Severity = iota + 1
	Low
	Medium
	High
	Critical
)

var severityNames = []string{"none", "info", "low", "medium", "high", "critical"}

// Severities lists all severities, the highest first.
func Severities() []Severity { return []Severity{Critical, High, Medium, Low, Info} }

// String returns the severity as the JSON report writes it.
func (s Severity) String() string { return severityNames[s] }

// MarshalText implements [encoding.TextMarshaler].
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *Severity) UnmarshalText(text []byte) error {
	i := slices.Index(severityNames, string(text))
	if i < int(Info) {
		return fmt.Errorf("unknown severity %q, expected one of %s", text, strings.Join(severityNames[Info:], ", "))
	}
	*s = Severity(i)
	return nil
}
