//go:build js

package main

import (
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/phrase"
)

// offline is the reader's switch for keeping the whole site in the browser.
type offline struct {
	box, said js.Value
	keeper    js.Value // navigator.serviceWorker
	register  js.Value // its registration; null: none
}

// showOffline finds the switch in the settings and makes it say what is so.
func showOffline(settings js.Value) {
	o := &offline{
		box: jsx.One(settings, `[data-offline="on"]`), said: jsx.One(settings, `[data-offline="said"]`),
		keeper: jsx.Global.Get("navigator").Get("serviceWorker"), register: js.Null(),
	}
	if !o.keeper.Truthy() {
		o.box.Set("disabled", true)
		jsx.Text(o.said, phrase.ThisBrowserKeepsNoSitesOr)
		return
	}
	jsx.On(o.box, "change", func(js.Value) { go o.change(o.box.Get("checked").Bool()) })
	go func() {
		if r, err := jsx.Await(o.keeper.Call("getRegistration", siteURL(""))); err == nil && r.Truthy() && r.Get("scope").String() == siteURL("") {
			o.watch(r)
		}
		o.say("")
	}()
}

// change switches it. It blocks.
func (o *offline) change(on bool) {
	if on {
		jsx.Text(o.said, phrase.FetchingTheSite)
		r, err := jsx.Await(o.keeper.Call("register", siteURL("offline.js"), map[string]any{"scope": siteURL(""), "updateViaCache": "none"}))
		if err != nil {
			o.say(phrase.ItCantBeKept + err.Error())
			return
		}
		o.watch(r)
		o.say("")
		return
	}
	if o.register.Truthy() {
		_, _ = jsx.Await(o.register.Call("unregister")) // it says whether there was one
	}
	o.register = js.Null()
	caches := jsx.Global.Get("caches")
	keys, err := jsx.Await(caches.Call("keys"))
	for i := 0; err == nil && i < keys.Length(); i++ {
		if key := keys.Index(i).String(); len(key) > len(cachePrefix()) && key[:len(cachePrefix())] == cachePrefix() {
			_, err = jsx.Await(caches.Call("delete", key))
		}
	}
	o.say("")
}

// cachePrefix is how the names of what is kept begin: static/offline/keep.js.
func cachePrefix() string { return "gopark " + siteURL("") + " " }

// watch follows what becomes of a registration.
func (o *offline) watch(r js.Value) {
	o.register = r
	follow := func(worker js.Value) {
		if worker.Truthy() {
			jsx.On(worker, "statechange", func(js.Value) {
				failed := ""
				if worker.Get("state").String() == "redundant" && !r.Get("active").Truthy() {
					failed = phrase.TheSiteCouldNotBeFetched
					o.register = js.Null()
				}
				o.say(failed)
			})
		}
	}
	follow(r.Get("installing"))
	jsx.On(r, "updatefound", func(js.Value) { follow(r.Get("installing")) })
}

// say says how things are, or what went wrong.
func (o *offline) say(wrong string) {
	o.box.Set("checked", o.register.Truthy())
	switch {
	case wrong != "":
		jsx.Text(o.said, wrong)
	case !o.register.Truthy():
		jsx.Text(o.said, phrase.OffNothingOfTheSiteIs)
	case o.register.Get("waiting").Truthy():
		jsx.Text(o.said, phrase.OnANewerVersionIsHere)
	case o.register.Get("active").Truthy():
		jsx.Text(o.said, phrase.OnAllPagesAndProgramsWork)
	default:
		jsx.Text(o.said, phrase.FetchingTheSite)
	}
}
