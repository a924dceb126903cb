package vm

import (
	"fmt"
	"slices"

	"gopark/sim/files"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// The process: its arguments, environment, random numbers and end, and
// what package runtime tells of it.

// library is what natives of the standard library keep from call to call.
type library struct {
	files *files.System         // nil until a program asks for a file
	types map[string][]mem.Addr // the program's own, so fixed; nil until reflect asks

	polls   []pollDesc  // by descriptor
	blocked []blocked   // in the kernel, until an Arrive
	pools   [2]mem.Addr // sync.allPools and oldPools; 0: the program has none
	unmade  []int       // of Gs whose go statement died before they had a number, how many there were before each
	pinned  []task.ID   // where there are no Ps: who has the number, or task.None
}

// kernel returns the file system, made on first use.
func (l *library) kernel(v *VM) *files.System {
	if k := v.kern; k != nil {
		if k.files == nil {
			k.files = newFiles(v)
			for _, p := range k.procs[1:] { // fork had nothing to copy
				k.files.Fork(0, p.index)
			}
		}
		k.files.Switch(v.proc.index)
		return k.files
	}
	if l.files == nil {
		l.files = newFiles(v)
	}
	return l.files
}

func newFiles(v *VM) *files.System {
	s := files.New(v.cfg.Memory, v.cfg.Epoch)
	if w := v.cfg.Wires; w != (Latencies{}) {
		s.Wires.Pipe.Latency, s.Wires.Unix.Latency, s.Wires.TCP.Latency = w.Pipe, w.Unix, w.TCP
	}
	if v.cfg.Files != nil {
		if err := s.Load(v.cfg.Files, v.cfg.Epoch); err != nil {
			panic(fmt.Sprintf("vm: the files of the run: %v", err))
		}
	}
	s.MakeNull(v.cfg.Epoch)
	return s
}

// clone returns a copy for a snapshot.
func (l *library) clone() library {
	c := *l
	c.polls, c.blocked = slices.Clone(l.polls), slices.Clone(l.blocked)
	c.unmade, c.pinned = slices.Clone(l.unmade), slices.Clone(l.pinned)
	if l.files != nil {
		c.files = l.files.Clone()
	}
	return c
}

// setStrings allocates a []string and sets results 0, 1 and 2.
func (c *Call) setStrings(list []string) {
	typ, _ := c.Symbol("type:string")
	a := c.AllocArray(16, typ, uint64(len(list)))
	for i, s := range list {
		p := c.NewString(s)
		c.Store64(a+16*uint64(i), p)
		c.Store64(a+16*uint64(i)+8, uint64(len(s)))
	}
	c.SetResult(0, a)
	c.SetResult(1, uint64(len(list)))
	c.SetResult(2, uint64(len(list)))
}

func args(c *Call) Action {
	c.setStrings(c.VM.cfg.Args)
	return Done
}

// envs returns the environment as name=value, sorted by name.
func envs(c *Call) Action {
	var list []string
	for name, value := range c.VM.cfg.Env { // any order: sorted below
		list = append(list, name+"="+value)
	}
	slices.Sort(list)
	c.setStrings(list)
	return Done
}

func exitNative(c *Call) Action {
	if !c.Fresh() {
		return Again
	}
	c.Ask(task.Request{Kind: task.ExitProcess, N: int32(c.Arg(0))})
	return Done
}

func random(c *Call) Action {
	c.SetResult(0, c.Rand())
	return Done
}

// setMaxStack is debug.SetMaxStack.
func setMaxStack(c *Call) Action {
	old := c.VM.maxStack
	c.VM.maxStack = c.Arg(0)
	c.SetResult(0, old)
	return Done
}

// nothing is a native without arguments to heed, results or effects.
func nothing(c *Call) Action { return Done }

// identity answers its argument.
func identity(c *Call) Action { return Done } // the result's slot is the argument's

var processNatives = table{
	{"os.runtime_args", args},
	{"syscall.runtime_envs", envs},
	{"internal/godebug.envs", envs},
	{"os.runtime_beforeExit", nothing},
	{"syscall.Exit", exitNative},
	{"runtime.exit", exitNative},
	{"runtime.rand", random},
	{"runtime/debug.setMaxStack", setMaxStack},
	{"syscall.Getpagesize", func(c *Call) Action {
		c.SetResult(0, 4096)
		return Done
	}},
	{"runtime.Version", func(c *Call) Action {
		c.SetString(0, goVersion)
		return Done
	}},
	{"internal/abi.FuncPCABI0", funcPC},
	{"internal/abi.FuncPCABIInternal", funcPC},
	{"internal/abi.NoEscape", identity},
}

// goVersion is the release whose library and language the machine has, whatever
// era's scheduler runs it.
const goVersion = "go1.26"

// funcPC is the entry of the function in an any.
func funcPC(c *Call) Action {
	entry := uint64(0)
	if clo := c.Arg(1); clo != 0 {
		entry = c.Load64(clo)
	}
	c.SetResult(0, entry)
	return Done
}
