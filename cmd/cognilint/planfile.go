package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/remediate"
	"github.com/cognilint/cognilint/scanner"
)

// planSchema is the value of the member "schema" in a saved plan.
const planSchema = "cognilint.plan/v1"

// planLife is how long a saved plan may be carried out. Settings are compared
// anyway; what people know about a pool gets old, too.
const planLife = 24 * time.Hour

// planFile is a saved plan.
type planFile struct {
	Schema    string    `json:"schema"`
	Tool      string    `json:"tool"`
	CreatedAt time.Time `json:"created_at"`
	// Flags are those of the scan that say which rules count, so that the result
	// is judged by the same ones.
	Flags map[string][]string `json:"flags"`
	Plans []*remediate.Plan   `json:"plans"`
}

// policyFlags are the flags of a scan that say which rules count.
var policyFlags = []string{"rule", "skip-rule", "category", "baseline", "policy", "config", "param", "waivers"}

// savePlans writes the plans that change something and may be carried out.
func savePlans(path string, flags map[string][]string, plans []*remediate.Plan) error {
	file := planFile{Schema: planSchema, Tool: "cognilint " + version(), CreatedAt: now(), Flags: flags, Plans: []*remediate.Plan{}}
	for _, plan := range plans {
		if len(plan.Calls) > 0 && len(plan.Refusals) == 0 {
			file.Plans = append(file.Plans, plan)
		}
	}
	return writeFile(path, func(w io.Writer) error {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(file)
	})
}

// flagValues returns the values of the flags that say which rules count.
func flagValues(c *cli.Context) map[string][]string {
	values := map[string][]string{}
	for _, name := range policyFlags {
		if !c.IsSet(name) {
			continue
		}
		if list := c.StringSlice(name); list != nil {
			values[name] = list
		} else {
			values[name] = []string{c.String(name)}
		}
	}
	return values
}

// maxPlanFile is far more than the plans of many pools take.
const maxPlanFile = 256 << 20

// readPlans reads a saved plan; one that is too old, or is none, is an error.
func readPlans(path string) (*planFile, error) {
	wrong := func(message string) error { return &scanner.InputError{File: path, Message: message} }
	in, err := os.Open(path)
	if err != nil {
		return nil, wrong(withoutName(err).Error() + ", expected a plan that \"cognilint scan --fix --plan-out\" saved")
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, maxPlanFile+1))
	if err != nil {
		return nil, wrong(withoutName(err).Error())
	}
	if len(text) > maxPlanFile {
		return nil, wrong(fmt.Sprintf("larger than %d MiB, expected a plan", maxPlanFile>>20))
	}
	var file planFile
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, planError(path, text, decoder, err)
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, planError(path, text, decoder, errors.New("more than one value"))
	}
	switch age := now().Sub(file.CreatedAt); {
	case file.Schema != planSchema:
		return nil, wrong(fmt.Sprintf("schema is %q, expected %q", file.Schema, planSchema))
	case age > planLife:
		return nil, wrong(fmt.Sprintf("the plan was made %s ago, expected at most 24 hours; make a new one with: cognilint scan --fix --plan-out", age.Round(time.Minute)))
	case age < -time.Hour:
		return nil, wrong("the plan was made in the future, expected the clocks to agree; make a new one")
	}
	for i, plan := range file.Plans {
		if err := plan.Check(); err != nil {
			return nil, wrong(err.Error())
		}
		if slices.ContainsFunc(file.Plans[:i], func(other *remediate.Plan) bool { return finding.ComparePools(other.Pool, plan.Pool) == 0 }) {
			return nil, wrong(fmt.Sprintf("there are two plans for pool %s, expected one", plan.Pool.ID))
		}
	}
	return &file, nil
}

// planError places a mistake in a plan.
func planError(path string, text []byte, decoder *json.Decoder, err error) error {
	offset := min(int(decoder.InputOffset()), len(text))
	switch e := err.(type) {
	case *json.SyntaxError:
		offset = min(int(e.Offset), len(text))
	case *json.UnmarshalTypeError:
		offset = min(int(e.Offset), len(text))
	}
	before := text[:offset]
	return &scanner.InputError{
		File: path, Line: bytes.Count(before, []byte("\n")) + 1, Column: offset - bytes.LastIndexByte(before, '\n'),
		Message: err.Error() + ", expected a plan that \"cognilint scan --fix --plan-out\" saved",
	}
}

// setFlags gives flags the values that a plan was made with.
func (f *planFile) setFlags(c *cli.Context) error {
	for _, name := range policyFlags {
		for _, value := range f.Flags[name] {
			if err := c.Set(name, value); err != nil {
				return fmt.Errorf("the plan was made with --%s %q: %w", name, value, err)
			}
		}
	}
	for name := range f.Flags {
		if !slices.Contains(policyFlags, name) {
			return fmt.Errorf("the plan was made with the unknown flag %q", name)
		}
	}
	return nil
}

// now is the time of saved plans.
func now() time.Time { return time.Now().UTC() }
