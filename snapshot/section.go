package snapshot

// Section is one part of a snapshot: what one family of API reads returns.
type Section struct {
	// Name is the member of the snapshot that holds the section.
	Name string
	// List tells that the section is an array of objects.
	List bool
	// Element is the name under which rules see one element of a list
	// ("Client" for "Clients"); empty for sections that are one object.
	Element string
	// Key is the member that names an element, and Label a second one that
	// people recognise it by; empty for sections that are one object.
	Key, Label string
	// Command is the AWS CLI command whose output holds the section.
	Command string
}

// Sections lists every section of a complete snapshot, in the order in which
// they are read and shown.
var Sections = []Section{
	{Name: "UserPool", Command: "aws cognito-idp describe-user-pool"},
	{Name: "MfaConfig", Command: "aws cognito-idp get-user-pool-mfa-config"},
	{Name: "Clients", List: true, Element: "Client", Key: "ClientId", Label: "ClientName", Command: "aws cognito-idp describe-user-pool-client"},
	{Name: "IdentityProviders", List: true, Element: "IdentityProvider", Key: "ProviderName", Label: "ProviderName", Command: "aws cognito-idp describe-identity-provider"},
	{Name: "Groups", List: true, Element: "Group", Key: "GroupName", Label: "GroupName", Command: "aws cognito-idp list-groups"},
	{Name: "ResourceServers", List: true, Element: "ResourceServer", Key: "Identifier", Label: "Name", Command: "aws cognito-idp list-resource-servers"},
	{Name: "RiskConfigurations", List: true, Element: "RiskConfiguration", Key: "ClientId", Label: "ClientId", Command: "aws cognito-idp describe-risk-configuration"},
	{Name: "LogDeliveryConfiguration", Command: "aws cognito-idp get-log-delivery-configuration"},
	{Name: "Domains", List: true, Element: "Domain", Key: "Domain", Label: "Domain", Command: "aws cognito-idp describe-user-pool-domain"},
	{Name: "WebACL", Command: "aws wafv2 get-web-acl-for-resource"},
}

// SectionNamed finds a section by its name; ok is false for a name that is
// none.
func SectionNamed(name string) (s Section, ok bool) {
	for _, s := range Sections {
		if s.Name == name {
			return s, true
		}
	}
	return Section{}, false
}
