package cognitotest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// updateClient replaces all settings of a client.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
func updateClient(e *edit) (string, *apiError) {
	id := e.in.ClientId
	documents, name := e.next.documents(Clients)
	if indexIn(*documents, name, id) < 0 {
		return "", noClient(id)
	}
	was, err := e.get(Clients, id)
	if err != nil {
		return "", err
	}
	pool, err := e.get(UserPool, "")
	if err != nil {
		return "", err
	}
	next := object{}
	for name, value := range was {
		put(next, name, clientDefault(name, value))
	}
	for name, value := range clone(e.request) {
		if name != "UserPoolId" || has(was, "UserPoolId") {
			next[name] = value
		}
	}
	if err := checkClient(e, pool, was, next); err != nil {
		return "", err
	}
	touch(next)
	if err := e.put(Clients, id, next); err != nil {
		return "", err
	}
	return member("UserPoolClient", encode(next)), nil
}

func noClient(id string) *apiError {
	return &apiError{"ResourceNotFoundException", fmt.Sprintf("User pool client %s does not exist.", id)}
}

// clientDefault returns what a member becomes that a request omits, nil for
// nothing. A client whose document lacks it is not given it.
func clientDefault(name string, was any) any {
	switch name {
	case "ClientId", "UserPoolId", "ClientName", "ClientSecret", "CreationDate", "LastModifiedDate", "HasClientSecret":
		return was
	case "PreventUserExistenceErrors":
		return "LEGACY"
	case "RefreshTokenValidity":
		return json.Number("30")
	case "AuthSessionValidity":
		return json.Number("3")
	case "AllowedOAuthFlowsUserPoolClient", "EnablePropagateAdditionalUserContextData":
		return false
	}
	return nil
}

func checkClient(e *edit, pool, was, next object) *apiError {
	if err := oneOf(next, "PreventUserExistenceErrors", "LEGACY", "ENABLED"); err != nil {
		return err
	}
	if err := checkFlows(next); err != nil {
		return err
	}
	if err := checkAttributes(pool, next); err != nil {
		return err
	}
	if err := checkValidities(next); err != nil {
		return err
	}
	if uri := textAt(next, "DefaultRedirectURI"); uri != "" && !slices.Contains(textsOf(next, "CallbackURLs"), uri) {
		return invalid("DefaultRedirectURI must be in CallbackURLs.")
	}
	flows := textsOf(next, "AllowedOAuthFlows")
	if slices.Contains(flows, "client_credentials") && len(flows) > 1 {
		return &apiError{"InvalidOAuthFlowException", "client_credentials flow can not be selected along with code flow or implicit flow."}
	}
	known := append(textsOf(was, "SupportedIdentityProviders"), "COGNITO")
	for _, document := range e.next.IdentityProviders {
		known = append(known, namesIn(document).ProviderName)
	}
	for _, provider := range textsOf(next, "SupportedIdentityProviders") {
		if !slices.Contains(known, provider) {
			return invalid(fmt.Sprintf("The provider %s does not exist for User Pool %s.", provider, e.in.UserPoolId))
		}
	}
	return nil
}

// checkFlows looks at ExplicitAuthFlows together with the rotation of refresh
// tokens, which takes their place.
func checkFlows(next object) *apiError {
	flows := textsOf(next, "ExplicitAuthFlows")
	allow := 0
	for _, flow := range flows {
		if strings.HasPrefix(flow, "ALLOW_") {
			allow++
		}
	}
	refresh := slices.Contains(flows, "ALLOW_REFRESH_TOKEN_AUTH")
	rotation := textAt(next, "RefreshTokenRotation", "Feature") == "ENABLED"
	switch {
	case allow > 0 && allow < len(flows):
		return invalid("ExplicitAuthFlows can not mix values with and without the prefix ALLOW_.")
	case allow > 0 && !refresh && !rotation:
		return invalid("REFRESH_TOKEN_AUTH should always be allowed.")
	case refresh && rotation:
		return invalid("ALLOW_REFRESH_TOKEN_AUTH can not be used with refresh token rotation.")
	}
	return nil
}

// Attributes that all pools have, whether or not a test's schema lists them.
// https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
const (
	writableAttributes = " address birthdate email family_name gender given_name locale middle_name name nickname phone_number picture " +
		"preferred_username profile updated_at website zoneinfo "
	readableAttributes = writableAttributes + "email_verified phone_number_verified sub "
)

func checkAttributes(pool, next object) *apiError {
	errWrite := invalid("Invalid write attributes specified while updating a client")
	custom := map[string]object{}
	schema, _ := pool["SchemaAttributes"].([]any)
	written := textsOf(next, "WriteAttributes")
	for _, element := range schema {
		attribute, _ := element.(object)
		name := textAt(attribute, "Name")
		custom[name] = attribute
		if has(next, "WriteAttributes") && name != "sub" && attribute["Required"] == true && attribute["Mutable"] == true && !slices.Contains(written, name) {
			return errWrite
		}
	}
	for _, name := range written {
		attribute := custom[name]
		standard := among(writableAttributes, name)
		if attribute == nil && !standard || attribute != nil && !standard && attribute["Mutable"] == false {
			return errWrite
		}
	}
	for _, name := range textsOf(next, "ReadAttributes") {
		if custom[name] == nil && !among(readableAttributes, name) {
			return invalid("Invalid read attributes specified while updating a client")
		}
	}
	return nil
}

// checkValidities reads a token's validity in its unit; 0 is the default.
func checkValidities(next object) *apiError {
	seconds := map[string]float64{"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
	for _, token := range []struct {
		name, unit, units string
		from, to          float64
	}{
		{"AccessTokenValidity", "hours", "AccessToken", 300, 86400},
		{"IdTokenValidity", "hours", "IdToken", 300, 86400},
		{"RefreshTokenValidity", "days", "RefreshToken", 3600, 315360000},
	} {
		unit := textAt(next, "TokenValidityUnits", token.units)
		if unit == "" {
			unit = token.unit
		}
		value := numberAt(next, token.name) * seconds[unit]
		if seconds[unit] == 0 || value != 0 && (value < token.from || value > token.to) {
			return invalid("Invalid range for token validity.")
		}
	}
	return nil
}
