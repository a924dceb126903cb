//go:build js

// Command wasm is what runs in the reader's browser. One program has two
// roles: the page, which knows the document and draws, and the engine in a Web
// Worker, which knows the simulator. They share nothing but messages.
package main

import "gopark/cmd/wasm/jsx"

func main() {
	switch role := jsx.Global.Get("gopark").Get("role").String(); role {
	case "page":
		runPage()
	case "engine":
		runEngine()
	default:
		panic("wasm: unknown role " + role)
	}
}
