//go:build js

package jsx

import (
	"slices"
	"strings"
	"syscall/js"
)

// localStorage panics where the browser lets nobody have it. Get would not: an
// exception in it ends the program.
func localStorage() js.Value { return Global.Get("Reflect").Call("get", Global, "localStorage") }

// Store keeps a short text in the browser's local storage under a key; ""
// removes it. It reports whether that was done: the storage may be blocked or
// full.
func Store(key, text string) (ok bool) {
	defer func() { ok = recover() == nil }()
	storage := localStorage()
	if text == "" {
		storage.Call("removeItem", key)
	} else {
		storage.Call("setItem", key, text)
	}
	return true
}

// Stored is what Store kept under a key, "" if nothing.
func Stored(key string) (text string) {
	defer func() { _ = recover() }() // blocked
	v := localStorage().Call("getItem", key)
	if v.IsNull() {
		return ""
	}
	return v.String()
}

// StoredKeys are the keys that begin with prefix, sorted.
func StoredKeys(prefix string) (keys []string) {
	defer func() { _ = recover() }() // blocked
	storage := localStorage()
	for i := range storage.Get("length").Int() {
		if key := storage.Call("key", i).String(); strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
