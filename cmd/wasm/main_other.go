//go:build !js

// Command wasm is what runs in the reader's browser; see main.go.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "wasm: build me with GOOS=js GOARCH=wasm; ./build.sh does")
	os.Exit(2)
}
