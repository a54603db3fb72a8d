package cognito

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

// examplePool has members that the SDK does not know, and a secret.
var examplePool = cognitotest.Pool{
	UserPool:  `{"Id": "eu-west-1_A", "Name": "shop", "Arn": "arn:A", "Future": {"Level": 12345678901234567890, "On": [true, null]}}`,
	MfaConfig: `{"MfaConfiguration": "ON", "FutureMfaConfiguration": {"Enabled": true}}`,
	Clients: []string{
		`{"ClientId": "web", "ClientName": "Web", "ClientSecret": "hunter2", "FutureFlow": "X"}`,
		`{"ClientId": "app"}`,
	},
	IdentityProviders: []string{
		`{"ProviderName": "okta", "ProviderDetails": {"client_id": "x", "client_secret": "hunter2", "private_key": "hunter2", "future": "y"}, "Future": 1}`,
	},
	Groups:          []string{`{"GroupName": "staff", "Precedence": 1, "Future": 1.50}`},
	ResourceServers: []string{`{"Identifier": "orders", "Scopes": [{"ScopeName": "read", "Future": []}]}`},
	RiskConfigurations: []string{
		`{"UserPoolId": "eu-west-1_A", "RiskExceptionConfiguration": {"Future": [1]}}`,
		`{"ClientId": "web", "CompromisedCredentialsRiskConfiguration": {"Actions": {"EventAction": "BLOCK"}}, "Future": 1}`,
	},
	LogDelivery: `{"LogConfigurations": [{"LogLevel": "LATER", "Future": {}}]}`,
	Domains:     []string{`{"Domain": "shop", "Future": 1}`},
	WebACL:      `{"Name": "acl", "Id": "1", "ARN": "arn:acl", "Rules": [{"Name": "r", "Statement": {"ByteMatchStatement": {"SearchString": "YQ==", "FutureMatch": 1}}}]}`,
}

func TestReadsKeepWhatTheAPITold(t *testing.T) {
	_, client := openClient(t, examplePool)
	ctx := t.Context()
	for _, tt := range []struct {
		name string
		read func() (any, error)
		want any
	}{
		{
			"DescribePool",
			func() (any, error) { return client.DescribePool(ctx, "eu-west-1_A") },
			map[string]any{"Id": "eu-west-1_A", "Name": "shop", "Arn": "arn:A", "Future": map[string]any{
				"Level": json.Number("12345678901234567890"), "On": []any{true, nil},
			}},
		},
		{
			"MfaConfig",
			func() (any, error) { return client.MfaConfig(ctx, "eu-west-1_A") },
			map[string]any{"MfaConfiguration": "ON", "FutureMfaConfiguration": map[string]any{"Enabled": true}},
		},
		{
			"DescribeClient with a secret",
			func() (any, error) { return client.DescribeClient(ctx, "eu-west-1_A", "web") },
			map[string]any{"ClientId": "web", "ClientName": "Web", "HasClientSecret": true, "FutureFlow": "X"},
		},
		{
			"DescribeClient without a secret",
			func() (any, error) { return client.DescribeClient(ctx, "eu-west-1_A", "app") },
			map[string]any{"ClientId": "app", "HasClientSecret": false},
		},
		{
			"DescribeIdentityProvider",
			func() (any, error) { return client.DescribeIdentityProvider(ctx, "eu-west-1_A", "okta") },
			map[string]any{"ProviderName": "okta", "ProviderDetails": map[string]any{"client_id": "x", "future": "y"}, "Future": json.Number("1")},
		},
		{
			"Groups",
			func() (any, error) { return client.Groups(ctx, "eu-west-1_A") },
			[]any{map[string]any{"GroupName": "staff", "Precedence": json.Number("1"), "Future": json.Number("1.50")}},
		},
		{
			"ResourceServers",
			func() (any, error) { return client.ResourceServers(ctx, "eu-west-1_A") },
			[]any{map[string]any{"Identifier": "orders", "Scopes": []any{map[string]any{"ScopeName": "read", "Future": []any{}}}}},
		},
		{
			"PoolRisk",
			func() (any, error) { return client.PoolRisk(ctx, "eu-west-1_A") },
			map[string]any{"UserPoolId": "eu-west-1_A", "RiskExceptionConfiguration": map[string]any{"Future": []any{json.Number("1")}}},
		},
		{
			"ClientRisk",
			func() (any, error) { return client.ClientRisk(ctx, "eu-west-1_A", "web") },
			map[string]any{"ClientId": "web", "CompromisedCredentialsRiskConfiguration": map[string]any{"Actions": map[string]any{"EventAction": "BLOCK"}}, "Future": json.Number("1")},
		},
		{
			"LogDelivery",
			func() (any, error) { return client.LogDelivery(ctx, "eu-west-1_A") },
			map[string]any{"LogConfigurations": []any{map[string]any{"LogLevel": "LATER", "Future": map[string]any{}}}},
		},
		{
			"DescribeDomain",
			func() (any, error) { return client.DescribeDomain(ctx, "shop") },
			map[string]any{"Domain": "shop", "Future": json.Number("1")},
		},
		{
			"WebACL",
			func() (any, error) { return client.WebACLOfPool(ctx, "arn:A") },
			map[string]any{"Name": "acl", "Id": "1", "ARN": "arn:acl", "Rules": []any{map[string]any{"Name": "r", "Statement": map[string]any{
				"ByteMatchStatement": map[string]any{"SearchString": "YQ==", "FutureMatch": json.Number("1")},
			}}}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.read()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

func TestListsReadAllPages(t *testing.T) {
	for _, tt := range []struct{ elements, pages, smallPages int }{{0, 1, 1}, {1, 1, 1}, {50, 1, 1}, {51, 1, 2}, {60, 1, 2}, {61, 2, 2}, {130, 3, 3}} {
		t.Run(fmt.Sprint(tt.elements), func(t *testing.T) {
			var pools []cognitotest.Pool
			var wantRefs, wantProviders []Ref
			wantGroups, wantServers := []any{}, []any{}
			crowd := cognitotest.Pool{UserPool: `{"Id": "crowd"}`}
			for i := range tt.elements {
				ref := Ref{ID: fmt.Sprint("id", i), Name: fmt.Sprint("name", i)}
				wantRefs = append(wantRefs, ref)
				wantProviders = append(wantProviders, Ref{ID: ref.ID})
				wantGroups = append(wantGroups, map[string]any{"GroupName": ref.ID})
				wantServers = append(wantServers, map[string]any{"Identifier": ref.ID})
				pools = append(pools, cognitotest.Pool{UserPool: fmt.Sprintf(`{"Id": %q, "Name": %q}`, ref.ID, ref.Name)})
				crowd.Clients = append(crowd.Clients, fmt.Sprintf(`{"ClientId": %q, "ClientName": %q}`, ref.ID, ref.Name))
				crowd.IdentityProviders = append(crowd.IdentityProviders, fmt.Sprintf(`{"ProviderName": %q, "ProviderType": "OIDC"}`, ref.ID))
				crowd.Groups = append(crowd.Groups, fmt.Sprintf(`{"GroupName": %q}`, ref.ID))
				crowd.ResourceServers = append(crowd.ResourceServers, fmt.Sprintf(`{"Identifier": %q}`, ref.ID))
			}
			ctx := t.Context()
			ofPools, ofCrowd := pools, []cognitotest.Pool{crowd}
			for _, list := range []struct {
				name  string
				pools []cognitotest.Pool
				read  func(*Client) (any, error)
				want  any
				pages int
			}{
				{"pools", ofPools, func(c *Client) (any, error) { return c.ListPools(ctx) }, wantRefs, tt.pages},
				{"clients", ofCrowd, func(c *Client) (any, error) { return c.ListClients(ctx, "crowd") }, wantRefs, tt.pages},
				{"identity providers", ofCrowd, func(c *Client) (any, error) { return c.ListIdentityProviders(ctx, "crowd") }, wantProviders, tt.pages},
				{"groups", ofCrowd, func(c *Client) (any, error) { return c.Groups(ctx, "crowd") }, wantGroups, tt.pages},
				{"resource servers", ofCrowd, func(c *Client) (any, error) { return c.ResourceServers(ctx, "crowd") }, wantServers, tt.smallPages},
			} {
				server, client := openClient(t, list.pools...)
				got, err := list.read(client)
				if diff := cmp.Diff(list.want, got); err != nil || diff != "" {
					t.Errorf("%s: %v, -want +got\n%s", list.name, err, diff)
				}
				if n := len(server.Requests()); n != list.pages {
					t.Errorf("%d pages of %s, want %d", n, list.name, list.pages)
				}
			}
		})
	}
}

func TestReadsOfNothing(t *testing.T) {
	_, client := openClient(t, cognitotest.Pool{UserPool: `{"Id": "A", "Arn": "arn:A"}`})
	ctx := t.Context()
	none := map[string]any(nil)
	for _, tt := range []struct {
		name string
		read func() (any, error)
		want any
	}{
		{"PoolRisk", func() (any, error) { return client.PoolRisk(ctx, "A") }, none},
		{"ClientRisk", func() (any, error) { return client.ClientRisk(ctx, "A", "web") }, none},
		{"LogDelivery", func() (any, error) { return client.LogDelivery(ctx, "A") }, map[string]any{"UserPoolId": "A", "LogConfigurations": []any{}}},
		{"WebACL", func() (any, error) { return client.WebACLOfPool(ctx, "arn:A") }, nil},
		{"WebACL null", func() (any, error) { return client.over(answering(`{"WebACL": null}`)).WebACLOfPool(ctx, "arn:A") }, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := tt.read()
			if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
				t.Errorf("%v, -want +got\n%s", err, diff)
			}
		})
	}
}

func TestRiskConfigurationsThatCount(t *testing.T) {
	_, client := openClient(t)
	for _, tt := range []struct {
		name, answer  string
		ofPool, ofWeb bool
	}{
		{"ids and dates", `{"UserPoolId": "A", "LastModifiedDate": 1}`, false, false},
		{"null settings", `{"AccountTakeoverRiskConfiguration": null}`, false, false},
		{"compromised credentials", `{"CompromisedCredentialsRiskConfiguration": {}}`, true, false},
		{"account takeover", `{"AccountTakeoverRiskConfiguration": {}}`, true, false},
		{"exceptions, client is null", `{"RiskExceptionConfiguration": {}, "ClientId": null}`, true, false},
		{"override", `{"ClientId": "web", "RiskExceptionConfiguration": {}}`, false, true},
		{"override that sets nothing", `{"ClientId": "web", "LastModifiedDate": 1}`, false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := client.over(answering(`{"RiskConfiguration": ` + tt.answer + `}`))
			if risk, _ := c.PoolRisk(t.Context(), "A"); (risk != nil) != tt.ofPool {
				t.Errorf("pool: got %v", risk)
			}
			if risk, err := c.ClientRisk(t.Context(), "A", "web"); (risk != nil) != tt.ofWeb || err != nil {
				t.Errorf("client: got %v, %v", risk, err)
			}
		})
	}
}
