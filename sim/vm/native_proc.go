package vm

import (
	"fmt"
	"slices"
	"strings"
)

// The part of Linux's /proc that tells a program about its threads.

// pid is the process's number, and so of its first thread.
func (v *VM) pid() int32 {
	if v.kern != nil {
		return v.proc.pid()
	}
	return initPID
}

// tids are the numbers of the process's threads. Where there are many
// processes, those that the runtime has added are not told.
func (v *VM) tids() []int32 {
	if v.kern != nil {
		return []int32{v.pid()}
	}
	list := v.host.Threads()
	for i := range list {
		list[i] += v.pid()
	}
	return list
}

const procTasks = "/proc/self/task"

// gettid is a raw system call: the scheduler hears nothing of it.
func gettid(c *Call) Action {
	tid := c.VM.pid()
	if c.VM.kern == nil {
		tid += c.VM.host.Thread(c.ID)
	}
	c.SetResult(0, uint64(tid))
	c.Cost(100)
	return Done
}

// refreshProc brings /proc/self/task up to date if path is in it: a directory
// for each thread that lives.
func (c *Call) refreshProc(path string) {
	if !strings.HasPrefix(path, procTasks) {
		return
	}
	k, now := c.kernel(), c.unixNow()
	for _, dir := range []string{"/proc", "/proc/self", procTasks} {
		k.Mkdir(dir, 0o555, now)
	}
	var live []string
	for _, t := range c.VM.tids() {
		live = append(live, fmt.Sprint(t))
	}
	had, _ := k.ReadDir(procTasks)
	for _, name := range had {
		if !slices.Contains(live, name) {
			k.Rmdir(procTasks+"/"+name, now)
		}
	}
	for _, name := range live {
		k.Mkdir(procTasks+"/"+name, 0o555, now) // EEXIST: as it should be
	}
}
