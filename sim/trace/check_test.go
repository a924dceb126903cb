package trace

import (
	"strings"
	"testing"
)

// A machine with two cores, three threads and two Ps; M0 runs g1 on P0.
const boot = `
0 -  -  -  -  Cores n=2
0 -  -  -  -  ThreadCreate thread=m0
0 -  m0 -  -  ThreadReady why=new
0 c0 m0 -  -  ThreadStart
0 -  -  -  -  ThreadCreate thread=m1
0 -  -  -  -  ThreadCreate thread=m2
0 -  m2 -  -  ThreadPark why=idle
0 c0 m0 -  -  ProcsChange n=2
0 c0 m0 p1 -  ProcIdle
0 c0 m0 p0 -  ProcStart
0 c0 m0 p0 g1 GoCreate task=0 goid=1 into=hand
0 c0 m0 p0 g1 GoStart from=hand
`

// spawn makes g2 and g3: g3 in runnext, g2 at the tail of the ring.
const spawn = `
1 c0 m0 p0 g2 GoCreate task=1 goid=2 into=next
2 c0 m0 p0 g3 GoCreate task=2 goid=3 into=next
2 c0 m0 p0 g2 RunqKick
`

// wake brings M2 to core 1 with P1.
const wake = `
3 c0 m0 p1 - ProcHand thread=m2
3 c0 m0 - - ThreadUnpark thread=m2
4 - m2 - - ThreadReady why=woken
4 c1 m2 - - ThreadStart
4 c1 m2 p1 - ProcStart
`

// In each case the last line is illegal, and what comes before it is not.
var illegalLogs = []struct{ name, log, want string }{
	{"no cores first", "0 - - - - ThreadCreate thread=m0", "Cores is the first"},
	{"time goes back", boot + spawn + "1 c0 m0 p0 g1 GoStop why=gosched into=global", "time goes back"},
	{"runs twice", boot + spawn + wake + "5 c1 m2 p1 g1 GoStart from=hand", "goroutine 1 is running"},
	{"from a queue it isn't in", boot + spawn + "3 c0 m0 p0 g1 GoBlock reason=sleep object=0x0\n3 c0 m0 p0 g2 GoStart from=next", "goroutine 2 is in ring"},
	{"ring before runnext", boot + spawn + "3 c0 m0 p0 g1 GoBlock reason=sleep object=0x0\n3 c0 m0 p0 g2 GoStart from=ring", "runnext goes before"},
	{"two on a thread", boot + spawn + "3 c0 m0 p0 g3 GoStart from=next", "thread 0 runs task 0"},
	{"lost from runnext", boot + "1 c0 m0 p0 g2 GoCreate task=1 goid=2 into=next\n2 c0 m0 p0 g3 GoCreate task=2 goid=3 into=next\n3 c0 m0 p0 g1 GoBlock reason=sleep object=0x0", "not kicked"},
	{"unblock of a running one", boot + "1 c0 m0 p0 g1 GoUnblock into=next", "goroutine 1 is running"},
	{"P on two threads", boot + wake + "5 c1 m2 p0 - ProcStart", "thread 2 has P1"},
	{"thread takes a P that is held", boot + "1 - m2 - - ThreadReady why=time\n1 c1 m2 - - ThreadStart\n1 c1 m2 p0 - ProcStart", "thread 0 has P0"},
	{"a P for another", boot + "1 - m1 - - ThreadReady why=time\n1 c1 m1 - - ThreadStart\n2 c0 m0 p1 - ProcHand thread=m2\n3 c1 m1 p1 - ProcStart", "P1 is for thread 2"},
	{"core runs two", boot + "1 - m2 - - ThreadReady why=time\n1 c0 m2 - - ThreadStart", "core 0 runs thread 0"},
	{"kernel queue jumped", boot + "1 - m2 - - ThreadReady why=time\n1 - m1 - - ThreadReady why=time\n1 c1 m1 - - ThreadStart", "head of the kernel's queue"},
	{"wrong core", boot + "1 c1 m0 p0 g1 GoStop why=gosched into=global", "thread 0 is on core 0"},
	{"P idles with work", boot + spawn + "3 c0 m0 p0 g1 GoBlock reason=sleep object=0x0\n4 c0 m0 p0 - ProcStop why=idle\n4 c0 m0 p0 - ProcIdle", "idle with goroutines"},
	{"steal too many", boot + spawn + wake + "5 c1 m2 p1 g2 Steal victim=p0 n=2", "half of P0's ring is 1"},
	{"steal of one's own", boot + spawn + "3 c0 m0 p0 g1 GoBlock reason=sleep object=0x0\n4 c0 m0 p0 g2 Steal victim=p0 n=1", "no victim"},
	{"P stolen from a running thread", boot + "5 - m1 p0 - ProcSteal thread=m0", "in no system call"},
	{"end of a system call without a P", boot + "1 c0 m0 p0 g1 GoSyscallBegin wait=5\n2 - m1 p0 - ProcSteal thread=m0\n2 - m1 p0 - ProcIdle\n3 c0 m0 - g1 GoSyscallEnd", "has lost its P"},
	{"goid again", boot + "1 c0 m0 p0 g1 GoCreate task=1 goid=1 into=next", "goid 1 was used"},
	{"task again", boot + "1 c0 m0 p0 g7 GoCreate task=0 goid=7 into=next", "goroutine 1, which is running"},
	{"parks with a P", boot + "1 c0 m0 p0 g1 GoBlock reason=sleep object=0x0\n2 c0 m0 p0 - ThreadPark why=idle", "parks with P0"},
	{"deadlock with a runnable one", boot + "1 c0 m0 p0 g1 GoStop why=gosched into=global\n2 c0 m0 p0 - Deadlock goexit=0", "goroutine 1 is runnable"},
	{"early timer", boot + "1 c0 m0 p0 - TimerSet timer=0 when=9\n2 c0 m0 p0 - TimerFire timer=0 when=9", "was to fire at 9"},
	{"woken before its time", boot + "1 c0 m0 p0 g1 GoBlock reason=sleep object=0x0\n1 c0 m0 p0 g1 TimerSet timer=-1 when=9\n2 c0 m0 p0 g1 GoUnblock into=next", "sleeps until 9"},
	{"collection while another runs", boot + wake + "6 c0 m0 p0 g1 STWBegin why=collect\n7 c0 m0 p0 g1 GCBegin", "P1 doesn't stand still"},
	{"locked to another", boot + "1 c0 m0 p0 g1 GoLock\n1 c0 m0 p0 g1 GoStop why=gosched into=global\n" +
		wake + "5 c1 m2 p1 g1 GlobalTake n=1\n5 c1 m2 p1 g1 GoStart from=hand", "locked to thread 0"},
	{"spins and runs", boot + spawn + wake + "5 c1 m2 p1 - SpinBegin\n6 c1 m2 p1 g2 Steal victim=p0 n=1\n6 c1 m2 p1 g2 GoStart from=hand", "thread 2 spins"},
	{"a P starves", boot + spawn + "90000000 c0 m0 p0 g1 GoStop why=gosched into=global", "nobody looks for work"},
	{"acts while it waits for a lock", boot + spawn + wake + "5 c1 m2 p1 - LockWait lock=sched holder=m0\n6 c1 m2 p1 g2 Steal victim=p0 n=1", "waits for lock 0"},
	{"waits for what it has", boot + "5 c0 m0 p0 - LockWait lock=sched holder=m0", "thread 0 has the lock"},
	{"waits for one that waits", boot + wake + "5 c1 m2 p1 - LockWait lock=p1 holder=m0\n5 c0 m0 p0 - LockWait lock=p1 holder=m2", "waits for lock 2 and has it"},
	{"takes a lock it didn't want", boot + "5 c0 m0 p0 - LockTake lock=sched waited=3", "doesn't wait for lock 0"},
	{"woken by nobody", boot + "5 - m2 - - ThreadReady why=woken", "nobody has woken thread 2"},
	{"an idle thread is woken without a P", boot + "5 c0 m0 - - ThreadUnpark thread=m2", "without a P"},
	{"sleeps without a word", boot + wake + "6 c1 m2 p1 - ProcStop why=idle\n6 c1 m2 p1 - ProcIdle\n6 c1 m2 - - ThreadStop why=idle", "has not decided to sleep"},
	{"a P is nowhere", boot + wake + "6 c1 m2 p1 - ProcStop why=idle\n7 c0 m0 p0 g1 GoStop why=gosched into=global", "P1 is nowhere"},
	{"a new thread takes a P that is not for it", boot + "5 - m1 - - ThreadReady why=new\n5 c1 m1 - - ThreadStart\n6 c1 m1 p1 - ProcStart", "P1 is not for thread 1"},
	{"the collector is done and nobody starts the world", boot + "5 c0 m0 p0 g1 STWBegin why=collect\n5 c0 m0 p1 - ProcHalt\n6 c0 m0 p0 g1 GCBegin\n7 c0 m0 p0 g1 GCEnd\n7 c0 m0 p0 g1 GoStop why=gosched into=global\n7 c0 m0 p0 g1 GlobalTake n=1\n7 c0 m0 p0 g1 GoStart from=hand", "the world is stopped"},
	{"after the end", boot + "1 c0 m0 p0 - Exit code=0\n2 c0 m0 p0 - Exit code=0", "after the end"},
}

// A machine without Ps, on which process 1000 (g1, on M0) has forked 1001 (g2, on
// M1), and both run.
const forked = `
0 -  -  - -  Cores n=2
0 -  -  - -  ThreadCreate thread=m0
0 -  m0 - -  ThreadReady why=new
0 c0 m0 - -  ThreadStart
0 c0 m0 - g1 GoCreate task=0 goid=1 into=thread
0 c0 m0 - g1 GoStart from=thread
1 c0 m0 - -  ThreadCreate thread=m1
1 c0 m0 - g2 GoCreate task=1 goid=2 into=thread
1 c0 m0 - g2 ProcessFork pid=1001 pages=100
2 -  m1 - -  ThreadReady why=new
2 c1 m1 - -  ThreadStart
2 c1 m1 - g2 GoStart from=thread
`

// ended is the end of process 1001.
const ended = "3 c1 m1 - g2 ProcessExit pid=1001 code=0\n"

// The same for processes.
var illegalProcesses = []struct{ name, log, want string }{
	{"a pid is left out", forked + "3 c0 m0 - g3 GoCreate task=2 goid=3 into=thread\n3 c0 m0 - g3 ProcessFork pid=1003 pages=1", "pid 1003 is not the next"},
	{"a running goroutine becomes a process", forked + "3 c1 m1 - g2 ProcessFork pid=1002 pages=1", "goroutine 2 is not new"},
	{"more pages than are common", forked + "3 c1 m1 - g2 ProcessFault pages=60 copied=60\n4 c1 m1 - g2 ProcessFault pages=41 copied=0", "41 pages written, and 40"},
	{"more copied than written", forked + "3 c1 m1 - g2 ProcessFault pages=1 copied=2", "2 pages of 1 copied"},
	{"the end of another", forked + "3 c0 m0 - g1 ProcessExit pid=1001 code=0", "goroutine 1 is process 1000"},
	{"its goroutine ends and it does not", forked + "3 c1 m1 - g2 GoDestroy", "its process does not"},
	{"ends twice", forked + ended + "4 c1 m1 - g2 ProcessExit pid=1001 code=0", "process 1001 has ended"},
	{"waits after its end", forked + ended + "4 c1 m1 - g2 GoBlock reason=sleep object=0x0", "process 1001 has ended"},
	{"hears of a child that lives", forked + "3 c0 m0 - g1 ProcessWait pid=1001", "1001 is no zombie"},
	{"hears twice of a child", forked + ended + "4 c0 m0 - g1 ProcessWait pid=1001\n5 c0 m0 - g1 ProcessWait pid=1001", "1001 is no zombie"},
	{"hears of one that is not its child", forked + "3 c0 m0 - g1 ProcessExit pid=1000 code=0\n3 c1 m1 - g2 ProcessWait pid=1000", "1000 is no zombie"},
}

func TestIllegalProcesses(t *testing.T) {
	for _, c := range illegalProcesses {
		t.Run(c.name, func(t *testing.T) { illegalLast(t, c.log, c.want, Rules{Forks: true}) })
	}
	l, err := Parse(forked)
	if err == nil {
		err = Check(l, Rules{})
	}
	if err == nil || !strings.Contains(err.Error(), "no processes") {
		t.Errorf("a fork where there are none: %v", err)
	}
}

func TestIllegalLogs(t *testing.T) {
	for _, c := range illegalLogs {
		t.Run(c.name, func(t *testing.T) { illegalLast(t, c.log, c.want, Rules{Ring: 256}) })
	}
}

// illegalLast holds that the last event of a log is illegal, as want says.
func illegalLast(t *testing.T, log, want string, rules Rules) {
	l, err := Parse(log)
	if err != nil {
		t.Fatal(err)
	}
	err = Check(l, rules)
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Fatalf("got %v, want %q in\n%s", err, want, log)
	}
	legal := &Log{}
	for i := range l.Len() - 1 {
		legal.Add(l.At(i))
	}
	if err := Check(legal, rules); err != nil {
		t.Errorf("without its last line the log is legal, but: %v", err)
	}
}
