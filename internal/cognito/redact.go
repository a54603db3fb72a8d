package cognito

// SecretMembers are the members that hold secrets, wherever they stand.
var SecretMembers = []string{"ClientSecret", "client_secret", "private_key"}

// Redact takes the secrets out of an element of a section, in place. Of an app
// client it keeps in HasClientSecret whether there was one. Sections without
// secrets stay as they are.
func Redact(section string, element map[string]any) {
	switch section {
	case "Clients":
		redactClient(element)
	case "IdentityProviders":
		if details, ok := element["ProviderDetails"].(map[string]any); ok {
			for _, secret := range SecretMembers {
				delete(details, secret)
			}
		}
	}
}

func redactClient(client map[string]any) {
	secret, found := client["ClientSecret"]
	delete(client, "ClientSecret")
	// Snapshots carry the answer from an earlier redaction.
	if found || client["HasClientSecret"] == nil {
		client["HasClientSecret"] = secret != nil && secret != ""
	}
}
