package template

import (
	"strings"

	"github.com/cognilint/cognilint/snapshot"
)

// The values of members besides those of JSON:
type (
	// parameter is a value that the owner of the pool replaces.
	parameter string
	// suffixed is a parameter with a text behind it.
	suffixed struct {
		parameter
		suffix string
	}
	// reference is what the service gives to another resource.
	reference struct {
		kind   kind
		name   string
		member string // "Id" or "Arn"
	}
)

// parameters explain what the owner has to know.
var parameters = []struct {
	name    parameter
	explain string
}{
	{"PoolName", "The name of the user pool"},
	{"DomainPrefix", "The first part of the domain of the login pages, unique in the Region"},
	{"CallbackUrl", "Where the login pages send users after they signed in"},
	{"LogoutUrl", "Where the login pages send users after they signed out"},
	{"RelyingPartyId", "The domain that passkeys belong to; it can never be changed"},
	{"SesIdentityArn", "The ARN of the verified SES identity that sends the mail of the pool"},
	{"FromAddress", "The address that mail comes from, of that identity"},
	{"SmsRoleName", "The name of the role by which the pool sends SMS"},
	{"SmsExternalId", "What the pool shows to use that role; no secret, and the same for both"},
	{"LogPrefix", "How the names of the log groups begin; /aws/vendedlogs/ spares the resource policy of the logs"},
}

// replaced are the values of a pool that the owner or the service knows.
func (t *Template) replaced() map[string]any {
	values := map[string]any{
		"/UserPool/Name":                                  parameter("PoolName"),
		"/UserPool/EmailConfiguration/SourceArn":          parameter("SesIdentityArn"),
		"/UserPool/EmailConfiguration/From":               parameter("FromAddress"),
		"/UserPool/SmsConfiguration/SnsCallerArn":         reference{smsRole, "", "Arn"},
		"/UserPool/SmsConfiguration/ExternalId":           parameter("SmsExternalId"),
		"/UserPool/SmsConfiguration/SnsRegion":            reference{"", "", "Region"},
		"/Domains/0/Domain":                               parameter("DomainPrefix"),
		"/Clients/0/CallbackURLs":                         list{parameter("CallbackUrl")},
		"/Clients/0/LogoutURLs":                           list{parameter("LogoutUrl")},
		"/MfaConfig/WebAuthnConfiguration/RelyingPartyId": parameter("RelyingPartyId"),
		"/RiskConfigurations/0/AccountTakeoverRiskConfiguration/NotifyConfiguration/SourceArn": parameter("SesIdentityArn"),
		"/RiskConfigurations/0/AccountTakeoverRiskConfiguration/NotifyConfiguration/From":      parameter("FromAddress"),
	}
	for i, configuration := range t.logs() {
		values[snapshot.Pointer("LogDeliveryConfiguration", "LogConfigurations", i, "CloudWatchLogsConfiguration", "LogGroupArn")] = reference{logGroup, configuration, "Arn"}
	}
	return values
}

// used are the parameters of some resources with the values that the pool has.
func (t *Template) used(resources []resource) map[parameter]string {
	found := map[parameter]bool{}
	for _, r := range resources {
		walk(r.object, func(v any) {
			switch v := v.(type) {
			case parameter:
				found[v] = true
			case suffixed:
				found[v.parameter] = true
			}
		})
	}
	values := map[parameter]string{}
	paths := map[parameter]string{"SmsRoleName": "/UserPool/SmsConfiguration/SnsCallerArn"}
	for path, value := range t.replaced() {
		switch value := value.(type) {
		case parameter:
			if _, ok := snapshot.Lookup(t.Pool.Sections, path); ok {
				paths[value] = path
			}
		case []any:
			paths[value[0].(parameter)] = path + "/0"
		}
	}
	for p := range found {
		value, _ := snapshot.Lookup(t.Pool.Sections, paths[p])
		values[p], _ = value.(string)
	}
	if found["LogPrefix"] {
		values["LogPrefix"] = exampleLogs
	}
	if arn, ok := values["SmsRoleName"]; ok {
		values["SmsRoleName"] = arn[strings.LastIndex(arn, "/")+1:]
	}
	return values
}
