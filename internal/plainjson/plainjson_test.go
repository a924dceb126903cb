package plainjson_test

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"gopark/internal/plainjson"
)

type inner struct {
	Name string `json:"name"`
	N    int    `json:"n,omitempty"`
}

type all struct {
	inner2
	S     string           `json:"s"`
	B     bool             `json:"b,omitempty"`
	I     int32            `json:"i"`
	U     uint64           `json:"u,omitempty"`
	F     float64          `json:"f"`
	P     *inner           `json:"p,omitempty"`
	L     []inner          `json:"l"`
	M     map[string]inner `json:"m"`
	MP    map[string]*int  `json:"mp,omitempty"`
	Z     inner            `json:"z,omitzero"`
	No    string           `json:"-"`
	Plain []string
}

type inner2 struct {
	Era string `json:"era,omitempty"`
}

func values() []all {
	n := 7
	return []all{
		{},
		{
			inner2: inner2{"go1.26"}, S: "a\"b\\c\n\t\x00é€𝄞</script>", B: true, I: math.MinInt32, U: math.MaxUint64, F: 0.1,
			P: &inner{"p", 3}, L: []inner{{}, {"x", -1}}, M: map[string]inner{"b": {"1", 1}, "a": {}}, MP: map[string]*int{"n": nil, "m": &n},
			Z: inner{Name: "z"}, Plain: []string{"", "two"},
		},
		{L: []inner{}, M: map[string]inner{}, F: 1e300},
	}
}

// TestAsGo: what is written here Go's own package reads, and the other way round.
func TestAsGo(t *testing.T) {
	for _, v := range values() {
		text := plainjson.Marshal(v)
		var back, ours all
		if err := json.Unmarshal([]byte(text), &back); err != nil || !reflect.DeepEqual(back, v) {
			t.Errorf("encoding/json reads %s\nas %+v, %v", text, back, err)
		}
		gos, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if err := plainjson.Unmarshal(string(gos), &ours); err != nil || !reflect.DeepEqual(ours, v) {
			t.Errorf("%s\nis read as %+v, %v", gos, ours, err)
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, text := range []string{
		"", "{", `{"s"`, `{"s":`, `{"s":"`, `{"s":"\`, `{"s":"\u12`, `{"s":"\x"}`, `{"s":1}`, `{"i":"1"}`, `{"i":1.5}`, `{"i":3000000000}`,
		`{"l":{}}`, `{"m":[]}`, `{"l":[1]}`, `{"l":[{}`, `{"l":[{} {}]}`, `[]`, `{} {}`, `{"b":1}`, `nul`, `{"x":` + strings.Repeat("[", 1000),
	} {
		var v all
		if err := plainjson.Unmarshal(text, &v); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestSkipsUnknown(t *testing.T) {
	var v inner
	err := plainjson.Unmarshal(` { "x" : [ 1, {"y": "\u00e9\ud834\udd1e", "z": null}, true, -1.5e3 ] , "name" : "\u00e9\ud834\udd1e\ud834" , "n":null} `, &v)
	if err != nil || v != (inner{Name: "é𝄞\uFFFD"}) {
		t.Errorf("%+v %v", v, err)
	}
}

// FuzzUnmarshal: what is taken here, Go's own package takes, and as the same.
func FuzzUnmarshal(f *testing.F) {
	for _, v := range values() {
		f.Add(plainjson.Marshal(v))
	}
	f.Add(`{"s":"\ud800\u0041","L":[null],"l":[null],"m":{"":null}}`)
	f.Fuzz(func(t *testing.T, text string) {
		var v, again all
		if plainjson.Unmarshal(text, &v) != nil {
			return
		}
		if err := plainjson.Unmarshal(plainjson.Marshal(v), &again); err != nil || !reflect.DeepEqual(v, again) {
			t.Errorf("%q: %+v is read back as %+v, %v", text, v, again, err)
		}
	})
}
