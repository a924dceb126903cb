//go:build js

package jsx

// Store keeps a short text in the browser's local storage under a key; ""
// removes it. Where the browser has no such storage, nothing happens.
func Store(key, text string) {
	defer func() { _ = recover() }() // blocked, or full: the caller has another place
	storage := Global.Get("localStorage")
	if text == "" {
		storage.Call("removeItem", key)
		return
	}
	storage.Call("setItem", key, text)
}

// Stored is what Store kept under a key, "" if nothing.
func Stored(key string) (text string) {
	defer func() { _ = recover() }()
	v := Global.Get("localStorage").Call("getItem", key)
	if v.IsNull() {
		return ""
	}
	return v.String()
}
