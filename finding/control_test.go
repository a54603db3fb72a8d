package finding

import (
	"slices"
	"testing"
)

func TestCompareControls(t *testing.T) {
	want := []string{"6.2.1", "6.2.9", "6.2.10", "6.2.10 (L2)", "10.4.1", "A.8.5", "A.8.16", "Cognito.1", "Cognito.3", "IA-2"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, CompareControls)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
