package build

import (
	"go/constant"
	"go/types"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/std"
	"gopark/sim/task"
)

// library is the whole library from the toolchain's sources, loaded once.
var library = sync.OnceValues(func() (*Library, error) {
	goroot, err := GOROOT()
	if err != nil {
		return nil, err
	}
	return Load(goroot, Packages)
})

func load(t *testing.T) *Library {
	t.Helper()
	l, err := library()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Every package type-checks and has SSA for all its functions with bodies.
func TestLoad(t *testing.T) {
	start := time.Now()
	l := load(t)
	t.Logf("%d packages in %v", len(l.Packages), time.Since(start))
	for _, path := range Packages {
		p := l.Package(path)
		if p == nil || p.SSA == nil {
			t.Fatalf("%s was not loaded", path)
		}
		if f := p.SSA.Func("init"); f == nil || f.Blocks == nil {
			t.Errorf("%s has no init", path)
		}
	}
}

var nativeRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\|")

// NATIVES.md lists the functions without bodies, and nothing else.
func TestNativesAreListed(t *testing.T) {
	text, err := os.ReadFile("../NATIVES.md")
	if err != nil {
		t.Fatal(err)
	}
	listed, declared := map[string]bool{}, map[string]bool{}
	for _, m := range nativeRow.FindAllStringSubmatch(string(text), -1) {
		if listed[m[1]] {
			t.Errorf("NATIVES.md lists %s twice", m[1])
		}
		listed[m[1]] = true
	}
	for _, n := range load(t).Natives() {
		if !listed[n.Sym] && !declared[n.Sym] {
			t.Errorf("NATIVES.md lacks a row: | `%s` | `%s` | |", n.Sym, n.Signature)
		}
		declared[n.Sym] = true
	}
	for sym := range listed {
		if !declared[sym] {
			t.Errorf("NATIVES.md lists %s, which no package declares without a body", sym)
		}
	}
}

// An intrinsic is a function with a body: without one it is in NATIVES.md.
func TestIntrinsics(t *testing.T) {
	for sym := range std.Intrinsics {
		i := strings.LastIndexByte(sym, '.')
		p := load(t).Package(sym[:i])
		if p == nil {
			t.Errorf("%s: no such package", sym)
		} else if f := p.SSA.Func(sym[i+1:]); f == nil || f.Blocks == nil {
			t.Errorf("%s has no body", sym)
		}
	}
}

// The overlays know where the machine's memory and code start, and its wait
// reasons, by number.
func TestOverlayConstants(t *testing.T) {
	want := map[string]uint64{
		"reflect.memBase": mem.Base, "internal/reflectlite.memBase": mem.Base, "runtime.memBase": mem.Base,
		"reflect.textBase": code.TextBase, "runtime.textBase": code.TextBase,
		"runtime.waitReasonGCScavengeWait": uint64(task.GCScavengeWait),
		"runtime.waitReasonUpdaterIdle":    uint64(task.UpdaterIdle),
	}
	for name, value := range want {
		i := strings.LastIndexByte(name, '.')
		obj, ok := load(t).Package(name[:i]).Types.Scope().Lookup(name[i+1:]).(*types.Const)
		if !ok {
			t.Errorf("no constant %s", name)
		} else if got, _ := constant.Uint64Val(obj.Val()); got != value {
			t.Errorf("%s is %#x, the machine has %#x", name, got, value)
		}
	}
}

// What the machine and the compiler call by name is in the overlays.
func TestRuntimeFunctions(t *testing.T) {
	for name, sig := range map[string]string{
		"main": "func()", "panicError": "func(msg string)", "panicPlain": "func(msg string)", "panicNil": "func()",
		"panicBounds":     "func(x int64, signed bool, y int, code uint8)",
		"panicTypeAssert": "func(iface *internal/abi.Type, have *internal/abi.Type, want *internal/abi.Type, missing string)",
		"panicwrapNames":  "func(typ string, method string)",
		"preprintpanic":   "func(v any) any",
		"unsafeslice":     "func(p unsafe.Pointer, n int, size uintptr)",
		"unsafestring":    "func(p unsafe.Pointer, n int, size uintptr)",
		"forcegchelper":   "func()", "bgsweep": "func()", "bgscavenge": "func()",
		"updateMaxProcsGoroutine": "func()", "runFinalizers": "func()",
	} {
		f := load(t).Package("runtime").SSA.Func(name)
		if f == nil || f.Blocks == nil || f.Signature.String() != sig {
			t.Errorf("runtime.%s is %v, want %s with a body", name, f, sig)
		}
	}
}

// The image's packages have the same exported API as their sources.
func TestImageTypes(t *testing.T) {
	l := load(t)
	start := time.Now()
	b, err := l.Image(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("image of types: %d bytes in %v", len(b), time.Since(start))
	lib, err := std.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	start = time.Now()
	for _, p := range l.Packages {
		q, err := lib.Import(p.Path)
		if err != nil {
			t.Errorf("%s: %v", p.Path, err)
			continue
		}
		for _, name := range p.Types.Scope().Names() {
			obj := p.Types.Scope().Lookup(name)
			if !obj.Exported() {
				continue
			}
			if got := q.Types.Scope().Lookup(name); got == nil || got.String() != obj.String() {
				t.Errorf("%s.%s is %v in the image, %v in the source", p.Path, name, got, obj)
			}
		}
	}
	t.Logf("all imported in %v", time.Since(start))
	for _, path := range lib.Paths() {
		if strings.Contains(path, "internal") {
			t.Errorf("programs may import %s", path)
		}
	}
}
