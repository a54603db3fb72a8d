package snapshot

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// decode reads the sections of a pool.
func decode(t testing.TB, text string) map[string]any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var sections map[string]any
	if err := decoder.Decode(&sections); err != nil {
		t.Fatal(err)
	}
	return sections
}

func encode(t testing.TB, p *Pool) string {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAnonymizerAccounts(t *testing.T) {
	a := NewAnonymizer("222222222222", "111111111111")
	for _, tt := range []struct{ id, want string }{
		{"111111111111", "000000000002"},
		{"222222222222", "000000000001"},
		{"333333333333", "000000000003"},
		{"333333333333", "000000000003"},
		{"000000000001", "000000000004"},
		{"local", "000000000005"},
		{"aws", "aws"},
		{"", ""},
	} {
		if got := a.Account(tt.id); got != tt.want {
			t.Errorf("account %q: got %s, want %s", tt.id, got, tt.want)
		}
	}
}

// TestAnonymizerText holds one table for every kind of text. Each line starts
// anew and knows the account 111122223333 and the domain acme.io.
func TestAnonymizerText(t *testing.T) {
	for _, tt := range []struct{ name, member, text, want string }{
		{"account in an ARN", "", "arn:aws:iam::111122223333:role/service-role/x", "arn:aws:iam::000000000001:role/service-role/x"},
		{"another account in an ARN", "", "arn:aws-cn:lambda:cn-north-1:999988887777:function:f:1", "arn:aws-cn:lambda:cn-north-1:000000000002:function:f:1"},
		{"account of AWS", "", "arn:aws:iam::aws:policy/x", "arn:aws:iam::aws:policy/x"},
		{"ARN without account", "", "arn:aws:s3:::logs-111122223333-x", "arn:aws:s3:::logs-000000000001-x"},
		{"template", "", "arn:aws:iam::${AWS::AccountId}:role/x", "arn:aws:iam::${AWS::AccountId}:role/x"},
		{"account in a word", "", "x111122223333y", "x000000000001y"},
		{"account as the console shows it", "", "1111-2222-3333", "0000-0000-0001"},
		{"unknown digits", "MaxValue", "999988887777", "999988887777"},
		{"unknown digits of an account", "AccountId", "999988887777", "000000000002"},
		{"longer digits", "", "account 1111222233334", "account 1111222233334"},
		{"phone number", "account", "+491234567890", "+491234567890"},
		{"UUID", "", "arn:aws:kms:eu-west-1:111122223333:key/a1b2c3d4-5678-90ab-cdef-111122223333", "arn:aws:kms:eu-west-1:000000000001:key/a1b2c3d4-5678-90ab-cdef-111122223333"},
		{"person in an ARN", reasonMember, "User: arn:aws:sts::111122223333:assumed-role/Admin/jane.doe is not authorized", "User: arn:aws:sts::000000000001:assumed-role/Admin/user-1 is not authorized"},
		{"account in base64", "", "https://portal.sso.us-east-1.amazonaws.com/saml/metadata/MTExMTIyMjIzMzMzX2lucy0x", "https://portal.sso.us-east-1.amazonaws.com/saml/metadata/MDAwMDAwMDAwMDAxX2lucy0x"},

		{"e-mail address", "", "jane.doe+x@mail.acme.io", "user-1@sub-1.host-1.example"},
		{"e-mail address in a query", "", "?m=jane%40acme.io&x=1", "?m=user-1%40host-1.example&x=1"},
		{"sender", "From", "Jane Doe <jane@acme.io>", "Name 1 <user-1@host-1.example>"},
		{"sender with quotes", "From", `"Doe, Jane" <jane@acme.io>`, "Name 1 <user-1@host-1.example>"},
		{"sender with a comment", "From", `jane@acme.io (Jane)`, "Name 1 <user-1@host-1.example>"},
		{"sender without a name", "From", "<jane@acme.io>", "<user-1@host-1.example>"},
		{"recipients", "", "Jane <jane@acme.io>, Joe <joe@acme.io>", "Name 1 <user-1@host-1.example>, Name 2 <user-2@host-1.example>"},
		{"message", "EmailMessage", "Code {####}, questions to Jane <jane@acme.io>", "Code {####}, questions to Jane <user-1@host-1.example>"},
		{"placeholder as the user", "", "{username}@example.io", "{username}@host-2.example"},
		{"SES identity", "", "arn:aws:ses:eu-west-1:111122223333:identity/mail.example.io", "arn:aws:ses:eu-west-1:000000000001:identity/sub-1.host-2.example"},
		{"version of a package", "", "lib@1.2", "lib@1.2"},

		{"bare known host", "", "see app.acme.io.", "see sub-1.host-1.example."},
		{"bare known host behind other words", "", "/aws/cognito_acme.io/my-acme.io-logs", "/aws/cognito_host-1.example/my-host-1.example-logs"},
		{"bare host that nobody named", "", "see www.shop.de or shop.com or shop.co.uk", "see sub-1.host-2.example or host-3.example or host-4.co.uk"},
		{"scope", "", "aws.cognito.signin.user.admin", "aws.cognito.signin.user.admin"},
		{"dotted name", "", "orders.read v1.2 index.html", "orders.read v1.2 index.html"},
		{"identifier", "Identifier", "orders.v2/x", "host-2.example/x"},
		{"escapes", "", `https%3A%2F%2Fapp.acme.io%2Fcb \nacme.io https:\/\/acme.io\/x`, `https%3A%2F%2Fsub-1.host-1.example%2Fcb \nhost-1.example https:\/\/host-1.example\/x`},
		{"placeholders", "", "{####} {username} {##Click here##} {##https://acme.io/x##}", "{####} {username} {##Click here##} {##https://host-1.example/x##}"},
		{"HTML", "", `<a href="https://acme.io?c={####}">acme.io</a>`, `<a href="https://host-1.example?c={####}">host-1.example</a>`},
		{"prefix domain", "Domain", "acme-login", "sub-1"},
		{"custom domain", "Domain", "login.example.io", "sub-1.host-2.example"},
		{"relying party", "RelyingPartyId", "localhost", "localhost"},
		{"tenant", "", "https://login.microsoftonline.com/a1b2c3d4-5678-90ab-cdef-111122223333/v2.0", "https://login.microsoftonline.com/00000000-0000-0000-0000-000000000001/v2.0"},
		{"person in XML", "", `<md:GivenName>Jane</md:GivenName><EmailAddress>mailto:jane@acme.io</EmailAddress>`, `<md:GivenName>Name 1</md:GivenName><EmailAddress>mailto:user-1@host-1.example</EmailAddress>`},
		{"namespace", "", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"},
		{"object identifiers", "", "urn:oid:2.5.4.42 urn:oid:0.9.2342.19200300.100.1.3", "urn:oid:2.5.4.42 urn:oid:0.9.2342.19200300.100.1.3"},
		{"what a web ACL searches for", "SearchString", "YXBwLmFjbWUuaW8=", "c3ViLTEuaG9zdC0xLmV4YW1wbGU="},
		{"something else than base64", "SearchString", "app.acme.io", "sub-1.host-1.example"},
		{"address range", "", "8.8.0.0/16", "203.0.113.1/16"},
		{"all addresses", "", "0.0.0.0/0", "0.0.0.0/0"},
		{"IPv6 range", "", "2606:4700::/32", "2001:db8::0:1/32"},
		{"all IPv6 addresses", "", "::/0", "::/0"},
		{"key", "", "-----BEGIN X-----\n" + strings.Repeat("MIIB"+strings.Repeat("A", 60)+"\n", 2) + "QUJD\n-----END X-----", "-----BEGIN X-----\nQ2VydGlmaWNhdGUgMQ==\n-----END X-----"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := NewAnonymizer("111122223333")
			a.host("acme.io")
			if got := a.text(tt.text, tt.member); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestAnonymizerPool(t *testing.T) {
	before := &Pool{
		Account:     "111122223333",
		Region:      "eu-west-1",
		CollectedAt: time.Unix(0, 0),
		Source:      "/home/jane/exports/111122223333/pool.json",
		Sections: decode(t, `{
			"UserPool": {
				"Id": "eu-west-1_Acme", "Domain": "acme-login", "CustomDomain": "login.acme.io",
				"UserPoolTags": {"acme.io/team": "a", "number": "111122223333"},
				"EmailConfiguration": {"From": "Acme <no-reply@mail.acme.io>", "SourceArn": "arn:aws:ses:eu-west-1:111122223333:identity/acme.io"},
				"Numbers": [1, 12.50, 111122223333, true, null, {}, []]
			},
			"Clients": [{
				"AllowedOAuthScopes": ["openid", "api.acme/read", "https://api.acme.io/write"],
				"CallbackURLs": ["com.acme.shop://cb", "com.other.shop://cb", "https://app.acme.com/cb"]
			}],
			"ResourceServers": [{"Identifier": "api.acme"}, {"Identifier": "https://api.acme.io"}],
			"Domains": [{"Domain": "acme-login"}, {"Domain": "login.acme.io", "CloudFrontDistribution": "d111.cloudfront.net"}],
			"WebACL": null
		}`),
		Unknown: []Unknown{
			{Path: "/Domains/-", Reason: "the export does not describe the Domain acme-login", Hint: "aws cognito-idp describe-user-pool-domain --domain acme-login"},
			{Path: "/UserPool/UserPoolTags/acme.io~1team", Reason: "no word from acme-login.auth.eu-west-1.amazoncognito.com", Operation: "TagResource", Code: "AccessDenied"},
		},
	}
	text := encode(t, before)
	want := &Pool{
		Account:     "000000000001",
		Region:      "eu-west-1",
		CollectedAt: time.Unix(0, 0),
		Source:      "pool.json",
		Sections: decode(t, `{
			"UserPool": {
				"Id": "eu-west-1_Acme", "Domain": "sub-4", "CustomDomain": "sub-3.host-3.example",
				"UserPoolTags": {"host-3.example/team": "a", "number": "000000000001"},
				"EmailConfiguration": {"From": "Name 1 <user-1@sub-5.host-3.example>", "SourceArn": "arn:aws:ses:eu-west-1:000000000001:identity/host-3.example"},
				"Numbers": [1, 12.50, 111122223333, true, null, {}, []]
			},
			"Clients": [{
				"AllowedOAuthScopes": ["openid", "host-4.example/read", "https://sub-1.host-3.example/write"],
				"CallbackURLs": ["example.host-2.shop://cb", "com.other.shop://cb", "https://sub-2.host-2.example/cb"]
			}],
			"ResourceServers": [{"Identifier": "host-4.example"}, {"Identifier": "https://sub-1.host-3.example"}],
			"Domains": [{"Domain": "sub-4"}, {"Domain": "sub-3.host-3.example", "CloudFrontDistribution": "sub-6.cloudfront.net"}],
			"WebACL": null
		}`),
		Unknown: []Unknown{
			{Path: "/Domains/-", Reason: "the export does not describe the Domain sub-4", Hint: "aws cognito-idp describe-user-pool-domain --domain sub-4"},
			{Path: "/UserPool/UserPoolTags/host-3.example~1team", Reason: "no word from sub-4.auth.eu-west-1.amazoncognito.com", Operation: "TagResource", Code: "AccessDenied"},
		},
	}
	a := NewAnonymizer(before.Account)
	got := a.Pool(before)
	// Numbers of hosts follow the order in which they are met; only their
	// identity matters, so they are numbered again here.
	if diff := cmp.Diff(renumber(encode(t, want)), renumber(encode(t, got))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if encode(t, before) != text {
		t.Error("the pool itself changed")
	}
	if again := a.Pool(before); encode(t, again) != encode(t, got) {
		t.Error("the same pool gives something else the second time")
	}
	twice := NewAnonymizer().Pool(got)
	if diff := cmp.Diff(renumber(encode(t, got)), renumber(encode(t, twice))); diff != "" {
		t.Errorf("anonymised twice (-once +twice):\n%s", diff)
	}
}

// renumber gives pseudonyms of hosts numbers in the order of the text.
func renumber(text string) string {
	a := NewAnonymizer()
	for _, kind := range []string{"host-", "sub-"} {
		parts := strings.Split(text, kind)
		for i, part := range parts[1:] {
			number := part[:len(part)-len(strings.TrimLeft(part, "0123456789"))]
			parts[i+1] = a.labels.of(kind+number, "%d") + part[len(number):]
		}
		text = strings.Join(parts, kind)
	}
	return text
}

// TestAnonymizerLeavesNothing plants what must go in every kind of place.
func TestAnonymizerLeavesNothing(t *testing.T) {
	const account, local, host, org = "643212345678", "jane.marker", "secret.markerhost.io", "markerhost"
	forms := []string{
		account, "x-" + account + "_y", "arn:aws:s3:::b-" + account, local + "@" + host, "Jane Marker <" + local + "@" + host + ">",
		"https://" + local + ":x@" + host + ":8443/a?b=c#d", "http://*." + host, host, "x_" + host + "-y", "in {####} " + host + ", too",
		"https%3A%2F%2F" + host + "%2F", `{"u":"https:\/\/` + host + `\/","m":"` + local + `@` + host + `"}`, strings.ToUpper(host), "io.markerhost.app://cb",
		account + ".dkr.ecr.eu-west-1.amazonaws.com", "https://sqs.eu-west-1.amazonaws.com/" + account + "/q", "wss://" + host,
	}
	var list []any
	tree := map[string]any{}
	for i, form := range forms {
		list = append(list, form, []any{map[string]any{"NewMember": form}})
		tree[form] = map[string]any{fmt.Sprintf("Member%d", i): form}
	}
	section := func() map[string]any {
		return map[string]any{"CustomDomain": host, "Known": list, "NewThing": tree}
	}
	pool := &Pool{Account: account, Source: "x/" + account + "/" + host, Sections: map[string]any{
		"UserPool": section(), "Clients": []any{section(), section()}, "NewSection": section(),
	}}
	for _, form := range forms {
		pool.AddUnknown(Unknown{Path: Pointer("UserPool", "NewThing", form), Reason: form, Hint: form, Operation: form, Code: form})
	}
	got := strings.ToLower(encode(t, NewAnonymizer().Pool(pool)))
	for _, marker := range []string{account, local, host, org, "jane"} {
		if i := strings.Index(got, marker); i >= 0 {
			t.Errorf("%s survives: …%s…", marker, got[max(0, i-80):min(len(got), i+80)])
		}
	}
}

func TestAnonymizerIsFixed(t *testing.T) {
	pool := &Pool{Account: "111122223333", Sections: decode(t, `{"UserPool": {"b.com": "a.com", "a.com": ["c.com", "x@d.com"]}, "Clients": [{"z.com": 1}]}`)}
	first := encode(t, NewAnonymizer().Pool(pool))
	for range 10 {
		if again := encode(t, NewAnonymizer().Pool(pool)); again != first {
			t.Fatalf("got %s, the first time %s", again, first)
		}
	}
}

func TestAnonymizerConcurrently(t *testing.T) {
	a := NewAnonymizer()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			p := &Pool{Account: fmt.Sprintf("11112222333%d", i), Sections: map[string]any{"UserPool": map[string]any{"CustomDomain": fmt.Sprintf("a%d.acme.io", i)}}}
			if got := a.Pool(p); got.Account != a.Account(p.Account) {
				t.Errorf("account %s has two pseudonyms", p.Account)
			}
		})
	}
	wg.Wait()
}

// TestAnonymizerBigPool: the time grows with the size of the pool.
func TestAnonymizerBigPool(t *testing.T) {
	big := func(clients int) time.Duration {
		var list []any
		for c := range clients {
			var urls []any
			for u := range 100 {
				urls = append(urls, fmt.Sprintf("https://app%d.customer%d.com/callback?x=%d", u, c, u))
			}
			list = append(list, map[string]any{"ClientId": fmt.Sprint(c), "CallbackURLs": urls})
		}
		start := time.Now()
		NewAnonymizer().Pool(&Pool{Sections: map[string]any{"Clients": list}})
		return time.Since(start)
	}
	small, large := big(20), big(200)
	t.Logf("20 clients: %s, 200 clients: %s", small, large)
	if large > 40*small+time.Second {
		t.Errorf("200 clients take %s, 20 take %s", large, small)
	}
	start := time.Now()
	NewAnonymizer("111122223333").text(strings.Repeat("8.8.8.8 x-acme.io-x 111122223333 a@acme.io a:b::c https://acme.io ", 5000), "")
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("a text of 300 kB takes %s", took)
	}
}
