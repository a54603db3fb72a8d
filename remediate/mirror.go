package remediate

import (
	"maps"
	"slices"

	"github.com/cognilint/cognilint/snapshot"
)

// Some settings stand in two places, because two operations read them.

// legacyMessages are members of UserPool that repeat what stands in its
// VerificationMessageTemplate.
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
var legacyMessages = map[string]string{
	"SmsVerificationMessage":   "SmsMessage",
	"EmailVerificationMessage": "EmailMessage",
	"EmailVerificationSubject": "EmailSubject",
}

var (
	userPoolPart  = Part{Section: "UserPool"}
	mfaConfigPart = Part{Section: "MfaConfig"}
)

// mirrored returns the pool after edits with the same value in both places where
// the edits changed one of them.
func mirrored(before, after *snapshot.Pool) *snapshot.Pool {
	pool, mfa := tree(after, userPoolPart), tree(after, mfaConfigPart)
	oldPool, oldMfa := tree(before, userPoolPart), tree(before, mfaConfigPart)
	changed := func(was, is any) bool { return !snapshot.Equal(was, is) }
	if mfa != nil && changed(oldMfa["MfaConfiguration"], mfa["MfaConfiguration"]) {
		pool = snapshot.With(pool, "/MfaConfiguration", mfa["MfaConfiguration"])
	}
	const message, inMfa = "SmsAuthenticationMessage", "/SmsMfaConfiguration/SmsAuthenticationMessage"
	was, _ := snapshot.Lookup(oldMfa, inMfa)
	is, _ := snapshot.Lookup(mfa, inMfa)
	switch sms, _ := mfa["SmsMfaConfiguration"].(map[string]any); {
	case changed(was, is):
		pool = snapshot.With(pool, "/"+message, is)
	case sms != nil && changed(oldPool[message], pool[message]):
		mfa = snapshot.With(mfa, inMfa, pool[message])
	}
	template, _ := pool["VerificationMessageTemplate"].(map[string]any)
	oldTemplate, _ := oldPool["VerificationMessageTemplate"].(map[string]any)
	for _, legacy := range slices.Sorted(maps.Keys(legacyMessages)) {
		member := legacyMessages[legacy]
		if pool[legacy] != nil && changed(oldTemplate[member], template[member]) {
			pool = snapshot.With(pool, "/"+legacy, template[member])
		}
	}
	if mfa != nil {
		after = withTree(after, mfaConfigPart, mfa)
	}
	return withTree(after, userPoolPart, pool)
}
