package cognitotest

import "cmp"

// factors are the members that turn MFA factors on; WebAuthn is none.
var factors = []string{"SmsMfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration"}

// setMfaConfig replaces all of MFA.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserPoolMfaConfig.html
func setMfaConfig(e *edit) (string, *apiError) {
	if err := oneOf(e.request, "MfaConfiguration", "OFF", "ON", "OPTIONAL"); err != nil {
		return "", err
	}
	was, err := e.get(UserPool, "")
	if err != nil {
		return "", err
	}
	mfaWas, err := e.get(MfaConfig, "")
	if err != nil {
		return "", err
	}
	p := &proposal{sent: e.request, was: was, mfaWas: mfaWas, pool: clone(was), mfa: clone(e.request)}
	delete(p.mfa, "UserPoolId")
	state := cmp.Or(textAt(p.mfa, "MfaConfiguration"), "OFF")
	p.mfa["MfaConfiguration"] = state
	if state != "OFF" || has(was, "MfaConfiguration") {
		p.pool["MfaConfiguration"] = state
	}
	if state == "OFF" {
		for _, name := range factors {
			if has(p.mfa, name) {
				return "", invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.")
			}
		}
	}
	if err := p.setSms(e.mode); err != nil {
		return "", err
	}
	if err := cmp.Or(p.checkFactors(), p.checkPool()); err != nil {
		return "", err
	}
	if err := cmp.Or(e.put(UserPool, "", p.pool), e.put(MfaConfig, "", p.mfa)); err != nil {
		return "", err
	}
	return encode(p.mfa), nil
}

// setSms carries the SMS settings over to the pool. What becomes of them without
// the block is not documented: Measured refuses as users reported, ResetAll
// turns off the factor alone, and ResetParanoid takes the settings away.
func (p *proposal) setSms(mode Omission) *apiError {
	block, blockWas := at(p.mfa, "SmsMfaConfiguration"), at(p.mfaWas, "SmsMfaConfiguration")
	settings := []string{"SmsConfiguration", "SmsAuthenticationMessage"}
	if block == nil {
		switch {
		case mode == ResetParanoid:
			for _, name := range settings {
				delete(p.pool, name)
			}
		case mode == Measured && has(p.pool, "SmsConfiguration") && textAt(p.mfa, "MfaConfiguration") != "OFF":
			return invalid("Can't turn off SMS_MFA when SMS configuration is set for the user pool")
		}
		return nil
	}
	if !has(block, "SmsConfiguration") && mode != ResetParanoid {
		put(block, "SmsConfiguration", p.pool["SmsConfiguration"])
	}
	for _, name := range settings {
		// An echo of what the block lacked is no change of the pool.
		if blockWas == nil || has(block, name) || has(blockWas, name) {
			put(p.pool, name, block[name])
		}
	}
	text := textAt(block, "SmsAuthenticationMessage")
	if text != "" && text != textAt(blockWas, "SmsAuthenticationMessage") && text != textAt(p.was, "SmsAuthenticationMessage") && !code.MatchString(text) {
		return invalid("The message is invalid.")
	}
	return nil
}

// checkFactors looks at the blocks of a request.
func (p *proposal) checkFactors() *apiError {
	sent := false
	for _, name := range factors {
		sent = sent || has(p.mfa, name)
	}
	if textAt(p.mfa, "MfaConfiguration") != "OFF" {
		switch {
		case !sent:
			return invalid("Invalid MFA configuration given, can't disable all MFAs with a required or optional configuration.")
		case has(p.mfa, "SmsMfaConfiguration") && !smsFactor(p.pool, p.mfa):
			return errNoSms
		case !smsFactor(p.pool, p.mfa) && !otherFactor(p.mfa):
			return invalid("Invalid MFA Configuration given. SMS MFA, Email MFA, or Software Token MFA must be enabled.")
		}
	}
	if has(p.mfa, "EmailMfaConfiguration") && textAt(p.pool, "EmailConfiguration", "EmailSendingAccount") != "DEVELOPER" {
		return invalid("Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT")
	}
	return nil
}
