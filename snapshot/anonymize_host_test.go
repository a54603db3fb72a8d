package snapshot

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"
)

func TestAnonymizerURLs(t *testing.T) {
	for _, tt := range []struct{ name, url, want string }{
		{"host only", "https://acme.io", "https://host-1.example"},
		{"subdomain, port, path, query and fragment", "https://a.acme.io:8443/b/c?d=e#f", "https://sub-1.host-1.example:8443/b/c?d=e#f"},
		{"user", "https://jane@acme.io/", "https://user@host-1.example/"},
		{"user and password", "https://jane:x@acme.io/", "https://user:password@host-1.example/"},
		{"wildcard label", "https://*.acme.io/", "https://*.host-1.example/"},
		{"wildcard in a label", "https://pr-*.acme.io/", "https://sub-1*.host-1.example/"},
		{"wildcard in the path", "https://acme.io/*", "https://host-1.example/*"},
		{"wildcard only", "https://*", "https://*"},
		{"capitals", "HTTPS://App.acme.io", "HTTPS://SUB-1.host-1.example"},
		{"full stop", "https://acme.io.", "https://host-1.example."},
		{"no dot", "http://keycloak:8080/x", "http://host-1:8080/x"},
		{"placeholder", "https://{tenant}.acme.io/", "https://{tenant}.host-1.example/"},
		{"public suffix of two labels", "https://a.acme.co.uk", "https://sub-1.host-1.co.uk"},
		{"nothing", "https:///x", "https:///x"},
		{"loopback name", "http://localhost:3000/cb", "http://localhost:3000/cb"},
		{"below the loopback name", "http://app.localhost:3000/cb", "http://sub-1.localhost:3000/cb"},
		{"loopback address", "http://127.0.0.1:3000/cb", "http://127.0.0.1:3000/cb"},
		{"another loopback address", "http://127.9.8.7/cb", "http://127.9.8.7/cb"},
		{"IPv6 loopback", "http://[::1]:3000/cb", "http://[::1]:3000/cb"},
		{"private address", "http://10.1.2.3/cb", "http://10.1.2.3/cb"},
		{"public address", "http://8.8.8.8:80/cb", "http://203.0.113.1:80/cb"},
		{"public IPv6 address", "http://[2606:4700::1111]:80/cb", "http://[2001:db8::0:1]:80/cb"},
		{"shared hosting", "https://acme-shop.vercel.app/cb", "https://sub-1.vercel.app/cb"},
		{"below shared hosting", "https://main.d1a.amplifyapp.com/cb", "https://sub-1.sub-2.amplifyapp.com/cb"},
		{"shared hosting itself", "https://ngrok-free.app/", "https://ngrok-free.app/"},
		{"known provider", "https://accounts.google.com/x", "https://accounts.google.com/x"},
		{"pool", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc"},
		{"prefix domain", "https://acme.auth.eu-west-1.amazoncognito.com/oauth2", "https://sub-1.auth.eu-west-1.amazoncognito.com/oauth2"},
		{"bucket", "https://acme.s3.eu-west-1.amazonaws.com/x", "https://sub-1.s3.eu-west-1.amazonaws.com/x"},
		{"old bucket", "https://acme.s3.amazonaws.com/x", "https://sub-1.s3.amazonaws.com/x"},
		{"gateway", "https://a1b2.execute-api.us-gov-west-1.amazonaws.com/x", "https://sub-1.execute-api.us-gov-west-1.amazonaws.com/x"},
		{"balancer", "https://acme-12345.eu-west-1.elb.amazonaws.com/x", "https://sub-1.eu-west-1.elb.amazonaws.com/x"},
		{"function", "https://a1b2.lambda-url.eu-west-1.on.aws/x", "https://sub-1.lambda-url.eu-west-1.on.aws/x"},
		{"registry", "https://111122223333.dkr.ecr.eu-west-1.amazonaws.com", "https://000000000001.dkr.ecr.eu-west-1.amazonaws.com"},
		{"application", "myapp://callback", "myapp://callback"},
		{"application with a reversed domain", "com.example.app://cb", "com.example.app://cb"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := NewAnonymizer()
			got := a.text(tt.url, "CallbackURLs")
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if again := a.text(tt.url, "CallbackURLs"); again != got {
				t.Errorf("the second time %s", again)
			}
		})
	}
}

func TestAnonymizerKeepsSubdomains(t *testing.T) {
	hosts := []string{
		"acme.io", "app.acme.io", "x.app.acme.io", "app.acme.com", "acme.com", "app.acme.co.uk", "acme.co.uk", "app.io",
		"acme.vercel.app", "vercel.app", "localhost", "intranet", "127.0.0.1", "8.8.8.8", "8.8.4.4",
	}
	a := NewAnonymizer()
	for _, h := range hosts {
		for _, g := range hosts {
			same := func(h, g string) string { return fmt.Sprint(h == g, strings.HasSuffix(h, "."+g)) }
			if got, want := same(a.host(h), a.host(g)), same(h, g); got != want {
				t.Errorf("%s and %s (%s and %s): equal and below is %s, want %s", a.host(h), a.host(g), h, g, got, want)
			}
		}
		if got, want := strings.Count(a.host(h), "."), strings.Count(h, "."); got != want {
			t.Errorf("%s for %s: %d dots, want %d", a.host(h), h, got, want)
		}
	}
}

func TestAnonymizerAddresses(t *testing.T) {
	a := NewAnonymizer()
	seen := map[string]bool{}
	for i := range 2000 {
		got := a.address(fmt.Sprintf("8.8.%d.%d", i/256, i%256))
		if seen[got] {
			t.Fatalf("%s stands for two addresses", got)
		}
		seen[got] = true
	}
}

func TestAnonymizerCertificate(t *testing.T) {
	end := time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "sso.acme.io", Organization: []string{"Acme"}},
		NotBefore: end.AddDate(-1, 0, 0), NotAfter: end, DNSNames: []string{"sso.acme.io"},
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	plain := base64.StdEncoding.EncodeToString(der)
	lines := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	a := NewAnonymizer()
	got := a.text("<ds:X509Certificate>"+plain+"</ds:X509Certificate>", "MetadataFile")
	got = strings.TrimSuffix(strings.TrimPrefix(got, "<ds:X509Certificate>"), "</ds:X509Certificate>")
	der, err = base64.StdEncoding.DecodeString(got)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	if !certificate.NotAfter.Equal(end) || !certificate.NotBefore.Equal(end.AddDate(-1, 0, 0)) {
		t.Errorf("valid from %s to %s", certificate.NotBefore, certificate.NotAfter)
	}
	if strings.Contains(strings.ToLower(string(der)), "acme") {
		t.Errorf("the names survive: %s", certificate.Subject)
	}
	for name, text := range map[string]string{"alone": plain, "PEM": lines, "escaped PEM": strings.ReplaceAll(lines, "\n", `\n`)} {
		if again := a.text(text, "ActiveEncryptionCertificate"); !strings.Contains(again, got) || strings.Contains(again, plain[100:130]) {
			t.Errorf("%s: another certificate: %s", name, again)
		}
	}
}
