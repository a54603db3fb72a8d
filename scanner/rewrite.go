package scanner

import (
	"bytes"
	"cmp"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/cognilint/cognilint/snapshot"
)

// Replacement is one change of a pool that stands in files.
type Replacement struct {
	// Pointer is an RFC 6901 pointer into the snapshot. Parents that are absent
	// are created.
	Pointer string
	// Old is what the scan saw and New what shall be there, as JSON values; nil
	// stands for an absent member. Lists are sets: what stays keeps its place.
	// Of two objects only the members that differ are changed.
	Old, New any
}

// FileChange is a file with changed text.
type FileChange struct {
	Path string
	// Old is the whole file as it was read: who writes New checks that the file
	// is still the same.
	Old, New []byte
}

// Rewrite returns the files of the pool with the replacements made. See
// [Rewriter] for several pools.
func (e *Exported) Rewrite(replacements []Replacement) ([]FileChange, error) {
	r := NewRewriter()
	if err := r.Add(e, replacements); err != nil {
		return nil, err
	}
	return r.Changes()
}

// Rewriter collects the replacements of many pools, which may share files. It
// writes nothing.
type Rewriter struct {
	files map[*file]*rewrite
}

// NewRewriter returns a Rewriter without replacements.
func NewRewriter() *Rewriter { return &Rewriter{files: map[*file]*rewrite{}} }

// rewrite is one file with what shall be changed in it.
type rewrite struct {
	file *file
	// before are the documents as the text has them: those of the pools lack
	// secrets.
	before []*document
	// wanted and edits belong to the documents that are changed, by index.
	wanted map[int]any
	edits  map[int][]edit
}

// edit replaces a part of a file's text.
type edit struct {
	start, end int // offsets
	text       string
}

// Add takes the replacements of a pool, all or, with an error, none. The error
// is an [InputError] that names the place which has to be changed by hand.
func (r *Rewriter) Add(e *Exported, replacements []Replacement) error {
	wanted := map[*document]any{}
	for _, replacement := range flatten(replacements) {
		d, at, err := e.place(replacement)
		if err != nil {
			return err
		}
		before, err := r.original(d)
		if err != nil {
			return err
		}
		value, ok := wanted[d]
		if !ok {
			if value, ok = r.files[d.file].wanted[d.index]; !ok {
				value = before.value
			}
		}
		if wanted[d], err = replaced(before, value, at, replacement); err != nil {
			return err
		}
	}
	after := map[*file]*rewrite{}
	for d, value := range wanted {
		f := after[d.file]
		if f == nil {
			f = r.files[d.file].clone()
			after[d.file] = f
		}
		var err error
		f.wanted[d.index] = withoutRemoved(value)
		if f.edits[d.index], err = findEdits(f.before[d.index], f.wanted[d.index]); err != nil {
			return err
		}
	}
	for _, f := range after {
		// In YAML anything may depend on what stands elsewhere in the file.
		if f.file.yaml && len(f.file.text) <= maxCheckedEach {
			if _, err := f.changed(); err != nil {
				return err
			}
		}
	}
	maps.Copy(r.files, after)
	return nil
}

// maxCheckedEach is the size of files that are read again for each pool. For
// larger ones, with many pools, one reading at the end has to do.
const maxCheckedEach = 1 << 20

func (f *rewrite) clone() *rewrite {
	return &rewrite{file: f.file, before: f.before, wanted: maps.Clone(f.wanted), edits: maps.Clone(f.edits)}
}

// original returns a document as its file has it.
func (r *Rewriter) original(d *document) (*document, error) {
	if d.file.path == Stdin {
		return nil, &InputError{File: Stdin, Message: "standard input cannot be changed in place; give the path of the file instead"}
	}
	known := r.files[d.file]
	if known == nil {
		f := &file{path: d.file.path, text: d.file.text}
		before, err := f.documents()
		if err != nil {
			return nil, err
		}
		known = &rewrite{file: f, before: before, wanted: map[int]any{}, edits: map[int][]edit{}}
		r.files[d.file] = known
	}
	return known.before[d.index], nil
}

// place returns the document that a replacement changes, and the pointer there.
func (e *Exported) place(r Replacement) (*document, string, error) {
	parts := snapshot.SplitPointer(r.Pointer)
	refuse := func(message string) (*document, string, error) {
		return nil, "", &InputError{File: e.Pool.Source, Message: message}
	}
	if len(parts) == 0 {
		return refuse("a whole pool cannot be replaced; change its sections")
	}
	section, ok := snapshot.SectionNamed(parts[0])
	if !ok {
		return refuse(r.Pointer + " leads to no section of a snapshot")
	}
	var best *origin
	for i, o := range e.origins {
		if (r.Pointer == o.pointer || strings.HasPrefix(r.Pointer, o.pointer+"/")) && (best == nil || len(o.pointer) > len(best.pointer)) {
			best = &e.origins[i]
		}
	}
	_, read := e.Pool.Sections[section.Name]
	if best == nil || !read {
		what := section.Name
		if len(parts) > 1 && section.List {
			what = parts[0] + "." + parts[1]
		}
		return refuse(what + " of pool " + e.Pool.ID() + " stands in no file, so it cannot be changed there; " + hint(section, e.Pool))
	}
	whole := r.Pointer == best.pointer || len(parts) == 1
	if _, isList := r.New.([]any); whole && !isObject(r.New) && !(isList && section.List && len(parts) == 1) {
		return nil, "", best.document.errorAt(best.at, "a whole section cannot be taken out; change it by hand")
	}
	return best.document, best.at + strings.TrimPrefix(r.Pointer, best.pointer), nil
}

// Changes returns the changed files, sorted by path. Each was read again and
// holds nothing but what it did before, with the replacements made; if that
// fails for one file, the error names it and there are no changes.
func (r *Rewriter) Changes() ([]FileChange, error) {
	var changes []FileChange
	var errs []error
	for original, f := range r.files {
		text, err := f.changed()
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if bytes.Equal(text, f.file.text) {
			continue
		}
		change := FileChange{Path: f.file.path, Old: f.file.text, New: text}
		if original.bom {
			change.Old, change.New = slices.Concat(byteOrderMark, change.Old), slices.Concat(byteOrderMark, change.New)
		}
		changes = append(changes, change)
	}
	if err := joinErrors(errs); err != nil {
		return nil, err
	}
	slices.SortFunc(changes, func(a, b FileChange) int { return cmp.Compare(a.Path, b.Path) })
	return changes, nil
}

// changed makes the edits and reads the result.
func (f *rewrite) changed() ([]byte, error) {
	unsafe := &InputError{File: f.file.path, Message: "cannot be changed safely: the changed text would not read as it should; change it by hand"}
	var edits []edit
	for _, i := range slices.Sorted(maps.Keys(f.edits)) {
		edits = append(edits, f.edits[i]...)
	}
	text, ok := applyEdits(f.file.text, edits)
	if !ok {
		return nil, unsafe
	}
	if f.file.yaml && !bytes.HasSuffix(f.file.text, []byte("\n")) {
		// A removed last line leaves the end of the line before it.
		text = bytes.TrimRight(text, "\r\n")
	}
	after, err := (&file{path: f.file.path, text: text}).documents()
	if err != nil || len(after) != len(f.before) {
		return nil, unsafe
	}
	for i, d := range after {
		want, touched := f.wanted[i]
		if !touched {
			want = f.before[i].value
		}
		if !reflect.DeepEqual(d.value, want) {
			return nil, unsafe
		}
	}
	return text, nil
}

// applyEdits makes edits that do not overlap. Those at one place are made in
// their order, insertions first.
func applyEdits(text []byte, edits []edit) ([]byte, bool) {
	slices.SortStableFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(min(a.end-a.start, 1), min(b.end-b.start, 1)))
	})
	var changed bytes.Buffer
	at := 0
	for _, e := range edits {
		if e.start < at || e.end < e.start || e.end > len(text) {
			return nil, false
		}
		changed.Write(text[at:e.start])
		changed.WriteString(e.text)
		at = e.end
	}
	changed.Write(text[at:])
	return changed.Bytes(), true
}
