package remediate

import (
	"testing"
)

// TestCompare: what the API tells in other words is no difference, and
// everything else is one.
func TestCompare(t *testing.T) {
	for _, tt := range []struct {
		name         string
		before, then string
		differs      bool
	}{
		{"the default of invitations appears", `{"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true}}`, `{"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true, "UnusedAccountValidityDays": 7}}`, false},
		{"another validity of invitations appears", `{"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true}}`, `{"AdminCreateUserConfig": {"AllowAdminCreateUserOnly": true, "UnusedAccountValidityDays": 8}}`, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before, then := poolFrom(t, `{"UserPool": `+tt.before+`}`), poolFrom(t, `{"UserPool": `+tt.then+`}`)
			for _, found := range [][]Difference{differences(before, then), differences(then, before)} {
				if (len(found) > 0) != tt.differs {
					t.Errorf("got %v", found)
				}
			}
		})
	}
}
