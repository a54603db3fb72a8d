package cognitotest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Section names a part of the state of a pool, by its field in [Pool].
type Section string

// The sections that writes change.
const (
	UserPool           Section = "UserPool"
	MfaConfig          Section = "MfaConfig"
	Clients            Section = "Clients"            // each by its ClientId
	RiskConfigurations Section = "RiskConfigurations" // each by its ClientId, "" for the pool's
	LogDelivery        Section = "LogDelivery"
	ImportJobs         Section = "ImportJobs" // each by its JobId
)

// State returns the current documents of a pool, delays aside; it is zero if
// there is no such pool.
func (s *Server) State(poolID string) Pool {
	if p := s.poolOf(poolID); p != nil {
		return p.current.Load().clone()
	}
	return Pool{}
}

// Change changes one document of a pool as another writer would, and moves its
// LastModifiedDate unless the function did so itself. The id is that of lists.
// A document that is not there yet starts with its ids alone, and one that the
// function empties is removed. Nothing is checked or mirrored as the API does.
func (s *Server) Change(poolID string, section Section, id string, change func(tree map[string]any)) error {
	p := s.poolOf(poolID)
	if p == nil {
		return fmt.Errorf("change %s: no pool %s", section, poolID)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	next := p.current.Load().clone()
	if err := next.change(section, id, change); err != nil {
		return fmt.Errorf("change %s of pool %s: %w", section, poolID, err)
	}
	p.current.Store(newState(next))
	return nil
}

func (s *Server) poolOf(id string) *pool {
	places := []*place{s.everywhere}
	for _, a := range s.accounts {
		for _, p := range a.places {
			places = append(places, p)
		}
	}
	for _, p := range places {
		if known := p.find(input{UserPoolId: id}); known != nil {
			return known
		}
	}
	return nil
}

func (p *Pool) change(section Section, id string, change func(object)) error {
	tree, err := p.tree(section, id)
	if err != nil {
		return err
	}
	date := tree["LastModifiedDate"]
	change(tree)
	tree = clone(tree)
	dated := section == UserPool || section == Clients || section == RiskConfigurations
	if dated && len(tree) > 0 && same(date, tree["LastModifiedDate"]) {
		touch(tree)
	}
	return p.store(section, id, tree)
}

// tree returns a document for changing.
func (p *Pool) tree(section Section, id string) (object, error) {
	start := object{}
	var text string
	switch section {
	case UserPool:
		text = p.UserPool
	case MfaConfig:
		text = cmp.Or(p.MfaConfig, `{"MfaConfiguration": "OFF"}`)
	case LogDelivery:
		text = p.LogDelivery
	default:
		documents, name := p.documents(section)
		if documents == nil {
			return nil, fmt.Errorf("unknown section %q", section)
		}
		if i := indexIn(*documents, name, id); i >= 0 {
			text = (*documents)[i]
		} else if id != "" {
			start[name] = id
		}
	}
	if text == "" {
		return start, nil
	}
	return decode(text)
}

// documents returns a list of documents and the member that identifies them.
func (p *Pool) documents(section Section) (*[]string, string) {
	switch section {
	case Clients:
		return &p.Clients, "ClientId"
	case RiskConfigurations:
		return &p.RiskConfigurations, "ClientId"
	case ImportJobs:
		return &p.ImportJobs, "JobId"
	}
	return nil, ""
}

func indexIn(documents []string, name, id string) int {
	return slices.IndexFunc(documents, func(text string) bool {
		tree, err := decode(text)
		return err == nil && textAt(tree, name) == id
	})
}

// store puts a document back. One that did not change keeps its bytes, and an
// empty one is removed.
func (p *Pool) store(section Section, id string, tree object) error {
	text := ""
	if len(tree) > 0 {
		text = encode(tree)
	}
	if before, err := p.tree(section, id); err == nil && same(before, tree) {
		return nil
	}
	switch section {
	case UserPool:
		if text == "" {
			return fmt.Errorf("the pool itself cannot be removed")
		}
		p.UserPool = text
	case MfaConfig:
		p.MfaConfig = text
	case LogDelivery:
		p.LogDelivery = text
	default:
		documents, name := p.documents(section)
		switch i := indexIn(*documents, name, id); {
		case i < 0 && text != "":
			*documents = append(*documents, text)
		case i >= 0 && text != "":
			(*documents)[i] = text
		case i >= 0:
			*documents = slices.Delete(*documents, i, i+1)
		}
	}
	return nil
}

// touch moves the date of a document, at least by the millisecond that dates
// tell.
func touch(tree object) {
	now := float64(time.Now().UnixMilli()) / 1000
	if last := numberAt(tree, "LastModifiedDate"); now <= last {
		now = last + 0.001
	}
	tree["LastModifiedDate"] = json.Number(strconv.FormatFloat(now, 'f', 3, 64))
}

// delay lets reads see what was before a write.
type delay struct {
	before *state
	reads  int       // that still see it; unused if until is set
	until  time.Time // zero if reads count
}

// resource names the document that an operation reads, "" for lists.
func (c *call) resource() string {
	switch c.operation {
	case "DescribeUserPool":
		return string(UserPool)
	case "GetUserPoolMfaConfig":
		return string(MfaConfig)
	case "DescribeUserPoolClient":
		return string(Clients) + " " + c.in.ClientId
	case "DescribeRiskConfiguration":
		return string(RiskConfigurations) + " " + c.in.ClientId
	case "GetLogDeliveryConfiguration":
		return string(LogDelivery)
	}
	return ""
}

// seenBy returns the state that a read sees.
func (p *pool) seenBy(c *call) *state {
	p.mu.Lock()
	defer p.mu.Unlock()
	resource := c.resource()
	d := p.delays[resource]
	switch {
	case d == nil:
		return p.current.Load()
	case d.until.IsZero() && d.reads > 0:
		d.reads--
		return d.before
	case time.Now().Before(d.until):
		return d.before
	}
	delete(p.delays, resource)
	return p.current.Load()
}

// delay hides from reads what a write changed; p.mu is held.
func (p *pool) delay(before, after *state, f Fault) {
	add := func(resource string) {
		d := &delay{before: before, reads: f.Reads}
		if f.Reads == 0 {
			d.until = time.Now().Add(cmp.Or(f.For, lateness))
		}
		if p.delays == nil {
			p.delays = map[string]*delay{}
		}
		p.delays[resource] = d
	}
	for resource, changed := range map[Section]bool{
		UserPool:    before.UserPool != after.UserPool,
		MfaConfig:   before.MfaConfig != after.MfaConfig,
		LogDelivery: before.LogDelivery != after.LogDelivery,
	} {
		if changed {
			add(string(resource))
		}
	}
	before, after = before.indexed(), after.indexed()
	for section, documents := range map[Section][2]map[string]string{
		Clients: {before.clients, after.clients}, RiskConfigurations: {before.risks, after.risks},
	} {
		for _, some := range documents {
			for id := range some {
				if documents[0][id] != documents[1][id] {
					add(string(section) + " " + id)
				}
			}
		}
	}
}
