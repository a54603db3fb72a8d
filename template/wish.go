package template

import (
	"slices"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/snapshot"
)

// wish is what a rule, with its parameters, asks of a pool that is being made.
type wish struct {
	rule finding.Rule
	pool *snapshot.Pool
}

// wishes are granted in this order, of the rules in force. They are about rules
// whose fix, on a pool in use, somebody has to decide about.
var wishes = []struct {
	rule  string
	grant func(wish)
}{
	{"pool-name", func(w wish) { w.userPool()["Name"] = w.param("name") }},
	{"sign-in-options", wish.signInOptions},
	{"signup-enabled", func(w wish) { w.object("AdminCreateUserConfig")["AllowAdminCreateUserOnly"] = false }},
	{"attribute-update-immediate", func(w wish) {
		w.object("UserAttributeUpdateSettings")["AttributesRequireVerificationBeforeUpdate"] = list{}
	}},
	{"schema-required-attributes", wish.requiredAttributes},
	{"recovery-email-first", func(w wish) {
		if w.param("second") == "verified_phone_number" {
			w.smsRole(exampleRole)
		}
	}},
	{"sms-role-configured", func(w wish) { w.smsRole(w.text("role_name")) }},
	{"email-sender-capacity", wish.ownSender},
	{"email-sender-ses", wish.ownSender},
	{"email-delivery-configured", wish.sender},
	{"passkey-phishing-resistant-offered", wish.passkeys},
	{"client-callback-https", wish.loginPages},
	{"client-oauth-has-domain", wish.loginPages},
	{"waf-associated", wish.webACL},
	{"waf-has-rate-rule", wish.webACL},
	{"threat-protection-enforced", wish.threatProtection},
	{"threat-protection-custom-auth", wish.threatProtection},
	{"compromised-credentials-blocked", wish.threatProtection},
	{"account-takeover-notifies", wish.notifications},
	{"notification-errors-logged", func(w wish) { w.log("userNotification", "ERROR") }},
	{"threat-events-exported", func(w wish) {
		if w.userPool()["UserPoolTier"] == "PLUS" {
			w.log("userAuthEvents", "INFO")
		}
	}},
}

func (w wish) userPool() tree { return w.pool.Sections["UserPool"].(tree) }

func (w wish) client() tree { return w.pool.Sections["Clients"].(list)[0].(tree) }

// object returns a member of the pool that is an object, which it makes if need
// be.
func (w wish) object(member string) tree {
	object, ok := w.userPool()[member].(tree)
	if !ok {
		object = tree{}
		w.userPool()[member] = object
	}
	return object
}

// param is the value in force; nil for none.
func (w wish) param(name string) any {
	for _, p := range w.rule.Params {
		if p.Name == name {
			return p.Value
		}
	}
	return nil
}

func (w wish) text(name string) string {
	text, _ := w.param(name).(string)
	return text
}

func (w wish) texts(name string) []string {
	var texts []string
	elements, _ := w.param(name).([]any)
	for _, element := range elements {
		if text, ok := element.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

func (w wish) signInOptions() {
	options := w.texts("options")
	aliases := list{}
	for _, name := range options {
		if name != "username" {
			aliases = append(aliases, name)
		}
	}
	if w.param("preferred_username_alias") == "required" {
		aliases = append(aliases, "preferred_username")
	}
	member, other := "AliasAttributes", "UsernameAttributes"
	if !slices.Contains(options, "username") {
		member, other = other, member
	}
	delete(w.userPool(), other)
	w.userPool()[member] = aliases
}

func (w wish) requiredAttributes() {
	schema := w.userPool()["SchemaAttributes"].(list)
	for _, name := range w.texts("attributes") {
		if !slices.ContainsFunc(schema, func(a any) bool { return a.(tree)["Name"] == name }) {
			schema = append(schema, standardAttribute(name))
		}
	}
	w.userPool()["SchemaAttributes"] = schema
}

func (w wish) smsRole(name string) {
	w.userPool()["SmsConfiguration"] = tree{
		"SnsCallerArn": "arn:aws:iam::" + exampleAccount + ":role/" + name,
		// It is no secret: it keeps other pools from using the role by mistake.
		"ExternalId": exampleExternal,
		"SnsRegion":  exampleRegion,
	}
}

// ownSender lets SES send the mail: what the service sends itself is limited to
// a few dozen a day.
func (w wish) ownSender() {
	w.userPool()["EmailConfiguration"] = tree{"EmailSendingAccount": "DEVELOPER", "SourceArn": exampleIdentity, "From": exampleFrom}
}

func (w wish) sender() {
	if account := w.param("sending_account"); account == "DEVELOPER" {
		w.ownSender()
	}
	if from := w.param("from_address"); from != nil {
		w.ownSender()
		w.object("EmailConfiguration")["From"] = from
	}
}

func (w wish) passkeys() {
	w.object("Policies")["SignInPolicy"] = tree{"AllowedFirstAuthFactors": list{"PASSWORD", "WEB_AUTHN"}}
	w.pool.Sections["MfaConfig"].(tree)["WebAuthnConfiguration"] = tree{
		"RelyingPartyId": exampleParty, "UserVerification": "required", "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
	}
	w.client()["ExplicitAuthFlows"] = append(w.client()["ExplicitAuthFlows"].(list), "ALLOW_USER_AUTH")
}

// loginPages give the rules about callbacks something to hold for: an
// application that sends its users to the login pages of the pool.
func (w wish) loginPages() {
	w.userPool()["Domain"] = exampleDomain
	w.pool.Sections["Domains"] = list{tree{"Domain": exampleDomain, "UserPoolId": examplePoolID, "ManagedLoginVersion": 2, "Status": "ACTIVE"}}
	client := w.client()
	client["AllowedOAuthFlowsUserPoolClient"] = true
	client["AllowedOAuthFlows"] = list{"code"}
	client["AllowedOAuthScopes"] = list{"openid", "email", "profile"}
	client["CallbackURLs"] = list{exampleCallback}
	client["LogoutURLs"] = list{exampleLogout}
	client["SupportedIdentityProviders"] = list{"COGNITO"}
}

// webACL blocks addresses that send more than 1,000 requests in five minutes.
func (w wish) webACL() {
	seen := func(name string) tree {
		return tree{"SampledRequestsEnabled": true, "CloudWatchMetricsEnabled": true, "MetricName": name}
	}
	w.pool.Sections["WebACL"] = tree{
		"Name":             exampleACL,
		"ARN":              "arn:aws:wafv2:" + exampleRegion + ":" + exampleAccount + ":regional/webacl/" + exampleACL + "/a1b2c3d4-5678-90ab-cdef-example11111",
		"DefaultAction":    tree{"Allow": tree{}},
		"VisibilityConfig": seen(exampleACL),
		"Rules": list{tree{
			"Name": "rate-limit", "Priority": 0,
			"Action":           tree{"Block": tree{}},
			"Statement":        tree{"RateBasedStatement": tree{"Limit": 1000, "AggregateKeyType": "IP"}},
			"VisibilityConfig": seen("rate-limit"),
		}},
	}
}

// threatProtection raises the plan only if a rule fails pools without it.
func (w wish) threatProtection() {
	if w.param("require_plus") != true {
		return
	}
	w.userPool()["UserPoolTier"] = "PLUS"
	w.object("UserPoolAddOns")["AdvancedSecurityMode"] = "ENFORCED"
	if w.rule.ID == "threat-protection-custom-auth" && w.param("only_with_custom_auth") == false {
		w.object("UserPoolAddOns")["AdvancedSecurityAdditionalFlows"] = tree{"CustomAuthMode": "ENFORCED"}
	}
	if len(w.pool.Elements("RiskConfigurations")) > 0 {
		return
	}
	action := func(name string) tree { return tree{"EventAction": name, "Notify": false} }
	w.pool.Sections["RiskConfigurations"] = list{tree{
		"UserPoolId": examplePoolID,
		"CompromisedCredentialsRiskConfiguration": tree{
			"EventFilter": list{"SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"}, "Actions": tree{"EventAction": "BLOCK"},
		},
		"AccountTakeoverRiskConfiguration": tree{"Actions": tree{
			"HighAction": action("BLOCK"), "MediumAction": action("MFA_REQUIRED"), "LowAction": action("NO_ACTION"),
		}},
	}}
}

// notifications tell users of risky sign-ins, by the mail of the pool.
func (w wish) notifications() {
	for _, risk := range w.pool.Elements("RiskConfigurations") {
		w.ownSender()
		takeover := risk.(tree)["AccountTakeoverRiskConfiguration"].(tree)
		takeover["NotifyConfiguration"] = tree{"SourceArn": exampleIdentity, "From": exampleFrom}
		for _, level := range []string{"HighAction", "MediumAction"} {
			takeover["Actions"].(tree)[level].(tree)["Notify"] = true
		}
	}
}

// log sends events to a log group. Its name spares the resource policy of the
// logs, which has a limit.
func (w wish) log(event, level string) {
	delivery := w.pool.Sections["LogDeliveryConfiguration"].(tree)
	delivery["LogConfigurations"] = append(delivery["LogConfigurations"].(list), tree{
		"EventSource": event, "LogLevel": level,
		"CloudWatchLogsConfiguration": tree{"LogGroupArn": exampleGroup + exampleLogs + "/" + event},
	})
}
