//go:build js

package jsx

import (
	"strconv"
	"syscall/js"

	"honnef.co/go/js/dom/v2"
)

// element is el as dom/v2 has it. Of that package's types only the general ones
// are used: its interfaces know every element and event there is, and would
// bring them all along.
func element(el js.Value) *dom.BasicHTMLElement {
	return &dom.BasicHTMLElement{BasicElement: &dom.BasicElement{BasicNode: &dom.BasicNode{Value: el}}}
}

// One is the first element below root that a selector finds, or null.
func One(root js.Value, selector string) js.Value { return root.Call("querySelector", selector) }

// All are the elements below root that a selector finds.
func All(root js.Value, selector string) []js.Value {
	list := root.Call("querySelectorAll", selector)
	all := make([]js.Value, list.Length())
	for i := range all {
		all[i] = list.Index(i)
	}
	return all
}

// HTML sets what is inside el. The caller has escaped all that is not its own.
func HTML(el js.Value, html string) { element(el).SetInnerHTML(html) }

// Text sets the text of el unless it has it already.
func Text(el js.Value, text string) {
	if e := element(el); e.TextContent() != text {
		e.SetTextContent(text)
	}
}

// Attr sets an attribute.
func Attr(el js.Value, name, value string) { element(el).SetAttribute(name, value) }

// GetAttr is an attribute, "" if absent.
func GetAttr(el js.Value, name string) string {
	return element(el).GetAttribute(name)
}

// Remove takes el out of the document.
func Remove(el js.Value) { element(el).Remove() }

// Div adds an element div of a class behind what is in el.
func Div(el js.Value, class string) js.Value {
	div := Document.Call("createElement", "div")
	element(div).SetClass(class)
	el.Call("appendChild", div)
	return div
}

// Data is a data attribute, "" if absent; name in camel case.
func Data(el js.Value, name string) string {
	v := el.Get("dataset").Get(name)
	if v.IsUndefined() {
		return ""
	}
	return v.String()
}

// Closest is the nearest element around a target that a selector finds, with
// itself; ok says whether there is one.
func Closest(target js.Value, selector string) (el js.Value, ok bool) {
	if target.IsNull() || target.IsUndefined() || target.Get("closest").IsUndefined() {
		return js.Null(), false
	}
	el = target.Call("closest", selector)
	return el, !el.IsNull()
}

// Download gives the reader a file.
func Download(name, kind string, content []byte) {
	bytes := Global.Get("Uint8Array").New(len(content))
	js.CopyBytesToJS(bytes, content)
	Save(name, Global.Get("Blob").New([]any{bytes}, map[string]any{"type": kind}))
}

// Save gives the reader a Blob as a file.
func Save(name string, blob js.Value) {
	url := Global.Get("URL").Call("createObjectURL", blob)
	a := Document.Call("createElement", "a")
	a.Set("href", url)
	a.Set("download", name)
	a.Call("click")
	After(60_000, func() { Global.Get("URL").Call("revokeObjectURL", url) })
}

// A Rect is where an element is in the window.
type Rect struct{ X, Y, W, H float64 }

// RectOf measures el, which forces a layout.
func RectOf(el js.Value) Rect {
	r := element(el).GetBoundingClientRect()
	return Rect{r.Left(), r.Top(), r.Width(), r.Height()}
}

// Toggle sets or clears a class.
func Toggle(el js.Value, class string, on bool) {
	if classes := element(el).Class(); on {
		classes.Add(class)
	} else {
		classes.Remove(class)
	}
}

// Slide animates el from where it was, dx and dy away, to where it is.
func Slide(el js.Value, dx, dy float64, ms int) {
	from := map[string]any{"transform": "translate(" + px(dx) + "," + px(dy) + ")"}
	el.Call("animate", []any{from, map[string]any{"transform": "none"}},
		map[string]any{"duration": ms, "easing": "cubic-bezier(.3,.7,.2,1)"})
}

func px(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) + "px" }
