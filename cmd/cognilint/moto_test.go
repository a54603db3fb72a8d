package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	cip "github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.yaml.in/yaml/v3"
	"golang.org/x/sync/errgroup"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognitotest"
	"github.com/cognilint/cognilint/policies"
)

// TestMoto scans pools of moto with the built binary: live, and what the AWS
// CLI exports of them. Both must come to the same findings.
func TestMoto(t *testing.T) {
	m := startMoto(t)
	jsonExports, yamlExports := m.export(t, "json"), m.export(t, "yaml")

	for _, tt := range []struct {
		baseline      string
		live, offline int // exit codes
		// failed holds some rules that must fail, by name of the pool.
		failed map[string][]string
	}{
		// moto answers HTTP 500 for risk configurations and log delivery. For a
		// live scan that is a gap, for an export it is how exports are.
		{"recommended", exitIncomplete, exitFailed, map[string][]string{
			"weak": {
				"client-has-sign-in-path", "client-machine-has-secret", "mfa-required", "mfa-totp-enabled",
				"password-minimum-length", "password-temporary-validity", "recovery-email-first",
			},
			"no-clients": {"mfa-required", "mfa-totp-enabled", "password-minimum-length"},
		}},
		{"documented", exitFailed, exitFailed, map[string][]string{
			"weak":       {"client-generated-secret", "mfa-required", "password-minimum-length", "pool-name", "recovery-email-first"},
			"no-clients": {"client-generated-secret", "mfa-required", "password-minimum-length", "pool-name"},
		}},
		{"all", exitIncomplete, exitFailed, nil},
	} {
		t.Run(tt.baseline, func(t *testing.T) {
			flags := append([]string{"--baseline", tt.baseline, "--show-passed"}, withoutWebACL(t)...)
			live := m.report(t, tt.live, flags...)
			for pool, want := range tt.failed {
				if got := rulesWith(live, finding.Fail, m.pools[pool]); !isSubset(want, got) {
					t.Errorf("pool %s fails %v, want at least %v", pool, got, want)
				}
			}
			more := map[string]bool{}
			for _, rule := range live.Rules {
				more[rule.ID] = needsMore(rule)
			}
			for _, check := range live.Checks {
				// moto does not tell the plan of a pool.
				if check.Status == finding.NotEvaluated && !more[check.Rule] && !strings.Contains(check.Reason, "UserPoolTier is absent") {
					t.Errorf("rule %s is not evaluated, but what it needs was read: %s", check.Rule, check.Reason)
				}
			}
			failed := map[string]bool{}
			for _, problem := range live.Problems {
				failed[problem.Operation] = true
			}
			if lacking := map[string]bool{"DescribeRiskConfiguration": true, "GetLogDeliveryConfiguration": true}; len(failed) > 0 && !cmp.Equal(failed, lacking) {
				t.Errorf("reads that failed: %v, want those that moto lacks", failed)
			}
			live.Problems = []finding.Problem{}
			for _, folder := range []string{jsonExports, yamlExports} {
				offline := m.report(t, tt.offline, append(flags, folder)...)
				if diff := cmp.Diff(live, offline, sameFindings); diff != "" {
					t.Errorf("-live +offline\n%s", diff)
				}
			}
		})
	}

	// What an export lacks leaves rules without a verdict, and changes no other.
	for _, tt := range []struct {
		name, lacks string
		want        []string // the rules without a verdict
	}{
		{"without second factors", "mfa.json", []string{"mfa-totp-enabled"}},
		{"without clients", "client*.json", []string{"client-default-attribute-permissions", "client-generated-secret"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			if err := os.CopyFS(folder, os.DirFS(jsonExports)); err != nil {
				t.Fatal(err)
			}
			files, _ := filepath.Glob(filepath.Join(folder, "*", tt.lacks))
			for _, file := range files {
				os.Remove(file)
			}
			flags := []string{"--baseline", "documented", "--show-passed"}
			live, offline := m.report(t, exitFailed, flags...), m.report(t, exitFailed, append(flags, folder)...)
			if diff := cmp.Diff(tt.want, rulesWith(offline, finding.NotEvaluated, "")); diff != "" {
				t.Errorf("not evaluated: -want +got\n%s", diff)
			}
			if diff := cmp.Diff(statuses(live, tt.want), statuses(offline, tt.want)); diff != "" {
				t.Errorf("-live +offline\n%s", diff)
			}
		})
	}

	t.Run("exit codes", func(t *testing.T) {
		good := []string{"--baseline", "documented", "--pool", "employee-app-pool"}
		for _, tt := range []struct {
			name string
			exit int
			args []string
		}{
			{"a pool as documented", exitOK, good},
			{"one rule of all fails", exitFailed, append(good, "--param", "password-minimum-length.min=13")},
			{"below the gate", exitOK, []string{"--baseline", "documented", "--fail-on", "critical"}},
			{"no gate", exitOK, []string{"--baseline", "documented", "--fail-on", "none"}},
			{"wrong usage", exitUsage, []string{"--baseline", "documentd"}},
			{"no such pool", exitNothing, []string{"--pool", "another"}},
		} {
			t.Run(tt.name, func(t *testing.T) {
				m.scan(t, tt.exit, tt.args...)
				m.scan(t, tt.exit, append(tt.args, jsonExports)...)
			})
		}
		// Only a live scan is incomplete; see above.
		m.scan(t, exitFailed, "--baseline", "all", "--allow-incomplete")
	})

	t.Run("secrets", func(t *testing.T) {
		m.checkExportedSecrets(t, jsonExports, yamlExports)
		for _, source := range [][]string{nil, {jsonExports}, {yamlExports}} {
			for _, format := range []string{"table", "compact", "json"} {
				out := m.scan(t, exitFailed, append([]string{"--baseline", "documented", "--verbose", "--show-passed", "--format", format}, source...)...)
				// Frames of the source show where the secret stands.
				if source != nil && format == "table" && !strings.Contains(out, "ClientSecret") {
					t.Errorf("no frame of %s shows the line of a secret", source)
				}
			}
		}
	})
}

// sameFindings compares reports of the same pools from different sources. Why
// a check has no verdict depends on the source.
var sameFindings = cmp.Options{
	cmpopts.IgnoreFields(finding.Report{}, "StartedAt", "FinishedAt"),
	cmpopts.IgnoreFields(finding.Summary{}, "Incomplete"),
	cmpopts.IgnoreFields(finding.Pool{}, "Source"),
	cmpopts.IgnoreFields(finding.Violation{}, "Position"),
	cmpopts.IgnoreFields(finding.Check{}, "Reason", "Hint", "Incomplete"),
}

// withoutWebACL leaves the rules out that look at the web ACL: of a pool without
// one the AWS CLI exports nothing that could prove it.
func withoutWebACL(t *testing.T) []string {
	t.Helper()
	library, err := policies.Load()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := library.Rules()
	if err != nil {
		t.Fatal(err)
	}
	var flags []string
	for _, rule := range rules {
		if slices.Contains(slices.Concat(rule.Needs, rule.AppliesNeeds), "WebACL") {
			flags = append(flags, "--skip-rule", rule.ID)
		}
	}
	return flags
}

// needsMore tells whether a rule needs a section other than those that a live
// scan and the exports hold.
func needsMore(rule finding.Rule) bool {
	held := []string{"UserPool", "MfaConfig", "Clients", "Client", "IdentityProviders", "Groups", "ResourceServers", "Domains"}
	return slices.ContainsFunc(slices.Concat(rule.Needs, rule.AppliesNeeds), func(need string) bool {
		section, _, _ := strings.Cut(need, ".")
		return !slices.Contains(held, section)
	})
}

// rulesWith returns the ids of the rules with a status, sorted; an empty pool
// selects all pools.
func rulesWith(r *finding.Report, status finding.Status, pool string) []string {
	var rules []string
	for _, check := range r.Checks {
		if check.Status == status && (pool == "" || check.Pool == pool) {
			rules = append(rules, check.Rule)
		}
	}
	slices.Sort(rules)
	return slices.Compact(rules)
}

// statuses returns the status of each check but those of the rules to leave
// out, by rule, pool and target.
func statuses(r *finding.Report, leaveOut []string) map[[3]string]string {
	byCheck := map[[3]string]string{}
	for _, check := range r.Checks {
		if !slices.Contains(leaveOut, check.Rule) {
			byCheck[[3]string{check.Rule, check.Pool, check.Target.ID}] = check.Status.String()
		}
	}
	return byCheck
}

func isSubset(part, whole []string) bool {
	return !slices.ContainsFunc(part, func(s string) bool { return !slices.Contains(whole, s) })
}

// motoRun is a built binary and the pools that it scans.
type motoRun struct {
	binary string
	// pools are the ids by name, clients their clients' ids in the order of
	// the list.
	pools   map[string]string
	clients map[string][]string
	secrets []string
}

// startMoto builds the binary, starts moto, points the environment to it and
// makes the pools.
func startMoto(t *testing.T) *motoRun {
	t.Helper()
	for name, value := range cognitotest.Env(cognitotest.StartMoto(t, "aws")) {
		t.Setenv(name, value)
	}
	// The AWS CLI takes an empty profile for a name, and its version 1 looks
	// for the Region here only.
	os.Unsetenv("AWS_PROFILE")
	t.Setenv("AWS_DEFAULT_REGION", os.Getenv("AWS_REGION"))

	m := &motoRun{binary: filepath.Join(t.TempDir(), "cognilint"), pools: map[string]string{}, clients: map[string][]string{}}
	if output, err := exec.CommandContext(t.Context(), "go", "build", "-o", m.binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	cfg, err := config.LoadDefaultConfig(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	api := cip.NewFromConfig(cfg)
	for _, pool := range motoPools {
		created, err := api.CreateUserPool(t.Context(), &pool.settings)
		if err != nil {
			t.Fatal(err)
		}
		name, id := *pool.settings.PoolName, *created.UserPool.Id
		m.pools[name] = id
		if pool.mfa != nil {
			pool.mfa.UserPoolId = &id
			if _, err := api.SetUserPoolMfaConfig(t.Context(), pool.mfa); err != nil {
				t.Fatal(err)
			}
		}
		for _, client := range pool.clients {
			client.UserPoolId = &id
			created, err := api.CreateUserPoolClient(t.Context(), &client)
			if err != nil {
				t.Fatal(err)
			}
			m.clients[name] = append(m.clients[name], *created.UserPoolClient.ClientId)
			if secret := created.UserPoolClient.ClientSecret; secret != nil {
				m.secrets = append(m.secrets, *secret)
			}
		}
	}
	return m
}

// export writes what the AWS CLI tells about each pool into a folder of its
// own, as json or yaml, and returns the folder above.
func (m *motoRun) export(t *testing.T, format string) string {
	t.Helper()
	root := t.TempDir()
	run := awsCLI(t, format)
	var group errgroup.Group
	group.SetLimit(runtime.NumCPU())
	for name, id := range m.pools {
		folder := filepath.Join(root, name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		save := func(file, operation string, args ...string) {
			group.Go(func() error {
				text, err := run(append([]string{"cognito-idp", operation, "--user-pool-id", id}, args...)...)
				if err != nil {
					return err
				}
				return os.WriteFile(filepath.Join(folder, file+"."+format), text, 0o600)
			})
		}
		save("pool", "describe-user-pool")
		save("mfa", "get-user-pool-mfa-config")
		save("clients", "list-user-pool-clients")
		save("providers", "list-identity-providers")
		save("groups", "list-groups")
		save("servers", "list-resource-servers")
		for i, client := range m.clients[name] {
			// Files are read by name, so the clients keep the order of the list.
			save(fmt.Sprintf("client%d", i), "describe-user-pool-client", "--client-id", client)
		}
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	return root
}

// awsCLI returns a function that runs the AWS CLI and returns what it prints, as
// json or yaml. Version 1 prints no YAML; there the JSON is rewritten.
func awsCLI(t *testing.T, format string) func(args ...string) ([]byte, error) {
	t.Helper()
	version, err := exec.CommandContext(t.Context(), "aws", "--version").CombinedOutput()
	if err != nil {
		t.Fatalf("aws --version: %v\n%s", err, version)
	}
	rewrite := format == "yaml" && bytes.HasPrefix(version, []byte("aws-cli/1."))
	output := format
	if rewrite {
		output = "json"
	}
	return func(args ...string) ([]byte, error) {
		cmd := exec.CommandContext(t.Context(), "aws", append(args, "--output", output)...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		text, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("aws %s: %w: %s", strings.Join(args, " "), err, &stderr)
		}
		if !rewrite {
			return text, nil
		}
		var tree any
		if err := json.Unmarshal(text, &tree); err != nil {
			return nil, err
		}
		return yaml.Marshal(tree)
	}
}

// checkExportedSecrets makes sure that there are secrets to leak.
func (m *motoRun) checkExportedSecrets(t *testing.T, folders ...string) {
	t.Helper()
	for _, folder := range folders {
		var all []byte
		files, _ := filepath.Glob(filepath.Join(folder, "*", "client*"))
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, text...)
		}
		for _, secret := range m.secrets {
			if !bytes.Contains(all, []byte(secret)) {
				t.Errorf("%s does not hold the secret of a client", folder)
			}
		}
	}
	if len(m.secrets) != 2 {
		t.Errorf("moto made %d secrets, want 2", len(m.secrets))
	}
}

// scan runs cognilint and checks its exit code, and that no output holds a
// secret.
func (m *motoRun) scan(t *testing.T, exit int, args ...string) (stdout string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), m.binary, append([]string{"scan"}, args...)...)
	var out, messages bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &messages
	err := cmd.Run()
	if got := cmd.ProcessState.ExitCode(); got != exit {
		t.Fatalf("scan %s: exit code %d (%v), want %d\n%s", strings.Join(args, " "), got, err, exit, &messages)
	}
	for _, secret := range m.secrets {
		if strings.Contains(out.String(), secret) || strings.Contains(messages.String(), secret) {
			t.Errorf("scan %s: the output holds a client secret", strings.Join(args, " "))
		}
	}
	return out.String()
}

// report is scan with the report in JSON.
func (m *motoRun) report(t *testing.T, exit int, args ...string) *finding.Report {
	t.Helper()
	r := &finding.Report{}
	if err := json.Unmarshal([]byte(m.scan(t, exit, append(args, "--format", "json")...)), r); err != nil {
		t.Fatal(err)
	}
	return r
}

// motoPools are the pools to make.
var motoPools = []struct {
	settings cip.CreateUserPoolInput
	mfa      *cip.SetUserPoolMfaConfigInput
	clients  []cip.CreateUserPoolClientInput
}{
	{
		settings: cip.CreateUserPoolInput{
			PoolName: aws.String("weak"),
			Policies: &types.UserPoolPolicyType{PasswordPolicy: &types.PasswordPolicyType{
				MinimumLength: aws.Int32(6), TemporaryPasswordValidityDays: 30,
			}},
			MfaConfiguration:      types.UserPoolMfaTypeOff,
			AdminCreateUserConfig: &types.AdminCreateUserConfigType{AllowAdminCreateUserOnly: false},
			AccountRecoverySetting: &types.AccountRecoverySettingType{RecoveryMechanisms: []types.RecoveryOptionType{
				{Name: types.RecoveryOptionNameTypeVerifiedPhoneNumber, Priority: aws.Int32(1)},
			}},
		},
		clients: []cip.CreateUserPoolClientInput{
			{
				ClientName:        aws.String("web"),
				ExplicitAuthFlows: []types.ExplicitAuthFlowsType{"ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"},
			},
			{
				ClientName:                      aws.String("batch"),
				AllowedOAuthFlowsUserPoolClient: true,
				AllowedOAuthFlows:               []types.OAuthFlowType{"client_credentials"},
				AllowedOAuthScopes:              []string{"orders/read"},
			},
			// Nobody can sign in, so the frame of a finding is about this client.
			{
				ClientName:        aws.String("idle"),
				GenerateSecret:    true,
				ExplicitAuthFlows: []types.ExplicitAuthFlowsType{"ALLOW_REFRESH_TOKEN_AUTH"},
			},
		},
	},
	// As the documented set-up asks.
	{
		settings: cip.CreateUserPoolInput{
			PoolName: aws.String("employee-app-pool"),
			Policies: &types.UserPoolPolicyType{PasswordPolicy: &types.PasswordPolicyType{
				MinimumLength: aws.Int32(12), TemporaryPasswordValidityDays: 7,
				RequireLowercase: true, RequireNumbers: true, RequireSymbols: true, RequireUppercase: true,
			}},
			AccountRecoverySetting: &types.AccountRecoverySettingType{RecoveryMechanisms: []types.RecoveryOptionType{
				{Name: types.RecoveryOptionNameTypeVerifiedEmail, Priority: aws.Int32(1)},
				{Name: types.RecoveryOptionNameTypeVerifiedPhoneNumber, Priority: aws.Int32(2)},
			}},
			AliasAttributes:        []types.AliasAttributeType{types.AliasAttributeTypeEmail},
			AutoVerifiedAttributes: []types.VerifiedAttributeType{types.VerifiedAttributeTypeEmail},
			EmailConfiguration:     &types.EmailConfigurationType{EmailSendingAccount: types.EmailSendingAccountTypeCognitoDefault},
			SmsConfiguration: &types.SmsConfigurationType{
				SnsCallerArn: aws.String("arn:aws:iam::123456789012:role/EmployeeAppSMSRole"), ExternalId: aws.String("employee-app"),
			},
			Schema: []types.SchemaAttributeType{
				{Name: aws.String("email"), AttributeDataType: types.AttributeDataTypeString, Mutable: aws.Bool(true), Required: aws.Bool(true)},
				customAttribute("country", "", ""),
				customAttribute("department", "", ""),
				customAttribute("status", "1", "256"),
				customAttribute("officeCode", "1", "15"),
				customAttribute("profileType", "1", "256"),
				customAttribute("externalUserId", "1", "256"),
				customAttribute("administrator", "1", "15"),
			},
		},
		mfa: &cip.SetUserPoolMfaConfigInput{
			MfaConfiguration:              types.UserPoolMfaTypeOn,
			SoftwareTokenMfaConfiguration: &types.SoftwareTokenMfaConfigType{Enabled: true},
		},
		clients: []cip.CreateUserPoolClientInput{
			{
				ClientName:        aws.String("employee-app"),
				GenerateSecret:    true,
				ExplicitAuthFlows: []types.ExplicitAuthFlowsType{"ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"},
			},
		},
	},
	{settings: cip.CreateUserPoolInput{PoolName: aws.String("no-clients")}},
}

// customAttribute is a mutable text; empty limits are none.
func customAttribute(name, least, most string) types.SchemaAttributeType {
	attribute := types.SchemaAttributeType{
		Name: &name, AttributeDataType: types.AttributeDataTypeString, Mutable: aws.Bool(true), Required: aws.Bool(false),
	}
	if most != "" {
		attribute.StringAttributeConstraints = &types.StringAttributeConstraintsType{MinLength: &least, MaxLength: &most}
	}
	return attribute
}
