//go:build gopark

package testing

// Examples write to a temporary file, not to a pipe.

//gopark:drop run_example.go
//gopark:take run_example_wasm.go
