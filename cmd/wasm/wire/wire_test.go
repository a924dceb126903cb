package wire_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"testing/quick"

	"gopark/cmd/wasm/wire"
)

type kind uint8

type inner struct {
	Name string   `json:"name"`
	More *inner   `json:"more,omitempty"`
	List []string `json:"list"`
}

type Embedded struct {
	Within string `json:"within,omitempty"`
	Count  int
}

type all struct {
	Text   string            `json:"text,omitempty"`
	N      int               `json:"n,omitempty"`
	Big    int64             `json:"big"`
	Bits   uint64            `json:"bits"`
	Small  int32             `json:"small,omitempty"`
	Kind   kind              `json:"kind"`
	Yes    bool              `json:"yes,omitempty"`
	Inner  inner             `json:"inner,omitzero"`
	Map    map[string]int    `json:"map,omitempty"`
	Nested map[string]*inner `json:"nested"`
	Lists  [][]inner         `json:"lists,omitempty"`
	Plain  string
	Embedded
	Hidden int `json:"-"`
}

// What this package writes encoding/json reads, and the other way round.
func TestAgainstEncodingJSON(t *testing.T) {
	check := func(x all) bool {
		x.Hidden = 0
		std, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		var byStd, byUs, ofStd all
		if err := json.Unmarshal(wire.Marshal(x), &byStd); err != nil {
			t.Fatal(err)
		}
		if err := wire.Unmarshal(wire.Marshal(x), &byUs); err != nil {
			t.Fatal(err)
		}
		if err := wire.Unmarshal(std, &ofStd); err != nil {
			t.Fatal(err)
		}
		return reflect.DeepEqual(byStd, byUs) && reflect.DeepEqual(byStd, ofStd)
	}
	if err := quick.Check(check, nil); err != nil {
		t.Error(err)
	}
}

// Texts that a person would try.
var texts = []string{
	`{"text":"a\"\\\/\b\f\n\r\té😀\ud800x","n":-12}`, ` { "n" : 3 , "yes" : true } `, `{}`, `null`, `{"lists":[[],[{"name":"x"}]]}`,
	`{"unknown":{"deep":[1,2.5e3,{"x":null}]},"n":1}`, `{"nested":{"a":null,"b":{"name":"b"}}}`, "{\"text\":\"<&>\u2028\"}",
	`{"n":1,}`, `{"n":1`, `{"n":"1"}`, `{"kind":256}`, `{"kind":-1}`, `[1]`, `{"n":1} x`, `{"text":"\x"}`, `{"text":"\u12"}`, `{"text":"`, ``, `{"n":1.5}`, `{n:1}`,
	`{"lists":{}}`, `{"inner":[]}`, `{"yes":1}`, `{"n":99999999999999999999}`,
}

func TestTexts(t *testing.T) {
	for _, s := range texts {
		var want, got all
		werr, gerr := json.Unmarshal([]byte(s), &want), wire.Unmarshal([]byte(s), &got)
		if (werr == nil) != (gerr == nil) || werr == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v; encoding/json: %+v, %v", s, got, gerr, want, werr)
		}
	}
}

// FuzzUnmarshal: damage is an error, never a panic; what was read can be written.
func FuzzUnmarshal(f *testing.F) {
	for _, s := range texts {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var x all
		if wire.Unmarshal(data, &x) == nil {
			var y all
			if err := json.Unmarshal(wire.Marshal(x), &y); err != nil {
				t.Fatal(err)
			}
		}
	})
}
