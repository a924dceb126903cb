package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"gopark/internal/deflate"
	"gopark/internal/slim"
	"gopark/sim/vm/wasmcore"
)

// asset writes content under a name that changes when the content does, so
// that a cache never mixes two builds, and remembers it by its plain name.
func (s *site) asset(name string, content []byte) error {
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	if base, ok := strings.CutSuffix(name, ".gz"); ok {
		ext = path.Ext(base) + ".gz"
	}
	hashed := fmt.Sprintf("assets/%s-%s%s", strings.TrimSuffix(name, ext), hex.EncodeToString(sum[:6]), ext)
	s.assets[strings.TrimSuffix(name, ".gz")] = hashed
	return s.write(hashed, content)
}

// compressed writes an asset as .gz: a static host may not compress it, and
// the page decompresses it itself.
func (s *site) compressed(name string, content []byte) error {
	b, err := s.small(name, content)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.log, "%s: %d bytes, %d compressed\n", name, len(content), len(b))
	return s.asset(name+".gz", b)
}

// small is content compressed well, which takes a while: it is kept for the
// next build. A site that is only looked at is not worth it.
func (s *site) small(name string, content []byte) ([]byte, error) {
	if s.extra != "" {
		return gzipped(content)
	}
	sum := sha256.Sum256(content)
	kept := filepath.Join(s.root, cacheDir, name)
	file := kept + "-" + hex.EncodeToString(sum[:6]) + ".gz"
	if b, err := os.ReadFile(file); err == nil {
		return b, nil
	}
	old, _ := filepath.Glob(kept + "-*.gz") // the pattern is ours
	for _, o := range old {
		os.Remove(o)
	}
	b := deflate.Gzip(content)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, err
	}
	return b, os.WriteFile(file, b, 0o644)
}

func gzipped(content []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	err = w.Close()
	return b.Bytes(), err
}

// cacheDir holds what is worth keeping between builds; .gitignore names it.
const cacheDir = ".cache"

// inlined are the packages that are compiled with functions inlined: those that
// run the reader's programs, that read the library in and link it, and those of
// Go that allocate, collect and hold maps. That makes a program that mostly
// schedules a quarter faster, and reading one in too. Elsewhere it costs a tenth
// of the download and gains little.
var inlined = []string{
	"gopark/sim", "gopark/sim/task", "internal/runtime/sys", "internal/runtime/gc", "gopark/sim/vm", "gopark/sim/gomap", "gopark/sim/mem", "gopark/sim/machine", "gopark/sim/sched", "gopark/sim/trace", "gopark/sim/code",
	"runtime", "internal/runtime/maps", "internal/bytealg", "encoding/binary",
}

func gcflags() []string {
	flags := []string{"-gcflags=all=-l"}
	for _, path := range inlined {
		flags = append(flags, "-gcflags="+path+"=")
	}
	return flags
}

// again are packages that do in the page what they do on a terminal, or in a test, with the
// same source, run, trace or link, and so would fail there too.
var again = []string{
	"gopark/cmd/wasm/paint.", "gopark/sim/view", "gopark/sim/compile.", "gopark/sim/load.", "gopark/sim/formula.", "gopark/sim/lesson.", "gopark/sim/compare.",
	"gopark/sim/std", "gopark/sim/files.", "gopark/sim/trace/", "gopark/sim/witness.", "gopark/internal/",
}

// told says how much tracebacks should tell of a function; all of it for all of
// them takes a tenth of the download. What fails in the simulator fails on a
// terminal too, and tells its lines there; the page and the engine can't. The
// runtime knows some of its functions, and two of reflect's, by their names.
//
// go/ssa checks and prints what it has built when its mode says so; ours doesn't
// (package load), but the linker can't know.
func told(name string) slim.Told {
	const ssa = "golang.org/x/tools/go/ssa."
	switch {
	case strings.HasPrefix(name, ssa+"(*sanity).") || strings.HasPrefix(name, ssa+"sanityCheck") || name == ssa+"mustSanityCheck" ||
		name == ssa+"WriteFunction" || name == ssa+"WritePackage":
		return slim.Never
	case slices.ContainsFunc(again, func(path string) bool { return strings.HasPrefix(name, path) }):
		return slim.Package
	case strings.HasPrefix(name, "main.") || strings.HasPrefix(name, "gopark/cmd/"):
		return slim.Line
	case strings.HasPrefix(name, "gopark/") || strings.HasPrefix(name, "runtime.") || strings.HasPrefix(name, "reflect."):
		return slim.Name
	}
	return slim.Package
}

// buildWasm compiles cmd/wasm and takes the toolchain's wasm_exec.js, which
// must be of the same release.
func (s *site) buildWasm() error {
	bin := filepath.Join(s.root, cacheDir, "gopark.wasm")
	args := append([]string{"build", "-trimpath", "-tags", wasmcore.Tag, "-ldflags=-s -w"}, gcflags()...)
	cmd := exec.Command("go", append(args, "-o", bin, "./cmd/wasm")...)
	cmd.Dir = s.root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stdout, cmd.Stderr = s.log, s.log
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("GOOS=js GOARCH=wasm go build ./cmd/wasm: %w", err)
	}
	linked, err := os.ReadFile(bin)
	if err != nil {
		return err
	}
	wasm, err := slim.Module(linked, told)
	if err != nil {
		return err
	}
	if err := s.compressed("gopark.wasm", wasm); err != nil {
		return err
	}
	goroot, err := goEnv("GOROOT")
	if err != nil {
		return err
	}
	exec, err := os.ReadFile(filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return fmt.Errorf("%w (the toolchain is %s; wasm_exec.js is there since Go 1.24)", err, runtime.Version())
	}
	return s.asset("wasm_exec.js", exec)
}

// writeCore writes what runs the hot instructions. It goes with this very
// build of the program: they share numbers of operations and a struct.
func (s *site) writeCore() error { return s.asset("core.wasm", wasmcore.Module()) }

func goEnv(name string) (string, error) {
	out, err := exec.Command("go", "env", name).Output()
	return strings.TrimSpace(string(out)), err
}
