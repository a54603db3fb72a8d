package scanner

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/snapshot"
)

const expectedInput = "a cognilint snapshot or the output of describe-user-pool, get-user-pool-mfa-config, " +
	"describe-user-pool-client or another read of the AWS CLI"

// noWebACL explains the one answer that tells nothing of itself.
const noWebACL = `; if this is get-web-acl-for-resource of a pool without a web ACL, write {"WebACL": null}`

// part is what one document tells about one pool.
type part struct {
	document *document
	// poolID is empty if the document does not tell it.
	poolID string
	// section is the one that the document holds; empty for a snapshot.
	section snapshot.Section
	// elements are the section's elements, or the section itself.
	elements []element
	// keys, if not nil, are the keys of all elements that the pool has.
	keys []string
	// incomplete tells that a list goes on behind the document.
	incomplete bool
	// snapshot is set for a document that holds all sections.
	snapshot *snapshot.Pool
}

// element is a tree and the pointer to it in its document.
type element struct {
	pointer string
	value   map[string]any
}

// kind is one sort of document, recognised by the member that it wraps its
// content in.
type kind struct {
	// member wraps the content; command is what writes it.
	member, command string
	// section receives it; empty for a list of keys only or for refused kinds.
	section string
	// keysOf names the section of which the document lists the keys, under the
	// member key of each element.
	keysOf, key string
	// list tells that the content is an array of elements.
	list bool
	// nullable content may be null: read, and there is none.
	nullable bool
	// refusal says why the document cannot be used and what can.
	refusal string
}

var kinds = []kind{
	{member: "UserPool", command: "describe-user-pool", section: "UserPool"},
	{member: "UserPoolClient", command: "describe-user-pool-client", section: "Clients"},
	{member: "UserPoolClients", command: "list-user-pool-clients", keysOf: "Clients", key: "ClientId", list: true},
	{member: "RiskConfiguration", command: "describe-risk-configuration", section: "RiskConfigurations"},
	{member: "LogDeliveryConfiguration", command: "get-log-delivery-configuration", section: "LogDeliveryConfiguration"},
	{member: "DomainDescription", command: "describe-user-pool-domain", section: "Domains"},
	{member: "IdentityProvider", command: "describe-identity-provider", section: "IdentityProviders"},
	{member: "Providers", command: "list-identity-providers", keysOf: "IdentityProviders", key: "ProviderName", list: true},
	{member: "Groups", command: "list-groups", section: "Groups", list: true},
	{member: "ResourceServers", command: "list-resource-servers", section: "ResourceServers", list: true},
	{member: "WebACL", command: "get-web-acl-for-resource", section: "WebACL", nullable: true},
	{member: "UserPools", refusal: "a list of pools without their settings; export each with describe-user-pool"},
	{member: "Group", refusal: "one group alone; export all with list-groups"},
	{member: "ResourceServer", refusal: "one resource server alone; export all with list-resource-servers"},
	{member: "CloudFrontDomain", refusal: "the output of create-user-pool-domain, which tells no settings; export with describe-user-pool-domain"},
	{member: "AWSTemplateFormatVersion", refusal: "a CloudFormation template; export the pool that was made from it"},
	{member: "terraform_version", refusal: "Terraform state or plan; export the pool that was made from it"},
	{member: "status_code", refusal: "a recorded HTTP exchange; take out the API's answer from its member data"},
}

// mfaMembers are the members of an answer of get-user-pool-mfa-config.
var mfaMembers = []string{
	"MfaConfiguration", "SmsMfaConfiguration", "SoftwareTokenMfaConfiguration", "EmailMfaConfiguration", "WebAuthnConfiguration",
}

// classify tells what a document is by its content.
func classify(d *document) (*part, error) {
	members, ok := d.value.(map[string]any)
	if !ok {
		return nil, d.errorAt("", fmt.Sprintf("%s, expected %s", cognito.KindOf(d.value), expectedInput))
	}
	if isSnapshot(members) {
		return readSnapshot(d, members)
	}
	var found []kind
	for _, k := range append(kinds, bareKinds(members)...) {
		if _, ok := members[k.member]; ok || k.member == "" {
			found = append(found, k)
		}
	}
	if mfa := slices.IndexFunc(mfaMembers, func(name string) bool { _, ok := members[name]; return ok }); mfa >= 0 && len(found) == 1 && found[0].member != "" {
		found = append(found, kind{member: mfaMembers[mfa], command: "get-user-pool-mfa-config"})
	}
	switch len(found) {
	case 0:
		return nil, d.errorAt("", describeMembers(members))
	case 1:
		return found[0].read(d, members)
	default:
		for _, k := range found {
			if k.refusal != "" {
				return k.read(d, members)
			}
		}
		first, second := found[0], found[1]
		return nil, d.errorAt(snapshot.Pointer(second.member), fmt.Sprintf("the outputs of %s and %s in one object, expected each in an object of its own", first.command, second.command))
	}
}

// describeMembers says what an object that nobody knows is not.
func describeMembers(members map[string]any) string {
	names := slices.Sorted(maps.Keys(members))
	if len(names) == 0 {
		return "an empty object, expected " + expectedInput + noWebACL
	}
	return "an object with the members " + strings.Join(names[:min(3, len(names))], ", ") + ", expected " + expectedInput
}

// bareKinds recognises answers without a wrapping member: that of
// get-user-pool-mfa-config, which never has one, and what is left of others
// by --query.
func bareKinds(members map[string]any) []kind {
	has := func(names ...string) bool {
		return slices.ContainsFunc(names, func(name string) bool { _, ok := members[name]; return ok })
	}
	text := func(name string) bool { s, ok := members[name].(string); return ok && s != "" }
	// Members of answers to come are welcome, those of other answers are not.
	alien := slices.ContainsFunc(slices.Collect(maps.Keys(members)), func(name string) bool {
		return name != "UserPoolId" && name != "ResponseMetadata" && !strings.HasSuffix(name, "Configuration")
	})
	switch {
	case text("Id") && strings.Contains(members["Id"].(string), "_") && has("Arn", "Policies", "SchemaAttributes"):
		return []kind{{command: "describe-user-pool", section: "UserPool"}}
	case text("ClientId") && text("UserPoolId") && has("ClientName", "CreationDate"):
		return []kind{{command: "describe-user-pool-client", section: "Clients"}}
	case has(mfaMembers...) && !alien:
		return []kind{{command: "get-user-pool-mfa-config", section: "MfaConfig"}}
	default:
		return nil
	}
}

func (k kind) read(d *document, members map[string]any) (*part, error) {
	content, at := any(members), ""
	if k.member != "" {
		content, at = members[k.member], snapshot.Pointer(k.member)
	}
	if k.refusal != "" {
		return nil, d.errorAt("", "this is "+k.refusal)
	}
	p := &part{document: d}
	p.section, _ = snapshot.SectionNamed(k.section)
	_, p.incomplete = members["NextToken"].(string)
	if k.nullable && content == nil {
		return p, nil
	}
	contents, pointers := []any{content}, []string{at}
	if k.list {
		list, ok := content.([]any)
		if !ok {
			return nil, d.errorAt(at, fmt.Sprintf("%s is %s, expected an array", k.member, cognito.KindOf(content)))
		}
		contents, pointers = list, nil
		for i := range list {
			pointers = append(pointers, at+snapshot.Pointer(i))
		}
	}
	for i, content := range contents {
		value, ok := content.(map[string]any)
		if !ok {
			return nil, d.errorAt(pointers[i], fmt.Sprintf("%s is %s, expected an object", strings.TrimPrefix(pointers[i], "/"), cognito.KindOf(content)))
		}
		p.elements = append(p.elements, element{pointers[i], value})
	}
	if domain := p.elements; k.section == "Domains" && len(domain[0].value) == 0 {
		p.elements = nil // the API's answer for a domain that is none
	}
	if err := p.findPoolID(); err != nil {
		return nil, err
	}
	if k.keysOf != "" {
		return p, p.takeKeys(k)
	}
	return p, p.check()
}

// takeKeys turns a list that names elements without describing them into the
// keys that the section must have.
func (p *part) takeKeys(k kind) error {
	p.section, _ = snapshot.SectionNamed(k.keysOf)
	p.keys = []string{}
	for _, e := range p.elements {
		key, ok := e.value[k.key].(string)
		if !ok {
			return p.document.errorAt(e.pointer, fmt.Sprintf("an element without the string %s, expected the output of %s", k.key, k.command))
		}
		p.keys = append(p.keys, key)
	}
	p.elements = nil
	return nil
}

// findPoolID reads the pool's id from the elements, which must agree.
func (p *part) findPoolID() error {
	member := "UserPoolId"
	if p.section.Name == "UserPool" {
		member = "Id"
	}
	for _, e := range p.elements {
		id, ok := e.value[member].(string)
		if p.section.Name == "UserPool" && (!ok || id == "") {
			return p.document.errorAt(e.pointer, "a user pool without the string Id, expected the output of describe-user-pool")
		}
		if p.poolID != "" && ok && id != p.poolID {
			return p.document.errorAt(e.pointer, fmt.Sprintf("elements of the pools %s and %s in one list, expected one pool", p.poolID, id))
		}
		if ok {
			p.poolID = id
		}
	}
	return nil
}

// check refuses values whose type is not the API's, and takes secrets out.
func (p *part) check() error {
	seen := map[string]bool{}
	for _, e := range p.elements {
		cognito.Redact(p.section.Name, e.value)
		if wrong := cognito.CheckShape(p.section.Name, e.value); wrong != nil {
			name := strings.Join(snapshot.SplitPointer(e.pointer+wrong.Pointer), ".")
			return p.document.errorAt(e.pointer+wrong.Pointer, fmt.Sprintf("%s is %s, expected %s", name, wrong.Got, wrong.Want))
		}
		key, _ := e.value[p.section.Key].(string)
		if p.section.List && key == "" && p.section.Name != "RiskConfigurations" {
			return p.document.errorAt(e.pointer, fmt.Sprintf("a %s without the string %s", p.section.Element, p.section.Key))
		}
		if p.section.List && seen[key] {
			return p.document.errorAt(e.pointer, fmt.Sprintf("%s %q stands in the list twice, expected it once", p.section.Element, key))
		}
		seen[key] = true
	}
	return nil
}

// jsonText shows a value that is a string, and names the type of others.
func jsonText(value any) string {
	if s, ok := value.(string); ok {
		return fmt.Sprintf("%q", s)
	}
	return cognito.KindOf(value)
}
