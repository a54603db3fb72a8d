package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/urfave/cli/v2"

	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/scanner"
)

// maxPolicySize is how many characters other than white space a managed policy
// may have.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
const maxPolicySize = 6144

func iamPolicyCommand() *cli.Command {
	return &cli.Command{
		Name:      "iam-policy",
		Usage:     "print the least IAM policy that a scan or a fix needs",
		UsageText: "cognilint iam-policy [flags]",
		Description: `Give it the flags of the scan: which rules are evaluated decides what is read. The policy
is for the role or user that reads the pools, in each account. Statements of their own
allow what leads there; move them to whoever takes these steps:
   CognilintAssumeRole      to assume the role of --role-arn: the caller
   CognilintListAccounts    to list the accounts of the organization, and
   CognilintEnterAccounts   to assume roles in accounts: the caller, or the role of --role-arn

With --fix the policy also allows what repairs need, and reading all sections. Replace the
resource of CognilintPassRoles by the roles that your pools use, if you know them. Of log
delivery it allows what log groups need; a pool that sends logs to Amazon S3 needs
s3:GetBucketPolicy and s3:PutBucketPolicy on the bucket, one that sends them to Firehose
firehose:TagDeliveryStream on the stream and iam:CreateServiceLinkedRole.

Examples:
   cognilint iam-policy > policy.json
   cognilint iam-policy --baseline all --region all --org --org-role audit
   cognilint iam-policy --fix`,
		CustomHelpTemplate: commandHelp,
		Flags:              iamPolicyFlags(),
		Action:             iamPolicyAction,
	}
}

// iamPolicyFlags are the flags of a scan that change what it calls. The other
// ones for AWS are hidden: they change nothing here, but those of a scan may be
// given as they are.
func iamPolicyFlags() []cli.Flag {
	flags := []cli.Flag{
		&cli.BoolFlag{Name: "fix", Category: "Fix", EnvVars: env("FIX"), Usage: "also allow what repairs of pools need"},
	}
	for _, flag := range scanCommand().Flags {
		switch name := flag.Names()[0]; name {
		case "rule", "skip-rule", "category", "baseline", "param", "policy", "config",
			"region", "role-arn", "account", "org", "org-role":
			flags = append(flags, flag)
		default:
			if flagNamed(awsFlags(), name) != nil {
				flags = append(flags, hidden(flag))
			}
		}
	}
	return flags
}

func hidden(flag cli.Flag) cli.Flag {
	switch f := flag.(type) {
	case *cli.StringFlag:
		f.Hidden = true
	case *cli.Float64Flag:
		f.Hidden = true
	}
	return flag
}

func iamPolicyAction(c *cli.Context) error {
	if err := exactArgs(c, 0, "no argument"); err != nil {
		return err
	}
	config, err := readConfig(c)
	if err != nil {
		return err
	}
	live, err := liveOptions(c, config)
	if err != nil {
		return config.blame(err, "region", "account", "role-arn", "org-role", "rate", "timeout")
	}
	_, policy, err := selectRules(c, config)
	if err != nil {
		return config.blame(err, "baseline", "rule", "skip-rule", "category", "param")
	}
	if len(policy.Rules()) == 0 {
		return errors.New("no rule is selected; see \"cognilint rules list\"")
	}
	live.Sections = policy.Sections()
	text, err := policyText(cognito.Permissions(runOf(live, c.Bool("fix"))))
	if err != nil {
		return err
	}
	warnPolicySize(c.App.ErrWriter, text)
	_, err = c.App.Writer.Write(text)
	return err
}

// runOf says what of a scan's options its permissions depend on.
func runOf(live scanner.LiveOptions, repair bool) cognito.Run {
	run := cognito.Run{
		Sections: live.Sections, Repair: repair,
		AllRegions:   slices.Contains(live.Regions, scanner.AllRegions),
		Organization: live.Organization, FirstRole: live.RoleARN,
	}
	if live.Organization {
		run.AccountRoles = append(run.AccountRoles, roleIn("*", live.Role))
	}
	accounts := live.Accounts
	if live.Organization {
		accounts = slices.Concat(accounts, live.Known)
	}
	for _, account := range accounts {
		run.AllRegions = run.AllRegions || slices.Contains(account.Regions, scanner.AllRegions)
		// The pattern of an organization is for the accounts that are named, too.
		if account.Profile != "" || live.Organization && account.Role == "" {
			continue
		}
		run.AccountRoles = append(run.AccountRoles, roleIn(account.ID, cmp.Or(account.Role, live.Role)))
	}
	return run
}

// roleIn is the ARN of a role, in any partition if it is given by its name.
func roleIn(account, role string) string {
	if strings.HasPrefix(role, "arn:") {
		return role
	}
	return "arn:*:iam::" + account + ":role/" + strings.TrimPrefix(role, "/")
}

// policyText is the policy document, made for people to read.
func policyText(policy cognito.Policy) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(policy)
	return text.Bytes(), err
}

// policySize counts characters as IAM does.
func policySize(text []byte) int {
	size := 0
	for _, r := range string(text) {
		if !unicode.IsSpace(r) {
			size++
		}
	}
	return size
}

func warnPolicySize(w io.Writer, text []byte) {
	if size := policySize(text); size > maxPolicySize {
		fmt.Fprintf(w, "cognilint: the policy has %d characters, and a managed policy at most %d; attach its statements as several policies\n", size, maxPolicySize)
	}
}
