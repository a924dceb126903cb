package vm

import (
	"strings"

	"gopark/sim/files"
	"gopark/sim/mem"
	"gopark/sim/task"
)

// System calls on files, under package syscall. Each keeps its thread in the
// kernel for a while. The effect is seen when the call begins, since the rest
// of the wait is the way back.

// What calls take in the kernel, in virtual nanoseconds of a processor that nobody slowed: medians on Linux 6
// with files in the page cache.
const (
	waitQuick = 100  // lseek, fstat: no path, no data
	waitPath  = 600  // stat, unlink, rename: a path to walk
	waitOpen  = 1000 // open: a path and a new file
	waitIO    = 300  // read, write: plus the bytes
	waitPipe  = 1000 // write to a terminal or pipe
	perNano   = 8    // bytes copied in a nanosecond
)

// kernel returns the file system of the run.
//
//go:noinline
func (c *Call) kernel() *files.System {
	k := c.VM.lib.kernel(c.VM)
	k.Clock = c.Now()
	return k
}

// unixNow is the wall clock in Unix nanoseconds.
func (c *Call) unixNow() int64 { return c.VM.cfg.Epoch + c.Now() }

// syscall makes a native of a system call: effect does it and returns how long
// it takes.
func syscall(effect func(c *Call) task.Duration) Native {
	return func(c *Call) Action {
		if !c.Fresh() {
			return Again
		}
		wait := effect(c)
		c.tellArrivals()
		c.enter(wait)
		return Done
	}
}

// enter asks for a system call that keeps the processor busy for so long, which
// is longer on a slower one.
func (c *Call) enter(wait task.Duration) {
	c.Ask(task.Request{Kind: task.Syscall, Wait: wait * c.VM.cfg.StepCost})
}

// setN sets the results of a call that answers a number and an error.
func (c *Call) setN(n int64, e files.Errno) {
	c.SetResult(0, uint64(n))
	c.SetResult(1, uint64(e))
}

// sysQuick is one that takes no arguments and answers at once.
func sysQuick(*Call) task.Duration { return waitQuick }

// sysNanosleep sleeps by the clock, however slow the processor is.
func sysNanosleep(c *Call) Action {
	if !c.Fresh() {
		return Again
	}
	c.Ask(task.Request{Kind: task.Syscall, N: task.InKernel, Wait: waitQuick*c.VM.cfg.StepCost + int64(c.Int(0))})
	return Done
}

func sysOpen(c *Call) task.Duration {
	c.refreshProc(c.ArgString(0))
	fd, e := c.kernel().Open(c.ArgString(0), int32(c.Int(2)), uint32(c.Arg(3)), c.unixNow())
	c.setN(int64(fd), e)
	return waitOpen
}

func sysRead(c *Call) task.Duration {
	fd, p := c.Int(0), c.WriteBytes(c.Arg(1), c.Arg(2))
	if fd == 0 {
		c.setN(0, 0) // nobody types
		return waitIO
	}
	n, e := c.kernel().Read(fd, p)
	wait := c.waitSend(fd, n)
	c.setN(int64(n), e)
	return wait
}

func sysWrite(c *Call) task.Duration {
	fd, p := c.Int(0), c.ArgBytes(1)
	if fd == 1 || fd == 2 {
		c.Write(fd, p)
		c.setN(int64(len(p)), 0)
		return waitPipe + int64(len(p))/perNano
	}
	n, e := c.kernel().Write(fd, p, c.unixNow())
	wait := c.waitSend(fd, n)
	c.setN(int64(n), e)
	return wait
}

func sysPread(c *Call) task.Duration {
	n, e := c.kernel().Pread(c.Int(0), c.WriteBytes(c.Arg(1), c.Arg(2)), int64(c.Arg(4)))
	c.setN(int64(n), e)
	return waitIO + int64(max(n, 0))/perNano
}

func sysPwrite(c *Call) task.Duration {
	n, e := c.kernel().Pwrite(c.Int(0), c.ArgBytes(1), int64(c.Arg(4)), c.unixNow())
	c.setN(int64(n), e)
	return waitIO + int64(max(n, 0))/perNano
}

func sysSeek(c *Call) task.Duration {
	c.setN(c.kernel().Seek(c.Int(0), int64(c.Arg(1)), c.Int(2)))
	return waitQuick
}

func sysClose(c *Call) task.Duration {
	c.SetResult(0, uint64(c.kernel().Close(c.Int(0))))
	return waitQuick
}

func sysTruncate(c *Call) task.Duration {
	c.SetResult(0, uint64(c.kernel().Ftruncate(c.Int(0), int64(c.Arg(1)), c.unixNow())))
	return waitPath
}

// putStat writes the overlay's syscall.Stat_t.
func (c *Call) putStat(a mem.Addr, s files.Stat, e files.Errno) {
	if e == 0 {
		c.Store32(a, s.Mode)
		c.Store64(a+8, uint64(s.Size))
		c.Store64(a+16, uint64(s.Mtime))
		c.Store64(a+24, s.Inode)
	}
	c.SetResult(0, uint64(e))
}

func sysStat(c *Call) task.Duration {
	c.refreshProc(c.ArgString(0))
	s, e := c.kernel().Stat(c.ArgString(0))
	c.putStat(c.Arg(2), s, e)
	return waitPath
}

func sysFstat(c *Call) task.Duration {
	s, e := c.kernel().Fstat(c.Int(0))
	c.putStat(c.Arg(1), s, e)
	return waitQuick
}

// sysReadDir returns the names, a slash behind each.
func sysReadDir(c *Call) task.Duration {
	c.refreshProc(c.ArgString(0))
	names, e := c.kernel().ReadDir(c.ArgString(0))
	var list strings.Builder
	for _, n := range names {
		list.WriteString(n)
		list.WriteByte('/')
	}
	c.SetString(0, list.String())
	c.SetResult(2, uint64(e))
	return waitPath + int64(list.Len())/perNano
}

// pathCall is a call with a path, and an error alone for an answer.
func pathCall(f func(c *Call, path string) files.Errno) Native {
	return syscall(func(c *Call) task.Duration {
		c.SetResult(0, uint64(f(c, c.ArgString(0))))
		return waitPath
	})
}

var fileNatives = table{
	{"syscall.gettid", gettid}, {"syscall.quick", syscall(sysQuick)},
	{"syscall.nanosleep", sysNanosleep},
	{"syscall.open", syscall(sysOpen)},
	{"syscall.closefd", syscall(sysClose)},
	{"syscall.read", blocking(0, reads, sysRead)},
	{"syscall.write", blocking(0, writes, sysWrite)},
	{"syscall.pread", syscall(sysPread)},
	{"syscall.pwrite", syscall(sysPwrite)},
	{"syscall.seek", syscall(sysSeek)},
	{"syscall.ftruncate", syscall(sysTruncate)},
	{"syscall.stat", syscall(sysStat)},
	{"syscall.fstat", syscall(sysFstat)},
	{"syscall.readdir", syscall(sysReadDir)},
	{"syscall.mkdir", pathCall(func(c *Call, p string) files.Errno {
		return c.kernel().Mkdir(p, uint32(c.Arg(2)), c.unixNow())
	})},
	{"syscall.unlink", pathCall(func(c *Call, p string) files.Errno { return c.kernel().Unlink(p, c.unixNow()) })},
	{"syscall.rmdir", pathCall(func(c *Call, p string) files.Errno { return c.kernel().Rmdir(p, c.unixNow()) })},
	{"syscall.rename", pathCall(func(c *Call, p string) files.Errno {
		return c.kernel().Rename(p, c.ArgString(2), c.unixNow())
	})},
}
