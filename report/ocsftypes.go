package report

import "github.com/cognilint/cognilint/finding"

// The members of an event, named as the schema names them.
type (
	ocsfEvent struct {
		Metadata     ocsfMetadata     `json:"metadata"`
		CategoryUID  int              `json:"category_uid"`
		CategoryName string           `json:"category_name"`
		ClassUID     int              `json:"class_uid"`
		ClassName    string           `json:"class_name"`
		ActivityID   int              `json:"activity_id"`
		ActivityName string           `json:"activity_name"`
		TypeUID      int              `json:"type_uid"`
		TypeName     string           `json:"type_name"`
		SeverityID   int              `json:"severity_id"`
		Severity     string           `json:"severity"`
		StatusID     int              `json:"status_id"`
		Status       string           `json:"status"`
		Time         int64            `json:"time"`
		Message      string           `json:"message"`
		Comment      string           `json:"comment,omitempty"`
		FindingInfo  ocsfFinding      `json:"finding_info"`
		Compliance   ocsfCompliance   `json:"compliance"`
		Evidences    []ocsfEvidence   `json:"evidences,omitempty"`
		Remediation  *ocsfRemediation `json:"remediation,omitempty"`
		Resources    []ocsfResource   `json:"resources"`
		Cloud        ocsfCloud        `json:"cloud"`
		Unmapped     *ocsfUnmapped    `json:"unmapped,omitempty"`
	}
	ocsfMetadata struct {
		Version  string      `json:"version"`
		Product  ocsfProduct `json:"product"`
		Profiles []string    `json:"profiles"`
		UID      string      `json:"uid"`
	}
	ocsfProduct struct {
		Name       string `json:"name"`
		VendorName string `json:"vendor_name"`
		Version    string `json:"version,omitempty"`
	}
	ocsfFinding struct {
		UID          string       `json:"uid"`
		Title        string       `json:"title"`
		Desc         string       `json:"desc,omitempty"`
		Analytic     ocsfAnalytic `json:"analytic"`
		LastSeenTime int64        `json:"last_seen_time"`
	}
	ocsfAnalytic struct {
		TypeID int    `json:"type_id"`
		Type   string `json:"type"`
		UID    string `json:"uid"`
		Name   string `json:"name,omitempty"`
	}
	ocsfCompliance struct {
		Control           string         `json:"control"`
		Category          string         `json:"category,omitempty"`
		Standards         []string       `json:"standards"`
		Requirements      []string       `json:"requirements,omitempty"`
		ControlParameters []ocsfKeyValue `json:"control_parameters,omitempty"`
		Checks            []ocsfCheck    `json:"checks"`
		StatusID          int            `json:"status_id"`
		Status            string         `json:"status"`
		StatusDetails     []string       `json:"status_details,omitempty"`
	}
	ocsfKeyValue struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	ocsfCheck struct {
		UID        string   `json:"uid"`
		Name       string   `json:"name,omitempty"`
		SeverityID int      `json:"severity_id"`
		Severity   string   `json:"severity"`
		StatusID   int      `json:"status_id"`
		Status     string   `json:"status"`
		Standards  []string `json:"standards,omitempty"`
	}
	// ocsfEvidence holds a violation as the report tells it.
	ocsfEvidence struct {
		Data finding.Violation `json:"data"`
	}
	ocsfRemediation struct {
		Desc       string   `json:"desc"`
		References []string `json:"references,omitempty"`
	}
	ocsfResource struct {
		UID            string         `json:"uid,omitempty"`
		Name           string         `json:"name,omitempty"`
		Type           string         `json:"type"`
		Region         string         `json:"region,omitempty"`
		CloudPartition string         `json:"cloud_partition,omitempty"`
		Data           map[string]any `json:"data,omitempty"`
	}
	ocsfCloud struct {
		Provider string       `json:"provider"`
		Account  *ocsfAccount `json:"account,omitempty"`
		Region   string       `json:"region,omitempty"`
	}
	ocsfAccount struct {
		UID    string `json:"uid"`
		TypeID int    `json:"type_id"`
		Type   string `json:"type"`
	}
	// ocsfUnmapped is what the schema has no place for.
	ocsfUnmapped struct {
		Change finding.Change   `json:"change,omitempty"`
		Fix    finding.FixClass `json:"fix,omitempty"`
		Note   string           `json:"note,omitempty"`
		Hint   string           `json:"hint,omitempty"`
	}
)
