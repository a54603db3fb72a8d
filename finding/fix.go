package finding

// Fix is what became of the wish to repair one pool.
type Fix struct {
	// Pool is the pool's id; the others are as in [Pool].
	Pool    string `json:"pool"`
	Account string `json:"account"`
	Region  string `json:"region"`
	Source  string `json:"source"`
	// State says how far it came.
	State FixState `json:"state"`
	// Message says why it came no further; empty if it was applied.
	Message string `json:"message,omitempty"`
	// Risk is the worst of the changes; empty without any.
	Risk FixClass `json:"risk,omitempty"`
	// Users is about how many users the pool has; nil if nothing tells it.
	Users *int64 `json:"users,omitempty"`
	// Owner names another tool that owns the pool, in words.
	Owner string `json:"owner,omitempty"`
	// Calls are in the order in which they are made.
	Calls   []FixCall `json:"calls"`
	Unfixed []Unfixed `json:"unfixed"`
	// Refusals say why the plan may not be applied.
	Refusals []string `json:"refusals,omitempty"`
	// Notes are remarks on a plan.
	Notes []string `json:"notes,omitempty"`
	// Unexpected is what turned out not to be as planned.
	Unexpected []FixDifference `json:"unexpected,omitempty"`
	// Journal is the file that a rollback needs; empty if nothing was written.
	Journal string `json:"journal,omitempty"`
	// Diff is the change of files, for exports.
	Diff string `json:"diff,omitempty"`
}

// FixState says how far a repair came.
type FixState string

// The states.
const (
	FixPlanned     FixState = "planned"     // a dry run
	FixNothing     FixState = "nothing"     // nothing can be fixed
	FixRefused     FixState = "refused"     // the plan may not be applied
	FixDeclined    FixState = "declined"    // a person said no
	FixPostponed   FixState = "postponed"   // beyond --max-pools
	FixApplied     FixState = "applied"     // exactly as planned
	FixUnchanged   FixState = "unchanged"   // it failed, and the pool is as it was
	FixIncomplete  FixState = "incomplete"  // only a part of the calls was made
	FixDamaged     FixState = "damaged"     // something changed that nobody asked for
	FixRestored    FixState = "restored"    // it had, and was set back
	FixInterrupted FixState = "interrupted" // told to stop
)

// Failed tells whether the repair was tried and is not exactly as planned.
func (s FixState) Failed() bool {
	switch s {
	case FixUnchanged, FixIncomplete, FixDamaged, FixRestored:
		return true
	}
	return false
}

// FixCall is one call of the API.
type FixCall struct {
	Operation string `json:"operation"`
	// Target is the client's id, empty for calls about the pool.
	Target  string      `json:"target,omitempty"`
	Changes []FixChange `json:"changes"`
}

// FixChange is one value that a call changes.
type FixChange struct {
	// Path is an RFC 6901 pointer into the snapshot, in which elements of lists
	// stand under their keys: /Clients/<ClientId>/ExplicitAuthFlows.
	Path string `json:"path"`
	// Old and New are the values; nil is an absent one.
	Old          any      `json:"old"`
	New          any      `json:"new"`
	Risk         FixClass `json:"risk"`
	Irreversible bool     `json:"irreversible,omitempty"`
	Rules        []string `json:"rules"`
}

// Unfixed is a failed check that stays as it is.
type Unfixed struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Target   Target   `json:"target"`
	// Why is a word for programs, Reason a sentence for people.
	Why    string `json:"why"`
	Reason string `json:"reason"`
}

// FixDifference is a value that is not as planned.
type FixDifference struct {
	Path     string `json:"path"`
	Expected any    `json:"expected"`
	Actual   any    `json:"actual"`
}
