package cognitotest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// object is a JSON object with all its members, also those that AWS has not
// invented yet. Numbers are json.Number.
type object = map[string]any

// decode reads a JSON object and nothing behind it. Empty text is an empty one.
func decode(text string) (object, error) {
	o := object{}
	if text == "" {
		return o, nil
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&o); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	if o == nil {
		return nil, errors.New("null is no JSON object")
	}
	return o, nil
}

// encode leaves < > & as they are.
func encode(value any) string {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "{}"
	}
	return strings.TrimSuffix(buffer.String(), "\n")
}

// clone returns a copy that shares nothing. Values that Go code put there become
// what JSON has for them.
func clone(o object) object {
	copied, _ := decode(encode(o))
	return copied
}

// withoutNulls removes members that are null, at every level: the API takes them
// for omitted.
func withoutNulls(value any) {
	switch v := value.(type) {
	case object:
		maps.DeleteFunc(v, func(_ string, member any) bool { return member == nil })
		for _, member := range v {
			withoutNulls(member)
		}
	case []any:
		for _, element := range v {
			withoutNulls(element)
		}
	}
}

// at returns the object under a path of names, nil if there is none.
func at(o object, path ...string) object {
	for _, name := range path {
		o, _ = o[name].(object)
	}
	return o
}

// textAt returns the string under a path of names, "" if there is none.
func textAt(o object, path ...string) string {
	text, _ := at(o, path[:len(path)-1]...)[path[len(path)-1]].(string)
	return text
}

// numberAt returns the number under a path of names, 0 if there is none.
func numberAt(o object, path ...string) float64 {
	number, _ := at(o, path[:len(path)-1]...)[path[len(path)-1]].(json.Number)
	value, _ := number.Float64()
	return value
}

// textsOf returns the strings of a list, nil if there is none.
func textsOf(o object, name string) []string {
	list, _ := o[name].([]any)
	var texts []string
	for _, element := range list {
		if text, ok := element.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

func has(o object, name string) bool {
	_, ok := o[name]
	return ok
}

// put sets a member, or removes it if value is nil.
func put(o object, name string, value any) {
	if value == nil {
		delete(o, name)
		return
	}
	o[name] = value
}

func same(a, b any) bool { return reflect.DeepEqual(a, b) }

// list makes a JSON list.
func list(elements ...string) []any {
	values := []any{}
	for _, e := range elements {
		values = append(values, e)
	}
	return values
}

// clone returns documents whose lists can be changed.
func (p Pool) clone() Pool {
	for _, documents := range []*[]string{
		&p.Clients, &p.IdentityProviders, &p.Groups, &p.ResourceServers, &p.RiskConfigurations, &p.Domains, &p.ImportJobs,
	} {
		*documents = slices.Clone(*documents)
	}
	return p
}

func sortedNames(o object) []string { return slices.Sorted(maps.Keys(o)) }
