package report

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/cognilint/cognilint/finding"
)

// Limits of the AWS Security Finding Format, in characters,
// https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html
const (
	asffSchema          = "2018-10-08"
	asffType            = "Software and Configuration Checks/AWS Security Best Practices"
	maxASFFID           = 512
	maxASFFTitle        = 256
	maxASFFDescription  = 1024
	maxASFFAdvice       = 512
	maxASFFRequirement  = 64
	maxASFFRequirements = 32
	// Security Hub allows 2,048 for product fields, and 240 KB for a finding: with
	// these it cannot be larger.
	maxASFFField      = 1024
	maxASFFParameter  = 512
	maxASFFParameters = 32
	// maxASFFViolations is how many violations have fields of their own.
	maxASFFViolations = 5
)

// writeASFF writes a JSON array of findings for BatchImportFindings. What does not
// apply is no finding. Security Hub takes no finding without an account
// and a Region; a pool that has findings and no ARN is an error, since leaving
// it out would make it look clean.
func writeASFF(w *bufio.Writer, r *finding.Report, _ Options) error {
	rules := rulesByID(r)
	pools := poolFinder{pools: r.Pools}
	// Nothing is written if something would be missing.
	var homeless []string
	seen := map[finding.Pool]bool{}
	for c := range findings(r) {
		pool := pools.find(c.Pool, c.Source)
		if seen[pool] {
			continue
		}
		seen[pool] = true
		if _, ok := homeOf(pool); !ok {
			homeless = append(homeless, homelessName(pool))
		}
	}
	if len(homeless) > 0 {
		return homelessError(homeless)
	}

	array := newArray(w)
	var last finding.Pool
	var at home
	for c := range findings(r) {
		pool := pools.find(c.Pool, c.Source)
		if pool != last || at.arn == "" {
			at, _ = homeOf(pool)
			last = pool
		}
		if err := array.add(newASFFFinding(r, rules[c.Rule], pool, at, c)); err != nil {
			return err
		}
	}
	return array.close()
}

// home is where a pool is: what Security Hub has to know of a resource.
type home struct{ arn, partition, region, account string }

var poolARN = regexp.MustCompile(`^arn:(aws[a-z-]{0,20}):cognito-idp:([a-z0-9-]{1,16}):([0-9]{12}):userpool/[\w-]{1,55}$`)

// homeOf reads the ARN of a pool, or makes it of account, Region and id.
func homeOf(p finding.Pool) (home, bool) {
	arn := p.ARN
	if arn == "" {
		arn = "arn:" + partition(p.Region) + ":cognito-idp:" + p.Region + ":" + p.Account + ":userpool/" + p.ID
	}
	m := poolARN.FindStringSubmatch(arn)
	if m == nil {
		return home{}, false
	}
	return home{m[0], m[1], m[2], m[3]}, true
}

// partition tells which part of AWS a Region belongs to.
func partition(region string) string {
	for _, p := range [][2]string{{"cn-", "aws-cn"}, {"us-gov-", "aws-us-gov"}, {"us-iso-", "aws-iso"}, {"us-isob-", "aws-iso-b"}, {"us-isof-", "aws-iso-f"}, {"eu-isoe-", "aws-iso-e"}, {"eusc-", "aws-eusc"}} {
		if strings.HasPrefix(region, p[0]) {
			return p[1]
		}
	}
	return "aws"
}

func homelessName(p finding.Pool) string {
	name := clean(p.ID)
	if p.Source != "" && p.Source != live {
		name += " (" + clean(p.Source) + ")"
	}
	return name
}

// errNoARN is the fact of the error about pools that cannot be imported.
var errNoARN = errors.New("no valid ARN, nor account and Region, which Security Hub needs,")

func homelessError(pools []string) error {
	if n := len(pools) - maxTargets; n > 0 {
		pools = append(pools[:maxTargets:maxTargets], fmt.Sprintf("%d more", n))
	}
	return fmt.Errorf("%w for %s; export the whole answer of describe-user-pool, which has the Arn, or leave the pool out with --exclude-pool", errNoARN, strings.Join(pools, ", "))
}

// newASFFFinding makes the finding of a check. Its id stays the same, so an
// import updates the finding of an earlier one.
func newASFFFinding(r *finding.Report, rule finding.Rule, pool finding.Pool, home home, c finding.Check) asffFinding {
	updated := r.FinishedAt
	if updated.IsZero() {
		updated = r.StartedAt
	}
	created := r.StartedAt
	if c.Change != "" && c.Change != finding.ChangeNew && r.Comparison != nil {
		created = r.Comparison.StartedAt // it was there then, and may be older
	}
	state, status := asffState(c)
	label := strings.ToUpper(c.Severity.String())
	if c.Severity < finding.Low || state == "ARCHIVED" || status == "PASSED" || c.Status == finding.Waived {
		label = "INFORMATIONAL"
	}
	out := asffFinding{
		SchemaVersion: asffSchema,
		ID:            asffText("cognilint/"+findingID(c), maxASFFID),
		ProductARN:    "arn:" + home.partition + ":securityhub:" + home.region + ":" + home.account + ":product/" + home.account + "/default",
		GeneratorID:   asffText("cognilint/"+c.Rule, maxASFFID),
		AwsAccountID:  home.account,
		CreatedAt:     asffTime(created),
		UpdatedAt:     asffTime(updated),
		Title:         asffText(title(rule, c), maxASFFTitle),
		Description:   asffText(outcome(c), maxASFFDescription),
		FindingProviderFields: asffProviderFields{
			Severity: asffSeverity{Label: label, Original: c.Severity.String()},
			Types:    []string{asffType},
		},
		ProductFields: asffFields(r, rule, pool, c),
		Compliance:    asffCompliance{Status: status},
		RecordState:   state,
	}
	resource := asffResource{Type: "Other", ID: home.arn, Partition: home.partition, Region: home.region}
	resource.Details.Other = fields(maxASFFField, "UserPoolId", pool.ID, "Name", pool.Name, "Source", pool.Source, "TargetKind", string(c.Target.Kind), "TargetId", c.Target.ID, "TargetName", c.Target.Name)
	out.Resources = []asffResource{resource}

	_, controls := requirements(rule)
	for _, control := range controls[:min(len(controls), maxASFFRequirements)] {
		out.Compliance.RelatedRequirements = append(out.Compliance.RelatedRequirements, asffText(control, maxASFFRequirement))
	}
	if code := asffReasonCode(c); code != "" {
		out.Compliance.StatusReasons = []asffReason{{code, asffText(outcome(c), maxASFFDescription)}}
	}
	for _, p := range rule.Params {
		if p.Value != nil && len(out.Compliance.SecurityControlParameters) < maxASFFParameters {
			out.Compliance.SecurityControlParameters = append(out.Compliance.SecurityControlParameters, asffParameter{asffText(p.Name, maxASFFParameter), []string{asffText(jsonText(p.Value), maxASFFParameter)}})
		}
	}
	if strings.TrimSpace(rule.Remediation) != "" {
		out.Remediation = &asffRemediation{asffRecommendation{Text: asffText(rule.Remediation, maxASFFAdvice)}}
		if len(rule.References) > 0 && strings.HasPrefix(rule.References[0].URL, "https://") {
			out.Remediation.Recommendation.URL = rule.References[0].URL
		}
	}
	return out
}

// asffState tells how a finding stands. A waiver is no workflow status: that
// belongs to the people at Security Hub, and an import could not take it back
// when the waiver ends.
func asffState(c finding.Check) (record, compliance string) {
	switch {
	case c.Change == finding.ChangeResolved:
		return "ARCHIVED", "PASSED"
	case c.Status == finding.Pass:
		return "ACTIVE", "PASSED"
	case c.Status == finding.Fail:
		return "ACTIVE", "FAILED"
	case c.Status == finding.Waived:
		return "ACTIVE", "WARNING"
	default:
		return "ACTIVE", "NOT_AVAILABLE"
	}
}

func asffReasonCode(c finding.Check) string {
	switch c.Status {
	case finding.Waived, finding.NotEvaluated, finding.Error:
		return strings.ToUpper(c.Status.String())
	default:
		return ""
	}
}

// asffFields are what the format has no member for.
func asffFields(r *finding.Report, rule finding.Rule, pool finding.Pool, c finding.Check) map[string]string {
	all := fields(maxASFFField,
		"cognilint/version", r.Tool.Version, "cognilint/baseline", r.Baseline, "cognilint/rule", c.Rule, "cognilint/category", rule.Category,
		"cognilint/status", c.Status.String(), "cognilint/fingerprint", c.Fingerprint, "cognilint/change", string(c.Change), "cognilint/fix", string(c.Fix),
		"cognilint/note", c.Note, "cognilint/hint", c.Hint, "cognilint/pool", pool.ID)
	if c.Waiver != nil {
		for key, value := range fields(maxASFFField, "cognilint/waiver/owner", c.Waiver.Owner, "cognilint/waiver/reason", c.Waiver.Reason, "cognilint/waiver/expires", c.Waiver.Expires, "cognilint/waiver/ticket", c.Waiver.Ticket) {
			all[key] = value
		}
	}
	if c.Change == finding.ChangeResolved {
		return all
	}
	for i, v := range c.Violations[:min(len(c.Violations), maxASFFViolations)] {
		prefix := fmt.Sprintf("cognilint/violation/%d/", i)
		for key, value := range fields(maxASFFField, "path", v.Path, "actual", value(v.Actual), "expected", value(v.Expected), "place", where(pool, v.Position)) {
			all[prefix+key] = value
		}
	}
	return all
}

// fields makes a map of keys and values, without the values that are empty.
func fields(limit int, pairs ...string) map[string]string {
	all := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		if strings.TrimSpace(pairs[i+1]) != "" {
			all[pairs[i]] = asffText(pairs[i+1], limit)
		}
	}
	return all
}

func asffTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// asffText makes a text fit. Security Hub refuses texts without anything but
// space.
func asffText(s string, limit int) string {
	return limited(cmp.Or(strings.TrimSpace(clean(s)), "-"), limit)
}

// limited cuts s to a number of characters. The documentation does not say what
// it counts, so these are units of UTF-16, of which no other count has more but
// that of bytes.
func limited(s string, limit int) string {
	units, end := 0, 0
	for i, r := range s {
		units += utf16.RuneLen(r)
		if units > limit {
			return s[:end] + ellipsis
		}
		if units <= limit-1 {
			end = i + len(string(r))
		}
	}
	return s
}
