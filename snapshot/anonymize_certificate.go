package snapshot

import (
	"crypto/ed25519"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"math/big"
	"strings"
)

// certificate finds a certificate or a key in base64, with or without line
// breaks: an ASN.1 sequence of at least 128 bytes.
var certificate = pattern(`(\\[nr]|\b)(MI[A-Za-z0-9+/]{30,}(?:(?:\s|\\[nr])+[A-Za-z0-9+/]{30,})*(?:(?:\s|\\[nr])+[A-Za-z0-9+/]+)?={0,2})`)

// certificatesIn replaces certificates: their base64 hides host names, people
// and organisations. The new one is valid for the same time, which rules look
// at, and keeps nothing else.
func (a *Anonymizer) certificatesIn(s string) string {
	if !strings.Contains(s, "MI") {
		return s
	}
	return replace(certificate(), s, func(m match) string {
		text := strings.NewReplacer(`\n`, "", `\r`, "").Replace(m.group(2))
		text = strings.Join(strings.Fields(text), "")
		if _, ok := a.certificates[text]; !ok {
			a.certificates[text] = substitute(text, len(a.certificates)+1)
		}
		return m.group(1) + a.certificates[text]
	})
}

// substitute makes the n-th certificate, or a word in base64 for what is none.
func substitute(text string, n int) string {
	name := fmt.Sprintf("Certificate %d", n)
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return base64.StdEncoding.EncodeToString([]byte(name))
	}
	real, err := x509.ParseCertificate(der)
	if err != nil {
		return base64.StdEncoding.EncodeToString([]byte(name))
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(int64(n)),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    real.NotBefore,
		NotAfter:     real.NotAfter,
	}
	// The key protects nothing: it is the same for everybody, so that the same
	// input gives the same output.
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	der, err = x509.CreateCertificate(nil, template, template, key.Public(), key)
	if err != nil {
		return base64.StdEncoding.EncodeToString([]byte(name))
	}
	return base64.StdEncoding.EncodeToString(der)
}
