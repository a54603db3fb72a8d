package cognilint.rules.federation.saml_certificate_not_expiring_test

import data.cognilint.lib.fixtures
import data.cognilint.rules.federation.saml_certificate_not_expiring as rule

# The good pool was read on 2026-11-01.
_until_november := "MIHgMIGToAMCAQICAQcwBQYDK2VwMBoxGDAWBgNVBAMMD2lkcC5leGFtcGxlLmNvbTAeFw0yNTExMTIwODAwMDBaFw0yNjExMTIwODAwMDBaMBoxGDAWBgNVBAMMD2lkcC5leGFtcGxlLmNvbTAqMAUGAytlcAMhADtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdopMAUGAytlcANBAOdZXewwsg2+6SIrRdCWPiruqmWhcuBao9yscdAftoswPFFm/+/gOWkFxQsi0cwMX35Wc7Y+e9/UjnMiGDvfhwU="

_until_2056 := "MIHiMIGVoAMCAQICAQcwBQYDK2VwMBoxGDAWBgNVBAMMD2lkcC5leGFtcGxlLmNvbTAgFw0yNjA2MDEwMDAwMDBaGA8yMDU2MDYwMTAwMDAwMFowGjEYMBYGA1UEAwwPaWRwLmV4YW1wbGUuY29tMCowBQYDK2VwAyEAO2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ikwBQYDK2VwA0EAzx52Vrvq5JozgF9k4ELLkxIYxH+Nq5wj4ji4vZ0JE0Zj8Ssh896ILtJKAoNxRpkQhFn8iSC3XFQ5lSHrjgm4Dw=="

# Only the validity, in the short and in the long form.
_until(short) := base64.encode(concat("", ["0\u001e\u0017\r251112000000Z\u0017\r", short]))

_until_long(long) := base64.encode(concat("", ["0 \u0017\r251112000000Z\u0018\u000f", long]))

_key(use, certificate) := sprintf(`<md:KeyDescriptor%s><ds:KeyInfo><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`, [use, certificate])

_idp(keys) := sprintf(`<?xml version="1.0"?><md:EntityDescriptor entityID="x"><md:IDPSSODescriptor protocolSupportEnumeration="y">%s</md:IDPSSODescriptor></md:EntityDescriptor>`, [concat("\n", keys)])

_provider(kind, details) := object.union(fixtures.good, {"IdentityProvider": {
	"ProviderName": "Corp",
	"ProviderType": kind,
	"ProviderDetails": details,
}})

_metadata(text) := _provider("SAML", {"MetadataFile": text})

_signed_by(certificates) := _metadata(_idp([_key(` use="signing"`, certificate) | some certificate in certificates]))

_path := ["IdentityProvider", "ProviderDetails", "MetadataFile"]

_passes(pool) if {
	rule.applies with input as pool
	count(rule.deny) == 0 with input as pool
	count(rule.unknown) == 0 with input as pool
}

_fails(pool) if {
	rule.applies with input as pool
	count(rule.deny) == 1 with input as pool
	count(rule.unknown) == 0 with input as pool
}

_is_unknown(pool) if {
	rule.unknown == {_path} with input as pool
	count(rule.deny) == 0 with input as pool
}

test_certificate_that_lasts_passes if {
	_passes(_signed_by([_until_2056]))
	_passes(_signed_by([_until("310601000000Z")]))
}

test_certificate_that_ends_soon_fails if {
	rule.deny == {{
		"msg": "the signing certificate of provider Corp ends on 2026-11-12, expected one that is valid for 30 days or more",
		"path": _path,
		"actual": "2026-11-12T08:00:00Z",
		"expected": "valid for 30 days or more",
	}} with input as _signed_by([_until_november])
}

test_certificate_that_has_ended_fails if {
	some violation in rule.deny with input as _signed_by([_until("261001000000Z")])
	contains(violation.msg, "ended on 2026-10-01")
	some other in rule.deny with input as _signed_by([_until("990601000000Z")])
	other.actual == "1999-06-01T00:00:00Z"
}

test_limit_is_inclusive if {
	_passes(_signed_by([_until("261201000000Z")]))
	_fails(_signed_by([_until("261130235959Z")]))
}

test_parameter_can_be_overridden if {
	params := {"saml-certificate-not-expiring": {"days": 7}}
	count(rule.deny) == 0 with input as _signed_by([_until_november]) with data.params as params
}

test_long_years if {
	_passes(_signed_by([_until_long("99991231235959Z")]))
	_fails(_signed_by([_until_long("20261112000000Z")]))
}

# The pool accepts any of them, and the provider is changing over.
test_next_certificate_beside_the_old_one_passes if {
	_passes(_signed_by([_until_november, _until_2056]))
	_passes(_signed_by([_until_2056, _until_november]))
	_fails(_signed_by([_until_november, _until("261001000000Z")]))
}

test_key_without_use_signs_too if {
	_fails(_metadata(_idp([_key("", _until_november)])))
}

test_certificates_that_sign_no_assertions_do_not_count if {
	encryption := _key(" use='encryption'", _until_november)
	_passes(_metadata(_idp([encryption, _key(` use="signing"`, _until_2056)])))

	comment := sprintf("<!-- %s -->", [_key("", _until_november)])
	_passes(_metadata(_idp([comment, _key("", _until_2056)])))

	signature := sprintf("<ds:Signature><ds:X509Certificate>%s</ds:X509Certificate></ds:Signature>", [_until_november])
	role := sprintf("<RoleDescriptor>%s</RoleDescriptor><SPSSODescriptor>%s</SPSSODescriptor>", [_key("", _until_november), _key("", _until_november)])
	_passes(_metadata(concat("", ["<e>", signature, role, _idp([_key("", _until_2056)]), role, "</e>"])))

	_fails(_metadata(concat("", ["<e>", _key("", _until_2056), _idp([_key("", _until_november)]), "</e>"])))
}

test_other_ways_to_write_the_same if {
	_fails(_metadata(replace(replace(_idp([_key("", _until_november)]), "md:", ""), "ds:", "")))

	lines := sprintf("\n-----BEGIN CERTIFICATE-----&#13;\n%s&#xD;\r\n\t%s\n-----END CERTIFICATE-----\n", [substring(_until_november, 0, 64), substring(_until_november, 64, -1)])
	_fails(_metadata(_idp([_key("\n  use=\"signing\"", lines)])))
}

test_metadata_from_a_url_is_exempt if {
	not rule.applies with input as _provider("SAML", {"MetadataURL": "https://idp.example.com/metadata"})
	not rule.applies with input as _provider("SAML", {
		"MetadataURL": "https://idp.example.com/metadata",
		"MetadataFile": _idp([_key("", _until_november)]),
	})
}

test_providers_without_metadata_are_exempt if {
	not rule.applies with input as _provider("SAML", {})
	not rule.applies with input as _provider("SAML", {"MetadataFile": ""})
	not rule.applies with input as _provider("OIDC", {"MetadataFile": _idp([_key("", _until_november)])})
}

test_illegible_metadata_is_unknown if {
	every text in ["<", "no metadata", _idp([]), "<IDPSSODescriptor>"] {
		_is_unknown(_metadata(text))
	}
	every certificate in ["", "[IDP_CERTIFICATE_DATA]", "MIIB", base64.encode("x"), _until("269999000000Z"), "%%%"] {
		_is_unknown(_signed_by([certificate]))
		_is_unknown(_signed_by([certificate, _until_november]))
		_passes(_signed_by([certificate, _until_2056]))
	}
}
