//go:build gopark

package runtime

// Program counters are return addresses, as in Go: the call is the instruction
// before. The machine's tables answer for one pc at a time.

// callers fills pcs with the return addresses of the goroutine's calls, from
// the skip-th on; 0 is callers' own caller. Wrappers are left out.
func callers(skip int, pcs []uintptr) int

// pcinfo tells of the instruction at pc; entry 0: there is no function.
func pcinfo(pc uintptr) (name, file string, line int, entry uintptr)

// Caller tells where the skip-th caller is.
func Caller(skip int) (pc uintptr, file string, line int, ok bool) {
	var pcs [1]uintptr
	if callers(skip+1, pcs[:]) < 1 {
		return
	}
	_, file, line, _ = pcinfo(pcs[0] - 1)
	return pcs[0], file, line, true
}

// A Frame is what Frames returns for each call.
type Frame struct {
	PC       uintptr
	Func     *Func
	Function string
	File     string
	Line     int
	Entry    uintptr
}

// Frames translates return addresses.
type Frames struct{ pcs []uintptr }

// CallersFrames returns the frames of what Callers returned.
func CallersFrames(callers []uintptr) *Frames { return &Frames{callers} }

// Next returns the next frame, and whether there are more.
func (f *Frames) Next() (frame Frame, more bool) {
	for len(f.pcs) > 0 {
		pc := f.pcs[0] - 1
		f.pcs = f.pcs[1:]
		name, file, line, entry := pcinfo(pc)
		if entry != 0 {
			return Frame{pc, FuncForPC(pc), name, file, line, entry}, len(f.pcs) > 0
		}
	}
	return Frame{}, false
}

// A Func is a function of the program.
type Func struct {
	name  string
	entry uintptr
}

// FuncForPC returns the function that holds pc, or nil.
func FuncForPC(pc uintptr) *Func {
	name, _, _, entry := pcinfo(pc)
	if entry == 0 {
		return nil
	}
	return &Func{name, entry}
}

// Name is the function's name.
func (f *Func) Name() string {
	if f == nil {
		return ""
	}
	return f.name
}

// Entry is the address of its first instruction.
func (f *Func) Entry() uintptr { return f.entry }

// FileLine is the source line of pc.
func (f *Func) FileLine(pc uintptr) (file string, line int) {
	_, file, line, _ = pcinfo(pc)
	return file, line
}

// Stack writes the traceback of the goroutine, or of all, to buf.
func Stack(buf []byte, all bool) int
