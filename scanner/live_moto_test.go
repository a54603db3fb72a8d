package scanner_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
	"github.com/google/go-cmp/cmp"

	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
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

	fillMotoPool(t, api, ids[0])

	started := time.Now()
	pools, problems := readLive(t, scanner.LiveOptions{Sections: allSections()})
	// What moto lacks must not hold up the scan.
	if took := time.Since(started); took > 20*time.Second {
		t.Errorf("the scan took %s", took)
	}
	var lacking []string
	for _, p := range problems {
		if want := "HTTP 500 Internal Server Error without an error code of the API"; p.Message != want {
			t.Errorf("%s: %s, want %s", p.Operation, p.Message, want)
		}
		lacking = append(lacking, p.Pool+" "+p.Operation)
	}
	var want []string
	for _, id := range slices.Sorted(slices.Values(ids)) {
		want = append(want, id+" DescribeRiskConfiguration", id+" GetLogDeliveryConfiguration")
	}
	if diff := cmp.Diff(want, lacking); diff != "" {
		t.Errorf("problems -want +got\n%s", diff)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(ids)), liveIDs(pools)); diff != "" {
		t.Fatalf("-want +got\n%s", diff)
	}
	for _, pool := range pools {
		var unknown []string
		for _, u := range pool.Unknown {
			unknown = append(unknown, u.Path)
		}
		if diff := cmp.Diff([]string{"/LogDeliveryConfiguration", "/RiskConfigurations"}, unknown); diff != "" {
			t.Errorf("unknown in %s: -want +got\n%s", pool.Name(), diff)
		}
		if pool.ID() != ids[0] {
			continue
		}
		checkMotoPool(t, pool)
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

// fillMotoPool gives a pool what moto has for the sections beside clients.
func fillMotoPool(t *testing.T, api *cip.Client, id string) {
	t.Helper()
	ctx := t.Context()
	var errs []error
	for i := range 61 {
		_, err := api.CreateIdentityProvider(ctx, &cip.CreateIdentityProviderInput{
			UserPoolId: &id, ProviderName: aws.String(fmt.Sprintf("idp%02d", i)), ProviderType: types.IdentityProviderTypeTypeOidc,
			ProviderDetails: map[string]string{"client_id": "x", "client_secret": "hunter2"},
		})
		_, err2 := api.CreateGroup(ctx, &cip.CreateGroupInput{UserPoolId: &id, GroupName: aws.String(fmt.Sprintf("group%02d", i))})
		_, err3 := api.CreateResourceServer(ctx, &cip.CreateResourceServerInput{
			UserPoolId: &id, Identifier: aws.String(fmt.Sprintf("server%02d", i)), Name: aws.String("server"),
		})
		errs = append(errs, err, err2, err3)
	}
	_, err := api.CreateUserPoolDomain(ctx, &cip.CreateUserPoolDomainInput{UserPoolId: &id, Domain: aws.String("shop")})
	if err := errors.Join(append(errs, err)...); err != nil {
		t.Fatal(err)
	}
}

// checkMotoPool looks for what fillMotoPool made.
func checkMotoPool(t *testing.T, pool *snapshot.Pool) {
	t.Helper()
	for section, prefix := range map[string]string{"IdentityProviders": "idp", "Groups": "group", "ResourceServers": "server"} {
		s, _ := snapshot.SectionNamed(section)
		var want, got []string
		for i := range 61 {
			want = append(want, fmt.Sprintf("%s%02d", prefix, i))
		}
		for _, element := range pool.Elements(section) {
			got = append(got, element.(map[string]any)[s.Key].(string))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s -want +got\n%s", section, diff)
		}
	}
	details, _ := snapshot.Lookup(pool.Sections, "/IdentityProviders/0/ProviderDetails")
	if diff := cmp.Diff(map[string]any{"client_id": "x"}, details); diff != "" {
		t.Errorf("details of an identity provider -want +got\n%s", diff)
	}
	if domain, _ := snapshot.Lookup(pool.Sections, "/Domains/0/Domain"); domain != "shop" || len(pool.Elements("Domains")) != 1 {
		t.Errorf("domains %v, want shop", pool.Elements("Domains"))
	}
	if acl, read := pool.Sections["WebACL"]; acl != nil || !read {
		t.Errorf("WebACL %v, read %t; want null", acl, read)
	}
}
