package remediate

import (
	"slices"
	"strings"
)

const (
	refreshFlow = "ALLOW_REFRESH_TOKEN_AUTH"
	enabled     = "ENABLED"
)

// legacyFlows are the names of flows from before those that begin with ALLOW_.
var legacyFlows = []string{"ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH", "CUSTOM_AUTH_FLOW_ONLY"}

const fixedOnClient = "which cannot be changed on an existing client"

// clientNever are the members that no UpdateUserPoolClient changes.
var clientNever = never{
	"ClientId":         fixedOnClient,
	"UserPoolId":       fixedOnClient,
	"ClientSecret":     fixedOnClient,
	"GenerateSecret":   fixedOnClient,
	"HasClientSecret":  fixedOnClient,
	"CreationDate":     fixedOnClient,
	"LastModifiedDate": fixedOnClient,
}

func (p *preflight) updateClient(call Call, client turn, name string) {
	if !p.read("UpdateUserPoolClient", "The "+name, client) {
		return
	}
	p.untouched(call, name, clientNever)
	p.emptied(name, client)
	p.authFlows(name, client)
	p.writeAttributes(name, client.at("WriteAttributes"))
	p.tokens(name, client)
	p.whole("AuthSessionValidity of "+name, client.after.at("AuthSessionValidity"), 3, 15)
	p.whole("RetryGracePeriodSeconds of "+name, client.after.at("RefreshTokenRotation", "RetryGracePeriodSeconds"), 0, 60)
	p.redirects(name, client)
	p.grants(name, client)
	p.clientSecret(name, client.after)
}

// clientName is how a sentence names a client: by its name, or else by its id.
func clientName(client turn, id string) string {
	for _, name := range []string{client.after.at("ClientName").text(), client.before.at("ClientName").text(), id} {
		if name != "" {
			return "client " + name
		}
	}
	return "client without a name"
}

// emptied refuses to empty lists of which the API makes its default.
func (p *preflight) emptied(name string, client turn) {
	for _, list := range []struct{ member, meaning string }{
		{"ExplicitAuthFlows", "the default flows"},
		{"ReadAttributes", "that every attribute may be read"},
		{"WriteAttributes", "that every attribute may be written"},
	} {
		if t := client.at(list.member); !t.before.empty() && t.after.empty() {
			p.refuse("%s of %s would become empty, which means %s, that is more rights than now; leave at least one entry.", list.member, name, list.meaning)
		}
	}
}

func (p *preflight) authFlows(name string, client turn) {
	flows := client.at("ExplicitAuthFlows")
	var legacy, modern []string
	for _, flow := range flows.after.texts() {
		switch {
		case slices.Contains(legacyFlows, flow):
			legacy = append(legacy, flow)
		case strings.HasPrefix(flow, "ALLOW_"):
			modern = append(modern, flow)
		}
	}
	if len(legacy) > 0 && len(modern) > 0 {
		slices.Sort(legacy)
		p.refuse("ExplicitAuthFlows of %s would hold %s next to flows that begin with ALLOW_, which the API does not take together; replace the older names.", name, words(legacy, "and"))
	}
	rotation := client.after.at("RefreshTokenRotation", "Feature").text() == enabled
	refresh := slices.Contains(modern, refreshFlow)
	switch {
	case rotation && refresh:
		p.refuse("RefreshTokenRotation of %s would be ENABLED together with %s, which it excludes; remove the flow.", name, refreshFlow)
	case !rotation && !refresh && len(modern) > 0 && flows.changed():
		p.refuse("ExplicitAuthFlows of %s would not hold %s: \"REFRESH_TOKEN_AUTH should always be allowed.\"", name, refreshFlow)
	}
}

// redirects refuses addresses that the plan leaves without a registration.
func (p *preflight) redirects(name string, client turn) {
	callbacks, standard, grants := client.at("CallbackURLs"), client.at("DefaultRedirectURI"), client.at("AllowedOAuthFlows")
	if (standard.changed() || callbacks.changed()) && !standard.after.empty() && !callbacks.after.has(standard.after.text()) {
		p.refuse("DefaultRedirectURI of %s would be %s, which is not one of its CallbackURLs; change both.", name, standard.after.short())
	}
	if (!grants.changed() && !callbacks.changed()) || !callbacks.after.empty() {
		return
	}
	for _, grant := range []string{"code", "implicit"} {
		if grants.after.has(grant) {
			p.refuse("AllowedOAuthFlows of %s would hold %s without any of CallbackURLs to return to; register one.", name, grant)
		}
	}
}

func (p *preflight) grants(name string, client turn) {
	grants := client.at("AllowedOAuthFlows")
	if !grants.before.empty() && grants.after.empty() && client.after.at("AllowedOAuthFlowsUserPoolClient").is(true) {
		p.refuse("AllowedOAuthFlows of %s would become empty while AllowedOAuthFlowsUserPoolClient is true; switch that off too.", name)
	}
	if !grants.after.has("client_credentials") {
		return
	}
	if len(grants.after.list()) > 1 {
		p.refuse("AllowedOAuthFlows of %s would hold client_credentials with other flows, which the API does not take together; give each its own client.", name)
	}
	if client.after.at("HasClientSecret").is(false) {
		p.refuse("AllowedOAuthFlows of %s would hold client_credentials, but the client has no secret, and an existing client cannot get one; create a new client.", name)
	}
}

func (p *preflight) clientSecret(name string, client setting) {
	if client.at("EnablePropagateAdditionalUserContextData").is(true) && client.at("HasClientSecret").is(false) {
		p.refuse("EnablePropagateAdditionalUserContextData of %s would be true, but the client has no secret, which it needs.", name)
	}
}

// standardAttributes exist in every pool, even where an export leaves them out.
var standardAttributes = []string{
	"address", "birthdate", "email", "email_verified", "family_name", "gender", "given_name", "locale", "middle_name", "name", "nickname",
	"phone_number", "phone_number_verified", "picture", "preferred_username", "profile", "sub", "updated_at", "website", "zoneinfo",
}

const writeAnswer = "\"Invalid write attributes specified while updating a client\""

// writeAttributes refuses names that the plan adds and nobody may write, and
// required ones that it leaves out. What the client has was accepted once.
func (p *preflight) writeAttributes(name string, list turn) {
	attributes := p.pool.after.at("SchemaAttributes")
	if attributes.empty() || list.after.empty() {
		return
	}
	definitions := writable(attributes)
	for _, attribute := range list.after.texts() {
		definition := definitions[attribute]
		switch {
		case list.before.has(attribute):
		case !definition.set() && !slices.Contains(standardAttributes, attribute):
			p.refuse("WriteAttributes of %s would hold %s, which the pool does not have: %s.", name, attribute, writeAnswer)
		case definition.at("Mutable").is(false):
			p.refuse("WriteAttributes of %s would hold %s, which is not mutable: %s.", name, attribute, writeAnswer)
		}
	}
	for _, attribute := range attributes.list() {
		if attribute.at("Required").is(true) && !attribute.at("Mutable").is(false) {
			p.requiredAttribute(name, attribute.at("Name").text(), list)
		}
	}
}

func (p *preflight) requiredAttribute(name, required string, list turn) {
	lacked := !list.before.empty() && !list.before.has(required)
	if !lacked && !list.after.has(required) {
		p.refuse("WriteAttributes of %s would not hold %s, which every user must have: %s; add it.", name, required, writeAnswer)
	}
}

// writable returns the definitions of attributes by the names that clients use.
func writable(attributes setting) map[string]setting {
	definitions := byName(attributes)
	for _, attribute := range attributes.list() {
		// What the plan adds may stand there without its prefix.
		if full := fullName(attribute); !definitions[full].set() && !slices.Contains(standardAttributes, attribute.at("Name").text()) {
			definitions[full] = attribute
		}
	}
	return definitions
}
