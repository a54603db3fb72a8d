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
	UserPool:  `{"Id": "eu-west-1_A", "Name": "shop", "Future": {"Level": 12345678901234567890, "On": [true, null]}}`,
	MfaConfig: `{"MfaConfiguration": "ON", "FutureMfaConfiguration": {"Enabled": true}}`,
	Clients: []string{
		`{"ClientId": "web", "ClientName": "Web", "ClientSecret": "hunter2", "FutureFlow": "X"}`,
		`{"ClientId": "app"}`,
	},
}

func TestReadsKeepWhatTheAPITold(t *testing.T) {
	_, client := openClient(t, examplePool)
	ctx := t.Context()
	for _, tt := range []struct {
		name string
		read func() (map[string]any, error)
		want map[string]any
	}{
		{
			"DescribePool",
			func() (map[string]any, error) { return client.DescribePool(ctx, "eu-west-1_A") },
			map[string]any{"Id": "eu-west-1_A", "Name": "shop", "Future": map[string]any{
				"Level": json.Number("12345678901234567890"), "On": []any{true, nil},
			}},
		},
		{
			"MfaConfig",
			func() (map[string]any, error) { return client.MfaConfig(ctx, "eu-west-1_A") },
			map[string]any{"MfaConfiguration": "ON", "FutureMfaConfiguration": map[string]any{"Enabled": true}},
		},
		{
			"DescribeClient with a secret",
			func() (map[string]any, error) { return client.DescribeClient(ctx, "eu-west-1_A", "web") },
			map[string]any{"ClientId": "web", "ClientName": "Web", "HasClientSecret": true, "FutureFlow": "X"},
		},
		{
			"DescribeClient without a secret",
			func() (map[string]any, error) { return client.DescribeClient(ctx, "eu-west-1_A", "app") },
			map[string]any{"ClientId": "app", "HasClientSecret": false},
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
	for _, tt := range []struct{ elements, pages int }{{0, 1}, {1, 1}, {60, 1}, {61, 2}, {130, 3}} {
		t.Run(fmt.Sprint(tt.elements), func(t *testing.T) {
			var pools []cognitotest.Pool
			var wantPools, wantClients []Ref
			crowd := cognitotest.Pool{UserPool: `{"Id": "crowd"}`}
			for i := range tt.elements {
				ref := Ref{ID: fmt.Sprint("id", i), Name: fmt.Sprint("name", i)}
				pools = append(pools, cognitotest.Pool{UserPool: fmt.Sprintf(`{"Id": %q, "Name": %q}`, ref.ID, ref.Name)})
				wantPools = append(wantPools, ref)
				crowd.Clients = append(crowd.Clients, fmt.Sprintf(`{"ClientId": %q, "ClientName": %q}`, ref.ID, ref.Name))
				wantClients = append(wantClients, ref)
			}

			server, client := openClient(t, pools...)
			got, err := client.ListPools(t.Context())
			if diff := cmp.Diff(wantPools, got); err != nil || diff != "" {
				t.Errorf("%v, -want +got\n%s", err, diff)
			}
			if n := len(server.Requests()); n != tt.pages {
				t.Errorf("%d pages of pools, want %d", n, tt.pages)
			}

			server, client = openClient(t, crowd)
			got, err = client.ListClients(t.Context(), "crowd")
			if diff := cmp.Diff(wantClients, got); err != nil || diff != "" {
				t.Errorf("%v, -want +got\n%s", err, diff)
			}
			if n := len(server.Requests()); n != tt.pages {
				t.Errorf("%d pages of clients, want %d", n, tt.pages)
			}
		})
	}
}
