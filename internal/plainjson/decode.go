package plainjson

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Unmarshal reads JSON into what v points to. Names that v has not are
// skipped. After an error v holds what was read until then.
func Unmarshal(text string, v any) error {
	d := &decoder{s: text}
	d.value(reflect.ValueOf(v).Elem(), 0)
	d.space()
	if d.i < len(d.s) {
		d.fail("something follows")
	}
	return d.err
}

// maxDepth is how deep lists and objects may be nested: hostile text must not
// use the stack up.
const maxDepth = 100

type decoder struct {
	s   string
	i   int
	err error // the first; from then on nothing is read
}

func (d *decoder) fail(what string) {
	if d.err == nil {
		d.err = errors.New("this is not the JSON that it should be: " + what + " at byte " + strconv.Itoa(d.i))
	}
	d.i = len(d.s)
}

func (d *decoder) space() {
	for d.i < len(d.s) && strings.IndexByte(" \t\r\n", d.s[d.i]) >= 0 {
		d.i++
	}
}

// take skips a byte if it is next, after spaces.
func (d *decoder) take(c byte) bool {
	d.space()
	if d.i < len(d.s) && d.s[d.i] == c {
		d.i++
		return true
	}
	return false
}

// word skips a word if it is next.
func (d *decoder) word(w string) bool {
	if !strings.HasPrefix(d.s[d.i:], w) {
		return false
	}
	d.i += len(w)
	return true
}

// value reads a value into v, or over it if v is the zero Value.
func (d *decoder) value(v reflect.Value, depth int) {
	d.space()
	if depth > maxDepth {
		d.fail("nested too deeply")
	}
	switch {
	case d.i >= len(d.s):
		d.fail("it ends")
	case d.word("null"):
		if v.IsValid() {
			v.SetZero()
		}
	case v.IsValid() && v.Kind() == reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		d.value(v.Elem(), depth)
	case d.s[d.i] == '"':
		d.text(v)
	case d.s[d.i] == '[':
		d.list(v, depth)
	case d.s[d.i] == '{':
		d.object(v, depth)
	case d.word("true"):
		d.bool(v, true)
	case d.word("false"):
		d.bool(v, false)
	default:
		d.number(v)
	}
}

// fits reports whether a value of a kind may go into v; another kind is an
// error.
func (d *decoder) fits(v reflect.Value, kind reflect.Kind) bool {
	if !v.IsValid() {
		return false
	}
	if v.Kind() != kind {
		d.fail("another kind of value than wanted")
		return false
	}
	return true
}

func (d *decoder) bool(v reflect.Value, b bool) {
	if d.fits(v, reflect.Bool) {
		v.SetBool(b)
	}
}

func (d *decoder) text(v reflect.Value) {
	if s := d.str(); d.err == nil && d.fits(v, reflect.String) {
		v.SetString(s)
	}
}

func (d *decoder) list(v reflect.Value, depth int) {
	into := d.fits(v, reflect.Slice)
	if d.err != nil {
		return
	}
	d.i++
	if into {
		v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	}
	for n := 0; !d.take(']'); n++ {
		if n > 0 && !d.take(',') {
			d.fail("no comma")
		}
		if d.err != nil {
			return
		}
		var e reflect.Value
		if into {
			e = reflect.New(v.Type().Elem()).Elem()
		}
		d.value(e, depth+1)
		if into {
			v.Set(reflect.Append(v, e))
		}
	}
}

func (d *decoder) object(v reflect.Value, depth int) {
	isMap := v.IsValid() && v.Kind() == reflect.Map
	if !isMap && v.IsValid() && !d.fits(v, reflect.Struct) {
		return
	}
	if isMap && v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	d.i++
	for n := 0; !d.take('}'); n++ {
		if n > 0 && !d.take(',') {
			d.fail("no comma")
		}
		d.space()
		key := d.str()
		if !d.take(':') {
			d.fail("no colon")
		}
		if d.err != nil {
			return
		}
		switch {
		case isMap:
			e := reflect.New(v.Type().Elem()).Elem()
			d.value(e, depth+1)
			v.SetMapIndex(reflect.ValueOf(key).Convert(v.Type().Key()), e)
		default:
			d.value(named(v, key), depth+1)
		}
	}
}

// named is the field of a name, the zero Value if there is none.
func named(v reflect.Value, name string) reflect.Value {
	if v.IsValid() {
		for _, f := range fieldsOf(v.Type()) {
			if f.name == name {
				return v.FieldByIndex(f.index)
			}
		}
	}
	return reflect.Value{}
}

// str reads a string.
func (d *decoder) str() string {
	if d.i >= len(d.s) || d.s[d.i] != '"' {
		d.fail("no string")
		return ""
	}
	d.i++
	if end := strings.IndexAny(d.s[d.i:], "\\\""); end >= 0 && d.s[d.i+end] == '"' {
		s := d.s[d.i : d.i+end]
		d.i += end + 1
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	var b []byte
	for d.i < len(d.s) {
		c := d.s[d.i]
		d.i++
		switch c {
		case '"':
			return strings.ToValidUTF8(string(b), "\uFFFD")
		case '\\':
			b = utf8.AppendRune(b, d.escape())
		default:
			b = append(b, c)
		}
	}
	d.fail("a string without end")
	return ""
}

// escape reads what stands behind a backslash.
func (d *decoder) escape() rune {
	if d.i >= len(d.s) {
		return 0
	}
	c := d.s[d.i]
	d.i++
	if c != 'u' {
		if i := strings.IndexByte(`bfnrt"\/`, c); i >= 0 {
			return rune("\b\f\n\r\t\"\\/"[i])
		}
		d.fail("an unknown escape")
		return 0
	}
	r := d.hex()
	if utf16.IsSurrogate(r) {
		if at := d.i; d.word(`\u`) {
			if both := utf16.DecodeRune(r, d.hex()); both != utf8.RuneError {
				return both
			}
			d.i = at
		}
		return utf8.RuneError
	}
	return r
}

func (d *decoder) hex() rune {
	if d.i+4 > len(d.s) {
		d.fail("a short escape")
		return 0
	}
	n, err := strconv.ParseUint(d.s[d.i:d.i+4], 16, 16)
	if err != nil {
		d.fail("an escape that is no number")
		return 0
	}
	d.i += 4
	return rune(n)
}

func (d *decoder) number(v reflect.Value) {
	start := d.i
	for d.i < len(d.s) && strings.IndexByte("+-.0123456789Ee", d.s[d.i]) >= 0 {
		d.i++
	}
	s := d.s[start:d.i]
	var err error
	switch {
	case !v.IsValid():
		_, err = strconv.ParseFloat(s, 64)
	case v.CanInt():
		var n int64
		n, err = strconv.ParseInt(s, 10, v.Type().Bits())
		v.SetInt(n)
	case v.CanUint():
		var n uint64
		n, err = strconv.ParseUint(s, 10, v.Type().Bits())
		v.SetUint(n)
	case v.CanFloat():
		var f float64
		f, err = strconv.ParseFloat(s, 64)
		v.SetFloat(f)
	default:
		d.fail("a number")
	}
	if err != nil {
		d.fail("no number of the wanted size")
	}
}
