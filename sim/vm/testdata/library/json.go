// JSON and text templates: the heaviest users of reflection.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"text/template"
)

type item struct {
	Name  string            `json:"name"`
	Price float64           `json:"price,omitempty"`
	Tags  []string          `json:"tags"`
	Meta  map[string]any    `json:"meta,omitempty"`
	Sub   *item             `json:"sub,omitempty"`
	Attrs map[string]string `json:"-"`
}

func main() {
	v := item{Name: "x<y", Price: 9.5, Tags: []string{"a", "b"}, Meta: map[string]any{"z": 1, "a": nil, "list": []int{1, 2}}, Sub: &item{Name: "sub"}}
	b, err := json.Marshal(v)
	fmt.Println(string(b), err)
	var w item
	err = json.Unmarshal([]byte(`{"name":"back","price":1e2,"tags":["q"],"meta":{"deep":{"n":[1,"two",true,null]}},"sub":{"name":"é"}}`), &w)
	fmt.Printf("%+v %v %v\n", w.Meta, w.Sub.Name, err)
	var any any
	err = json.Unmarshal([]byte(`[1, {"a": "b"}`), &any)
	fmt.Println(any, err)
	out, _ := json.MarshalIndent(map[string]int{"b": 1, "a": 2}, "", "  ")
	fmt.Println(string(out))

	t := template.Must(template.New("t").Parse("{{range $i, $t := .Tags}}{{$i}}={{$t | printf \"%q\"}} {{end}}{{if .Sub}}{{.Sub.Name}}{{else}}none{{end}}\n"))
	fmt.Println(t.Execute(os.Stdout, v))
	re := regexp.MustCompile(`(\w+)@(\w+)\.com`)
	fmt.Println(re.FindAllStringSubmatch("ann@example.com, bob@test.com", -1), re.ReplaceAllString("ann@example.com", "$2:$1"))
}
