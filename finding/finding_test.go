package finding

import "testing"

// TestFingerprint: fingerprints are compared with those of saved reports.
func TestFingerprint(t *testing.T) {
	pool := Target{Kind: TargetPool, ID: "eu-west-1_A", Name: "a"}
	renamed := pool
	renamed.Name = "b"
	const want = "beaf69c2255be77c010c23e590210c3c"
	if got := Fingerprint("mfa-required", "eu-west-1_A", pool); got != want {
		t.Errorf("fingerprint %s, want %s", got, want)
	}
	if Fingerprint("mfa-required", "eu-west-1_A", pool) != Fingerprint("mfa-required", "eu-west-1_A", renamed) {
		t.Error("a new name changes the fingerprint")
	}
	seen := map[string]bool{}
	for _, f := range []string{
		Fingerprint("mfa-required", "eu-west-1_A", pool),
		Fingerprint("mfa-totp-enabled", "eu-west-1_A", pool),
		Fingerprint("mfa-required", "eu-west-1_B", pool),
		Fingerprint("mfa-required", "eu-west-1_A", Target{Kind: TargetClient, ID: "eu-west-1_A"}),
		Fingerprint("mfa-required", "eu-west-1_A", Target{Kind: TargetPool}),
	} {
		if seen[f] {
			t.Errorf("fingerprint %s stands for two checks", f)
		}
		seen[f] = true
	}
}

func TestSummary(t *testing.T) {
	s := NewSummary()
	for _, c := range []Check{
		{Status: Fail, Severity: High},
		{Status: Fail, Severity: Info},
		{Status: Waived, Severity: Critical},
		{Status: Error},
		{Status: NotEvaluated},
		{Status: NotEvaluated, Incomplete: true},
		{Status: Pass},
		{Status: NotApplicable},
	} {
		s.Add(c)
	}
	if want := (Counts{Pass: 1, Fail: 2, NotEvaluated: 2, NotApplicable: 1, Waived: 1, Error: 1}); s.Checks != want {
		t.Errorf("counts %+v, want %+v", s.Checks, want)
	}
	if s.Incomplete != 2 {
		t.Errorf("%d incomplete, want the unread check and the error", s.Incomplete)
	}
	for severity, want := range map[Severity]int{0: 0, Critical: 0, High: 1, Low: 1, Info: 2} {
		if got := s.FailedAtLeast(severity); got != want {
			t.Errorf("%d failed at least %s, want %d", got, severity, want)
		}
	}
}
