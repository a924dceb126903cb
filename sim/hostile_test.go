package sim_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gopark/sim/host"
)

// hostile are sources of up to 64 KB that are hard on a compiler. want is part
// of the diagnostic, "" if the program is right.
var hostile = []struct{ name, want, text string }{
	{"parentheses", "the program is nested too deeply", body("x := " + strings.Repeat("(", 30000) + "1" + strings.Repeat(")", 30000) + "; _ = x")},
	{"unary", "nested", body("x := 1; _ = " + strings.Repeat("^ ", 30000) + "x")},
	{"sum", "the program is nested too deeply", body("x := 1; _ = x" + strings.Repeat("+x", 32000))},
	{"comparisons", "the program is nested too deeply", body("x := true; _ = x" + strings.Repeat("&&x", 21000))},
	{"constant sum", "the program is nested too deeply", body("const x = 1" + strings.Repeat("+1", 32000) + "; _ = x")},
	{"strings", "the program is nested too deeply", body("s := \"a\"; _ = s" + strings.Repeat("+s", 32000))},
	{"constant strings", "the program is nested too deeply", body("s := \"a\"" + strings.Repeat("+\"a\"", 16000) + "; _ = s")},
	{"doubled string", "", body("const s0 = \"0123456789abcdef\";" + doubled("const s%d = s%d + s%d;", 40) + "_ = s40")},
	{"blocks", "the program is nested too deeply", body(strings.Repeat("{", 30000) + strings.Repeat("}", 30000))},
	{"ifs", "the program is nested too deeply", body("x := true;" + strings.Repeat("if x {", 9000) + strings.Repeat("}", 9000))},
	{"loops", "the program is nested too deeply", body("x := true;" + strings.Repeat("for x {", 7000) + strings.Repeat("}", 7000))},
	{"else ifs", "", body("x := 1; if x == 0 {}" + strings.Repeat(" else if x == 1 {}", 3500))},
	{"closures", "the program is nested too deeply", body(strings.Repeat("func(){", 6000) + strings.Repeat("}()", 6000))},
	{"capturing closures", "the program is nested too deeply", body("x := 1;" + strings.Repeat("func(){x++;", 4000) + strings.Repeat("}()", 4000))},
	{"defers", "the program is nested too deeply", body(strings.Repeat("defer func(){", 3600) + strings.Repeat("}()", 3600))},
	{"pointers", "the program is nested too deeply", "package main\nvar x " + strings.Repeat("*", 60000) + "int\nfunc main() { println(x) }\n"},
	{"slices", "the program is nested too deeply", "package main\nvar x " + strings.Repeat("[]", 30000) + "int\nfunc main() { println(x) }\n"},
	{"slices printed", "the program is nested too deeply", "package main\nimport \"fmt\"\nvar x " + strings.Repeat("[]", 30000) + "int\nfunc main() { fmt.Printf(\"%T\", x) }\n"},
	{"structs", "the program is nested too deeply", "package main\nvar x " + strings.Repeat("struct{f ", 5000) + "int" + strings.Repeat("}", 5000) + "\nfunc main() { println(x.f != x.f) }\n"},
	{"functions of functions", "the program is nested too deeply", "package main\nvar x " + strings.Repeat("func(", 8000) + strings.Repeat(")", 8000) + "\nfunc main() { println(x) }\n"},
	{"maps", "the program is nested too deeply", "package main\nvar x " + strings.Repeat("map[int]", 8000) + "int\nfunc main() { println(x) }\n"},
	{"channels", "the program is nested too deeply", "package main\nvar x " + strings.Repeat("chan ", 12000) + "int\nfunc main() { println(x) }\n"},
	{"arrays", "the program is nested too deeply", "package main\nvar x " + strings.Repeat("[1]", 20000) + "int\nfunc main() { _ = x }\n"},
	{"doubled arrays", "is too large: package variables", "package main\nvar x " + strings.Repeat("[2]", 61) + "int8\nfunc main() { println(len(x)) }\n"},
	{"pointer to doubled arrays", "", "package main\nvar x *" + strings.Repeat("[2]", 61) + "int8\nfunc main() { println(x) }\n"},
	{"array of doubled arrays", "", "package main\nfunc main() { var x " + strings.Repeat("[2]", 61) + "int8; println(len(x)) }\n"},
	{"doubled structs", "type is too large", "package main\ntype t0 struct{ a, b int }\n" + doubled("type t%d struct { a, b struct{ t%d; x t%d } }\n", 60) + "var x *t60\nfunc main() { println(x) }\n"},
	{"doubled literals", "type is too large", "package main\ntype t0 = struct{ a int }\n" + doubled("type t%d = struct { a t%d; b t%d }\n", 60) + "var x *t60\nfunc main() { println(x) }\n"},
	{"doubled values", "type is too large", "package main\ntype t0 = struct{ a int }\n" + doubled("type t%d = struct { a t%d; b t%d }\n", 26) + "func main() { var x, y t26; println(x == y) }\n"},
	{"doubled interface", "type is too large", "package main\ntype t0 = func()\n" + doubled("type t%d = func(t%d) t%d\n", 60) + "func main() { var x any = t60(nil); println(x) }\n"},
	{"doubled assertion", "type is too large", "package main\nimport \"fmt\"\ntype t0 = struct{}\n" + doubled("type t%d = map[*t%d]*t%d\n", 40) + "func main() { var x any = t40(nil); fmt.Printf(\"%T\", x) }\n"},
	{"huge shift", "", body("const x = 1 << 1 << 30; println(x >> 1<<30)")},
	{"shifted constants", "overflow", body("const x0 = 1<<500;" + doubled("const x%d = x%d * x%d;", 40) + "_ = x40 > 1")},
	{"huge float", "", body("const x = 1e1000000; println(x / 1e999999)")},
	{"huger float", "", body("const x = 1e100000000; println(x / x)")},
	{"huge hexadecimal float", "", body("const x = 0x1p1000000000; println(x / x)")},
	{"small floats", "", body("const x = 1e-100000000; println(x * x)")},
	{"float squares", "not representable", body("const x0 = 1e100;" + doubled("const x%d = x%d * x%d;", 60) + "println(x60 > 1)")},
	{"rational squares", "", body("const x0 = 1.0/3;" + doubled("const x%d = x%d * x%d;", 60) + "println(x60 < 1)")},
	{"long number", "excessively long constant", body("const x = " + strings.Repeat("9", 60000) + "; println(x > 1)")},
	{"long fraction", "excessively long constant", body("const x = 0." + strings.Repeat("9", 60000) + "; println(x < 1)")},
	{"long product", "the program is nested too deeply", body("const x = 1" + strings.Repeat("*3", 30000) + "; println(x > 1)")},
	{"complex squares", "not representable", body("const x0 = 1e100+1e100i;" + doubled("const x%d = x%d * x%d;", 60) + "println(real(x60) > 1)")},
	{"giant array", "is too large: package variables", "package main\nvar x [1<<40]int\nfunc main() { x[0] = 1 }\n"},
	{"giant local", "", body("var x [1<<40]int; i := 1; x[i] = 1; println(x[i])")},
	{"large local", "", body("var x [1<<20]int; i := 1; x[i] = 1; println(x[i])")},
	{"large result", "frame is too large", "package main\nfunc f() (x [1<<20]int) { return }\nfunc main() { println(f()[0]) }\n"},
	{"large argument", "frame is too large", "package main\nfunc f(x [1<<20]int) int { return len(x) }\nfunc main() { println(f([1<<20]int{})) }\n"},
	{"giant argument", "frame is too large", "package main\nfunc f(x [1<<40]int) int { return len(x) }\nvar p *[1<<40]int\nfunc main() { println(f(*p)) }\n"},
	{"giant copy", "", "package main\nvar p, q *[1<<40]int\nfunc main() { *p = *q; x := *p; x[len(x)-1]++; *q = x }\n"},
	{"giant comparison", "frame is too large", "package main\nvar p, q *[1<<40]int\nfunc main() { println(*p == *q) }\n"},
	{"giant interface", "", "package main\nvar p *[1<<40]*int\nfunc main() { var x any = *p; println(x != nil) }\n"},
	{"giant range", "frame is too large", "package main\nvar p *[1<<40]int\nfunc main() { for i, x := range *p { println(i, x) } }\n"},
	{"giant channel", "frame is too large", "package main\nvar c chan [1<<40]int\nfunc main() { x := <-c; println(x[1]) }\n"},
	{"giant map", "frame is too large", "package main\nvar c map[[1<<40]int][1<<40]int\nfunc main() { for k, v := range c { println(k[1], v[2]) } }\n"},
	{"giant literal", "frame is too large", "package main\nfunc main() { x := [1<<40]int{5}; y := x; println(y[4]) }\n"},
	{"giant struct", "is too large: package variables", "package main\ntype t struct { x [1<<30]int; y [1<<30]int }\nvar v t\nfunc main() { println(v.y[2]) }\n"},
	{"sparse literal", "", body("x := [...]int{1<<30: 1}; println(len(x))")},
	{"sparse slice", "", body("x := []int{1<<28: 1}; println(len(x))")},
	{"giant sparse slice", "", body("x := []byte{1<<45: 1}; println(len(x))")},
	{"long literal", "", body("x := []int{" + strings.Repeat("1,", 32000) + "}; println(len(x))")},
	{"long literal of variables", "", body("y := 1; x := []int{" + strings.Repeat("y,", 32000) + "}; println(len(x))")},
	{"map literal", "", body("x := map[int]int{" + numbered("%d:1,", 7000) + "}; println(len(x))")},
	{"deep literal", "the program is nested too deeply", "package main\ntype t []t\nfunc main() { x := t" + strings.Repeat("{", 9900) + strings.Repeat("}", 9900) + "; println(len(x)) }\n"},
	{"calls of calls", "the program is nested too deeply", "package main\nfunc f(x int) int { return x }\nfunc main() { println(" + strings.Repeat("f(", 9900) + "1" + strings.Repeat(")", 9900) + ") }\n"},
	{"calls in a row", "the program is nested too deeply", "package main\ntype t struct{}\nfunc (x t) f() t { return x }\nfunc main() { var x t; x" + strings.Repeat(".f()", 16000) + " }\n"},
	{"indices in a row", "the program is nested too deeply", "package main\ntype t []t\nfunc main() { var x t; _ = x" + strings.Repeat("[0]", 9900) + " }\n"},
	{"switch", "branches", body("x := 1; switch x {" + numbered("case %d:;", 5500) + "}")},
	{"switch in one case", "branches", body("x := 1; switch x { case " + numbered("%d,", 9000) + "-1: }")},
	{"string switch", "branches", body("x := \"\"; switch x { case " + numbered("\"%d\",", 7000) + "\"-\": }")},
	{"type switch", "", "package main\n" + numbered("type t%d int\n", 2500) + "func main() { var x any; switch x.(type) { case " + numbered("t%d,", 2500) + "nil: } }\n"},
	{"select", "branches", body("var c chan int; select { default:;" + strings.Repeat("case <-c:;", 6000) + "}")},
	{"gotos", "label a1 declared", body("goto a0;" + numbered("a%[1]d: if len(\"\") == 1 { goto a0 };", 1500))},
	{"labels", "the program is nested too deeply", body(numbered("a%[1]d: for { continue a%[1]d; ", 1500) + strings.Repeat("}", 1500))},
	{"variables", "", body(numbered("v%[1]d := 1; _ = v%[1]d;", 3000))},
	{"escaping variables", "", body(numbered("v%[1]d := 1; p(&v%[1]d);", 2700)) + "var q *int\nfunc p(x *int) { q = x }\n"},
	{"live variables", "", body(numbered("v%[1]d := f();", 3000)+" println("+numbered("v%d,", 3000)+")") + "func f() int { return 1 }\n"},
	{"functions", "", "package main\n" + numbered("func f%d(){}\n", 3800) + "func main() {}\n"},
	{"methods", "", "package main\ntype t int\n" + numbered("func (t) f%d(){}\n", 3000) + "func main() { var x any = t(1); println(x != nil) }\n"},
	{"globals", "", "package main\n" + numbered("var v%d int\n", 4000) + "func main() {}\n"},
	{"dependent globals", "", "package main\nvar v0 = 1\n" + doubled("var v%d = v%d + v%d\n", 2600) + "func main() {}\n"},
	{"backward globals", "initialization cycle", "package main\n" + numbered("var v%[1]d = f%[1]d()\n", 600) + numbered("func f%[1]d() int { return v0 }\n", 600) + "func main() {}\n"},
	{"parameters", "", "package main\nfunc f(" + numbered("x%d,", 9000) + "y int) {}\nfunc main() { }\n"},
	{"results", "type is too large", "package main\nfunc f() (" + strings.Repeat("int,", 15000) + "int)\nfunc main() { }\n"},
	{"fields", "", "package main\ntype t struct {" + numbered("x%d,", 9000) + "y int}\nfunc main() { var v t; println(v == v) }\n"},
	{"embedded", "more than 200 types", "package main\ntype t0 struct{ x int }\n" + chained("type t%d struct{ t%d }\n", 2000) + "func main() { var v t2000; println(v.x) }\n"},
	{"embedded methods", "more than 200 types", "package main\ntype t0 struct{ x int }\nfunc (t0) M() {}\n" + chained("type t%d struct{ t%d }\n", 2000) + "func main() { var v any = t2000{}; println(v != nil) }\n"},
	{"embedded twice", "type is too large", "package main\ntype t0 struct{ x int }\n" + doubled("type t%d struct{ t%d; a t%d }\n", 30) + "func main() { var v *t30; println(v == nil) }\n"},
	{"interfaces", "more than 200 types", "package main\ntype t0 interface{ M() }\n" + chained("type t%[1]d interface{ t%[2]d; M%[1]d() }\n", 1000) + "func main() { var v t1000; println(v == nil) }\n"},
	{"unions", "type is too large", "package main\ntype t0 interface{ int }\n" + doubled("type t%d interface{ t%d | t%d }\n", 40) + "func f[P t40](x P) {}\nfunc main() { f(1) }\n"},
	{"infinite instances", "instantiation cycle", "package main\ntype t[P any] struct{}\nfunc f[P any](n int) { if n > 0 { f[t[P]](n-1) } }\nfunc main() { f[int](9) }\n"},
	{"infinite instances through methods", "instantiation cycle", "package main\ntype t[P any] struct{ x P }\nfunc (t[P]) m(n int) any { if n == 0 { return nil }; return t[t[P]]{}.m(n-1) }\nfunc main() { println(t[int]{}.m(5) == nil) }\n"},
	{"infinite type", "instantiation cycle", "package main\ntype t[P any] struct{ f *t[t[P]] }\nfunc main() { var x t[int]; println(x.f == nil) }\n"},
	{"infinite interface", "instantiation cycle", "package main\ntype t[P any] struct{}\nfunc (t[P]) M() any { return t[t[P]]{} }\nfunc main() { var x any = t[int]{}; println(x != nil) }\n"},
	{"growing instances", "too large a type", "package main\ntype p[A, B any] struct{ a A; b B }\n" + "func f0[T any](x T) { println(1) }\n" + doubled("func f%d[T any](x T) { var y p[T, T]; f%d(y); _ = f%d[T] }\n", 30) + "func main() { f30(1) }\n"},
	{"many instances", "instances of generic functions", "package main\nfunc f0[T any](x T) { println(1) }\n" + doubled("func f%d[T any](x T) { f%d(&x); f%d([]T{x}) }\n", 30) + "func main() { f30(1) }\n"},
	{"deep instance", "the program is nested too deeply", "package main\ntype t[P any] struct{}\nfunc main() { var x " + strings.Repeat("t[", 9000) + "int" + strings.Repeat("]", 9000) + "; println(x == x) }\n"},
	{"inference", "the program is nested too deeply", "package main\nfunc f[A any](x A) A { return x }\nfunc main() { println(" + strings.Repeat("f(", 9000) + "1" + strings.Repeat(")", 9000) + ") }\n"},
	{"inference of pairs", "call's type may be too large", "package main\ntype p[A, B any] struct{}\nfunc f[A, B any](A, B) p[A, B] { return p[A, B]{} }\nfunc main() { x0 := f(1, 2);" + doubled("x%d := f(x%d, x%d);", 60) + "_ = x60 }\n"},
	{"invalid UTF-8", "illegal", "package main\nfunc main() { println(\"" + strings.Repeat("\xff", 40000) + "\") }\n"},
	{"zeros", "illegal", "package main\n" + strings.Repeat("\x00", 60000)},
	{"line directives", "invalid line number", "package main\n" + strings.Repeat("//line a.go:2147483647\n", 2500) + "func main() { panic(1) }\n"},
	{"wild line directives", "invalid line number", "package main\n//line :1:1\n/*line x:99999999999*/\n//line ../../etc/passwd:-1\nfunc main() { x }\n"},
	{"line directive ahead", "undefined: x", "package main\n//line main.go:1000000000\nfunc main() { x }\n"},
	{"unknown imports", "not", "package main\n" + numbered("import \"p%d\"\n", 3000) + "func main() {}\n"},
	{"own import", "not", "package main\nimport \"main\"\nfunc main() {}\n"},
	{"all imports", "", "package main\nimport (_ \"fmt\"; _ \"encoding/json\"; _ \"text/template\"; _ \"regexp\"; _ \"math/big\"; _ \"encoding/xml\")\nfunc main() {}\n"},
	{"comments", "", "package main\n" + strings.Repeat("//\n", 20000) + "func main() {}\n"},
	{"errors", "undefined: x", body(strings.Repeat("x;", 30000))},
	{"syntax errors", "expected statement", body(strings.Repeat(") ", 30000))},
	{"linknames", "", "package main\nimport _ \"unsafe\"\n//go:linkname f runtime.main\nfunc f()\n//go:linkname g no.such\nfunc g()\nfunc main() { g() }\n"},
	{"type cycle", "invalid recursive type", "package main\ntype t [len(t{})]int\ntype u struct { u }\ntype v v\nfunc main() {}\n"},
	{"alias cycle", "invalid recursive type", "package main\n" + chained("type t%d = t%d\n", 3000) + "type t0 = t3000\nfunc main() {}\n"},
	{"method values", "", "package main\ntype t struct{}\nfunc (x t) f() t { return x }\nfunc main() { var x t; " + strings.Repeat("_ = x.f;", 5000) + "}\n"},
	{"range functions", "the program is nested too deeply", body("f := func(y func(int) bool) {};" + strings.Repeat("for range f {", 300) + "return " + strings.Repeat("}", 300))},
	{"break out of range functions", "", body("f := func(y func(int) bool) {};" + numbered("a%d: for range f {", 200) + numbered("if f != nil { break a%d };", 200) + strings.Repeat("}", 200))},
}

func body(stmts string) string { return "package main\nfunc main() {\n" + stmts + "\n}\n" }

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// doubled gives each line its number and twice that of the line before.
func doubled(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i+1, i, i)
	}
	return b.String()
}

func chained(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i+1, i)
	}
	return b.String()
}

// hung is how long nothing may take, however busy the machine is. On a quiet one
// all is over within a second: BenchmarkHostile.
const hung = time.Minute

// Source that is hard on a compiler is a program or a mistake with a place.
// Deeper, longer and larger than the limits of package load is a mistake.
func TestHostileSource(t *testing.T) {
	if _, err := host.Library(); err != nil {
		t.Fatal(err)
	}
	for _, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			if took := loadHostile(t, h.text, h.want, time.Now()); took > hung {
				t.Errorf("%d bytes took %v", len(h.text), took)
			}
		})
	}
}

// BenchmarkHostile reports how much longer the slowest of them takes than a
// program of one line.
func BenchmarkHostile(b *testing.B) {
	load := func(text string) time.Duration {
		start := time.Now()
		host.Load("hostile.go", text)
		return time.Since(start)
	}
	load("package main\n\nfunc main() {}\n") // the library is there
	for range b.N {
		plain, worst, name := load("package main\n\nfunc main() {}\n"), time.Duration(0), ""
		for _, h := range hostile {
			if took := load(h.text); took > worst {
				worst, name = took, h.name
			}
		}
		b.ReportMetric(float64(worst)/float64(plain), "worst/plain")
		b.ReportMetric(float64(worst.Milliseconds()), "worst-ms")
		b.Log("the slowest is", name)
	}
}

func loadHostile(t *testing.T, text, want string, start time.Time) time.Duration {
	t.Helper()
	p, diags, err := host.Load("hostile.go", text)
	took := time.Since(start)
	switch {
	case err != nil:
		t.Errorf("not a mistake of the program's: %.200s", err)
	case p != nil && want != "":
		t.Errorf("no mistake found; want %q", want)
	case p == nil && len(diags) == 0:
		t.Error("neither a program nor a mistake")
	}
	found := ""
	for _, d := range diags {
		if d.Line < 1 || d.Column < 1 || strings.Contains(d.Message, "internal error") {
			t.Errorf("%.300s", d)
		}
		found += d.Message + "\n"
	}
	if !strings.Contains(found, want) || want == "" && found != "" {
		t.Errorf("mistakes: %.300s; want %q", found, want)
	}
	return took
}
