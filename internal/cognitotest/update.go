package cognitotest

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// messages maps the members that AWS no longer uses to those of
// VerificationMessageTemplate that they mirror.
var messages = [][2]string{
	{"EmailVerificationMessage", "EmailMessage"},
	{"EmailVerificationSubject", "EmailSubject"},
	{"SmsVerificationMessage", "SmsMessage"},
}

// updateUserPool replaces the settings of a pool.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
func updateUserPool(e *edit) (string, *apiError) {
	was, err := e.get(UserPool, "")
	if err != nil {
		return "", err
	}
	mfa, err := e.get(MfaConfig, "")
	if err != nil {
		return "", err
	}
	p := &proposal{sent: e.request, was: was, mfaWas: mfa, mfa: clone(mfa)}
	p.pool = omit(e.mode, was, e.request)
	if e.mode != Measured && !has(e.request, "MfaConfiguration") && mfaState(was, mfa) != "OFF" {
		p.pool["MfaConfiguration"] = "OFF"
	}
	if err := p.mirrorMessages(); err != nil {
		return "", err
	}
	p.keepSystemTags()
	p.passwordLifetimes()
	p.mirrorMfa()
	if err := p.updatable(); err != nil {
		return "", err
	}
	touch(p.pool)
	return "{}", cmp.Or(e.put(UserPool, "", p.pool), e.put(MfaConfig, "", p.mfa))
}

// omit returns the pool that a request leaves, members that depend on others
// aside.
func omit(mode Omission, was, sent object) object {
	next := object{}
	for name, value := range was {
		if value = survivor(mode, name, value); value != nil {
			next[name] = value
		}
	}
	for name, value := range sent {
		switch name {
		case "UserPoolId":
		case "PoolName":
			next["Name"] = value
		default:
			next[name] = merge(mode, name, was[name], value)
		}
	}
	return clone(next)
}

// survivor returns what is left of a member that a request omits, nil for
// nothing.
func survivor(mode Omission, name string, value any) any {
	if slices.Contains(poolDescribeOnly, name) || name == "UserPoolTier" {
		return value
	}
	if mode == Measured {
		switch name {
		case "AutoVerifiedAttributes", "LambdaConfig", "DeviceConfiguration", "VerificationMessageTemplate", "EmailVerificationMessage",
			"EmailVerificationSubject", "SmsVerificationMessage", "SmsAuthenticationMessage":
		case "AdminCreateUserConfig":
			// Its template was reported to vanish.
			config, _ := clone(object{name: value})[name].(object)
			delete(config, "InviteMessageTemplate")
			return config
		default:
			return value
		}
	}
	return poolDefault(name, value)
}

// poolDefault returns what AWS has for a member that was never set. A pool whose
// documents lack it is not given it.
func poolDefault(name string, was any) any {
	switch name {
	case "Policies":
		policies, _ := was.(object)
		halves := object{}
		for half := range policies {
			put(halves, half, halfDefault(half))
		}
		return halves
	case "DeletionProtection":
		return "INACTIVE"
	case "MfaConfiguration":
		return "OFF"
	case "LambdaConfig", "UserPoolTags":
		return object{}
	case "VerificationMessageTemplate":
		return object{"DefaultEmailOption": "CONFIRM_WITH_CODE"}
	case "UserAttributeUpdateSettings":
		return object{"AttributesRequireVerificationBeforeUpdate": []any{}}
	case "EmailConfiguration":
		return object{"EmailSendingAccount": "COGNITO_DEFAULT"}
	case "AdminCreateUserConfig":
		return object{"AllowAdminCreateUserOnly": false}
	}
	return nil
}

// halfDefault returns the default of a half of Policies.
func halfDefault(half string) any {
	switch half {
	case "PasswordPolicy":
		return object{
			"MinimumLength": json.Number("8"), "RequireLowercase": true, "RequireNumbers": true, "RequireSymbols": true,
			"RequireUppercase": true, "TemporaryPasswordValidityDays": json.Number("7"),
		}
	case "SignInPolicy":
		return object{"AllowedFirstAuthFactors": list("PASSWORD")}
	}
	return nil
}

// merge returns what a member becomes that a request sends. Most are replaced as
// a whole; in some, members that are omitted survive outside of ResetParanoid.
func merge(mode Omission, name string, was, sent any) any {
	old, _ := was.(object)
	sentMembers, _ := sent.(object)
	if sentMembers == nil || old == nil {
		return sent
	}
	next := clone(sentMembers)
	switch name {
	case "Policies":
		for half, value := range old {
			switch {
			case has(next, half):
				next[half] = merge(mode, half, value, next[half])
			case mode == ResetParanoid:
				put(next, half, halfDefault(half))
			default:
				next[half] = value
			}
		}
	case "PasswordPolicy", "SignInPolicy", "AdminCreateUserConfig":
		for member, value := range old {
			switch {
			case has(next, member):
			case mode == ResetParanoid:
				put(next, member, insideDefault(member))
			default:
				next[member] = value
			}
		}
	}
	return next
}

// insideDefault returns what a member becomes that is omitted in an object that
// is sent. Booleans that a request lacks are false.
func insideDefault(name string) any {
	switch {
	case name == "MinimumLength":
		return json.Number("8")
	case name == "TemporaryPasswordValidityDays":
		return json.Number("7")
	case name == "AllowedFirstAuthFactors":
		return list("PASSWORD")
	case strings.HasPrefix(name, "Require") || name == "AllowAdminCreateUserOnly":
		return false
	}
	return nil
}

// mirrorMessages makes the old members for messages tell what the template
// tells. Requests may send either, or both with the same text.
func (p *proposal) mirrorMessages() *apiError {
	template := at(p.sent, "VerificationMessageTemplate")
	for _, m := range messages {
		old, hasOld := p.sent[m[0]]
		text, hasText := template[m[1]]
		switch {
		case hasOld && hasText && old != text:
			return invalid(m[0] + " and VerificationMessageTemplate." + m[1] + " must be the same.")
		case hasOld && !hasText:
			if at(p.pool, "VerificationMessageTemplate") == nil {
				p.pool["VerificationMessageTemplate"] = object{"DefaultEmailOption": "CONFIRM_WITH_CODE"}
			}
			at(p.pool, "VerificationMessageTemplate")[m[1]] = old
		}
		put(p.pool, m[0], at(p.pool, "VerificationMessageTemplate")[m[1]])
	}
	return nil
}

// keepSystemTags keeps the tags of AWS, which requests cannot send.
func (p *proposal) keepSystemTags() {
	for key, value := range at(p.was, "UserPoolTags") {
		if strings.HasPrefix(key, "aws:") {
			if at(p.pool, "UserPoolTags") == nil {
				p.pool["UserPoolTags"] = object{}
			}
			at(p.pool, "UserPoolTags")[key] = value
		}
	}
}

// passwordLifetimes writes 0 days as the default, and the lifetime that Describe
// tells twice.
func (p *proposal) passwordLifetimes() {
	policy, days := at(p.pool, "Policies", "PasswordPolicy"), json.Number("7")
	if has(policy, "TemporaryPasswordValidityDays") {
		if numberAt(policy, "TemporaryPasswordValidityDays") == 0 {
			policy["TemporaryPasswordValidityDays"] = days
		}
		days, _ = policy["TemporaryPasswordValidityDays"].(json.Number)
	} else if unused, ok := at(p.pool, "AdminCreateUserConfig")["UnusedAccountValidityDays"].(json.Number); ok && unused != "0" {
		days = unused
	}
	if config := at(p.pool, "AdminCreateUserConfig"); config != nil {
		config["UnusedAccountValidityDays"] = days
	}
}

// mirrorMfa carries what changed over to the answer of GetUserPoolMfaConfig.
func (p *proposal) mirrorMfa() {
	if state := mfaState(p.pool, nil); has(p.pool, "MfaConfiguration") && state != mfaState(p.was, p.mfaWas) {
		p.mfa["MfaConfiguration"] = state
	}
	block := at(p.mfa, "SmsMfaConfiguration")
	if block == nil {
		return
	}
	for _, name := range []string{"SmsConfiguration", "SmsAuthenticationMessage"} {
		if !same(p.was[name], p.pool[name]) {
			put(block, name, p.pool[name])
		}
	}
	if !has(p.pool, "SmsConfiguration") && has(p.was, "SmsConfiguration") {
		delete(p.mfa, "SmsMfaConfiguration")
	}
}
