// Package plainjson reads and writes JSON of plain values: structs, maps by
// strings, slices, pointers, strings, numbers and bools, with the tags of
// encoding/json. It knows no methods of types, no interfaces and no bytes: in
// return it is a tenth of encoding/json's size, which every reader would fetch.
package plainjson

import (
	"reflect"
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Marshal is v as JSON, as encoding/json would write it but for <, > and &,
// which stand as they are. It panics if v is not made of plain values.
func Marshal(v any) string { return string(appendValue(nil, reflect.ValueOf(v))) }

// A Number is a number that is written as it stands.
type Number string

// A field is one of a struct's, or of a struct that is embedded in it.
type field struct {
	name  string
	index []int
	empty bool // left out if it is false, 0 or without elements
	zero  bool // left out if it is its type's zero value
}

var known sync.Map // of []field by reflect.Type

func fieldsOf(t reflect.Type) []field {
	if list, ok := known.Load(t); ok {
		return list.([]field)
	}
	var list []field
	for i := range t.NumField() {
		f := t.Field(i)
		tag := f.Tag.Get("json")
		name, more, _ := strings.Cut(tag, ",")
		if f.Anonymous && name == "" {
			for _, in := range fieldsOf(f.Type) {
				in.index = append([]int{i}, in.index...)
				list = append(list, in)
			}
			continue
		}
		if tag == "-" || !f.IsExported() {
			continue
		}
		if name == "" {
			name = f.Name
		}
		list = append(list, field{name, []int{i}, more == "omitempty", more == "omitzero"})
	}
	known.Store(t, list)
	return list
}

func appendValue(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[Number]() {
			return append(b, v.String()...)
		}
		return appendString(b, v.String())
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return strconv.AppendUint(b, v.Uint(), 10)
	case reflect.Float64:
		return strconv.AppendFloat(b, v.Float(), 'g', -1, 64)
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, "null"...)
		}
		return appendValue(b, v.Elem())
	case reflect.Slice:
		if v.IsNil() {
			return append(b, "null"...)
		}
		b = append(b, '[')
		for i := range v.Len() {
			b = appendValue(appendComma(b, i), v.Index(i))
		}
		return append(b, ']')
	case reflect.Map:
		return appendMap(b, v)
	case reflect.Struct:
		return appendStruct(b, v)
	}
	panic("plainjson: a " + v.Kind().String() + " is no plain value")
}

func appendComma(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return b
}

// appendMap writes a map in the order of its keys.
func appendMap(b []byte, v reflect.Value) []byte {
	if v.IsNil() {
		return append(b, "null"...)
	}
	keys := v.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].String() < keys[j].String() })
	b = append(b, '{')
	for i, key := range keys {
		b = append(appendString(appendComma(b, i), key.String()), ':')
		b = appendValue(b, v.MapIndex(key))
	}
	return append(b, '}')
}

func appendStruct(b []byte, v reflect.Value) []byte {
	b = append(b, '{')
	n := 0
	for _, f := range fieldsOf(v.Type()) {
		in := v.FieldByIndex(f.index)
		if f.zero && in.IsZero() || f.empty && isEmpty(in) {
			continue
		}
		b = append(appendString(appendComma(b, n), f.name), ':')
		b = appendValue(b, in)
		n++
	}
	return append(b, '}')
}

func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		case c < utf8.RuneSelf:
			b = append(b, c)
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			b = utf8.AppendRune(b, r) // what is no UTF-8 becomes U+FFFD
			i += n
			continue
		}
		i++
	}
	return append(b, '"')
}
