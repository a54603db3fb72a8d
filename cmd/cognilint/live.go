package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/scanner"
)

// defaultRole is what Organizations calls the role that it makes in the
// accounts that it creates.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
const defaultRole = "OrganizationAccountAccessRole"

// poolFlags choose pools.
func poolFlags(category string) []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "pool", Category: category, EnvVars: env("POOL"), Usage: "only pools whose `ID-or-name-glob` matches (repeatable)"},
		&cli.StringSliceFlag{Name: "exclude-pool", Category: category, EnvVars: env("EXCLUDE_POOL"), Usage: "no pool whose `ID-or-name-glob` matches (repeatable)"},
		&cli.StringSliceFlag{Name: "tag", Category: category, EnvVars: env("TAG"), Usage: "only pools with the tag `k=v` (repeatable, all must match)"},
	}
}

// awsFlags say where live pools are read, and how fast.
func awsFlags() []cli.Flag {
	const category = "AWS"
	return []cli.Flag{
		&cli.StringFlag{Name: "profile", Category: category, EnvVars: env("PROFILE"), Usage: "the AWS profile `NAME` of the shared configuration"},
		&cli.StringSliceFlag{Name: "region", Category: category, EnvVars: env("REGION"), Usage: "the AWS Region `NAME`, or all: those that are enabled in the account (repeatable)"},
		&cli.StringFlag{Name: "role-arn", Category: category, EnvVars: env("ROLE_ARN"), Usage: "assume the role `ARN` first"},
		&cli.StringFlag{Name: "external-id", Category: category, EnvVars: env("EXTERNAL_ID"), Usage: "the `ID` that the owners of the roles ask for"},
		&cli.StringSliceFlag{Name: "account", Category: category, EnvVars: env("ACCOUNT"), Usage: "read the account `ID`, with the role of --org-role unless it is your own (repeatable)"},
		&cli.BoolFlag{Name: "org", Category: category, EnvVars: env("ORG"), Usage: "read all active accounts of the organization"},
		&cli.StringFlag{Name: "org-role", Category: category, EnvVars: env("ORG_ROLE"), Value: defaultRole, Usage: "the `NAME` of the role to assume in other accounts"},
		&cli.Float64Flag{Name: "rate", Category: category, EnvVars: env("RATE"), Value: 0.8, Usage: "the `share` of the API's request quotas to use, above 0 up to 1"},
		&cli.StringFlag{Name: "timeout", Category: category, EnvVars: env("TIMEOUT"), Value: "30s", Usage: "give up a request that has no answer after this `time`, such as 10s"},
		&cli.StringFlag{Name: "endpoint-url", Category: category, EnvVars: env("ENDPOINT_URL"), Usage: "send requests to `URL`"},
	}
}

func env(name string) []string { return []string{"COGNILINT_" + name} }

// liveOptions reads the flags that say where live pools are read. Accounts of
// the configuration file count unless a flag names single ones; what it says
// about an account counts in any case.
func liveOptions(c *cli.Context, config *configFile) (scanner.LiveOptions, error) {
	accounts := config.liveAccounts()
	if err := notEmpty(c, "profile", "region", "account", "role-arn", "external-id", "org-role", "endpoint-url"); err != nil {
		return scanner.LiveOptions{}, err
	}
	options := scanner.LiveOptions{
		Profile: c.String("profile"), EndpointURL: c.String("endpoint-url"),
		RoleARN: c.String("role-arn"), ExternalID: c.String("external-id"),
		Organization: c.Bool("org"), Role: textFlag(c, "org-role", defaultRole),
		Regions: listFlag(c, "region", ",\n"), Rate: c.Float64("rate"), Known: accounts,
	}
	for _, region := range options.Regions {
		if err := checkRegion(region, len(options.Regions)); err != nil {
			return options, fmt.Errorf("flag --region: %w", err)
		}
	}
	if options.ExternalID != "" && !externalID().MatchString(options.ExternalID) {
		return options, fmt.Errorf("flag --external-id is %q, expected letters, digits and any of _+=,.@:/-", options.ExternalID)
	}
	if options.RoleARN != "" && !roleARN().MatchString(options.RoleARN) {
		return options, fmt.Errorf("flag --role-arn is %q, expected an ARN such as arn:aws:iam::111122223333:role/audit", options.RoleARN)
	}
	if !roleName().MatchString(options.Role) || strings.HasPrefix(options.Role, "arn:") {
		return options, fmt.Errorf("flag --org-role is %q, expected the name of a role, without its ARN", options.Role)
	}
	for _, id := range listFlag(c, "account", ",\n") {
		if !accountID().MatchString(id) {
			return options, fmt.Errorf("flag --account is %q, expected 12 digits", id)
		}
		account := scanner.LiveAccount{ID: id}
		if i := slices.IndexFunc(accounts, func(a scanner.LiveAccount) bool { return a.ID == id }); i >= 0 {
			account = accounts[i]
		}
		options.Accounts = append(options.Accounts, account)
	}
	if options.Accounts == nil && options.RoleARN == "" {
		options.Accounts = accounts
	}
	if err := checkRate(options.Rate, options.EndpointURL); err != nil {
		return options, err
	}
	var err error
	if options.Shard, options.Shards, err = shardFlag(c.String("shard")); err != nil {
		return options, err
	}
	options.Timeout, err = timeoutFlag(textFlag(c, "timeout", "30s"))
	return options, err
}

// openLive opens the reading of live pools. It lasts as long as the quotas of the
// API want it to, so memory counts more than the time for collecting garbage.
func openLive(ctx context.Context, options scanner.LiveOptions) (*scanner.Live, error) {
	collectGarbage(100)
	return scanner.OpenLive(ctx, options)
}

// notEmpty refuses flags that the command line sets to nothing, as with a
// variable of a script that is not set: what they would choose is not all there
// is.
func notEmpty(c *cli.Context, names ...string) error {
	for _, name := range commandLineFlags(c) {
		if slices.Contains(names, name) && strings.TrimSpace(c.String(name)+strings.Join(c.StringSlice(name), "")) == "" {
			return fmt.Errorf("flag --%s is empty, expected a value", name)
		}
	}
	return nil
}

// liveAccounts returns the accounts of the configuration file.
func (f *configFile) liveAccounts() []scanner.LiveAccount {
	var accounts []scanner.LiveAccount
	for _, a := range f.Accounts {
		accounts = append(accounts, scanner.LiveAccount{ID: a.ID, Role: a.Role, ExternalID: a.ExternalID, Profile: a.Profile, Regions: a.Regions})
	}
	return accounts
}

// checkRegion looks at one of several names of Regions.
func checkRegion(name string, of int) error {
	switch {
	case name == scanner.AllRegions && of > 1:
		return fmt.Errorf("%q stands alone, without names of Regions", name)
	case name != scanner.AllRegions && !regionName().MatchString(name):
		return fmt.Errorf("%q is no Region, expected a name such as eu-west-1, or all", name)
	}
	return nil
}

// pattern compiles an expression when it is first used: most runs need none.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// checkRate lets more than the quotas of AWS pass to other servers only.
func checkRate(rate float64, endpointURL string) error {
	elsewhere := cmp.Or(endpointURL, os.Getenv("AWS_ENDPOINT_URL"), os.Getenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER")) != ""
	switch {
	case !(rate > 0) || rate > 1 && !elsewhere:
		return fmt.Errorf("flag --rate is %v, expected a share above 0 up to 1", rate)
	case rate > 1e6:
		return fmt.Errorf("flag --rate is %v, expected at most a million, even for another endpoint than AWS", rate)
	}
	return nil
}

// timeoutFlag reads a duration; a mere number is seconds.
func timeoutFlag(text string) (time.Duration, error) {
	timeout, err := time.ParseDuration(text)
	if seconds, bad := strconv.ParseFloat(text, 64); err != nil && bad == nil && seconds < 1e6 {
		timeout, err = time.Duration(seconds*float64(time.Second)), nil
	}
	if err != nil || timeout <= 0 {
		return 0, fmt.Errorf("flag --timeout is %q, expected a time such as 10s or 2m", text)
	}
	return timeout, nil
}

// indexVariables hold the index of a worker, counted from 0.
// https://kubernetes.io/docs/tasks/job/indexed-parallel-processing-static/
// https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html
var indexVariables = []string{"JOB_COMPLETION_INDEX", "AWS_BATCH_JOB_ARRAY_INDEX"}

// shardFlag reads i/n, with i from 1 to n, or n alone, for which the environment
// says which worker this is. No text is one shard with everything.
func shardFlag(text string) (shard, shards int, err error) {
	if text == "" {
		return 0, 1, nil
	}
	wrong := func(what string) error {
		return fmt.Errorf("flag --shard is %q, %s", text, what)
	}
	number, total, both := strings.Cut(text, "/")
	if !both {
		total = number
	}
	if shards, err = strconv.Atoi(total); err != nil || shards < 1 || shards > maxShards {
		return 0, 0, wrong(fmt.Sprintf("expected i/n with n from 1 to %d, such as 2/10, or only n", maxShards))
	}
	if both {
		if shard, err = strconv.Atoi(number); err != nil || shard < 1 || shard > shards {
			return 0, 0, wrong(fmt.Sprintf("expected i/n with i from 1 to %d", shards))
		}
		return shard - 1, shards, nil
	}
	for _, name := range indexVariables {
		if value := os.Getenv(name); value != "" {
			if shard, err = strconv.Atoi(value); err != nil || shard < 0 || shard >= shards {
				return 0, 0, wrong(fmt.Sprintf("and the variable %s is %q, expected 0 to %d", name, value, shards-1))
			}
			return shard, shards, nil
		}
	}
	return 0, 0, wrong("and neither JOB_COMPLETION_INDEX nor AWS_BATCH_JOB_ARRAY_INDEX says which one this is; expected i/n")
}

// maxShards is more than the accounts of an organization.
const maxShards = 100_000
