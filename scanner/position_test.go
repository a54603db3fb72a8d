package scanner

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPosition(t *testing.T) {
	exports, err := readArchive(t, `-- client.json --
[
	{"UserPoolClient": {"UserPoolId": "eu-west-1_A", "ClientId": "é", "ExplicitAuthFlows": ["A", "B"]}}
]
-- mfa.yaml --
# a comment
MfaConfiguration: "OFF"
SoftwareTokenMfaConfiguration:
    Enabled:   false
-- pool.json --
{
  "UserPool": {
    "Id": "eu-west-1_A",
    "a/b": 1,
    "Policies" : {"PasswordPolicy":
      {"MinimumLength" :8, "RequireSymbols": true}
    }
  }
}
`)
	if err != nil {
		t.Fatal(err)
	}
	pool := exports.Pools[0]
	tests := []struct{ name, pointer, want string }{
		{"a number", "/UserPool/Policies/PasswordPolicy/MinimumLength", "pool.json:6:25-6:26"},
		{"an object", "/UserPool/Policies", "pool.json:5:18-7:6"},
		{"an absent member is at its parent", "/UserPool/Policies/PasswordPolicy/MinimumLengths", "pool.json:6:7-6:51"},
		{"an absent branch is at the nearest parent", "/UserPool/EmailConfiguration/From", "pool.json:2:15-8:4"},
		{"an escaped name", "/UserPool/a~1b", "pool.json:4:12-4:13"},
		{"an element", "/Clients/0/ExplicitAuthFlows/1", "client.json:2:95-2:98"},
		{"past a non-ASCII character", "/Clients/0/ExplicitAuthFlows", "client.json:2:89-2:99"},
		{"an absent member of a client", "/Clients/0/HasClientSecret", "client.json:2:21-2:100"},
		{"YAML text", "/MfaConfig/MfaConfiguration", "mfa.yaml:2:19-2:24"},
		{"YAML boolean", "/MfaConfig/SoftwareTokenMfaConfiguration/Enabled", "mfa.yaml:4:16-4:21"},
		{"YAML object", "/MfaConfig/SoftwareTokenMfaConfiguration/Nothing", "mfa.yaml:4:5-4:21"},
		{"an absent section is at the pool", "/WebACL", "pool.json:2:15-8:4"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := pool.Positions([]string{tt.pointer}, false)[0]
			file := p.File[strings.LastIndexAny(p.File, `/\`)+1:]
			if got := fmt.Sprintf("%s:%d:%d-%d:%d", file, p.Line, p.Column, p.EndLine, p.EndColumn); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestYAMLPosition(t *testing.T) {
	exports, err := readArchive(t, `-- pools.yaml --
- UserPool: {Id: eu-west-1_A, "Name": "a\"b", EmailConfiguration: {From: x , ReplyToEmailAddress: 'it''s'}}
- UserPool:
    Id: eu-west-1_B   # a comment
    Name: &name plain words
      go on
    EmailVerificationMessage: |-
      two
      lines

    EmailVerificationSubject: *name
    MfaConfiguration: !!str OFF
    AutoVerifiedAttributes:
    - email
    - phone_number
    AliasAttributes: [email,
      phone_number ]
`)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		pool          int
		pointer, want string
	}{
		{0, "/UserPool/Id", "1:18-1:29"},
		{0, "/UserPool/Name", "1:39-1:45"},
		{0, "/UserPool/EmailConfiguration", "1:67-1:107"},
		{0, "/UserPool/EmailConfiguration/From", "1:74-1:75"},
		{0, "/UserPool/EmailConfiguration/ReplyToEmailAddress", "1:99-1:106"},
		{0, "", "1:13-1:108"},
		{1, "/UserPool/Id", "3:9-3:20"},
		{1, "/UserPool/Name", "4:11-5:12"},
		{1, "/UserPool/EmailVerificationMessage", "6:31-8:12"},
		{1, "/UserPool/EmailVerificationSubject", "10:31-10:36"},
		{1, "/UserPool/MfaConfiguration", "11:23-11:32"},
		{1, "/UserPool/AutoVerifiedAttributes", "13:5-14:19"},
		{1, "/UserPool/AutoVerifiedAttributes/1", "14:7-14:19"},
		{1, "/UserPool/AliasAttributes", "15:22-16:21"},
	} {
		p := exports.Pools[tt.pool].Positions([]string{tt.pointer}, false)[0]
		if got := fmt.Sprintf("%d:%d-%d:%d", p.Line, p.Column, p.EndLine, p.EndColumn); got != tt.want {
			t.Errorf("%d%s is at %s, want %s", tt.pool, tt.pointer, got, tt.want)
		}
	}
}

func TestFrame(t *testing.T) {
	exports, err := readArchive(t, `-- p.ndjson --
{"UserPool": {"Id": "eu-west-1_A", "Name": "a"}}
{"UserPoolClient": {"UserPoolId": "eu-west-1_A", "ClientId": "x", "ClientSecret": "s3cr3t", "ExplicitAuthFlows": ["A"]}}
`)
	if err != nil {
		t.Fatal(err)
	}
	want := `1 | {"UserPool": {"Id": "eu-west-1_A", "Name": "a"}}
  |                                            ^^^
2 | {"UserPoolClient": {"UserPoolId": "eu-west-1_A", "ClientId": "x", "ClientSecret": ********, "ExplicitAuthFlows": ["A"]}}
3 |` + " \n"
	if diff := cmp.Diff(strings.TrimSpace(want), strings.TrimSpace(exports.Pools[0].Positions([]string{"/UserPool/Name"}, true)[0].Frame)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFrameShowsNoSecret(t *testing.T) {
	for name, archive := range map[string]string{
		"one line":           `{"UserPool": {"Id": "eu-west-1_A"}, "Clients": [{"ClientId": "x", "ClientSecret":"s3cr3t"}, {"ClientId": "y", "ClientSecret" : "\u00733cr3t"}]}`,
		"spread":             "{\"UserPool\": {\"Id\": \"eu-west-1_A\"}, \"Clients\": [{\"ClientId\": \"x\", \"ClientSecret\"\n:\n\"s3cr3t\"\n}]}",
		"providers":          `{"UserPool": {"Id": "eu-west-1_A"}, "Clients": [], "IdentityProviders": [{"ProviderName": "p", "ProviderDetails": {"client_secret": "s3cr3t", "private_key": "s3cr3t"}}]}`,
		"YAML plain lines":   "UserPool: {Id: eu-west-1_A}\nClients:\n- ClientId: x\n  ClientSecret: a\n    s3cr3t\n",
		"YAML flow quoted":   "{UserPool: {Id: eu-west-1_A}, Clients: [{ClientId: x, ClientSecret: \"a\n  s3cr3t\", ClientName: y}]}",
		"YAML flow plain":    "{UserPool: {Id: eu-west-1_A}, Clients: [{ClientId: x, ClientSecret: a\n  s3cr3t, ClientName: y}]}",
		"YAML anchor":        "UserPool: {Id: eu-west-1_A}\nClients:\n- ClientId: x\n  ClientSecret: &x # note\n    s3cr3t\n  ClientName: y\n",
		"YAML alias":         "UserPool: {Id: eu-west-1_A, Name: &x s3cr3t}\nClients:\n- ClientId: x\n  ClientSecret: *x\n",
		"YAML flow":          "{UserPool: {Id: eu-west-1_A}, Clients: [{ClientId: x, ClientSecret: s3cr3t}]}",
		"YAML":               "UserPool: {Id: eu-west-1_A}\nClients:\n- ClientSecret: >-\n    s3cr3t\n    s3cr3t\n  ClientId: x\n",
		"YAML double quoted": "UserPool: {Id: eu-west-1_A}\nClients:\n- ClientSecret: \"s3cr\\\n    3t s3cr3t\n    s3cr3t\"\n  ClientId: x\n",
	} {
		t.Run(name, func(t *testing.T) {
			file := "s.json"
			if strings.HasPrefix(name, "YAML") {
				file = "s.yaml"
			}
			exports, err := readArchive(t, "-- "+file+" --\n"+archive+"\n")
			if err != nil {
				t.Fatal(err)
			}
			for _, pointer := range []string{"", "/UserPool/Id", "/Clients", "/Clients/0/ClientId", "/Clients/1/ClientId", "/IdentityProviders/0"} {
				frame := exports.Pools[0].Positions([]string{pointer}, true)[0].Frame
				for _, secret := range []string{"s3cr3t", "s3cr", "u00733", "3cr3t"} {
					if strings.Contains(frame, secret) {
						t.Errorf("the frame of %q shows the secret:\n%s", pointer, frame)
					}
				}
			}
		})
	}
}

func TestPositionWithoutWrapper(t *testing.T) {
	exports, err := readArchive(t, "-- p.json --\n{\"Id\": \"eu-west-1_A\",\n  \"Arn\": \"x\"}\n")
	if err != nil {
		t.Fatal(err)
	}
	if p := exports.Pools[0].Positions([]string{"/UserPool/Arn"}, false)[0]; p.Line != 2 || p.Column != 10 {
		t.Errorf("got %d:%d, want 2:10", p.Line, p.Column)
	}
}
