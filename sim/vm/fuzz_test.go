package vm

import (
	"encoding/binary"
	"maps"
	"slices"
	"testing"

	"gopark/sim/code"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// Bytes become functions that pass the verifier, with operands anywhere in
// range: calls of one another and of every native with whatever lies in the
// slots. The machine may end the run with any message, but it must not panic,
// and it must not leave the arena.
func FuzzBytecode(f *testing.F) {
	f.Add([]byte{})
	for op := range code.NumOps {
		f.Add([]byte{byte(op), byte(op >> 8), 1, 2, 3, 0, 0, 0, byte(op), byte(op >> 8), 4, 4, 4, 0, 0, 0})
	}
	for i := range nativeNames() {
		f.Add([]byte{byte(code.Native), byte(code.Native >> 8), 0, byte(i), byte(i >> 8), 0, 0, 0})
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 4000 {
			return
		}
		for _, max := range []uint64{1 << 18, 1 << 22} {
			runBytecode(t, b, max)
		}
	})
}

// nativeNames are all natives, in order.
var nativeNames = func() func() []string {
	var names []string
	return func() []string {
		if names == nil {
			names = allNatives()
		}
		return names
	}
}()

func allNatives() []string { return slices.Sorted(maps.Keys(nativeOf)) }

const (
	fuzzFrame = 10
	fuzzOut   = 12
	fuzzFuncs = 3
)

func runBytecode(t *testing.T, b []byte, memory uint64) {
	o := &code.Object{Path: "main"}
	fuzzData(o)
	part := (len(b)/fuzzFuncs + 7) &^ 7
	for i := range fuzzFuncs {
		lo := min(i*part, len(b))
		o.Funcs = append(o.Funcs, fuzzFunc(i, b[lo:min(lo+part, len(b))]))
	}
	for _, fn := range o.Funcs {
		if code.Verify(fn) != nil {
			return
		}
	}
	p, err := code.Link(mem.Base, []string{"main.f0"}, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	v, err := New(p, Config{Memory: memory}, &park{goids: map[task.ID]int64{}})
	if err != nil {
		return
	}
	id, ok := v.Start("main.f0", false)
	if !ok {
		t.Fatal("no main.f0")
	}
	runFuzzed(v, id)
}

// runFuzzed is a scheduler that wakes whoever waits, whether it should or not.
func runFuzzed(v *VM, id task.ID) {
	tasks := []task.ID{id}
	now := task.Time(0)
	for n := 0; n < 300 && len(tasks) > 0; n++ {
		id := tasks[n%len(tasks)]
		took, r := v.Run(id, now, 2000, n%5 == 4)
		now += took
		switch r.Kind {
		case task.Spawn:
			if len(tasks) < 50 {
				tasks = append(tasks, r.Task)
			}
		case task.Exit:
			tasks = slices.DeleteFunc(tasks, func(x task.ID) bool { return x == id })
		case task.ExitProcess, task.Crash:
			return
		case task.Park, task.Sleep, task.Poll:
			return // nobody may run it before it is readied
		}
	}
}

// fuzzData is something to point at: a type, numbers, text.
func fuzzData(o *code.Object) {
	typ := make([]byte, 96)
	binary.LittleEndian.PutUint64(typ, 8)
	typ[23] = 2 // an int
	o.Data = append(o.Data,
		&code.Data{Sym: "type:int", Size: 96, Align: 8, RO: true, Bytes: typ},
		&code.Data{Sym: "main.x", Size: 64, Align: 8, Bytes: []byte("some text to look at")},
		&code.Data{Sym: "runtime.zero", Size: 8, Align: 8})
}

// fuzzFunc makes a function of eight bytes an instruction.
func fuzzFunc(number int, b []byte) *code.Func {
	f := &code.Func{
		Sym: "main.f" + string(rune('0'+number)), Name: "main.f", Frame: fuzzFrame, Out: fuzzOut, Recover: -1,
		Flags: code.UserCode,
		K: []code.Const{
			{Kind: code.RelAddr, Sym: "type:int"}, {Kind: code.RelAddr, Sym: "main.x"},
			{Kind: code.RelClo, Sym: "main.f1"}, {Kind: code.RelEntry, Sym: "main.f2"},
			{Value: 3}, {Value: 1 << 62}, {Value: mem.Base + 4096}, {Value: ^uint64(0)},
		},
	}
	f.Code = append(f.Code, code.Instr{Op: code.Enter, A: fuzzFrame, B: fuzzFrame + fuzzOut})
	for i := range fuzzFrame - 1 { // constants to work with
		f.Code = append(f.Code, code.Instr{Op: code.LoadK, A: uint16(i + 1)}.WithImm(int32(i%len(f.K))))
	}
	for ; len(b) >= 8; b = b[8:] {
		fuzzInstr(f, b)
	}
	f.Code = append(f.Code, code.Instr{Op: code.Ret})
	fixJumps(f)
	code.Chain(f.Code)
	return f
}

// fuzzInstr adds an instruction with operands that the verifier likes.
func fuzzInstr(f *code.Func, b []byte) {
	op := (code.Op(binary.LittleEndian.Uint16(b)) % code.NumOps).Plain()
	slot := func(x byte) uint16 { return 1 + uint16(x)%(fuzzFrame+fuzzOut-1) }
	in := code.Instr{Op: op, A: slot(b[2]), B: slot(b[3]), C: slot(b[4])}
	imm := int32(binary.LittleEndian.Uint32(b[3:]))
	reloc := func(kind code.RelocKind, sym string) {
		f.Relocs = append(f.Relocs, code.Reloc{At: uint32(len(f.Code)), Kind: kind, Sym: sym})
	}
	switch {
	case op == code.Bad || op == code.Extra || op == code.Enter || op == code.EnterLeaf:
		return
	case op == code.LoadK || op == code.New:
		in = in.WithImm(int32(b[3]) % int32(len(f.K)))
	case op == code.LoadI || op == code.BoundsI || op == code.Print:
		in = in.WithImm(imm)
	case op == code.Zero:
		in = in.WithImm(int32(b[3] % 8))
	case op == code.MovN:
		in.C %= 8
	case op == code.AddI || op == code.MulI || op == code.AndI || op >= code.LdS8 && op <= code.St192:
		in.C = binary.LittleEndian.Uint16(b[4:])
	case op == code.Call:
		in.A = fuzzFrame
		reloc(code.RelCall, "main.f"+string(rune('0'+b[3]%fuzzFuncs)))
	case op == code.Native:
		in.A = fuzzFrame
		names := nativeNames()
		reloc(code.RelNative, names[int(binary.LittleEndian.Uint16(b[3:]))%len(names)])
	case op == code.CallClo || op == code.CallItab:
		in.A = fuzzFrame
	}
	f.Code = append(f.Code, in)
	for i := range op.Extras() {
		x := code.Instr{Op: code.Extra, A: slot(b[5])}
		f.Code = append(f.Code, x.WithImm(int32(b[6+i%2])%int32(len(f.K)))) // B a slot, too
	}
}

// fixJumps makes every jump go to an instruction.
func fixJumps(f *code.Func) {
	var starts []int
	for pc := 0; pc < len(f.Code); pc += 1 + f.Code[pc].Op.Extras() {
		starts = append(starts, pc)
	}
	for _, pc := range starts {
		in := &f.Code[pc]
		if in.Op < code.Jmp || in.Op > code.JGeI {
			continue
		}
		to := starts[1+(int(in.B)+int(in.C))%(len(starts)-1)]
		if in.Op <= code.Jnz {
			*in = in.WithImm(int32(to - pc - 1))
		} else {
			in.C = uint16(int16(to - pc - 1))
		}
	}
}
