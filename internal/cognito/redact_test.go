package cognito

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRedact(t *testing.T) {
	for _, tt := range []struct{ name, section, element, want string }{
		{"secret", "Clients", `{"ClientId": "a", "ClientSecret": "s"}`, `{"ClientId": "a", "HasClientSecret": true}`},
		{"no secret", "Clients", `{"ClientId": "a"}`, `{"ClientId": "a", "HasClientSecret": false}`},
		{"empty secret", "Clients", `{"ClientSecret": ""}`, `{"HasClientSecret": false}`},
		{"null secret", "Clients", `{"ClientSecret": null}`, `{"HasClientSecret": false}`},
		{"secret of a wrong type", "Clients", `{"ClientSecret": ["s"]}`, `{"HasClientSecret": true}`},
		{"redacted before", "Clients", `{"HasClientSecret": true}`, `{"HasClientSecret": true}`},
		{"redacted before, of a wrong type", "Clients", `{"HasClientSecret": "yes"}`, `{"HasClientSecret": "yes"}`},
		{"null from a redaction", "Clients", `{"HasClientSecret": null}`, `{"HasClientSecret": false}`},
		{"secret is stronger than what was said", "Clients", `{"ClientSecret": "s", "HasClientSecret": false}`, `{"HasClientSecret": true}`},
		{
			"identity provider", "IdentityProviders",
			`{"ProviderName": "p", "ProviderDetails": {"client_id": "i", "client_secret": "s", "private_key": "k"}}`,
			`{"ProviderName": "p", "ProviderDetails": {"client_id": "i"}}`,
		},
		{"identity provider without details", "IdentityProviders", `{"ProviderDetails": null}`, `{"ProviderDetails": null}`},
		{"section without secrets", "MfaConfig", `{"MfaConfiguration": "ON"}`, `{"MfaConfiguration": "ON"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := tree(t, tt.element)
			Redact(tt.section, got)
			if diff := cmp.Diff(tree(t, tt.want), got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}
