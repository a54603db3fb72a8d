package scanner

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/snapshot"
)

// isSnapshot recognises cognilint's own format: by its schema, or by UserPool
// beside another section.
func isSnapshot(members map[string]any) bool {
	if schema, ok := members["schema"].(string); ok && strings.HasPrefix(schema, "cognilint.") {
		return true
	}
	if _, ok := members["UserPool"]; !ok {
		return false
	}
	return slices.ContainsFunc(snapshot.Sections[1:], func(s snapshot.Section) bool {
		_, ok := members[s.Name]
		return ok
	})
}

// readSnapshot reads cognilint's own format.
func readSnapshot(d *document, members map[string]any) (*part, error) {
	if schema, ok := members["schema"]; ok && schema != snapshot.Schema {
		return nil, d.errorAt("/schema", fmt.Sprintf("schema is %s, expected %q", jsonText(schema), snapshot.Schema))
	}
	pool := &snapshot.Pool{Sections: map[string]any{}}
	for _, section := range snapshot.Sections {
		content, ok := members[section.Name]
		if !ok || content == nil && section.Name != "WebACL" {
			continue
		}
		if err := checkSection(d, section, content); err != nil {
			return nil, err
		}
		pool.Sections[section.Name] = content
	}
	if pool.ID() == "" {
		return nil, d.errorAt("/UserPool", "a snapshot without the string UserPool.Id, expected the output of describe-user-pool under UserPool")
	}
	for name, into := range map[string]*string{"account": &pool.Account, "region": &pool.Region} {
		text, ok := members[name].(string)
		if members[name] != nil && !ok {
			return nil, d.errorAt("/"+name, fmt.Sprintf("%s is %s, expected a string", name, cognito.KindOf(members[name])))
		}
		*into = text
	}
	pool.Live = members["source"] == snapshot.SourceLive
	if text, ok := members["collected_at"]; ok && text != nil {
		s, _ := text.(string)
		var err error
		if pool.CollectedAt, err = time.Parse(time.RFC3339, s); err != nil {
			return nil, d.errorAt("/collected_at", "collected_at is not a time, expected a string like 2026-11-01T08:00:00Z")
		}
	}
	if err := readUnknown(d, pool, members["unknown"]); err != nil {
		return nil, err
	}
	forgetSecrets(pool)
	return &part{document: d, poolID: pool.ID(), snapshot: pool}, nil
}

// forgetSecrets takes out what was concluded from the absence of a secret in
// clients that could not be read.
func forgetSecrets(pool *snapshot.Pool) {
	for i, client := range pool.Elements("Clients") {
		if members, ok := client.(map[string]any); ok && len(pool.UnknownFor(snapshot.Pointer("Clients", i))) > 0 {
			delete(members, "HasClientSecret")
		}
	}
}

func checkSection(d *document, section snapshot.Section, content any) error {
	p := &part{document: d, section: section}
	at := snapshot.Pointer(section.Name)
	switch content := content.(type) {
	case nil:
	case map[string]any:
		if section.List {
			return d.errorAt(at, section.Name+" is an object, expected an array")
		}
		p.elements = []element{{at, content}}
	case []any:
		if !section.List {
			return d.errorAt(at, section.Name+" is an array, expected an object")
		}
		for i, value := range content {
			members, ok := value.(map[string]any)
			if !ok {
				return d.errorAt(at+snapshot.Pointer(i), fmt.Sprintf("%s.%d is %s, expected an object", section.Name, i, cognito.KindOf(value)))
			}
			p.elements = append(p.elements, element{at + snapshot.Pointer(i), members})
		}
	default:
		want := "an object"
		if section.List {
			want = "an array"
		}
		return d.errorAt(at, fmt.Sprintf("%s is %s, expected %s", section.Name, cognito.KindOf(content), want))
	}
	return p.check()
}

// readUnknown reads the list of what the snapshot could not tell.
func readUnknown(d *document, pool *snapshot.Pool, value any) error {
	list, ok := value.([]any)
	if value != nil && !ok {
		return d.errorAt("/unknown", fmt.Sprintf("unknown is %s, expected an array of objects with path and reason", cognito.KindOf(value)))
	}
	for i, entry := range list {
		members, _ := entry.(map[string]any)
		for _, name := range []string{"path", "reason", "hint", "operation", "code"} {
			if _, ok := members[name].(string); members[name] != nil && !ok {
				return d.errorAt("/unknown"+snapshot.Pointer(i, name), fmt.Sprintf("%s is %s, expected a string", name, cognito.KindOf(members[name])))
			}
		}
		text := func(name string) string { s, _ := members[name].(string); return s }
		path := text("path")
		if path == "" {
			return d.errorAt("/unknown"+snapshot.Pointer(i), "an entry without a path, expected an object with path and reason")
		}
		// People write these lists too: a dotted path is as good as a pointer.
		if !strings.HasPrefix(path, "/") {
			path = "/" + strings.ReplaceAll(path, ".", "/")
		}
		if _, ok := snapshot.SectionNamed(snapshot.SplitPointer(path)[0]); !ok {
			return d.errorAt("/unknown"+snapshot.Pointer(i, "path"), fmt.Sprintf("path %q leads to no section of a snapshot", path))
		}
		reason := text("reason")
		if reason == "" {
			reason = strings.TrimPrefix(path, "/") + " was not read"
		}
		pool.AddUnknown(snapshot.Unknown{Path: path, Reason: reason, Hint: text("hint"), Operation: text("operation"), Code: text("code")})
	}
	return nil
}
