package cognitotest

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// proposal is what a pool and its MFA would be after a write.
type proposal struct {
	sent        object
	was, mfaWas object
	pool, mfa   object // to come
}

// mfaState returns OFF, OPTIONAL or ON. The pool knows better than the answer of
// GetUserPoolMfaConfig, which tests may leave to its default.
func mfaState(pool, mfa object) string {
	return cmp.Or(textAt(pool, "MfaConfiguration"), textAt(mfa, "MfaConfiguration"), "OFF")
}

// updatable holds what UpdateUserPool checks, on the pool to come.
func (p *proposal) updatable() *apiError {
	for _, check := range []func(*proposal) *apiError{
		(*proposal).checkTags, (*proposal).checkEnums, (*proposal).checkPasswords, (*proposal).checkUnusedAccounts, (*proposal).checkTriggers,
		(*proposal).checkMessages, (*proposal).checkThreatProtection, (*proposal).checkMfaTransition, (*proposal).checkPool,
	} {
		if err := check(p); err != nil {
			return err
		}
	}
	return nil
}

// checkPool holds what the settings of a pool and its MFA must agree on,
// whichever of them is written.
func (p *proposal) checkPool() *apiError {
	for _, check := range []func(*proposal) *apiError{
		(*proposal).checkVerification, (*proposal).checkFirstFactors, (*proposal).checkRecovery,
	} {
		if err := check(p); err != nil {
			return err
		}
	}
	return nil
}

func (p *proposal) checkTags() *apiError { return checkTags(at(p.sent, "UserPoolTags")) }

func checkTags(tags object) *apiError {
	for _, key := range sortedNames(tags) {
		if strings.HasPrefix(strings.ToLower(key), "aws:") {
			return &apiError{"UserPoolTaggingException", "aws: prefixed tag key names are not allowed for external use."}
		}
		if _, ok := tags[key].(string); !ok {
			return &apiError{"SerializationException", "unexpected type of tag " + key}
		}
	}
	return nil
}

func (p *proposal) checkEnums() *apiError {
	for name, values := range map[string][]string{
		"DeletionProtection": {"ACTIVE", "INACTIVE"},
		"MfaConfiguration":   {"OFF", "ON", "OPTIONAL"},
		"UserPoolTier":       {"LITE", "ESSENTIALS", "PLUS"},
	} {
		if err := oneOf(p.sent, name, values...); err != nil {
			return err
		}
	}
	return nil
}

// oneOf checks a member that may be absent.
func oneOf(o object, name string, values ...string) *apiError {
	if value, ok := o[name]; ok && !slices.Contains(values, fmt.Sprint(value)) {
		return invalid(fmt.Sprintf("1 validation error detected: Value '%v' at '%s' failed to satisfy constraint: Member must satisfy enum value set: [%s]",
			value, strings.ToLower(name[:1])+name[1:], strings.Join(values, ", ")))
	}
	return nil
}

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html
func (p *proposal) checkPasswords() *apiError {
	sent := at(p.sent, "Policies", "PasswordPolicy")
	for _, limit := range []struct {
		name     string
		from, to float64
	}{{"MinimumLength", 6, 99}, {"TemporaryPasswordValidityDays", 0, 365}, {"PasswordHistorySize", 0, 24}} {
		if n := numberAt(sent, limit.name); has(sent, limit.name) && (n < limit.from || n > limit.to) {
			return invalid(fmt.Sprintf("1 validation error detected: Value '%v' at 'policies.passwordPolicy.%s' failed to satisfy constraint: Member must have value between %v and %v",
				n, strings.ToLower(limit.name[:1])+limit.name[1:], limit.from, limit.to))
		}
	}
	return nil
}

func (p *proposal) checkUnusedAccounts() *apiError {
	if has(at(p.sent, "AdminCreateUserConfig"), "UnusedAccountValidityDays") && has(at(p.pool, "Policies", "PasswordPolicy"), "TemporaryPasswordValidityDays") {
		return invalid("Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays")
	}
	return nil
}

// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html
func (p *proposal) checkTriggers() *apiError {
	triggers := at(p.sent, "LambdaConfig")
	old, arn := textAt(triggers, "PreTokenGeneration"), textAt(triggers, "PreTokenGenerationConfig", "LambdaArn")
	if old != "" && arn != "" && old != arn {
		return invalid("PreTokenGeneration and PreTokenGenerationConfig.LambdaArn must be the same.")
	}
	if (has(triggers, "CustomSMSSender") || has(triggers, "CustomEmailSender")) && !has(triggers, "KMSKeyID") {
		return invalid("KMSKeyID is required with CustomSMSSender or CustomEmailSender.")
	}
	return nil
}

var (
	link = regexp.MustCompile(`\{##(?s:.*)##\}`)
	code = regexp.MustCompile(`\{####\}`)
)

// checkMessages looks at new texts; what is stored was valid once.
func (p *proposal) checkMessages() *apiError {
	template, was := at(p.pool, "VerificationMessageTemplate"), at(p.was, "VerificationMessageTemplate")
	invite, inviteWas := at(p.pool, "AdminCreateUserConfig", "InviteMessageTemplate"), at(p.was, "AdminCreateUserConfig", "InviteMessageTemplate")
	for _, m := range []struct {
		name    string
		of, was object
		needs   *regexp.Regexp
	}{
		{"EmailMessage", template, was, code},
		{"SmsMessage", template, was, code},
		{"EmailMessageByLink", template, was, link},
		{"SmsAuthenticationMessage", p.pool, p.was, code},
		{"EmailMessage", invite, inviteWas, code},
		{"SMSMessage", invite, inviteWas, code},
	} {
		text := textAt(m.of, m.name)
		if text != "" && text != textAt(m.was, m.name) && !m.needs.MatchString(text) {
			return invalid("The message is invalid.")
		}
	}
	// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerificationMessageTemplateType.html
	if !same(template, was) && textAt(template, "DefaultEmailOption") == "CONFIRM_WITH_CODE" &&
		has(template, "EmailMessage") && has(template, "EmailMessageByLink") {
		return invalid("The message is invalid.")
	}
	return nil
}

// checkThreatProtection refuses it outside of PLUS, but for old LITE pools that
// have it and keep it.
func (p *proposal) checkThreatProtection() *apiError {
	tier, addOns := textAt(p.pool, "UserPoolTier"), at(p.pool, "UserPoolAddOns")
	if tier == "PLUS" || !threatProtection(addOns) {
		return nil
	}
	kept := threatProtection(at(p.was, "UserPoolAddOns")) && same(addOns, at(p.was, "UserPoolAddOns"))
	if (tier == "" || tier == "LITE") && tier == textAt(p.was, "UserPoolTier") && kept {
		return nil
	}
	return notInTier(tier, "Threat Protection")
}

func threatProtection(addOns object) bool {
	flows := textAt(addOns, "AdvancedSecurityAdditionalFlows", "CustomAuthMode")
	return cmp.Or(textAt(addOns, "AdvancedSecurityMode"), "OFF") != "OFF" || flows != "" && flows != "OFF"
}

func notInTier(tier, features string) *apiError {
	return &apiError{"FeatureUnavailableInTierException", fmt.Sprintf(
		"The following features need to be disabled for the %s pricing tier configured: %s", cmp.Or(tier, "ESSENTIALS"), features)}
}

// checkMfaTransition looks at what UpdateUserPool makes of MFA.
func (p *proposal) checkMfaTransition() *apiError {
	was, state := mfaState(p.was, p.mfaWas), mfaState(p.pool, p.mfa)
	if state == "ON" && was != "ON" {
		return invalid("Cannot turn MFA functionality ON, once the user pool has been created.")
	}
	lost := smsFactor(p.was, p.mfaWas) && !smsFactor(p.pool, p.mfa)
	if state != "OFF" && (state != was || lost) && !smsFactor(p.pool, p.mfa) && !otherFactor(p.mfa) {
		return errNoSms
	}
	return nil
}

var errNoSms = invalid("SMS configuration and Auto verification for phone_number are required when MFA is required/optional")

func smsFactor(pool, mfa object) bool {
	block := at(mfa, "SmsMfaConfiguration")
	return block != nil && (has(block, "SmsConfiguration") || has(pool, "SmsConfiguration"))
}

func otherFactor(mfa object) bool {
	return at(mfa, "SoftwareTokenMfaConfiguration")["Enabled"] == true || has(mfa, "EmailMfaConfiguration")
}

func (p *proposal) checkVerification() *apiError {
	verified := textsOf(p.pool, "AutoVerifiedAttributes")
	for _, name := range textsOf(at(p.pool, "UserAttributeUpdateSettings"), "AttributesRequireVerificationBeforeUpdate") {
		if !slices.Contains(verified, name) {
			return invalid("All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes")
		}
	}
	if slices.Contains(verified, "phone_number") && !has(p.pool, "SmsConfiguration") {
		return invalid("SMS configuration is required when phone_number is selected for auto verification")
	}
	return nil
}

// https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
func (p *proposal) checkFirstFactors() *apiError {
	factors := textsOf(at(p.pool, "Policies", "SignInPolicy"), "AllowedFirstAuthFactors")
	required := mfaState(p.pool, p.mfa) == "ON"
	switch {
	case required && (slices.Contains(factors, "EMAIL_OTP") || slices.Contains(factors, "SMS_OTP")):
		return invalid("Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled")
	case slices.Contains(factors, "SMS_OTP") && !has(p.pool, "SmsConfiguration"):
		return invalid("SMS_OTP can not be configured as AuthFactor as user pool is missing valid SMS configuration")
	case required && slices.Contains(factors, "WEB_AUTHN") &&
		textAt(p.mfa, "WebAuthnConfiguration", "FactorConfiguration") != "MULTI_FACTOR_WITH_USER_VERIFICATION":
		return invalid("Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor")
	}
	return nil
}

// checkRecovery refuses new conflicts of recovery with MFA; a pool that has one
// may keep it.
func (p *proposal) checkRecovery() *apiError {
	mechanisms := recovery(p.pool)
	conflict := func(factor func(pool, mfa object) bool) bool {
		now := factor(p.pool, p.mfa) && mfaState(p.pool, p.mfa) != "OFF"
		before := factor(p.was, p.mfaWas) && mfaState(p.was, p.mfaWas) != "OFF"
		return now && (!before || !slices.Equal(mechanisms, recovery(p.was)))
	}
	if slices.Contains(mechanisms, "verified_phone_number") && conflict(smsFactor) {
		return invalid("Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.")
	}
	emailFactor := func(_, mfa object) bool { return has(mfa, "EmailMfaConfiguration") }
	if slices.Equal(mechanisms, []string{"verified_email"}) && conflict(emailFactor) {
		return invalid("Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_email as a recovery mechanism when Email MFA is configured.")
	}
	return nil
}

// recovery returns the mechanisms of a pool, the first one first: the order is
// that of their priorities, and that of the list does not count.
func recovery(pool object) []string {
	list, _ := at(pool, "AccountRecoverySetting")["RecoveryMechanisms"].([]any)
	var mechanisms []object
	for _, m := range list {
		mechanism, _ := m.(object)
		mechanisms = append(mechanisms, mechanism)
	}
	slices.SortStableFunc(mechanisms, func(a, b object) int { return cmp.Compare(numberAt(a, "Priority"), numberAt(b, "Priority")) })
	var names []string
	for _, mechanism := range mechanisms {
		names = append(names, textAt(mechanism, "Name"))
	}
	return names
}
