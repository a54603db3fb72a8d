package scanner_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
)

func TestLiveReadsMoto(t *testing.T) {
	for name, value := range cognitotest.Env(cognitotest.StartMoto(t)) {
		t.Setenv(name, value)
	}
	ctx := t.Context()
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		t.Fatal(err)
	}
	api := cip.NewFromConfig(cfg)
	var ids []string
	for i := range 3 {
		created, err := api.CreateUserPool(ctx, &cip.CreateUserPoolInput{PoolName: aws.String(fmt.Sprint("pool", i))})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, *created.UserPool.Id)
	}
	if _, err := api.SetUserPoolMfaConfig(ctx, &cip.SetUserPoolMfaConfigInput{
		UserPoolId:                    &ids[0],
		MfaConfiguration:              types.UserPoolMfaTypeOptional,
		SoftwareTokenMfaConfiguration: &types.SoftwareTokenMfaConfigType{Enabled: true},
	}); err != nil {
		t.Fatal(err)
	}
	for i := range 61 {
		if _, err := api.CreateUserPoolClient(ctx, &cip.CreateUserPoolClientInput{
			UserPoolId: &ids[0], ClientName: aws.String(fmt.Sprint("client", i)), GenerateSecret: i == 0,
		}); err != nil {
			t.Fatal(err)
		}
	}

	pools, problems := readLive(t, scanner.LiveOptions{})
	if problems != nil {
		t.Errorf("problems %v, want none", problems)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(ids)), liveIDs(pools)); diff != "" {
		t.Fatalf("-want +got\n%s", diff)
	}
	for _, pool := range pools {
		if pool.ID() != ids[0] {
			continue
		}
		if pool.Account != "123456789012" || pool.Region != "eu-west-1" || pool.Name() != "pool0" {
			t.Errorf("account %s, Region %s, name %s", pool.Account, pool.Region, pool.Name())
		}
		want := map[string]any{"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": map[string]any{"Enabled": true}}
		if diff := cmp.Diff(want, pool.Sections["MfaConfig"]); diff != "" {
			t.Errorf("MfaConfig -want +got\n%s", diff)
		}
		withSecret := map[string]bool{}
		for _, element := range pool.Elements("Clients") {
			client := element.(map[string]any)
			withSecret[client["ClientName"].(string)] = client["HasClientSecret"].(bool)
			if _, has := client["ClientSecret"]; has {
				t.Errorf("client %s holds its secret", client["ClientName"])
			}
		}
		if len(withSecret) != 61 || !withSecret["client0"] || withSecret["client1"] {
			t.Errorf("clients with a secret: %v", withSecret)
		}
	}
}
