package scanner

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/snapshot"
)

// liveReading is the reading of one pool.
type liveReading struct {
	place    *place
	acls     *webACLs
	id       string
	pool     *snapshot.Pool // nil if it could not be described
	problems []Problem
	// refs caches the list of clients, which two sections need.
	refs func() ([]cognito.Ref, error)
}

// read reads the sections of the pool, but for UserPool only if it is included.
func (r *liveReading) read(ctx context.Context, sections []string, include func(*snapshot.Pool) bool) (included bool) {
	userPool, err := r.place.client.DescribePool(ctx, r.id)
	if err != nil {
		r.problem("", err)
		return false
	}
	r.pool = &snapshot.Pool{
		Region:      r.place.region,
		CollectedAt: time.Now().UTC(),
		Source:      snapshot.SourceLive,
		Live:        true,
		Sections:    map[string]any{"UserPool": userPool},
	}
	r.pool.Account = cmp.Or(accountOf(r.pool.ARN()), r.place.account)
	if include != nil && !include(r.pool) {
		return false
	}
	r.refs = sync.OnceValues(func() ([]cognito.Ref, error) { return r.place.client.ListClients(ctx, r.id) })

	for _, s := range snapshot.Sections {
		if s.Name == "UserPool" || !slices.Contains(sections, s.Name) {
			continue
		}
		section, err := r.section(ctx, s)
		if err != nil {
			r.unknown(snapshot.Pointer(s.Name), "", err)
			continue
		}
		r.pool.Sections[s.Name] = section
	}
	return true
}

// section reads one section. An error makes it unknown as a whole; of elements
// that cannot be read it records that themselves are unknown.
func (r *liveReading) section(ctx context.Context, s snapshot.Section) (any, error) {
	switch s.Name {
	case "MfaConfig":
		return r.place.client.MfaConfig(ctx, r.id)
	case "Clients":
		refs, err := r.refs()
		if err != nil {
			return nil, err
		}
		return r.describe(s, "client", refs, func(id string) (map[string]any, error) {
			return r.place.client.DescribeClient(ctx, r.id, id)
		}), nil
	case "IdentityProviders":
		refs, err := r.place.client.ListIdentityProviders(ctx, r.id)
		if err != nil {
			return nil, err
		}
		return r.describe(s, "identity provider", refs, func(name string) (map[string]any, error) {
			return r.place.client.DescribeIdentityProvider(ctx, r.id, name)
		}), nil
	case "Groups":
		return r.place.client.Groups(ctx, r.id)
	case "ResourceServers":
		return r.place.client.ResourceServers(ctx, r.id)
	case "RiskConfigurations":
		return r.risks(ctx)
	case "LogDeliveryConfiguration":
		return r.place.client.LogDelivery(ctx, r.id)
	case "Domains":
		return r.describe(s, "domain", r.domains(), func(name string) (map[string]any, error) {
			return r.place.client.DescribeDomain(ctx, name)
		}), nil
	case "WebACL":
		return r.acls.of(ctx, r.pool.ARN())
	}
	return nil, fmt.Errorf("cognilint cannot read %s", s.Name)
}

// describe reads the elements of a list one by one. What stands in the list is
// enough to name one that cannot be read.
func (r *liveReading) describe(s snapshot.Section, noun string, refs []cognito.Ref, read func(key string) (map[string]any, error)) []any {
	elements := make([]any, len(refs))
	for i, ref := range refs {
		element, err := read(ref.ID)
		if err != nil {
			element = map[string]any{s.Key: ref.ID}
			if s.Label != s.Key {
				element[s.Label] = ref.Name
			}
			r.unknown(snapshot.Pointer(s.Name, i), noun+" "+ref.ID+": ", err)
		}
		elements[i] = element
	}
	return elements
}

// domains names the domains that the pool says it has.
func (r *liveReading) domains() []cognito.Ref {
	var refs []cognito.Ref
	for _, member := range []string{"Domain", "CustomDomain"} {
		name, _ := snapshot.Lookup(r.pool.Sections, snapshot.Pointer("UserPool", member))
		if name, _ := name.(string); name != "" {
			refs = append(refs, cognito.Ref{ID: name})
		}
	}
	return refs
}

// risks reads the pool's risk configuration and those of its clients. If not
// all clients are known the list may go on.
func (r *liveReading) risks(ctx context.Context) (any, error) {
	ofPool, err := r.place.client.PoolRisk(ctx, r.id)
	if err != nil {
		return nil, err
	}
	risks := []any{}
	if ofPool != nil {
		risks = append(risks, ofPool)
	}
	more := snapshot.Pointer("RiskConfigurations", "-")
	refs, err := r.refs()
	if err != nil {
		r.unknown(more, "", err)
	}
	for _, ref := range refs {
		risk, err := r.place.client.ClientRisk(ctx, r.id, ref.ID)
		if err != nil {
			r.unknown(more, "client "+ref.ID+": ", err)
		}
		if risk != nil {
			risks = append(risks, risk)
		}
	}
	return risks, nil
}

// unknown records a part of the pool that could not be read. About says which
// part the problem is about where operation and pool do not.
func (r *liveReading) unknown(path, about string, err error) {
	read := *r.problem(about, err)
	read.Message = about + read.Message
	u := snapshot.Unknown{Path: path, Reason: read.Error(), Operation: read.Operation, Code: read.Code}
	if read.Permission != "" {
		u.Hint = "allow " + read.Permission
	}
	r.pool.AddUnknown(u)
}

func (r *liveReading) problem(about string, err error) *cognito.ReadError {
	read := readError(err)
	p := Problem{Account: r.place.account, Region: r.place.region, Pool: r.id, Operation: read.Operation, Code: read.Code, Message: about + read.Advice()}
	if r.pool != nil {
		p.Account = r.pool.Account
	}
	// The list of clients is missed by two sections, but failed once.
	if !slices.Contains(r.problems, p) {
		r.problems = append(r.problems, p)
	}
	return read
}

// readError makes every error one of a read.
func readError(err error) *cognito.ReadError {
	if read, ok := errors.AsType[*cognito.ReadError](err); ok {
		return read
	}
	return &cognito.ReadError{Message: err.Error()}
}

// accountOf returns the account that an ARN names; emulators make ARNs without
// a real one.
func accountOf(arn string) string {
	parts := strings.Split(arn, ":")
	if len(parts) < 5 || len(parts[4]) != 12 || strings.Trim(parts[4], "0123456789") != "" {
		return ""
	}
	return parts[4]
}
