// Package wasmcore writes the machine's hot loop a second time, as a
// WebAssembly module. It knows the instructions and where package vm keeps its
// registers, but runs nothing: who loads the module gives it Go's memory.
//
// What Go compiles a large switch to in WebAssembly is a binary search, and
// each of its branches a jump through a table at the function's head. The core
// has what the switch should have been: one br_table, and its state in locals.
//
// # Calling it
//
// The module imports the memory of Go's instance as "go" "mem" and exports
//
//	run(registers i32) i32
//
// registers is the address of package vm's registers (Fields). run does what
// its function hot does, to the letter: it runs instructions until the budget is used
// up, and then returns NoOp; or until one that it doesn't know or that went
// wrong, and then returns its operation, with pc behind it, its step taken and
// nothing else done. Whoever called it runs that one instruction by other
// means and calls again. The core never calls out, allocates or grows memory.
//
// # How it is made
//
// A row for each operation (rows) builds the code of its case from expressions.
// What its operands are, the row learns from package code's table, so that
// a row can't read a slot where the instruction has a number. An operation
// without a row is Go's; a test lists those that hot knows and the core
// doesn't. A chain is made of the rows of its parts.
//
// A dispatch at the end of each case instead of one at the head can't be
// written: a br_table reaches only blocks around it. A function for each
// operation that ends in return_call_indirect could, but checks a signature
// each time.
package wasmcore
