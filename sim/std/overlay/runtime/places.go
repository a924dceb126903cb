//go:build gopark

package runtime

// These functions have the places of Go's own: tracebacks tell of them, and
// runtime.Callers.

// gopanic stands for the panic statement where calls are listed: a deferred call
// that a panic runs is called by it.
//
//line panic.go:860
func gopanic(v any) { panic(v) }

// Callers fills pc with return addresses; 0 is Callers itself, 1 its caller.
//
//line extern.go:335
func Callers(skip int, pc []uintptr) int {
	if len(pc) == 0 {
		return 0
	}
//line extern.go:339
	return callers(skip, pc)
}

// main is what goroutine 1 runs.
//
//line proc.go:147
func main() {
//line proc.go:258
	main_init()
//line proc.go:290
	main_main()
	exit(0)
}

// doInit, doInit1 and goexit stand for what calls a package's initializer and a
// goroutine's function.
//
//line proc.go:8070
func doInit() {}

//line proc.go:8103
func doInit1() {}

//line asm_amd64.s:1771
func goexit() {}
