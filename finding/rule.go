package finding

// Rule is what a rule says about itself, read from the annotation of its Rego
// package.
type Rule struct {
	// ID is kebab-case and never reused.
	ID    string `json:"id"`
	Title string `json:"title"`
	// Severity is the one in force: the rule's own, or the baseline's.
	Severity    Severity   `json:"severity"`
	Category    string     `json:"category"`
	Target      TargetKind `json:"target"`
	Description string     `json:"description"`
	// Needs lists the inputs without which there is no verdict, as dotted
	// paths: "MfaConfig", "UserPool.Policies", "Client.ExplicitAuthFlows".
	// "Clients.*" asks for the complete list.
	Needs []string `json:"needs"`
	// AppliesNeeds lists the inputs that decide whether the rule applies.
	AppliesNeeds []string `json:"applies_needs,omitempty"`
	Params       []Param  `json:"params,omitempty"`
	// ReadsWithParam lists per parameter the sections that are worth reading
	// only if it has a value other than null and false.
	ReadsWithParam map[string][]string `json:"reads_with_param,omitempty"`
	// Controls maps a framework ("pci-dss-4.0.1") to its control ids.
	Controls    map[string][]string `json:"controls,omitempty"`
	Remediation string              `json:"remediation"`
	// WaiveWhen says when accepting a finding is reasonable, and what then has
	// to make up for it.
	WaiveWhen string   `json:"waive_when,omitempty"`
	Fix       FixClass `json:"fix"`
	// FixNote says who notices the fix.
	FixNote string `json:"fix_note,omitempty"`
	// FixNeeds lists inputs that only the fix looks at.
	FixNeeds []string `json:"fix_needs,omitempty"`
	// FixOnlyNamed says that the fix is applied only if the user names the rule,
	// FixIrreversible that nothing can undo it.
	FixOnlyNamed    bool `json:"fix_only_named,omitempty"`
	FixIrreversible bool `json:"fix_irreversible,omitempty"`
	// Guard rules are also evaluated on the result of every fix plan.
	Guard bool `json:"guard,omitempty"`
	// NotWaivable rules accept no waiver.
	NotWaivable bool `json:"not_waivable,omitempty"`
	// Opposes lists rules that pull the same setting the other way.
	Opposes []string `json:"opposes,omitempty"`
	// SameCause lists rules that say the same, and more, where both fail.
	SameCause  []string    `json:"same_cause,omitempty"`
	Aliases    []string    `json:"aliases,omitempty"`
	Since      string      `json:"since"`
	References []Reference `json:"references,omitempty"`
}

// Param is a parameter of a rule.
type Param struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	// Type is "integer", "boolean", "string", "array" or "object".
	Type string `json:"type"`
	// Default may be nil for "not set"; Value is the one in force.
	Default any `json:"default"`
	Value   any `json:"value"`
	// Min and Max bound an integer; nil is no bound.
	Min *int `json:"min,omitempty"`
	Max *int `json:"max,omitempty"`
	// Enum lists the allowed strings; empty allows all.
	Enum []string `json:"enum,omitempty"`
}

// Reference points to documentation.
type Reference struct {
	Description string `json:"description"`
	URL         string `json:"url"`
}

// InBaseline is what a baseline makes of a rule.
type InBaseline struct {
	Baseline string
	// Severity is zero where the rule keeps its own.
	Severity Severity
	// Params are the values that differ from the defaults.
	Params map[string]any
}
