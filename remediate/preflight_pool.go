package remediate

import (
	"regexp"
	"slices"
	"strings"
)

const (
	costsOrBreaks = "which cognilint never changes; change it yourself if it is meant"
	fixedOnPool   = "which cannot be changed on an existing pool with UpdateUserPool"
)

// poolNever are the members of UserPool that no repair changes: what costs
// money or cuts off messages, and what only Describe has.
var poolNever = never{
	"UserPoolTier":        costsOrBreaks,
	"SmsConfiguration":    costsOrBreaks,
	"KeyConfiguration":    costsOrBreaks,
	"IssuerConfiguration": costsOrBreaks,

	"AliasAttributes":           fixedOnPool,
	"Arn":                       fixedOnPool,
	"CreationDate":              fixedOnPool,
	"CustomDomain":              fixedOnPool,
	"Domain":                    fixedOnPool,
	"EmailConfigurationFailure": fixedOnPool,
	"EstimatedNumberOfUsers":    fixedOnPool,
	"Id":                        fixedOnPool,
	"LastModifiedDate":          fixedOnPool,
	"Name":                      fixedOnPool,
	"SchemaAttributes":          fixedOnPool,
	"SmsConfigurationFailure":   fixedOnPool,
	"Status":                    fixedOnPool,
	"UsernameAttributes":        fixedOnPool,
	"UsernameConfiguration":     fixedOnPool,
}

func (p *preflight) updateUserPool(call Call) {
	if !p.read("UpdateUserPool", "UserPool", p.pool) {
		return
	}
	p.untouched(call, "UserPool", poolNever)
	p.mirror()
	p.smsRole()
	p.verification()
	p.firstFactors()
	p.threatProtection()
	p.passwordPolicy()
	p.messages()
	p.recovery()
	p.emailRecovery()
	p.triggers()
	p.tag()
}

// mirror refuses UserPool.MfaConfiguration unless it follows what
// SetUserPoolMfaConfig sets.
func (p *preflight) mirror() {
	t := p.pool.at("MfaConfiguration")
	source := p.mfa.after.at("MfaConfiguration")
	if !t.changed() || source.set() && t.after.equal(source) {
		return
	}
	answer := ""
	if t.after.text() == mfaOn {
		answer = `: "Cannot turn MFA functionality ON, once the user pool has been created."`
	}
	p.refuse("The plan changes MfaConfiguration of UserPool to %s, which UpdateUserPool does not do%s; change MfaConfig.MfaConfiguration instead.", t.after.short(), answer)
}

// smsRole refuses every update of a pool whose SMS role is broken. An account
// in the SMS sandbox is told in the same member, but sends nevertheless.
func (p *preflight) smsRole() {
	var failures []string
	for _, failure := range strings.Split(p.pool.after.at("SmsConfigurationFailure").text(), ",") {
		if failure = strings.TrimSpace(failure); failure != "" && !strings.EqualFold(failure, "SNSSandbox") {
			failures = append(failures, failure)
		}
	}
	if len(failures) > 0 {
		p.refuse("The role that sends the pool's SMS messages is broken (SmsConfigurationFailure is %s), and Cognito refuses every update of such a pool, "+
			"as with \"Role does not have a trust relationship allowing Cognito to assume the role\"; repair the role first.", strings.Join(failures, ", "))
	}
}

func (p *preflight) verification() {
	pool := p.pool.after
	if pool.at("AutoVerifiedAttributes").has("phone_number") && pool.at("SmsConfiguration").empty() {
		p.refuse("AutoVerifiedAttributes holds phone_number, but the pool has no SmsConfiguration: " +
			"\"SMS configuration is required when phone_number is selected for auto verification\".")
	}
	for _, name := range pool.at("UserAttributeUpdateSettings", "AttributesRequireVerificationBeforeUpdate").texts() {
		if !pool.at("AutoVerifiedAttributes").has(name) {
			p.refuse("AttributesRequireVerificationBeforeUpdate holds %s, which AutoVerifiedAttributes does not: "+
				"\"All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes\".", name)
		}
	}
	if p.firstFactor("SMS_OTP") && pool.at("SmsConfiguration").empty() {
		p.refuse("AllowedFirstAuthFactors holds SMS_OTP, but the pool has no SmsConfiguration: " +
			"\"SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration\".")
	}
}

// threatProtection refuses new modes below PLUS. Old pools keep what they have.
func (p *preflight) threatProtection() {
	tier := p.pool.after.at("UserPoolTier")
	if tier.text() == "PLUS" {
		return
	}
	addOns := p.pool.at("UserPoolAddOns")
	for _, path := range [][]string{{"AdvancedSecurityMode"}, {"AdvancedSecurityAdditionalFlows", "CustomAuthMode"}} {
		t := addOns.at(path...)
		if !t.changed() || !t.after.set() || t.after.text() == "OFF" {
			continue
		}
		fact := "the pool's tier is " + tier.text()
		switch tier.text() {
		case "":
			fact = "the snapshot does not tell the pool's tier"
		case "ESSENTIALS":
			fact += ": \"The following features need to be disabled for the ESSENTIALS pricing tier configured: Threat Protection\""
		}
		p.refuse("%s would be %s, which needs the tier PLUS, and %s; move the pool to PLUS first, which costs more per user.",
			path[len(path)-1], t.after.short(), fact)
	}
}

func (p *preflight) passwordPolicy() {
	t := p.pool.at("Policies", "PasswordPolicy")
	p.whole("MinimumLength of the password policy", t.after.at("MinimumLength"), 6, 99)
	p.whole("TemporaryPasswordValidityDays", t.after.at("TemporaryPasswordValidityDays"), 0, 365)
	p.whole("PasswordHistorySize", t.after.at("PasswordHistorySize"), 0, 24)
	history := t.at("PasswordHistorySize")
	if p.pool.after.at("UserPoolTier").text() == "LITE" && history.changed() && history.after.set() && !history.after.within(0, 0) {
		p.refuse("PasswordHistorySize would be %s, but the pool's tier is LITE; it needs ESSENTIALS or PLUS.", history.after.short())
	}
}

// codeText and linkText are what message texts must hold.
var (
	codeText = regexp.MustCompile(`\{####\}`)
	linkText = regexp.MustCompile(`(?s)\{##.+##\}`)
)

// messages refuses texts that the plan changes to what the API does not take.
func (p *preflight) messages() {
	template := p.pool.at("VerificationMessageTemplate")
	p.placeholder("VerificationMessageTemplate.EmailMessageByLink", template.at("EmailMessageByLink"), linkText, "{##...##}")
	invite := p.pool.at("AdminCreateUserConfig", "InviteMessageTemplate")
	for _, member := range []string{"EmailMessage", "SmsMessage", "SMSMessage"} {
		p.placeholder("VerificationMessageTemplate."+member, template.at(member), codeText, "{####}")
		p.placeholder("InviteMessageTemplate."+member, invite.at(member), codeText, "{####}")
	}
	for _, pair := range [][2]string{
		{"EmailVerificationMessage", "EmailMessage"},
		{"EmailVerificationSubject", "EmailSubject"},
		{"SmsVerificationMessage", "SmsMessage"},
	} {
		legacy, current := p.pool.at(pair[0]), template.at(pair[1])
		if !legacy.changed() && !current.changed() {
			continue
		}
		if legacy.after.set() && current.after.set() && !legacy.after.equal(current.after) {
			p.refuse("%s would differ from VerificationMessageTemplate.%s, of which it is the older form; change both to the same text.", pair[0], pair[1])
		}
	}
	p.placeholder("SmsAuthenticationMessage", p.pool.at("SmsAuthenticationMessage"), codeText, "{####}")
}

// placeholder refuses a text that the plan changes so that it lacks its place
// for a code or a link.
func (p *preflight) placeholder(name string, text turn, form *regexp.Regexp, want string) {
	if text.changed() && !text.after.empty() && !form.MatchString(text.after.text()) {
		p.refuse("%s would hold no %s, and Cognito answers \"The message is invalid.\"", name, want)
	}
}

// recovery refuses mechanisms that the API does not take together.
func (p *preflight) recovery() {
	mechanisms := p.pool.after.at("AccountRecoverySetting", "RecoveryMechanisms").list()
	if len(mechanisms) > 2 {
		p.refuse("AccountRecoverySetting would hold %d mechanisms; the API takes at most 2.", len(mechanisms))
	}
	var priorities []string
	for _, mechanism := range mechanisms {
		priority := mechanism.at("Priority")
		if !priority.set() {
			continue
		}
		if slices.Contains(priorities, priority.String()) {
			p.refuse("AccountRecoverySetting would hold two mechanisms of priority %s; give each one its own.", priority.short())
		}
		priorities = append(priorities, priority.String())
	}
	smsBoth := func(pool, mfa setting) bool {
		return slices.Contains(recoveryNames(pool), "verified_phone_number") && hasSMSFactor(mfa) && mfaMode(pool, mfa) != mfaOff
	}
	if smsBoth(p.pool.after, p.mfa.after) && !smsBoth(p.pool.before, p.mfa.before) {
		p.refuse("Accounts would be recovered by verified_phone_number while SMS is an MFA factor: \"Invalid account recovery setting parameter. " +
			"Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.\"")
	}
}

// emailRecovery refuses e-mail as the only way back and as a factor, unless the
// pool is like that already.
func (p *preflight) emailRecovery() {
	emailBoth := func(pool, mfa setting) bool {
		names := recoveryNames(pool)
		other := slices.ContainsFunc(names, func(name string) bool { return name != "verified_email" })
		return len(names) > 0 && !other && hasEmailFactor(mfa) && mfaMode(pool, mfa) != mfaOff
	}
	if emailBoth(p.pool.after, p.mfa.after) && !emailBoth(p.pool.before, p.mfa.before) {
		p.refuse("E-mail would be an MFA factor while accounts are recovered by e-mail only, which Cognito does not allow; add another recovery mechanism first.")
	}
}

// recoveryNames returns the names of the recovery mechanisms.
func recoveryNames(pool setting) []string {
	var names []string
	for _, mechanism := range pool.at("AccountRecoverySetting", "RecoveryMechanisms").list() {
		names = append(names, mechanism.at("Name").text())
	}
	return names
}

func (p *preflight) triggers() {
	triggers := p.pool.after.at("LambdaConfig")
	old, current := triggers.at("PreTokenGeneration"), triggers.at("PreTokenGenerationConfig", "LambdaArn")
	if !old.empty() && !current.empty() && !old.equal(current) {
		p.refuse("LambdaConfig.PreTokenGeneration would differ from PreTokenGenerationConfig.LambdaArn, and Cognito wants both to be the same function; change both.")
	}
}
