package remediate

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cognilint/cognilint/snapshot"
)

// writableSections are the sections that cognilint changes, in the order in which they
// are written when settings become stricter: what others need comes first.
var writableSections = []string{"UserPool", "MfaConfig", "RiskConfigurations", "LogDeliveryConfiguration", "Clients"}

// untouched says what the other sections hold.
var untouched = map[string]string{
	"IdentityProviders": "identity providers",
	"Groups":            "groups",
	"ResourceServers":   "resource servers",
	"Domains":           "domains",
	"WebACL":            "web ACLs",
}

// String names the part for people.
func (p Part) String() string {
	switch p.Section {
	case "Clients":
		return "client " + p.ID
	case "RiskConfigurations":
		if p.ID != "" {
			return "risk configuration of client " + p.ID
		}
		return "risk configuration of the pool"
	}
	return p.Section
}

// pointer leads to the part in a snapshot in which elements of lists stand under
// their keys.
func (p Part) pointer() string {
	if p.ID == "" {
		return snapshot.Pointer(p.Section)
	}
	return snapshot.Pointer(p.Section, p.ID)
}

// parts lists the parts of a pool that can be written.
func parts(pool *snapshot.Pool) []Part {
	var found []Part
	for _, section := range writableSections {
		switch content := pool.Sections[section].(type) {
		case map[string]any:
			found = append(found, Part{Section: section})
		case []any:
			for _, element := range content {
				found = append(found, Part{Section: section, ID: clientID(element)})
			}
		}
	}
	return found
}

// clientID is the key of elements of both lists that can be written.
func clientID(element any) string {
	members, _ := element.(map[string]any)
	id, _ := members["ClientId"].(string)
	return id
}

// tree returns a part of a pool, nil if there is none.
func tree(pool *snapshot.Pool, part Part) map[string]any {
	switch content := pool.Sections[part.Section].(type) {
	case map[string]any:
		return content
	case []any:
		for _, element := range content {
			if members, ok := element.(map[string]any); ok && clientID(element) == part.ID {
				return members
			}
		}
	}
	return nil
}

// withTree returns the pool with another tree for a part that it has; nil takes
// an element out of its list.
func withTree(pool *snapshot.Pool, part Part, tree map[string]any) *snapshot.Pool {
	changed := *pool
	changed.Sections = maps.Clone(pool.Sections)
	list, ok := pool.Sections[part.Section].([]any)
	if !ok {
		changed.Sections[part.Section] = tree
		return &changed
	}
	list = slices.Clone(list)
	i := slices.IndexFunc(list, func(element any) bool { return clientID(element) == part.ID })
	switch {
	case i >= 0 && tree != nil:
		list[i] = tree
	case i >= 0:
		list = slices.Delete(list, i, i+1)
	case tree != nil:
		list = append(list, tree)
	}
	changed.Sections[part.Section] = list
	return &changed
}

// partAt finds the part that a pointer into the snapshot leads into, and the
// pointer to the same place below the part. The error says why cognilint does
// not change it.
func partAt(pool *snapshot.Pool, pointer string) (Part, string, error) {
	path := snapshot.SplitPointer(pointer)
	if len(path) == 0 {
		return Part{}, "", errors.New("the whole pool cannot be replaced")
	}
	if noun, ok := untouched[path[0]]; ok {
		return Part{}, "", fmt.Errorf("cognilint never changes %s", noun)
	}
	if !slices.Contains(writableSections, path[0]) {
		return Part{}, "", fmt.Errorf("%s is no section that can be changed", path[0])
	}
	part, below := Part{Section: path[0]}, path[1:]
	root := snapshot.Pointer(path[0])
	if list, ok := pool.Sections[path[0]].([]any); ok {
		if len(below) == 0 {
			return part, "", errors.New("a whole list cannot be replaced")
		}
		i, err := strconv.Atoi(below[0])
		if err != nil || i < 0 || i >= len(list) {
			return part, "", fmt.Errorf("%s has no element %s", path[0], below[0])
		}
		root += "/" + below[0]
		part.ID, below = clientID(list[i]), below[1:]
	}
	tree := tree(pool, part)
	switch {
	case tree == nil:
		return part, "", fmt.Errorf("%s was not read", part)
	case len(pool.UnknownFor(root)) > 0:
		return part, "", fmt.Errorf("%s could not be read completely", part)
	case len(below) == 0:
		return part, "", fmt.Errorf("%s cannot be replaced as a whole", part)
	}
	local := strings.TrimPrefix(pointer, root)
	for i := range below[:len(below)-1] {
		var elements []any
		for _, name := range below[:i+1] {
			elements = append(elements, name)
		}
		if node, ok := snapshot.Lookup(tree, snapshot.Pointer(elements...)); ok && node != nil {
			if _, isObject := node.(map[string]any); !isObject {
				return part, "", fmt.Errorf("%s leads through something that is no object", local)
			}
		}
	}
	return part, local, nil
}

// normalized returns a value made of the types that JSON trees are made of, as
// it would be after it was saved.
func normalized(value any) (any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	var tree any
	err = decoder.Decode(&tree)
	return tree, err
}
