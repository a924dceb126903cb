package wire

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Unmarshal reads JSON into what to points to. Fields that it doesn't have are
// skipped.
func Unmarshal(data []byte, to any) error {
	d := &decoder{rest: string(data)}
	d.value(reflect.ValueOf(to).Elem(), 0)
	d.space()
	if d.err == nil && d.rest != "" {
		d.fail("more behind the value")
	}
	return d.err
}

// A decoder reads from the head of rest. After an error rest is empty.
type decoder struct {
	rest string
	err  error
}

func (d *decoder) fail(what string) {
	if d.err == nil {
		near, _, _ := strings.Cut(d.rest, "\n")
		d.err = fmt.Errorf("wire: %s at %q", what, near[:min(20, len(near))])
	}
	d.rest = ""
}

func (d *decoder) space() { d.rest = strings.TrimLeft(d.rest, " \t\r\n") }

// eat takes the text s off, if it comes next.
func (d *decoder) eat(s string) bool {
	d.space()
	rest, ok := strings.CutPrefix(d.rest, s)
	if ok {
		d.rest = rest
	}
	return ok
}

func (d *decoder) need(s string) {
	if !d.eat(s) {
		d.fail("no " + s)
	}
}

const maxDepth = 1000

// value reads one into v; the zero Value stands for nowhere.
func (d *decoder) value(v reflect.Value, depth int) {
	if depth > maxDepth {
		d.fail("too deep")
		return
	}
	if d.eat("null") {
		if v.IsValid() {
			v.SetZero()
		}
		return
	}
	if v.IsValid() && v.Kind() == reflect.Pointer {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		d.value(v.Elem(), depth+1)
		return
	}
	switch {
	case d.eat("true"):
		d.set(v, reflect.Bool, func() { v.SetBool(true) })
	case d.eat("false"):
		d.set(v, reflect.Bool, func() { v.SetBool(false) })
	case d.eat("{"):
		d.object(v, depth)
	case d.eat("["):
		d.list(v, depth)
	case strings.HasPrefix(d.rest, `"`):
		s := d.text()
		d.set(v, reflect.String, func() { v.SetString(s) })
	default:
		d.number(v)
	}
}

// set does f if v is of a kind, and nothing if it is nowhere.
func (d *decoder) set(v reflect.Value, k reflect.Kind, f func()) {
	switch {
	case !v.IsValid():
	case v.Kind() != k:
		d.fail("no " + v.Kind().String())
	default:
		f()
	}
}

func (d *decoder) number(v reflect.Value) {
	n := len(d.rest) - len(strings.TrimLeft(d.rest, "+-.0123456789eE"))
	s := d.rest[:n]
	if n == 0 {
		d.fail("no value")
		return
	}
	var err error
	switch {
	case !v.IsValid():
	case v.CanInt():
		var x int64
		x, err = strconv.ParseInt(s, 10, v.Type().Bits())
		v.SetInt(x)
	case v.CanUint():
		var x uint64
		x, err = strconv.ParseUint(s, 10, v.Type().Bits())
		v.SetUint(x)
	default:
		d.fail("no " + v.Kind().String())
	}
	if err != nil {
		d.fail("no such number")
		return
	}
	d.rest = d.rest[min(n, len(d.rest)):]
}

func (d *decoder) list(v reflect.Value, depth int) {
	if v.IsValid() && v.Kind() != reflect.Slice {
		d.fail("no list")
		return
	}
	if v.IsValid() {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	}
	for n := 0; !d.eat("]") && d.err == nil; n++ {
		if n > 0 {
			d.need(",")
		}
		var item reflect.Value
		if v.IsValid() {
			item = reflect.New(v.Type().Elem()).Elem()
		}
		d.value(item, depth+1)
		if v.IsValid() && d.err == nil {
			v.Set(reflect.Append(v, item))
		}
	}
}

func (d *decoder) object(v reflect.Value, depth int) {
	isMap := v.IsValid() && v.Kind() == reflect.Map
	if v.IsValid() && !isMap && v.Kind() != reflect.Struct {
		d.fail("no object")
		return
	}
	if isMap && v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	for n := 0; !d.eat("}") && d.err == nil; n++ {
		if n > 0 {
			d.need(",")
			d.space()
		}
		key := d.text()
		d.need(":")
		if isMap {
			item := reflect.New(v.Type().Elem()).Elem()
			d.value(item, depth+1)
			if d.err == nil {
				v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), item)
			}
			continue
		}
		d.value(field(v, key), depth+1)
	}
}

// field is the field of struct v with that name, nowhere if there is none.
func field(v reflect.Value, name string) reflect.Value {
	if !v.IsValid() {
		return v
	}
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if embedded(f) {
			if x := field(v.Field(i), name); x.IsValid() {
				return x
			}
		} else if n, _ := tag(f); n == name && n != "" {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

// text reads a string.
func (d *decoder) text() string {
	d.need(`"`)
	var b []byte
	for d.err == nil {
		n := strings.IndexAny(d.rest, `"\`)
		if n < 0 {
			d.fail("no end of the string")
			break
		}
		b = append(b, d.rest[:n]...)
		end := d.rest[n] == '"'
		d.rest = d.rest[n+1:]
		if end {
			break
		}
		b = utf8.AppendRune(b, d.escaped())
	}
	return string(b)
}

// escapes are what stands behind a backslash, and what it means.
const escapes = `"\/bftnr`
const meanings = "\"\\/\b\f\t\n\r"

// escaped reads what follows a backslash.
func (d *decoder) escaped() rune {
	if d.rest == "" {
		d.fail("no end of the string")
		return 0
	}
	c := d.rest[0]
	if c != 'u' {
		if i := strings.IndexByte(escapes, c); i >= 0 {
			d.rest = d.rest[1:]
			return rune(meanings[i])
		}
		d.fail("no such escape")
		return 0
	}
	r := d.unicode()
	if utf16.IsSurrogate(r) && strings.HasPrefix(d.rest, `\u`) {
		before := d.rest
		d.rest = d.rest[1:]
		if both := utf16.DecodeRune(r, d.unicode()); both != utf8.RuneError {
			return both
		}
		if d.err == nil {
			d.rest = before // two halves of different pairs
		}
	}
	return r
}

// unicode reads uXXXX.
func (d *decoder) unicode() rune {
	if len(d.rest) < 5 {
		d.fail("no end of the string")
		return 0
	}
	x, err := strconv.ParseUint(d.rest[1:5], 16, 16)
	if err != nil {
		d.fail("no such escape")
		return 0
	}
	d.rest = d.rest[5:]
	return rune(x)
}
