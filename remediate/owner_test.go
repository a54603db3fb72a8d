package remediate

import (
	"testing"

	"github.com/cognilint/cognilint/snapshot"
)

func TestOwner(t *testing.T) {
	for _, tt := range []struct {
		name string
		tags any
		want string
	}{
		{"no tags", nil, ""},
		{"tags that are no object", []any{"terraform"}, ""},
		{"own tags only", tagPairs("Name", "shop", "env", "prod"), ""},
		{"a tag without a value", map[string]any{"team": nil}, ""},
		{"a tag with an odd value", map[string]any{"team": []any{true}}, ""},
		{"stack name", tagPairs("aws:cloudformation:stack-name", "shop-prod", "aws:cloudformation:logical-id", "Pool"), "the CloudFormation stack shop-prod"},
		{"stack id only", tagPairs("aws:cloudformation:stack-id", "arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/1f-2"), "the CloudFormation stack shop"},
		{"logical id only", tagPairs("aws:cloudformation:logical-id", "Pool"), "a CloudFormation stack"},
		{"stack of the CDK", tagPairs("aws:cloudformation:stack-name", "shop", "ManagedBy", "CDK"), "the CloudFormation stack shop"},
		{"Service Catalog", tagPairs("aws:servicecatalog:productArn", "arn"), "a Service Catalog product"},
		{"Amplify by its tag", tagPairs("amplify:deployment-type", "sandbox"), "Amplify"},
		{"Amplify by the system's tag", tagPairs("aws:amplify:app-id", "d1"), "Amplify"},
		{"Amplify CLI's pair", tagPairs("user:Application", "shop", "user:Stack", "dev"), "Amplify"},
		{"half of the pair", tagPairs("user:Application", "shop"), ""},
		{"Amplify by its stack", tagPairs("aws:cloudformation:stack-name", "amplify-shop-dev-1"), "Amplify, with the CloudFormation stack amplify-shop-dev-1"},
		{"Amplify by a value", tagPairs("stack", "amplify-shop-dev-1"), "Amplify"},
		{"amplify in the middle of a value", tagPairs("topic", "we-amplify-things"), ""},
		{"value Terraform", tagPairs("ManagedBy", "Terraform"), "Terraform"},
		{"key terraform", tagPairs("terraform", "true"), "Terraform"},
		{"key without a value", map[string]any{"terraform": nil}, "Terraform"},
		{"not by Terraform", tagPairs("terraform", "false"), ""},
		{"not by Terraform, as JSON", map[string]any{"terraform": false}, ""},
		{"Terraform in camel case", tagPairs("managedByTerraform", "yes"), "Terraform"},
		{"Terraform as a part of a path", tagPairs("source", "git@example.com:infra/terraform/pools"), "Terraform"},
		{"part of a longer word", tagPairs("note", "terraforming"), ""},
		{"OpenTofu", tagPairs("tool", "OpenTofu"), "OpenTofu"},
		{"OpenTofu in camel case", tagPairs("ManagedByOpenTofu", "1"), "OpenTofu"},
		{"Terragrunt over Terraform", tagPairs("a", "terraform", "b", "terragrunt"), "Terragrunt"},
		{"Pulumi", tagPairs("pulumi:project", "shop"), "Pulumi"},
		{"CDK before a word", tagPairs("stack", "CDKToolkit"), "the AWS CDK"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			pool := &snapshot.Pool{Sections: map[string]any{"UserPool": map[string]any{"UserPoolTags": tt.tags}}}
			if got := owner(pool); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	for _, pool := range []*snapshot.Pool{nil, {}, {Sections: map[string]any{"UserPool": nil}}} {
		if got := owner(pool); got != "" {
			t.Errorf("a pool without its section: got %q", got)
		}
	}
}

// tagPairs makes an object of pairs.
func tagPairs(pairs ...string) map[string]any {
	object := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		object[pairs[i]] = pairs[i+1]
	}
	return object
}
