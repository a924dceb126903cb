// Package wire writes plain values as JSON and reads them again: what page and
// engine say to one another, and what is kept. It knows structs, also embedded,
// slices, maps with string keys, pointers, strings, integers and booleans, and of tags the
// name, omitempty and omitzero; what it writes encoding/json reads, and the
// other way round. It is here because encoding/json, of which no more is
// needed, would be sixty kilobytes of the page's program.
package wire

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Marshal returns v as JSON. It panics if v is of a kind that is not plain.
func Marshal(v any) []byte { return encode(nil, reflect.ValueOf(v)) }

func encode(b []byte, v reflect.Value) []byte {
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return strconv.AppendUint(b, v.Uint(), 10)
	case reflect.String:
		return quote(b, v.String())
	case reflect.Pointer:
		if v.IsNil() {
			return append(b, "null"...)
		}
		return encode(b, v.Elem())
	case reflect.Slice:
		return encodeSlice(b, v)
	case reflect.Map:
		return encodeMap(b, v)
	case reflect.Struct:
		return encodeStruct(b, v)
	}
	panic(fmt.Sprintf("wire: a %s is not plain", v.Type()))
}

func encodeSlice(b []byte, v reflect.Value) []byte {
	if v.IsNil() {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		b = encode(b, v.Index(i))
	}
	return append(b, ']')
}

// encodeMap writes a map in the order of its keys.
func encodeMap(b []byte, v reflect.Value) []byte {
	if v.IsNil() {
		return append(b, "null"...)
	}
	keys := v.MapKeys()
	slices.SortFunc(keys, func(x, y reflect.Value) int { return strings.Compare(x.String(), y.String()) })
	b = append(b, '{')
	for i, k := range keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(quote(b, k.String()), ':')
		b = encode(b, v.MapIndex(k))
	}
	return append(b, '}')
}

func encodeStruct(b []byte, v reflect.Value) []byte {
	b = append(b, '{')
	b = encodeFields(b, v, len(b))
	return append(b, '}')
}

// encodeFields writes fields of an object whose first is to stand at start; those
// of an embedded struct are its own.
func encodeFields(b []byte, v reflect.Value, start int) []byte {
	for i := range v.NumField() {
		name, rule := tag(v.Type().Field(i))
		f := v.Field(i)
		if embedded(v.Type().Field(i)) {
			b = encodeFields(b, f, start)
			continue
		}
		if name == "" || rule == "omitempty" && empty(f) || rule == "omitzero" && f.IsZero() {
			continue
		}
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(quote(b, name), ':')
		b = encode(b, f)
	}
	return b
}

func embedded(f reflect.StructField) bool {
	return f.Anonymous && f.Type.Kind() == reflect.Struct && f.Tag.Get("json") == ""
}

// tag is a field's name, "" if it has none, and when it is left out.
func tag(f reflect.StructField) (name, rule string) {
	name, rule, _ = strings.Cut(f.Tag.Get("json"), ",")
	switch {
	case !f.IsExported() || name == "-":
		return "", ""
	case name == "":
		name = f.Name
	}
	return name, rule
}

func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

const hex = "0123456789abcdef"

func quote(b []byte, s string) []byte {
	b = append(b, '"')
	for _, r := range s { // what is not UTF-8 becomes U+FFFD
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
