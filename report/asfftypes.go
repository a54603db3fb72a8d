package report

// The members of a finding in the AWS Security Finding Format.
type (
	asffFinding struct {
		SchemaVersion         string
		ID                    string `json:"Id"`
		ProductARN            string `json:"ProductArn"`
		GeneratorID           string `json:"GeneratorId"`
		AwsAccountID          string `json:"AwsAccountId"`
		CreatedAt             string
		UpdatedAt             string
		Title                 string
		Description           string
		FindingProviderFields asffProviderFields
		Remediation           *asffRemediation `json:",omitempty"`
		ProductFields         map[string]string
		Resources             []asffResource
		Compliance            asffCompliance
		RecordState           string
	}
	asffProviderFields struct {
		Severity asffSeverity
		Types    []string
	}
	asffSeverity struct {
		Label    string
		Original string
	}
	asffRemediation struct {
		Recommendation asffRecommendation
	}
	asffRecommendation struct {
		Text string
		URL  string `json:"Url,omitempty"`
	}
	asffResource struct {
		Type      string
		ID        string `json:"Id"`
		Partition string
		Region    string
		Details   struct {
			Other map[string]string
		}
	}
	asffCompliance struct {
		Status                    string
		RelatedRequirements       []string        `json:",omitempty"`
		StatusReasons             []asffReason    `json:",omitempty"`
		SecurityControlParameters []asffParameter `json:",omitempty"`
	}
	asffReason struct {
		ReasonCode  string
		Description string
	}
	asffParameter struct {
		Name  string
		Value []string
	}
)
