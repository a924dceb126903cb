package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"os/exec"
	"testing"

	"gopark/internal/slim"
	"gopark/sim/vm/wasmcore"
)

func TestZZSize(t *testing.T) {
	bin := "/tmp/less/size.wasm"
	args := append([]string{"build", "-trimpath", "-tags", wasmcore.Tag, "-ldflags=-s -w"}, gcflags()...)
	cmd := exec.Command("go", append(args, "-o", bin, "./cmd/wasm")...)
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatal(string(out), err)
	}
	linked, _ := os.ReadFile(bin)
	wasm, err := slim.Module(linked, told)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, 9)
	w.Write(wasm)
	w.Close()
	t.Log("size", len(wasm), b.Len())
}
