package cognito

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tree decodes a JSON object the way answers are decoded.
func tree(t *testing.T, text string) map[string]any {
	t.Helper()
	object, err := decode(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return object
}

func TestCheckShape(t *testing.T) {
	for _, tt := range []struct {
		name, section, element string
		want                   *ShapeError
	}{
		{"empty", "UserPool", `{}`, nil},
		{"member the SDK does not know", "UserPool", `{"Future": [1, {"a": null}]}`, nil},
		{"unknown member below", "UserPool", `{"SmsConfiguration": {"EumsSms": 1}}`, nil},
		{"null member", "UserPool", `{"Name": null, "Policies": null, "EstimatedNumberOfUsers": null}`, nil},
		{"null in a list", "Clients", `{"CallbackURLs": ["https://a.example", null]}`, &ShapeError{"/CallbackURLs/1", "a string", "null"}},
		{"null in a map", "UserPool", `{"UserPoolTags": {"a": null}}`, nil},
		{"object instead of string", "UserPool", `{"Name": {}}`, &ShapeError{"/Name", "a string", "an object"}},
		{"number instead of enum", "UserPool", `{"MfaConfiguration": 1}`, &ShapeError{"/MfaConfiguration", "a string", "a number"}},
		{"enum value the SDK does not know", "UserPool", `{"MfaConfiguration": "LATER"}`, nil},
		{"string instead of bool", "UserPool", `{"Policies": {"PasswordPolicy": {"RequireSymbols": "true"}}}`, &ShapeError{"/Policies/PasswordPolicy/RequireSymbols", "true or false", "a string"}},
		{"string instead of integer", "UserPool", `{"Policies": {"PasswordPolicy": {"MinimumLength": "8"}}}`, &ShapeError{"/Policies/PasswordPolicy/MinimumLength", "a whole number of 32 bits", "a string"}},
		{"fraction", "UserPool", `{"Policies": {"PasswordPolicy": {"MinimumLength": 8.0}}}`, &ShapeError{"/Policies/PasswordPolicy/MinimumLength", "a whole number of 32 bits", "a number"}},
		{"exponent", "Clients", `{"RefreshTokenValidity": 1e1}`, &ShapeError{"/RefreshTokenValidity", "a whole number of 32 bits", "a number"}},
		{"largest integer", "Clients", `{"RefreshTokenValidity": 2147483647}`, nil},
		{"integer too large", "Clients", `{"RefreshTokenValidity": 2147483648}`, &ShapeError{"/RefreshTokenValidity", "a whole number of 32 bits", "a number"}},
		{"seconds", "Groups", `{"CreationDate": 1548097827.125}`, nil},
		{"date", "Groups", `{"CreationDate": "2024-11-24T15:55:39+00:00"}`, nil},
		{"object instead of date", "Groups", `{"CreationDate": {}}`, &ShapeError{"/CreationDate", "a number or a date", "an object"}},
		{"string instead of list", "Clients", `{"ExplicitAuthFlows": "ALLOW_USER_SRP_AUTH"}`, &ShapeError{"/ExplicitAuthFlows", "an array", "a string"}},
		{"array instead of object", "UserPool", `{"LambdaConfig": []}`, &ShapeError{"/LambdaConfig", "an object", "an array"}},
		{"array instead of map", "UserPool", `{"UserPoolTags": []}`, &ShapeError{"/UserPoolTags", "an object", "an array"}},
		{"first bad key of a map, escaped", "UserPool", `{"UserPoolTags": {"z": 1, "a/b~c": true, "b": "x"}}`, &ShapeError{"/UserPoolTags/a~1b~0c", "a string", "true or false"}},
		{"struct in a list", "UserPool", `{"SchemaAttributes": [{"Name": "a"}, {"Mutable": "no"}]}`, &ShapeError{"/SchemaAttributes/1/Mutable", "true or false", "a string"}},
		{"MfaConfig", "MfaConfig", `{"SoftwareTokenMfaConfiguration": {"Enabled": 1}}`, &ShapeError{"/SoftwareTokenMfaConfiguration/Enabled", "true or false", "a number"}},
		{"MfaConfig has no ResultMetadata", "MfaConfig", `{"ResultMetadata": 1}`, nil},
		{"HasClientSecret", "Clients", `{"HasClientSecret": false}`, nil},
		{"HasClientSecret is text", "Clients", `{"HasClientSecret": "false"}`, &ShapeError{"/HasClientSecret", "true or false", "a string"}},
		{"HasClientSecret is null", "Clients", `{"HasClientSecret": null}`, &ShapeError{"/HasClientSecret", "true or false", "null"}},
		{"IdentityProviders", "IdentityProviders", `{"ProviderDetails": {"client_id": 7}}`, &ShapeError{"/ProviderDetails/client_id", "a string", "a number"}},
		{"ResourceServers", "ResourceServers", `{"Scopes": [{"ScopeName": []}]}`, &ShapeError{"/Scopes/0/ScopeName", "a string", "an array"}},
		{"RiskConfigurations", "RiskConfigurations", `{"CompromisedCredentialsRiskConfiguration": {"EventFilter": [false]}}`, &ShapeError{"/CompromisedCredentialsRiskConfiguration/EventFilter/0", "a string", "true or false"}},
		{"LogDeliveryConfiguration", "LogDeliveryConfiguration", `{"LogConfigurations": {}}`, &ShapeError{"/LogConfigurations", "an array", "an object"}},
		{"Domains", "Domains", `{"CustomDomainConfig": "x"}`, &ShapeError{"/CustomDomainConfig", "an object", "a string"}},
		{"WebACL", "WebACL", `{"anything": [null]}`, nil},
		{"rule of a WebACL", "WebACL", `{"Rules": [{"Statement": {"RateBasedStatement": {"Limit": "100"}}}]}`, &ShapeError{"/Rules/0/Statement/RateBasedStatement/Limit", "a whole number of 64 bits", "a string"}},
		{"bytes", "WebACL", `{"Rules": [{"Statement": {"NotStatement": {"Statement": {"ByteMatchStatement": {"SearchString": "YQ=="}}}}}]}`, nil},
		{"array instead of bytes", "WebACL", `{"Rules": [{"Statement": {"ByteMatchStatement": {"SearchString": [1]}}}]}`, &ShapeError{"/Rules/0/Statement/ByteMatchStatement/SearchString", "a string", "an array"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, CheckShape(tt.section, tree(t, tt.element))); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestCheckShapeOfNoObject(t *testing.T) {
	for _, tt := range []struct {
		name, section string
		element       any
		want          *ShapeError
	}{
		{"null", "UserPool", nil, &ShapeError{"", "an object", "null"}},
		{"array", "Clients", []any{}, &ShapeError{"", "an object", "an array"}},
		{"no web ACL", "WebACL", nil, nil},
		{"text as web ACL", "WebACL", "x", &ShapeError{"", "an object", "a string"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, CheckShape(tt.section, tt.element)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestShapeErrorNamesPlaceNotValue(t *testing.T) {
	err := CheckShape("Clients", tree(t, `{"RefreshTokenValidity": "hunter2"}`))
	want := "/RefreshTokenValidity is a string, want a whole number of 32 bits"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestCheckShapeOfRealAnswers(t *testing.T) {
	for _, tt := range []struct {
		file, member, section string
		want                  *ShapeError
	}{
		{"describe-user-pool.json", "UserPool", "UserPool", nil},
		{"describe-user-pool-dates.json", "UserPool", "UserPool", nil},
		{"get-user-pool-mfa-config.json", "", "MfaConfig", nil},
		{"describe-user-pool-client.json", "UserPoolClient", "Clients", nil},
		{"create-user-pool-client.json", "UserPoolClient", "Clients", nil},
		{"create-identity-provider.json", "IdentityProvider", "IdentityProviders", nil},
		{"list-groups.json", "Groups", "Groups", nil},
		{"describe-resource-server.json", "ResourceServer", "ResourceServers", nil},
		{"describe-risk-configuration.json", "RiskConfiguration", "RiskConfigurations", nil},
		{"get-log-delivery-configuration.json", "LogDeliveryConfiguration", "LogDeliveryConfiguration", nil},
		{"describe-user-pool-domain.json", "DomainDescription", "Domains", nil},
		{"placebo-describe-user-pool.json", "data UserPool", "UserPool", &ShapeError{"/CreationDate", "a number or a date", "an object"}},
	} {
		t.Run(tt.file, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("testdata", tt.file))
			if err != nil {
				t.Fatal(err)
			}
			var value any = tree(t, string(text))
			for _, member := range strings.Fields(tt.member) {
				value = value.(map[string]any)[member]
			}
			elements, ok := value.([]any)
			if !ok {
				elements = []any{value}
			}
			if len(elements) == 0 {
				t.Fatal("no element to check")
			}
			for _, element := range elements {
				if diff := cmp.Diff(tt.want, CheckShape(tt.section, element)); diff != "" {
					t.Errorf("-want +got\n%s", diff)
				}
			}
		})
	}
}
