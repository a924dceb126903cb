//go:build js

package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"syscall/js"

	"gopark/cmd/wasm/jsx"
	"gopark/cmd/wasm/phrase"
	"gopark/sim"
	"gopark/sim/lesson"
	"gopark/sim/load"
	"gopark/sim/sched"
	"gopark/sim/std"
)

// A library is the standard library's image, opened.
type library struct {
	std    *std.Library
	err    error      // why there is none
	arenas sim.Arenas // of all runs
}

// openLibrary opens the first part of the image that the build made: the loader
// has begun to fetch it. It blocks.
func openLibrary() *library {
	loader := jsx.Global.Get("gopark")
	image, err := bytesOf(loader.Get("image"))
	if err != nil {
		return &library{err: fmt.Errorf(phrase.TheStandardLibraryCouldNotBe, err)}
	}
	url := loader.Get("std").String()
	lib, err := std.OpenParts(image, parts(url[:strings.LastIndexByte(url, '/')+1]))
	return &library{std: lib, err: err, arenas: sim.Arenas{Dropped: runtime.GC}}
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
				errs[i] = fmt.Errorf(phrase.PartCouldNotBeLoadedTry, name, errs[i])
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

// fetchBytes gets a file, unpacked by the loader.
func fetchBytes(url string) ([]byte, error) {
	return bytesOf(jsx.Global.Get("gopark").Call("load", url))
}

// bytesOf copies what a promise of an ArrayBuffer brings.
func bytesOf(promise js.Value) ([]byte, error) {
	buffer, err := jsx.Await(promise)
	if err != nil {
		return nil, err
	}
	return copyBytes(buffer), nil
}

// copyBytes copies what is in an ArrayBuffer.
func copyBytes(buffer js.Value) []byte {
	content := jsx.Global.Get("Uint8Array").New(buffer)
	bytes := make([]byte, content.Length())
	js.CopyBytesToGo(bytes, content)
	return bytes
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
	config.Arenas = &l.arenas
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

// complete says what may stand at a byte of a program.
func (l *library) complete(source string, at int) []load.Completion {
	if l.err != nil {
		return nil
	}
	return load.Complete(sourceName, []byte(source), at, l.std)
}

// hover says what stands there: one, or none.
func (l *library) hover(source string, at int) []load.Completion {
	if l.err != nil {
		return nil
	}
	if c := load.Hover(sourceName, []byte(source), at, l.std); c != nil {
		return []load.Completion{*c}
	}
	return nil
}

// tidy is a program with its imports mended, as gofmt writes it.
func (l *library) tidy(source string) string {
	if l.err != nil {
		return source
	}
	return string(load.Tidy(sourceName, []byte(source), l.std))
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
