package cognitotest_test

import (
	"strings"
	"testing"

	"github.com/cognilint/cognilint/internal/cognitotest"
)

func TestCallerIdentity(t *testing.T) {
	org := organization(t)
	single := cognitotest.New()
	defer single.Close()
	for _, tt := range []struct {
		name    string
		server  *cognitotest.Server
		from    sender
		account string
		arn     string
	}{
		{"own credentials", org, own, management, "arn:aws:iam::111111111111:user/test"},
		{"GovCloud", org, own.in("us-gov-west-1"), management, "arn:aws-us-gov:iam::111111111111:user/test"},
		{"role", org, own.assume(t, org, roleForm), audited, "arn:aws:sts::222222222222:assumed-role/audit/test"},
		{"no organization", single, sender{"AKIDOTHER", "", "eu-west-1"}, "123456789012", "arn:aws:iam::123456789012:user/test"},
		{"no organization in China", single, own.in("cn-north-1"), "123456789012", "arn:aws-cn:iam::123456789012:user/test"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, body := tt.from.send(t, tt.server, "GetCallerIdentity", "")
			if status != 200 || text(body, "Account") != tt.account || text(body, "Arn") != tt.arn || text(body, "UserId") == "" {
				t.Errorf("got %d %s, want %s %s", status, body, tt.account, tt.arn)
			}
		})
	}
}

func TestDescribeRegions(t *testing.T) {
	org := organization(t)
	single := cognitotest.New()
	defer single.Close()
	several := cognitotest.New()
	defer several.Close()
	several.SetRegions("us-east-1", "eu-west-1", "cn-north-1")
	for _, tt := range []struct {
		name   string
		server *cognitotest.Server
		from   sender
		form   string
		want   string // Regions and their states
	}{
		{"enabled", org, own, "", "eu-west-1 opt-in-not-required, me-central-1 opted-in, us-east-1 opt-in-not-required"},
		{"all", org, own, "AllRegions=true", "af-south-1 not-opted-in, eu-west-1 opt-in-not-required, me-central-1 opted-in, us-east-1 opt-in-not-required"},
		{"not all", org, own, "AllRegions=false", "eu-west-1 opt-in-not-required, me-central-1 opted-in, us-east-1 opt-in-not-required"},
		{"another account", org, own.assume(t, org, roleForm), "", "af-south-1 opted-in, eu-west-1 opt-in-not-required"},
		{"China", org, own.in("cn-north-1"), "", "cn-north-1 opt-in-not-required"},
		{"no organization", single, own, "", "eu-west-1 opt-in-not-required"},
		{"no organization, several", several, own, "AllRegions=true", "eu-west-1 opt-in-not-required, us-east-1 opt-in-not-required"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, body := tt.from.send(t, tt.server, "DescribeRegions", tt.form)
			var got []string
			for item := range strings.SplitSeq(body, "<item>") {
				if name := text(item, "regionName"); name != "" {
					got = append(got, name+" "+text(item, "optInStatus"))
				}
			}
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("got %s, want %s", body, tt.want)
			}
		})
	}
}

func TestQueryProtocol(t *testing.T) {
	server := cognitotest.New()
	defer server.Close()
	const namespace = `xmlns="https://sts.amazonaws.com/doc/2011-06-15/"`
	for _, tt := range []struct {
		name, operation, form string
		status                int
		want                  string // a part of the body
	}{
		{"answer of STS", "GetCallerIdentity", "", 200, `<GetCallerIdentityResponse ` + namespace + `><GetCallerIdentityResult><Arn>`},
		{"answer of EC2", "DescribeRegions", "", 200, `<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">`},
		{"endpoint of a Region", "DescribeRegions", "", 200, `<regionEndpoint>ec2.eu-west-1.amazonaws.com</regionEndpoint>`},
		{"error of STS", "AssumeRole", roleForm, 403, `<ErrorResponse ` + namespace + `><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/test is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/audit</Message></Error>`},
		{"error of EC2", "DescribeRegions", "Other=1", 400, `<Response><Errors><Error><Code>UnknownParameter</Code><Message>`},
		{"message with markup", "AssumeRole", "RoleArn=%3Cb%3E", 400, `&lt;b&gt;`},
		{"unknown operation of STS", "Dance", "", 400, `<Code>InvalidAction</Code>`},
		{"unknown operation of EC2", "Swim", "", 400, `<Code>InvalidAction</Code>`},
		{"unknown version", "Old", "", 400, `<Code>InvalidAction</Code>`},
		{"no organization", "ListAccounts", "{}", 400, `"AWSOrganizationsNotInUseException"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, body := own.send(t, server, tt.operation, tt.form)
			if status != tt.status || !strings.Contains(body, tt.want) {
				t.Errorf("got %d %s, want %d %s", status, body, tt.status, tt.want)
			}
		})
	}
}
