package main

import (
	"encoding/json"
	"reflect"
	"testing"

	"gopark/cmd/wasm/wire"
	"gopark/sim/lesson"
)

// fill gives v, of a plain type, values that are not zero, down to a depth.
func fill(t *testing.T, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(-7)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(7)
	case reflect.String:
		v.SetString("a \"<b>\"\n\u2028")
	case reflect.Pointer:
		if depth > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem(), depth-1)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			t.Errorf("a %s is not plain", v.Type())
		}
		if depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
			fill(t, v.Index(1), depth-1)
		}
	case reflect.Map:
		item := reflect.New(v.Type().Elem()).Elem()
		fill(t, item, depth-1)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf("key").Convert(v.Type().Key()), item)
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if f.IsExported() && f.Tag.Get("json") != "-" {
				fill(t, v.Field(i), depth)
			}
		}
	default:
		t.Errorf("a %s is not plain", v.Type())
	}
}

// All that page and engine say, and what is kept, comes through package wire as
// it comes through encoding/json.
func TestMessagesArePlain(t *testing.T) {
	for _, to := range []any{&Request{}, &Reply{}, &lesson.Question{}, &lesson.Cell{}, &draftFile{}, &pending{}} {
		v := reflect.ValueOf(to)
		fill(t, v.Elem(), 6)
		std, err := json.Marshal(to)
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range [][]byte{std, wire.Marshal(to)} {
			want, got := reflect.New(v.Type().Elem()), reflect.New(v.Type().Elem())
			if err := json.Unmarshal(data, want.Interface()); err != nil {
				t.Fatal(err)
			}
			if err := wire.Unmarshal(data, got.Interface()); err != nil {
				t.Errorf("%s: %v", v.Type(), err)
			}
			if !reflect.DeepEqual(got.Elem().Interface(), want.Elem().Interface()) {
				t.Errorf("%s: %+v; encoding/json: %+v", v.Type(), got.Elem(), want.Elem())
			}
		}
	}
}
