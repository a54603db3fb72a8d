# METADATA
# title: Messages to users
# description: What a pool sends email and SMS for, and their texts.
package cognilint.lib.message

import data.cognilint.lib.pool
import data.cognilint.lib.recovery

# METADATA
# description: |
#   What codes are sent by email for, in words for a message. That it is empty
#   proves nothing unless MfaConfig was read.
email_uses contains "verification" if "email" in input.UserPool.AutoVerifiedAttributes

email_uses contains "recovery" if "verified_email" in recovery.mechanisms

email_uses contains "MFA" if "EMAIL" in pool.mfa_factors

email_uses contains "sign-in codes" if "EMAIL_OTP" in pool.first_factors

# METADATA
# description: As email_uses, for SMS.
sms_uses contains "verification" if "phone_number" in input.UserPool.AutoVerifiedAttributes

sms_uses contains "recovery" if "verified_phone_number" in recovery.mechanisms

sms_uses contains "MFA" if "SMS" in pool.mfa_factors

sms_uses contains "sign-in codes" if "SMS_OTP" in pool.first_factors

# METADATA
# description: |
#   The texts that are set for users of the pool, a set of
#   {"path": …, "text": …}; those of MfaConfig only if it was read. The texts
#   of risk configurations are not among them.
templates contains {"path": path, "text": text} if {
	some path in _texts
	text := object.get(input, path, null)
	text != null
}

_texts := [
	["UserPool", "VerificationMessageTemplate", "EmailMessage"],
	["UserPool", "VerificationMessageTemplate", "EmailMessageByLink"],
	["UserPool", "VerificationMessageTemplate", "EmailSubject"],
	["UserPool", "VerificationMessageTemplate", "EmailSubjectByLink"],
	["UserPool", "VerificationMessageTemplate", "SmsMessage"],
	["UserPool", "EmailVerificationMessage"],
	["UserPool", "EmailVerificationSubject"],
	["UserPool", "SmsVerificationMessage"],
	["UserPool", "SmsAuthenticationMessage"],
	["UserPool", "AdminCreateUserConfig", "InviteMessageTemplate", "EmailMessage"],
	["UserPool", "AdminCreateUserConfig", "InviteMessageTemplate", "EmailSubject"],
	["UserPool", "AdminCreateUserConfig", "InviteMessageTemplate", "SMSMessage"],
	["MfaConfig", "EmailMfaConfiguration", "Message"],
	["MfaConfig", "EmailMfaConfiguration", "Subject"],
	["MfaConfig", "SmsMfaConfiguration", "SmsAuthenticationMessage"],
]
