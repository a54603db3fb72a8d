package remediate

import (
	"strings"
	"testing"

	"github.com/cognilint/cognilint/snapshot"
)

// The reason for leaving out an edit without a path says what is wrong with it.
func TestAimWithoutPath(t *testing.T) {
	_, err := aim(&snapshot.Pool{}, []snapshot.Edit{{Op: snapshot.OpReplace, Value: "x"}})
	if err == nil || !strings.HasPrefix(err.Error(), "an edit without a path") {
		t.Errorf("error %v", err)
	}
}
