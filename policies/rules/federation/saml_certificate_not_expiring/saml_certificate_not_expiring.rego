# METADATA
# title: The signing certificate of the SAML provider is not about to end
# description: |
#   The metadata of the identity provider was uploaded as a file, and the last
#   signing certificate in it ends soon or has ended. Then the pool refuses what
#   the provider signs, and nobody can sign in through it.
# related_resources:
# - description: Things to know about SAML IdPs in Amazon Cognito user pools
#   ref: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-saml-idp-things-to-know.html
# custom:
#   id: saml-certificate-not-expiring
#   severity: high
#   target: identity_provider
#   needs: [IdentityProvider]
#   params:
#     days:
#       type: integer
#       default: 30
#       min: 1
#       max: 365
#       description: For how many days the certificate must still be valid.
#   remediation: |
#     Get metadata with the next certificate from the owner of the provider. It
#     may hold the old and the new one: the pool accepts either.
#
#     Console: Social and external providers, choose the provider, replace the
#     metadata, and prefer the URL of the metadata document, from which the pool
#     renews it.
#
#     AWS CLI: describe-identity-provider, then update-identity-provider with
#     the complete ProviderDetails and AttributeMapping, because the call
#     replaces both; leave out what the service adds by itself, such as
#     SSORedirectBindingURI.
#
#     CloudFormation: MetadataURL or the new MetadataFile in ProviderDetails of
#     AWS::Cognito::UserPoolIdentityProvider.
#
#     Terraform: MetadataURL or the new MetadataFile in provider_details of
#     aws_cognito_identity_provider.
#   waive_when: |
#     Only for a provider that is switched off before, or whose next metadata
#     has a date. The waiver must end before the certificate does; after that
#     nobody can sign in through it.
#   fix:
#     class: manual
#     note: Only the owner of the identity provider has the next certificate.
#   since: "0.1"
package cognilint.rules.federation.saml_certificate_not_expiring

import data.cognilint.lib.date
import data.cognilint.lib.param

params := param.values(rego.metadata.chain())

_path := ["IdentityProvider", "ProviderDetails", "MetadataFile"]

_file := object.get(input, _path, "")

# From a URL the pool renews the metadata by itself.
applies if {
	input.IdentityProvider.ProviderType == "SAML"
	_file != ""
	object.get(input, ["IdentityProvider", "ProviderDetails", "MetadataURL"], "") == ""
}

_role := `(?s)<(?:[\w.-]+:)?IDPSSODescriptor[\s>].*?</(?:[\w.-]+:)?IDPSSODescriptor\s*>`

_key := `(?s)<(?:[\w.-]+:)?KeyDescriptor(\s[^>]*)?>(.*?)</(?:[\w.-]+:)?KeyDescriptor\s*>`

_certificate := `<(?:[\w.-]+:)?X509Certificate(?:\s[^>]*)?>([^<]*)<`

# The certificates in base64. The metadata has others that sign no assertions: of
# the signature of the document, of other roles, for encryption.
_signing contains text if {
	some role in regex.find_n(_role, regex.replace(_file, `(?s)<!--.*?-->`, ""), -1)
	some key in regex.find_all_string_submatch_n(_key, role, -1)
	not regex.match(`\suse\s*=\s*["']encryption["']`, key[1])
	some found in regex.find_all_string_submatch_n(_certificate, key[2], -1)
	text := regex.replace(found[1], `\s|&#[xX]?[0-9A-Fa-f]+;|-----[A-Z ]+-----`, "")
}

# The validity in ASN.1: a sequence of two times, of which the second is
# YYMMDDhhmmssZ or, from 2050 on, YYYYMMDDhhmmssZ. No built-in is asked, because
# those refuse certificates that are merely odd with an error.
_validity := `0.(?:\x17\x0d[0-9]{12}|\x18\x0f[0-9]{14})Z(?:\x17\x0d([0-9]{12})|\x18\x0f([0-9]{14}))Z`

_ends[text] := end if {
	some text in _signing
	base64.is_valid(text)
	found := regex.find_all_string_submatch_n(_validity, base64.decode(text), 1)[0]
	end := _moment(_digits(found[1], found[2]))
	date.days_until(end)
}

_digits(short, long) := long if {
	short == ""
} else := concat("", ["19", short]) if {
	short >= "5"
} else := concat("", ["20", short])

# 9999 stands for no end.
_moment(digits) := "2199-12-31T23:59:59Z" if {
	digits >= "22"
} else := sprintf("%s-%s-%sT%s:%s:%sZ", [
	substring(digits, 0, 4),
	substring(digits, 4, 2),
	substring(digits, 6, 2),
	substring(digits, 8, 2),
	substring(digits, 10, 2),
	substring(digits, 12, 2),
])

# One that lasts is enough: the provider is changing over.
_last := max({end | some end in _ends})

_lasts if date.days_until(_last) >= params.days

_legible if {
	count(_signing) > 0
	count(_ends) == count(_signing)
}

unknown contains _path if {
	not _lasts
	not _legible
}

deny contains violation if {
	_legible
	not _lasts
	violation := {
		"msg": sprintf("the signing certificate of provider %s %s on %s, expected one that is valid for %d days or more", [input.IdentityProvider.ProviderName, _verb, substring(_last, 0, 10), params.days]),
		"path": _path,
		"actual": _last,
		"expected": sprintf("valid for %d days or more", [params.days]),
	}
}

_verb := "ended" if {
	date.days_until(_last) < 0
} else := "ends"
