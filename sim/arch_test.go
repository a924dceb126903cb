package sim_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A layer is what a package of ours may import of ours, and why not more.
type layer struct {
	may []string
	why string
}

// layers is the architecture. A package that is not in it is new: give it a
// row. A row for a folder holds for the packages below it too, unless they
// have their own.
var layers = map[string]layer{
	"sim/task":  {nil, "the seam is what both sides agree on; it can't know either"},
	"sim/mem":   {nil, "memory is bytes; who gives them meaning is above it"},
	"sim/code":  {nil, "bytecode is a format; compiler and machine both depend on it"},
	"sim/cost":  {[]string{"sim/task"}, "what things take is a table; what things are is not in it"},
	"sim/files": {nil, "a file system knows nothing of what reads it"},
	"sim/state": {[]string{"sim/task"}, "a state is plain values"},
	"sim/trace": {[]string{"sim/task"}, "the log and its checker must not learn from the scheduler how it decides"},

	"sim/formula": {[]string{"sim/task", "sim/trace"}, "what holds of a run is read from its log, whoever made it"},

	"sim/trace/stacks":   {[]string{"sim/task", "sim/state", "sim/trace"}, "it is told what calls there are"},
	"sim/trace/gotrace":  {[]string{"sim/task", "sim/state", "sim/trace", "sim/trace/stacks"}, "it writes what a log says, whoever decided it"},
	"sim/trace/perfetto": {[]string{"sim/task", "sim/trace", "sim/trace/stacks", "internal/plainjson"}, "it writes what a log says, whoever decided it"},

	"sim/trace/realtrace": {nil, "it reads a file format, whoever looks at what it says"},
	"sim/witness":         {[]string{"sim", "sim/task", "sim/trace", "sim/trace/realtrace", "sim/state"}, "a trace is a recording that nobody has simulated"},

	"sim/machine": {[]string{"sim/task", "sim/cost", "sim/trace", "sim/state"}, "a computer knows threads, no goroutines"},
	"sim/sched":   {[]string{"sim/task", "sim/cost", "sim/machine", "sim/trace", "sim/state"}, "a scheduler sees what tasks ask for, never what they are"},
	"sim/rtype":   {[]string{"sim/code", "sim/mem"}, "type descriptors are data in memory"},
	"sim/gomap":   {[]string{"sim/mem", "sim/rtype"}, "maps are a data structure in memory"},
	"sim/vm":      {[]string{"sim/task", "sim/code", "sim/mem", "sim/rtype", "sim/gomap", "sim/state", "sim/files"}, "the machine that runs goroutines never decides who runs: no sched, no machine"},

	"sim/vm/wasmcore":     {[]string{"sim/code", "sim/mem"}, "the core is written from the table of operations; it can't run, and so needs no machine"},
	"sim/load":            {[]string{"sim/std"}, "the front end knows no bytecode"},
	"sim/compile":         {[]string{"sim/code"}, "the compiler knows nothing of running"},
	"sim/std":             {[]string{"sim/code"}, "the library's image is read without a toolchain"},
	"sim/std/overlay":     {nil, "overlays are sources"},
	"sim/std/build":       {[]string{"sim/std", "sim/std/overlay", "sim/code"}, "it writes images, whoever compiles them"},
	"sim/library":         {[]string{"sim/std", "sim/std/build", "sim/code", "sim/compile"}, "it joins the library's sources and our compiler, before any run"},
	"sim/host":            {[]string{"sim", "sim/library", "sim/std", "sim/std/build"}, "it finds a toolchain, no more"},
	"sim/task/tasktest":   {[]string{"sim/task"}, "scripts stand in for the machine, not for schedulers"},
	"sim/rtype/rtypetest": {[]string{"sim/rtype", "sim/code", "sim/mem"}, "descriptors made by hand, for tests"},

	"sim":         {[]string{"sim/task", "sim/cost", "sim/cost", "sim/trace", "sim/state", "sim/machine", "sim/sched", "sim/vm", "sim/mem", "sim/code", "sim/compile", "sim/load", "sim/std", "sim/files"}, "it introduces the phases to one another, and none of the views"},
	"sim/view":    {[]string{"sim", "sim/task", "sim/trace", "sim/state", "sim/view/phrase"}, "what is drawn depends on a recording and a time only"},
	"sim/compare": {[]string{"sim", "sim/task", "sim/trace", "sim/trace/stacks"}, "it sets recordings side by side"},
	"sim/costs":   {[]string{"sim", "sim/cost", "sim/machine", "sim/sched", "sim/vm"}, "it gathers costs where they are used"},
	"sim/lesson":  {[]string{"sim", "sim/formula", "sim/task", "sim/trace", "sim/state"}, "lessons ask recordings, not schedulers"},
	"lessons":     {nil, "lessons are text"},

	"sim/view/phrase": {[]string{"sim/trace"}, "words know nothing of the run of which they tell, but for the kinds of its events"},

	"sim/export": {[]string{"sim", "sim/sched", "sim/vm", "sim/trace/*"}, "it joins a recording and the formats, and shows nothing"},

	"internal/share":     {nil, "a link is a format; it outlives whatever reads it"},
	"internal/plainjson": {nil, "values know nothing of who sends them"},

	"cmd/gopark": {[]string{"sim", "sim/*", "lessons", "cmd/wasm/paint", "cmd/wasm/phrase", "internal/deflate", "internal/slim"}, "a command may use all"},
	"cmd/wasm":   {[]string{"sim", "sim/*", "lessons", "cmd/wasm/*", "internal/plainjson", "internal/share"}, "a command may use all"},
}

// A ban is an import that only some may have.
type ban struct {
	path   string // or everything below it, with /*
	except string // a folder that may
	why    string
}

var bans = []ban{
	{"syscall/js", "cmd/wasm", "everything but the page's own code runs, and is tested, without a browser"},
	{"honnef.co/go/js/dom/v2", "cmd/wasm", "everything but the page's own code runs, and is tested, without a browser"},
	{"github.com/hack-pad/hackpadfs/indexeddb", "cmd/wasm", "drafts are the page's; pure code takes a file system"},
	{"golang.org/x/tools/go/ssa/ssautil", "", "it drags go/packages and os/exec into the wasm: 150 packages in place of 91"},
	{"math/rand", "", "one seed decides everything; the host's randomness can't be repeated"},
	{"golang.org/x/exp/trace", "sim/trace/gotrace/gotracetest", "Go's own reader of traces is there to disagree with ours, in tests"},
	{"math/rand/v2", "", "one seed decides everything; the host's randomness can't be repeated"},
}

// wasmBans are packages that must not be in the wasm at all, whoever imports them.
var wasmBans = map[string]string{
	"golang.org/x/tools/go/ssa/ssautil": "it drags in go/packages and os/exec",
	"os/exec":                           "a page starts no processes",
	module + "sim/library":              "it needs a toolchain; a page gets the library's image",
	module + "sim/std/build":            "it needs a toolchain; a page gets the library's image",
	module + "sim/vm/wasmcore":          "the core is made when the site is built",
	module + "sim/host":                 "it needs a toolchain; a page gets the library's image",
	"go/build":                          "a page has no GOROOT; the library comes from its image",
	"github.com/evanw/esbuild/pkg/api":  "bundling is the build's work",
	"net/http":                          "megabytes, for what fetch does",
	"github.com/yuin/goldmark":          "the build made HTML of the lessons",
	"encoding/json":                     "sixty kilobytes; internal/plainjson does",
	"crypto/sha256":                     "it brings AES and its like along",
}

type listed struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

// list asks the go command for packages and their imports, without those of tests.
func list(t *testing.T, env []string, patterns ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Imports,Deps"}, patterns...)...)
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, &stderr)
	}
	var all []listed
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

const module = "gopark/"

// matches reports whether a package path is one of the patterns, or below one
// that ends in /*.
func matches(path string, patterns ...string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		folder, all := strings.CutSuffix(p, "*")
		return path == p || all && strings.HasPrefix(path, folder)
	})
}

func TestImports(t *testing.T) {
	packages := list(t, nil, "./sim/...", "./lessons", "./cmd/gopark")
	packages = append(packages, list(t, []string{"GOOS=js", "GOARCH=wasm"}, "./cmd/wasm/...")...)
	for _, p := range packages {
		name := strings.TrimPrefix(p.ImportPath, module)
		l, ok := layers[name]
		if !ok && strings.HasPrefix(name, "cmd/wasm/") {
			l, ok = layers["cmd/wasm"]
		}
		if !ok && !strings.HasSuffix(name, "test") && !strings.Contains(name, "/conform") {
			t.Errorf("%s has no row in the table of layers: say what it may import", name)
			continue
		}
		for _, imp := range p.Imports {
			checkImport(t, name, imp, l, ok)
		}
	}
}

func checkImport(t *testing.T, name, imp string, l layer, hasLayer bool) {
	t.Helper()
	for _, b := range bans {
		allowed := b.except != "" && (name == b.except || strings.HasPrefix(name, b.except+"/"))
		if imp == b.path && !allowed {
			t.Errorf("%s imports %s: %s", name, imp, b.why)
		}
	}
	ours, isOurs := strings.CutPrefix(imp, module)
	if isOurs && hasLayer && !matches(ours, l.may...) {
		t.Errorf("%s imports %s, and may not: %s", name, ours, l.why)
	}
}

// TestWasmImports looks at everything that ends up in the reader's browser.
func TestWasmImports(t *testing.T) {
	for _, p := range list(t, []string{"GOOS=js", "GOARCH=wasm"}, "./cmd/wasm") {
		if len(p.Deps) < 50 {
			t.Errorf("go list found only %d packages in the wasm: %v", len(p.Deps), p.Deps)
		}
		for _, d := range p.Deps {
			if why, banned := wasmBans[d]; banned {
				t.Errorf("the wasm contains %s: %s (go mod why -m, or GOOS=js GOARCH=wasm go list -deps, says through whom)", d, why)
			}
		}
	}
}
