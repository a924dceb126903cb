package vm

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/rtype"
)

// print writes to standard error.
func (v *VM) print(s ...string) {
	for _, t := range s {
		v.write(2, []byte(t))
	}
}

func (v *VM) printf(format string, args ...any) { v.print(fmt.Sprintf(format, args...)) }

// printOp is one operand of the print and println builtins.
func (v *VM) printOp(in code.Instr) {
	a := v.get(in.A)
	switch code.PrintKind(in.Imm()) {
	case code.PrintInt:
		v.print(strconv.FormatInt(int64(a), 10))
	case code.PrintUint:
		v.print(strconv.FormatUint(a, 10))
	case code.PrintFloat:
		v.print(printFloat(math.Float64frombits(a), 64))
	case code.PrintFloat32:
		v.print(printFloat(math.Float64frombits(a), 32))
	case code.PrintComplex:
		v.print(strconv.FormatComplex(complex(math.Float64frombits(a), math.Float64frombits(v.get(in.A+1))), 'g', -1, 128))
	case code.PrintBool:
		v.print(strconv.FormatBool(a != 0))
	case code.PrintString:
		v.write(2, v.str(in.A))
	case code.PrintPointer, code.PrintHex:
		v.print("0x", strconv.FormatUint(a, 16))
	case code.PrintIface:
		v.printf("(%#x,%#x)", a, v.get(in.A+1))
	case code.PrintSlice:
		v.printf("[%d/%d]%#x", v.get(in.A+1), v.get(in.A+2), a)
	case code.PrintSpace:
		v.print(" ")
	case code.PrintNewline:
		v.print("\n")
	}
}

// printFloat formats as runtime/print.go does since Go 1.26: the shortest text
// that reads back as f.
func printFloat(f float64, bits int) string { return strconv.FormatFloat(f, 'g', -1, bits) }

// printPanics prints panic i and those before it (runtime/panic.go:printpanics).
func (v *VM) printPanics(i int32) {
	p := v.panics.at(i)
	if p.link >= 0 {
		v.printPanics(p.link)
		l := v.panics.at(p.link)
		if l.repanicked {
			return
		}
		if !l.goexit {
			v.print("\t")
		}
	}
	if p.goexit {
		return
	}
	v.print("panic: ", v.panicValue(p.typ, p.data))
	switch {
	case p.recovered && p.repanicked:
		v.print(" [recovered, repanicked]")
	case p.recovered:
		v.print(" [recovered]")
	}
	v.print("\n")
}

// panicValue is a panic's argument as runtime/error.go:printpanicval prints it.
func (v *VM) panicValue(typ, data mem.Addr) string {
	if typ == 0 {
		return "nil"
	}
	t := rtype.At(v.mem, typ)
	text, basic := v.basicValue(t, data)
	switch {
	case !basic:
		return fmt.Sprintf("(%s) %#x", t.String(), data)
	case t.PkgPath() == "":
		return text
	case t.Kind() == rtype.String:
		return t.String() + `("` + text + `")`
	case t.Kind() == rtype.Complex64 || t.Kind() == rtype.Complex128:
		return t.String() + text
	}
	return t.String() + "(" + text + ")"
}

// basicValue prints a value whose kind the print builtin knows.
func (v *VM) basicValue(t rtype.Type, data mem.Addr) (string, bool) {
	m := v.mem
	switch k := t.Kind(); k {
	case rtype.Bool:
		return strconv.FormatBool(m.U8(data) != 0), true
	case rtype.Int, rtype.Int8, rtype.Int16, rtype.Int32, rtype.Int64:
		shift := 64 - 8*t.Size()
		return strconv.FormatInt(int64(v.scalar(data, t.Addr, t.Size())<<shift)>>shift, 10), true
	case rtype.Uint, rtype.Uint8, rtype.Uint16, rtype.Uint32, rtype.Uint64, rtype.Uintptr:
		return strconv.FormatUint(v.scalar(data, t.Addr, t.Size()), 10), true
	case rtype.Float32:
		return printFloat(float64(math.Float32frombits(m.U32(data))), 32), true
	case rtype.Float64:
		return printFloat(math.Float64frombits(m.U64(data)), 64), true
	case rtype.Complex64:
		re, im := math.Float32frombits(m.U32(data)), math.Float32frombits(m.U32(data+4))
		return strconv.FormatComplex(complex128(complex(re, im)), 'g', -1, 64), true
	case rtype.Complex128:
		return strconv.FormatComplex(complex(math.Float64frombits(m.U64(data)), math.Float64frombits(m.U64(data+8))), 'g', -1, 128), true
	case rtype.String:
		s := string(v.bytes(m.U64(data), m.U64(data+8)))
		return strings.ReplaceAll(s, "\n", "\n\t"), true
	}
	return "", false
}
