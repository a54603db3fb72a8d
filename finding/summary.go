package finding

// Summary counts all checks of a scan, shown or not.
type Summary struct {
	Pools  int    `json:"pools"`
	Checks Counts `json:"checks"`
	// FailedBySeverity has all severities as keys.
	FailedBySeverity map[Severity]int `json:"failed_by_severity"`
	// Incomplete counts the checks that a failed read or a failed rule left
	// without a verdict.
	Incomplete int `json:"incomplete"`
}

// Counts is the number of checks by status.
type Counts struct {
	Pass          int `json:"pass"`
	Fail          int `json:"fail"`
	NotEvaluated  int `json:"not_evaluated"`
	NotApplicable int `json:"not_applicable"`
	Waived        int `json:"waived"`
	Error         int `json:"error"`
}

// NewSummary returns a summary that counted nothing yet.
func NewSummary() Summary {
	s := Summary{FailedBySeverity: map[Severity]int{}}
	for _, severity := range Severities() {
		s.FailedBySeverity[severity] = 0
	}
	return s
}

// Add counts one check.
func (s *Summary) Add(c Check) { s.count(c, 1) }

// Remove takes a check back that was counted.
func (s *Summary) Remove(c Check) { s.count(c, -1) }

func (s *Summary) count(c Check, n int) {
	switch c.Status {
	case Pass:
		s.Checks.Pass += n
	case Fail:
		s.Checks.Fail += n
		s.FailedBySeverity[c.Severity] += n
	case NotApplicable:
		s.Checks.NotApplicable += n
	case Waived:
		s.Checks.Waived += n
	case Error:
		s.Checks.Error += n
		s.Incomplete += n
	default:
		s.Checks.NotEvaluated += n
		if c.Incomplete {
			s.Incomplete += n
		}
	}
}

// FailedAtLeast returns how many checks failed with a severity of at least
// min; none fail for the zero severity.
func (s *Summary) FailedAtLeast(min Severity) int {
	n := 0
	for severity, count := range s.FailedBySeverity {
		if min > 0 && severity >= min {
			n += count
		}
	}
	return n
}

// Merge counts what another summary counted.
func (s *Summary) Merge(o Summary) {
	s.Pools += o.Pools
	s.Incomplete += o.Incomplete
	s.Checks.Pass += o.Checks.Pass
	s.Checks.Fail += o.Checks.Fail
	s.Checks.NotEvaluated += o.Checks.NotEvaluated
	s.Checks.NotApplicable += o.Checks.NotApplicable
	s.Checks.Waived += o.Checks.Waived
	s.Checks.Error += o.Checks.Error
	for severity, n := range o.FailedBySeverity {
		s.FailedBySeverity[severity] += n
	}
}
