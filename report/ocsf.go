package report

import (
	"bufio"
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/cognilint/cognilint/finding"
)

// Numbers of the Open Cybersecurity Schema Framework,
// https://schema.ocsf.io/1.5.0/classes/compliance_finding
const (
	ocsfVersion  = "1.5.0"
	ocsfFindings = 2    // category
	ocsfClass    = 2003 // Compliance Finding

	ocsfCreate, ocsfUpdate, ocsfClose     = 1, 2, 3 // activity_id
	ocsfNew, ocsfSuppressed, ocsfResolved = 1, 3, 4 // status_id
	ocsfPass, ocsfWarning, ocsfFail       = 1, 2, 3 // compliance.status_id
	ocsfInformational                     = 1       // severity_id; it rises from there
	ocsfRule                              = 1       // finding_info.analytic.type_id
	ocsfAWSAccount                        = 10      // cloud.account.type_id
)

// The captions of the numbers, by number.
var (
	ocsfActivities  = []string{"Unknown", "Create", "Update", "Close"}
	ocsfStatuses    = []string{"Unknown", "New", "In Progress", "Suppressed", "Resolved"}
	ocsfCompliances = []string{"Unknown", "Pass", "Warning", "Fail"}
	ocsfSeverities  = []string{"Unknown", "Informational", "Low", "Medium", "High", "Critical"}
)

// resourceTypes are CloudFormation's names of what checks look at.
var resourceTypes = map[finding.TargetKind]string{
	finding.TargetPool:              "AWS::Cognito::UserPool",
	finding.TargetClient:            "AWS::Cognito::UserPoolClient",
	finding.TargetIdentityProvider:  "AWS::Cognito::UserPoolIdentityProvider",
	finding.TargetGroup:             "AWS::Cognito::UserPoolGroup",
	finding.TargetResourceServer:    "AWS::Cognito::UserPoolResourceServer",
	finding.TargetRiskConfiguration: "AWS::Cognito::UserPoolRiskConfigurationAttachment",
	finding.TargetDomain:            "AWS::Cognito::UserPoolDomain",
}

// writeOCSF writes a JSON array with one Compliance Finding per line. What does
// not apply is no finding; what passes closes the one that there may be.
func writeOCSF(w *bufio.Writer, r *finding.Report, _ Options) error {
	rules := rulesByID(r)
	pools := poolFinder{pools: r.Pools}
	array := newArray(w)
	for c := range findings(r) {
		if err := array.add(newOCSFEvent(r, rules[c.Rule], pools.find(c.Pool, c.Source), c, array.n)); err != nil {
			return err
		}
	}
	return array.close()
}

// newOCSFEvent makes the event of a check; n tells the events of a report apart.
func newOCSFEvent(r *finding.Report, rule finding.Rule, pool finding.Pool, c finding.Check, n int) ocsfEvent {
	activity, status, compliance := ocsfState(c)
	severity := int(c.Severity)
	if compliance == ocsfPass {
		severity = ocsfInformational
	}
	at := r.FinishedAt
	if at.IsZero() {
		at = r.StartedAt
	}
	standards, requirements := requirements(rule)
	event := ocsfEvent{
		Metadata: ocsfMetadata{
			Version:  ocsfVersion,
			Product:  ocsfProduct{r.Tool.Name, "cognilint", r.Tool.Version},
			Profiles: []string{"cloud"},
			UID:      shortHash(findingID(c), strconv.Itoa(n), r.StartedAt.UTC().Format(time.RFC3339Nano)),
		},
		CategoryUID: ocsfFindings, CategoryName: "Findings",
		ClassUID: ocsfClass, ClassName: "Compliance Finding",
		ActivityID: activity, ActivityName: ocsfActivities[activity],
		TypeUID: ocsfClass*100 + activity, TypeName: "Compliance Finding: " + ocsfActivities[activity],
		SeverityID: severity, Severity: ocsfSeverities[severity],
		StatusID: status, Status: ocsfStatuses[status],
		Time:    at.UnixMilli(),
		Message: outcome(c),
		FindingInfo: ocsfFinding{
			UID: findingID(c), Title: title(rule, c), Desc: rule.Description, LastSeenTime: at.UnixMilli(),
			Analytic: ocsfAnalytic{ocsfRule, "Rule", c.Rule, rule.Title},
		},
		Compliance: ocsfCompliance{
			Control: c.Rule, Category: rule.Category, Standards: standards, Requirements: requirements,
			StatusID: compliance, Status: ocsfCompliances[compliance],
			Checks: []ocsfCheck{{
				UID: c.Rule, Name: rule.Title,
				SeverityID: int(c.Severity), Severity: ocsfSeverities[c.Severity],
				StatusID: compliance, Status: ocsfCompliances[compliance], Standards: standards,
			}},
		},
		Resources: ocsfResources(pool, c.Target),
		Cloud:     ocsfCloud{Provider: "AWS", Region: pool.Region},
		Unmapped:  &ocsfUnmapped{c.Change, c.Fix, c.Note, c.Hint},
	}
	if len(standards) == 0 {
		// A required member before version 1.5.
		event.Compliance.Standards = []string{"cognilint " + r.Baseline}
	}
	for _, p := range rule.Params {
		if p.Value != nil {
			event.Compliance.ControlParameters = append(event.Compliance.ControlParameters, ocsfKeyValue{p.Name, jsonText(p.Value)})
		}
	}
	// What failed in an earlier report is in the message.
	if compliance != ocsfPass {
		event.Compliance.StatusDetails = details(c)
		for _, v := range c.Violations {
			event.Evidences = append(event.Evidences, ocsfEvidence{v})
		}
	}
	if c.Waiver != nil {
		event.Comment = waiver(c.Waiver)
	}
	if rule.Remediation != "" {
		event.Remediation = &ocsfRemediation{Desc: rule.Remediation}
		for _, reference := range rule.References {
			event.Remediation.References = append(event.Remediation.References, reference.URL)
		}
	}
	if pool.Account != "" {
		event.Cloud.Account = &ocsfAccount{pool.Account, ocsfAWSAccount, "AWS Account"}
	}
	if *event.Unmapped == (ocsfUnmapped{}) {
		event.Unmapped = nil
	}
	return event
}

// ocsfState tells what happened to the finding of a check. Without a comparison
// nobody knows whether there was one, so it is created.
func ocsfState(c finding.Check) (activity, status, compliance int) {
	switch c.Change {
	case finding.ChangeWorse, finding.ChangeUnchanged, finding.ChangeNewlyWaived, finding.ChangeNewlyNotEvaluated:
		activity = ocsfUpdate
	default:
		activity = ocsfCreate
	}
	switch c.Status {
	case finding.Pass, finding.NotApplicable:
		return ocsfClose, ocsfResolved, ocsfPass
	case finding.Fail:
		return activity, ocsfNew, ocsfFail
	case finding.Waived:
		return activity, ocsfSuppressed, ocsfFail
	default:
		return activity, ocsfNew, ocsfWarning
	}
}

// ocsfResources lists the pool and, if the check is about a part of it, the part.
func ocsfResources(pool finding.Pool, target finding.Target) []ocsfResource {
	partition := ""
	if parts := strings.Split(pool.ARN, ":"); len(parts) == 6 {
		partition = parts[1]
	}
	resources := []ocsfResource{{
		UID: cmp.Or(pool.ARN, pool.ID), Name: pool.Name, Type: resourceTypes[finding.TargetPool], Region: pool.Region, CloudPartition: partition,
		Data: map[string]any{"id": pool.ID, "source": pool.Source},
	}}
	if name := resourceTypes[target.Kind]; target.Kind != finding.TargetPool && name != "" && target.ID+target.Name != "" {
		resources = append(resources, ocsfResource{UID: target.ID, Name: target.Name, Type: name, Region: pool.Region, CloudPartition: partition})
	}
	return resources
}
