package code

import (
	"fmt"
	"strings"
)

// Disassemble writes f as text, one instruction a line, with source lines and
// the names of what it refers to. pc counts from the function's start.
func Disassemble(f *Func) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  frame %d, out %d, parameters %d, results %d", f.Sym, f.Frame, f.Out, f.Params, f.Results)
	for _, fl := range []struct {
		bit  Flags
		name string
	}{{Wrapper, "wrapper"}, {HasDefer, "defers"}, {DupOK, "dupok"}, {NativeFn, "native"}, {UserCode, "user"}, {Initializer, "initializer"}, {KeepsArgs, "keepsargs"}} {
		if f.Flags&fl.bit != 0 {
			b.WriteString(", " + fl.name)
		}
	}
	if f.Recover >= 0 {
		fmt.Fprintf(&b, ", recovers at %d", f.Recover)
	}
	b.WriteByte('\n')
	relocs := map[uint32]string{}
	for _, r := range f.Relocs {
		relocs[r.At] = r.Sym
	}
	line := 0
	for pc := 0; pc < len(f.Code); {
		at := ""
		for line < len(f.Lines) && int(f.Lines[line].PC) <= pc {
			at = fmt.Sprint(f.Lines[line].Line)
			line++
		}
		fmt.Fprintf(&b, "%6s %5d  %s\n", at, pc, f.text(pc, relocs))
		pc += 1 + f.Code[pc].Op.Extras()
	}
	return b.String()
}

// text is the instruction at pc with its Extra words.
func (f *Func) text(pc int, relocs map[uint32]string) string {
	in := f.Code[pc]
	if in.Op >= NumOps {
		return in.Op.String()
	}
	sh := in.Op.shape()
	parts := []string{}
	words := [3]uint16{in.A, in.B, in.C}
	for i, kind := range sh.operands {
		switch kind {
		case 'd', 'u', 'b', 'o':
			parts = append(parts, slotName(words[i]))
		case 'n':
			parts = append(parts, fmt.Sprint(int16(words[i])))
		case 'i':
			parts = append(parts, fmt.Sprint(in.Imm()))
		case 'k':
			parts = append(parts, f.constText(in.Imm()))
		case 'j':
			d := in.Imm()
			if i == 2 {
				d = int32(int16(in.C))
			}
			parts = append(parts, fmt.Sprintf("→%d", pc+1+int(d)))
		case 'f', 'v':
			parts = append(parts, relocs[uint32(pc)])
		}
	}
	for i, kind := range sh.extras {
		parts = append(parts, f.extraText(pc+1+i, kind))
	}
	return strings.TrimSpace(fmt.Sprintf("%-10s %s", in.Op, strings.Join(parts, ", ")))
}

func (f *Func) extraText(pc int, kind rune) string {
	if pc >= len(f.Code) {
		return "?"
	}
	x := f.Code[pc]
	switch kind {
	case 'k':
		if x.A != 0 {
			return fmt.Sprintf("%s, %d", f.constText(x.Imm()), x.A)
		}
		return f.constText(x.Imm())
	case 's':
		return fmt.Sprintf("[%s:%s:%s]", slotName(x.A), slotName(x.B), slotName(x.C))
	case 'm':
		return fmt.Sprintf("[%d]%d+%d", x.A, x.B, x.C)
	case 'o', 'u':
		return slotName(x.A)
	case 'n', 'w':
		return fmt.Sprint(x.A)
	}
	return fmt.Sprint(x.Imm())
}

func slotName(s uint16) string {
	if s == NoSlot {
		return "_"
	}
	return fmt.Sprintf("s%d", s)
}

func (f *Func) constText(i int32) string {
	if i < 0 || int(i) >= len(f.K) {
		return fmt.Sprintf("K%d", i)
	}
	k := f.K[i]
	if k.Kind == RelNone {
		return fmt.Sprint(int64(k.Value))
	}
	sym := k.Sym
	if len(sym) > 60 {
		sym = sym[:57] + "…"
	}
	return fmt.Sprintf("%q", sym)
}
