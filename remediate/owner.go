package remediate

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/cognilint/cognilint/snapshot"
)

// ownerTools are the tools that a pool may be tagged with, by the word that
// names them. The first one wins: Terragrunt runs OpenTofu or Terraform.
var ownerTools = []struct{ word, name string }{
	{"terragrunt", "Terragrunt"},
	{"opentofu", "OpenTofu"},
	{"terraform", "Terraform"},
	{"pulumi", "Pulumi"},
	{"cdk", "the AWS CDK"},
}

// owner says who else owns the pool, so that the next deployment would revert a
// repair: "the CloudFormation stack shop-prod", "Terraform". It judges by the
// pool's tags; "" means that they name nobody.
func owner(pool *snapshot.Pool) string {
	tags := poolTags(pool)
	stack := stackName(tags)
	amplify := byAmplify(tags) || strings.HasPrefix(stack, "amplify-")
	switch {
	case stack != "" && amplify:
		return "Amplify, with the CloudFormation stack " + stack
	case stack != "":
		return "the CloudFormation stack " + stack
	case amplify:
		return "Amplify"
	case keyStartsWith(tags, "aws:cloudformation:"):
		return "a CloudFormation stack"
	case keyStartsWith(tags, "aws:servicecatalog:"):
		return "a Service Catalog product"
	default:
		return taggedTool(tags)
	}
}

// poolTags returns the tags of a pool with their values as text; what is no
// text counts as an empty value, except for false.
func poolTags(pool *snapshot.Pool) map[string]string {
	tags := map[string]string{}
	if pool == nil {
		return tags
	}
	found, _ := snapshot.Lookup(pool.Sections, "/UserPool/UserPoolTags")
	members, _ := found.(map[string]any)
	for key, value := range members {
		text, _ := value.(string)
		if value == false {
			text = "false"
		}
		tags[key] = text
	}
	return tags
}

// stackName returns the name of the CloudFormation stack, if the tags tell it.
func stackName(tags map[string]string) string {
	if name := tags["aws:cloudformation:stack-name"]; name != "" {
		return name
	}
	// arn:aws:cloudformation:<region>:<account>:stack/<name>/<uuid>
	_, path, _ := strings.Cut(tags["aws:cloudformation:stack-id"], ":stack/")
	name, _, _ := strings.Cut(path, "/")
	return name
}

func keyStartsWith(tags map[string]string, prefix string) bool {
	for key := range tags {
		if strings.HasPrefix(strings.ToLower(key), prefix) {
			return true
		}
	}
	return false
}

// byAmplify tells whether Amplify made the pool: it tags what it deploys, and
// its CLI sets the pair user:Application and user:Stack on everything.
func byAmplify(tags map[string]string) bool {
	_, application := tags["user:Application"]
	_, stack := tags["user:Stack"]
	if application && stack || keyStartsWith(tags, "amplify:") || keyStartsWith(tags, "aws:amplify:") {
		return true
	}
	for _, value := range tags {
		if strings.HasPrefix(value, "amplify-") {
			return true
		}
	}
	return false
}

// taggedTool returns the first of the tools that a key or a value names.
func taggedTool(tags map[string]string) string {
	var words []string
	for key, value := range tags {
		if !denied(value) {
			words = append(append(words, nameWords(key)...), nameWords(value)...)
		}
	}
	for _, tool := range ownerTools {
		if slices.Contains(words, tool.word) {
			return tool.name
		}
	}
	return ""
}

// denied tells whether the value of a tag says that its key does not hold.
func denied(value string) bool {
	return slices.Contains([]string{"false", "no", "none", "off", "0", "n", "disabled"}, strings.ToLower(strings.TrimSpace(value)))
}

// nameWords returns the words of a text in lower case: what stands between
// other characters than letters and digits, the parts of camel case, and pairs
// of them, since OpenTofu is one name.
func nameWords(text string) []string {
	words := map[string]bool{}
	for _, run := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		words[strings.ToLower(run)] = true
		parts := camelParts([]rune(run))
		for i, part := range parts {
			words[part] = true
			if i > 0 {
				words[parts[i-1]+part] = true
			}
		}
	}
	return slices.Collect(maps.Keys(words))
}

// camelParts splits before a capital that follows a small letter or a digit, or
// that ends a row of capitals: CDKStack is cdk, stack.
func camelParts(run []rune) []string {
	var parts []string
	start := 0
	for i := 1; i < len(run); i++ {
		if !unicode.IsUpper(run[i]) {
			continue
		}
		if !unicode.IsUpper(run[i-1]) || i+1 < len(run) && unicode.IsLower(run[i+1]) {
			parts = append(parts, strings.ToLower(string(run[start:i])))
			start = i
		}
	}
	return append(parts, strings.ToLower(string(run[start:])))
}
