package vm

import (
	"fmt"
	"slices"
	"strings"
)

// The part of Linux's /proc that tells a program about its threads.

// pid is the number of the one process, and so of its first thread.
const pid = 1

const procTasks = "/proc/self/task"

// gettid is a raw system call: the scheduler hears nothing of it.
func gettid(c *Call) Action {
	c.SetResult(0, uint64(pid+int(c.VM.host.Thread(c.ID))))
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
	for _, t := range c.VM.host.Threads() {
		live = append(live, fmt.Sprint(pid+int(t)))
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
