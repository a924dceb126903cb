//go:build js

package main

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/sim"
	"gopark/sim/lesson"
	"gopark/sim/load"
	"gopark/sim/sched"
	"gopark/sim/std"
)

// A library is the standard library's image, opened.
type library struct {
	std *std.Library
	err error // why there is none
}

// openLibrary opens the first part of the image that the build made: the loader
// has begun to fetch it. It blocks.
func openLibrary() *library {
	loader := jsx.Global.Get("gopark")
	image, err := jsx.Await(loader.Get("image"))
	if err != nil {
		return &library{err: fmt.Errorf("the standard library could not be loaded (%w): reload the page", err)}
	}
	url := loader.Get("std").String()
	lib, err := std.OpenParts(bytesOf(jsx.Global.Get("Uint8Array").New(image)), parts(url[:strings.LastIndexByte(url, '/')+1]))
	return &library{lib, err}
}

// parts has the image's other parts: files beside it.
type parts string

// Parts fetches parts, all at once. It blocks.
func (base parts) Parts(names []string) ([][]byte, error) {
	list, errs := make([][]byte, len(names)), make([]error, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() {
			list[i], errs[i] = fetchBytes(string(base) + name + std.PartSuffix)
			if errs[i] != nil {
				errs[i] = fmt.Errorf("part %s could not be loaded (%w): try again", name, errs[i])
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// fetchBytes gets a file and unpacks it if it is still packed; some servers
// do that themselves.
func fetchBytes(url string) ([]byte, error) {
	// The name tells the content, so what is in the browser's cache is right.
	response, err := jsx.Await(jsx.Global.Call("fetch", url, map[string]any{"cache": "force-cache"}))
	if err != nil {
		return nil, err
	}
	if !response.Get("ok").Bool() {
		return nil, errors.New(response.Get("status").String())
	}
	content, err := arrayOf(response)
	if err != nil {
		return nil, err
	}
	if content.Length() > 2 && content.Index(0).Int() == 0x1f && content.Index(1).Int() == 0x8b {
		packed := jsx.Global.Get("Response").New(content).Get("body")
		unpack := jsx.Global.Get("DecompressionStream").New("gzip")
		if content, err = arrayOf(jsx.Global.Get("Response").New(packed.Call("pipeThrough", unpack))); err != nil {
			return nil, err
		}
	}
	return bytesOf(content), nil
}

// bytesOf copies a Uint8Array.
func bytesOf(content js.Value) []byte {
	bytes := make([]byte, content.Length())
	js.CopyBytesToGo(bytes, content)
	return bytes
}

// arrayOf is a response's body as a Uint8Array.
func arrayOf(response js.Value) (js.Value, error) {
	buffer, err := jsx.Await(response.Call("arrayBuffer"))
	if err != nil {
		return js.Null(), err
	}
	return jsx.Global.Get("Uint8Array").New(buffer), nil
}

// record reads a program in and prepares to run it. Mistakes in the program
// are diagnostics; an error is Gopark's own.
func (l *library) record(source string, config sim.Config) (sim.Recording, []sim.Diagnostic, error) {
	if l.err != nil {
		return nil, nil, l.err
	}
	program, diagnostics, err := sim.Load(l.std, files(source))
	if err != nil || len(diagnostics) > 0 {
		return nil, diagnostics, err
	}
	rec, err := program.Record(config)
	return rec, nil, err
}

// warm compiles what the program needs of the library; the library keeps it.
func (l *library) warm(source string) {
	if l.err == nil {
		_, _, _ = sim.Load(l.std, files(source)) // whatever is wrong will be said when it is run
	}
}

// diagnose says what is wrong with a program.
func (l *library) diagnose(source string) []sim.Diagnostic {
	if l.err != nil {
		return nil
	}
	return load.Check(files(source), l.std)
}

func files(source string) []load.File {
	return []load.File{{Name: sourceName, Text: []byte(source)}}
}

// gofmt is source as gofmt writes it, or why it can't be.
func gofmt(source string) (string, []sim.Diagnostic) {
	out, diagnostics := load.Format(sourceName, []byte(source))
	return string(out), diagnostics
}

// eras are the eras the reader may choose, oldest first.
func eras() []Era {
	var list []Era
	for _, e := range sched.Eras {
		list = append(list, Era{e.Name, lesson.EraTitle(e.Name)})
	}
	return list
}
