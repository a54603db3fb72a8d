package remediate

import (
	"slices"
	"strings"
)

// The values of MfaConfiguration.
const (
	mfaOff      = "OFF"
	mfaOn       = "ON"
	mfaOptional = "OPTIONAL"
)

const multiFactorWebAuthn = "MULTI_FACTOR_WITH_USER_VERIFICATION"

// mfaMode returns OFF, ON or OPTIONAL; the pool repeats what the MFA settings
// say. Absent is OFF.
func mfaMode(pool, mfa setting) string {
	for _, mode := range []setting{mfa.at("MfaConfiguration"), pool.at("MfaConfiguration")} {
		if mode.set() {
			return mode.text()
		}
	}
	return mfaOff
}

func hasTOTPFactor(mfa setting) bool {
	block := mfa.at("SoftwareTokenMfaConfiguration")
	return block.at("Enabled").is(true) || unknownOnly(block, "Enabled")
}

func hasSMSFactor(mfa setting) bool {
	block := mfa.at("SmsMfaConfiguration")
	return !block.at("SmsConfiguration").empty() || unknownOnly(block, "SmsConfiguration", "SmsAuthenticationMessage")
}

func hasEmailFactor(mfa setting) bool { return mfa.at("EmailMfaConfiguration").set() }

// unknownOnly tells whether an object has members, and none that is known: it
// is configured in a way that is newer than this build.
func unknownOnly(block setting, known ...string) bool {
	names := block.names()
	return len(names) > 0 && !slices.ContainsFunc(names, func(name string) bool { return slices.Contains(known, name) })
}

// factors returns the names of the factors that MFA settings enable, sorted.
func factors(mfa setting) []string {
	var found []string
	for _, name := range mfa.names() {
		var has bool
		switch name {
		case "SoftwareTokenMfaConfiguration":
			has = hasTOTPFactor(mfa)
		case "SmsMfaConfiguration":
			has = hasSMSFactor(mfa)
		case "EmailMfaConfiguration":
			has = hasEmailFactor(mfa)
		default:
			has = strings.HasSuffix(name, "MfaConfiguration") && unknownOnly(mfa.at(name))
		}
		if has {
			found = append(found, name)
		}
	}
	return found
}

func (p *preflight) setMfaConfig(call Call) {
	if !p.read("SetUserPoolMfaConfig", "MfaConfig", p.mfa) {
		return
	}
	if p.pool.after.empty() {
		p.refuse("UserPool is not in the snapshot, so that nobody sees whether writing the MFA settings may clear the pool's SMS settings; read it first.")
	}
	p.untouched(call, "MfaConfig", never{"UserPoolId": "which cannot be changed"})
	p.mfaFactors()
	p.smsFactor()
	p.emailFactor()
	p.firstFactors()
	p.webAuthn()
	p.recovery()
	p.emailRecovery()
}

func (p *preflight) mfaFactors() {
	mfa := p.mfa.after
	p.oneOf("MfaConfig.MfaConfiguration", mfa.at("MfaConfiguration"), mfaOff, mfaOn, mfaOptional)
	enabled := factors(mfa)
	// SetUserPoolMfaConfig without a mode switches MFA off.
	mode := mfa.at("MfaConfiguration")
	if !mode.set() || mode.text() == mfaOff {
		before := factors(p.mfa.before)
		for _, factor := range enabled {
			if !slices.Contains(before, factor) {
				p.refuse("The plan enables %s while MFA stays OFF: \"Invalid MFA configuration given, can't turn off MFA and configure an MFA together.\"; "+
					"set MfaConfiguration to OPTIONAL or ON too.", factor)
			}
		}
		return
	}
	if len(enabled) == 0 {
		p.refuse("MfaConfiguration would be %s without any factor: \"Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.\"; "+
			"enable SoftwareTokenMfaConfiguration too.", mode.short())
	}
}

// smsFactor guards the pool's SMS settings, which the MFA settings hold too.
func (p *preflight) smsFactor() {
	if p.mfa.after.at("SmsMfaConfiguration").set() {
		p.smsRole()
	}
	lacks := "but no SmsMfaConfiguration"
	if hasSMSFactor(p.mfa.after) {
		lacks = "but the API takes no SmsMfaConfiguration while MFA is OFF"
	}
	if !p.pool.after.at("SmsConfiguration").empty() && (!hasSMSFactor(p.mfa.after) || mfaMode(setting{}, p.mfa.after) == mfaOff) {
		p.refuse("The pool has SmsConfiguration %s, and writing the MFA settings may clear the pool's SMS settings; "+
			"change the MFA settings yourself, and check SmsConfiguration afterwards.", lacks)
	}
	role := p.mfa.at("SmsMfaConfiguration", "SmsConfiguration")
	echo := !role.before.set() && role.after.equal(p.pool.before.at("SmsConfiguration"))
	if role.changed() && !echo {
		p.refuse("The plan changes SmsMfaConfiguration.SmsConfiguration of MfaConfig, the role that sends SMS messages, which cognilint never changes; change it yourself.")
	}
	p.placeholder("SmsMfaConfiguration.SmsAuthenticationMessage", p.mfa.at("SmsMfaConfiguration", "SmsAuthenticationMessage"), codeText, "{####}")
}

// emailFactor refuses a factor that the plan adds and the pool cannot have.
func (p *preflight) emailFactor() {
	p.placeholder("EmailMfaConfiguration.Message", p.mfa.at("EmailMfaConfiguration", "Message"), codeText, "{####}")
	if !hasEmailFactor(p.mfa.after) || hasEmailFactor(p.mfa.before) {
		return
	}
	switch p.pool.after.at("EmailConfiguration", "EmailSendingAccount").text() {
	case "", "COGNITO_DEFAULT":
		p.refuse("The plan adds EmailMfaConfiguration, but the pool does not send e-mail with Amazon SES: \"Cannot set EmailMfaConfiguration when user pool " +
			"EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT\".")
	}
	switch tier := p.pool.after.at("UserPoolTier"); tier.text() {
	case "ESSENTIALS", "PLUS":
	case "":
		p.refuse("The plan adds EmailMfaConfiguration, which needs the tier ESSENTIALS or PLUS, and the snapshot does not tell the pool's tier.")
	default:
		p.refuse("The plan adds EmailMfaConfiguration, which needs the tier ESSENTIALS or PLUS, and the pool's tier is %s.", tier.text())
	}
}

func (p *preflight) firstFactor(name string) bool {
	return p.pool.after.at("Policies", "SignInPolicy", "AllowedFirstAuthFactors").has(name)
}

// firstFactors refuses one-time codes as the first factor where MFA is required.
func (p *preflight) firstFactors() {
	if mfaMode(p.pool.after, p.mfa.after) != mfaOn {
		return
	}
	for _, factor := range []string{"EMAIL_OTP", "SMS_OTP"} {
		if p.firstFactor(factor) {
			p.refuse("AllowedFirstAuthFactors holds %s while MFA is ON: \"Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled\"; "+
				"remove it first.", factor)
		}
	}
}

func (p *preflight) webAuthn() {
	block := p.mfa.after.at("WebAuthnConfiguration")
	p.oneOf("WebAuthnConfiguration.UserVerification", block.at("UserVerification"), "required", "preferred")
	p.oneOf("WebAuthnConfiguration.FactorConfiguration", block.at("FactorConfiguration"), "SINGLE_FACTOR", multiFactorWebAuthn)
	if mfaMode(p.pool.after, p.mfa.after) == mfaOn && p.firstFactor("WEB_AUTHN") && block.at("FactorConfiguration").text() != multiFactorWebAuthn {
		p.refuse("MFA would be ON while passkeys are a first factor and WebAuthnConfiguration.FactorConfiguration is not %s: \"Cannot set WebAuthn factor "+
			"configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor\".", multiFactorWebAuthn)
	}
}
