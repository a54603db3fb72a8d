package scanner

import (
	"context"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestCorpus loads every real answer in testdata/corpus, or refuses it for the
// reason given here.
func TestCorpus(t *testing.T) {
	refused := map[string]string{
		"admin-list-groups-for-user":     "this is the Groups part of pool us-west-2_aaaaaaaaa, but no file",
		"create-group":                   "this is one group alone; export all with list-groups",
		"create-identity-provider":       "this is the IdentityProviders part of pool us-west-2_EXAMPLE, but no file",
		"create-resource-server":         "this is one resource server alone",
		"create-user-pool-client":        "this is the Clients part of pool us-west-2_EXAMPLE, but no file",
		"create-user-pool-domain":        "this is the output of create-user-pool-domain",
		"describe-resource-server":       "this is one resource server alone",
		"describe-risk-configuration":    "this is the RiskConfigurations part of pool us-west-2_aaaaaaaaa, but no file",
		"describe-user-pool-client":      "this is the Clients part of pool us-west-2_aaaaaaaaa, but no file",
		"describe-user-pool-domain":      "this is the Domains part of pool us-west-2_aaaaaaaaa, but no file",
		"get-log-delivery-configuration": "this is the LogDeliveryConfiguration part of pool us-west-2_EXAMPLE, but no file",
		"get-user-pool-mfa-config":       "this is the MfaConfig part of some pool, but no file",
		"list-groups":                    "this is the Groups part of pool us-west-2_EXAMPLE, but no file",
		"list-user-pools":                "this is a list of pools without their settings",
		"set-log-delivery-configuration": "this is the LogDeliveryConfiguration part of pool us-west-2_EXAMPLE, but no file",
		"set-risk-configuration":         "this is the RiskConfigurations part of pool us-west-2_EXAMPLE, but no file",
		"placebo":                        "this is a recorded HTTP exchange; take out the API's answer",
	}
	files, err := filepath.Glob("../testdata/corpus/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	command := regexp.MustCompile(`^aws__aws-cli__(.*)_\d+\.json$`)
	for _, file := range files {
		base := filepath.Base(file)
		t.Run(base, func(t *testing.T) {
			want := ""
			if match := command.FindStringSubmatch(base); match != nil {
				want = refused[match[1]]
			} else if strings.Contains(base, "placebo") {
				want = refused["placebo"]
			}
			exports, err := ReadExports(context.Background(), []string{file}, nil)
			switch {
			case want == "" && (err != nil || len(exports.Pools) != 1):
				t.Errorf("not loaded: %v", err)
			case want != "" && (err == nil || !strings.HasPrefix(err.Error(), file+":1:1: "+want)):
				t.Errorf("error %v\nwant  …%s…", err, want)
			}
		})
	}
}

// TestPartsOfTheCorpus puts the parts beside the pool that they name.
func TestPartsOfTheCorpus(t *testing.T) {
	exports, err := ReadExports(context.Background(), []string{
		"../testdata/corpus/aws__aws-cli__describe-user-pool_1.json",
		"../testdata/corpus/aws__aws-cli__get-user-pool-mfa-config_1.json",
		"../testdata/corpus/aws__aws-cli__create-user-pool-client_1.json",
		"../testdata/corpus/aws__aws-cli__create-identity-provider_1.json",
		"../testdata/corpus/aws__aws-cli__create-identity-provider_2.json",
		"../testdata/corpus/aws__aws-cli__get-log-delivery-configuration_1.json",
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	pool := exports.Pools[0].Pool
	if len(exports.Pools) != 1 || len(pool.Elements("Clients")) != 1 || len(pool.Elements("IdentityProviders")) != 2 ||
		pool.Sections["MfaConfig"] == nil || pool.Sections["LogDeliveryConfiguration"] == nil {
		t.Errorf("%d pools, sections %v", len(exports.Pools), pool.Sections)
	}
}
