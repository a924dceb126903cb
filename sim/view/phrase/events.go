package phrase

import "gopark/sim/trace"

// Events has a sentence for every kind of event. Kinds whose sentence depends on an
// argument have a table of their own below, or constants. The marks of a sentence are
//
//	{G} {M} {P} {core}  who and where
//	{by}                the goroutine that M runs, or M itself
//	{A} {B}             the arguments, as their type says
//	{told}              what a real trace told
//	[word] [word|text]  a key of Words, and how it is written here
//	<…>                 left out if something named inside is none
var Events = [trace.NumKinds]string{
	trace.Nothing: "Nothing happened.",

	trace.Cores:         "The computer's [core|cores]: {A}.",
	trace.ThreadCreate:  "<{by} needs another thread: >the kernel makes {A}.",
	trace.ThreadReady:   "{M} goes to the tail of the kernel's run queue< ({A})>.",
	trace.ThreadStart:   "Core {core} runs {M}.",
	trace.ThreadStop:    "{M} leaves core {core}<: {A}>.",
	trace.ThreadPark:    "{M} goes to sleep on its futex<: {A}>.",
	trace.ThreadUnpark:  "<{by} wakes >{A}< for {P}>.",
	trace.LockWait:      "{M} wants {A}<, which {B} has>: it spins, and sleeps if that takes long.",
	trace.LockTake:      "{M} has waited {B} for {A}, and has it.",
	trace.ThreadDestroy: "{M} ends; the kernel takes its stack back.",

	trace.ProcsChange: "[GOMAXPROCS] is {A}: so many Ps there are now.",
	trace.ProcStart:   "{M} [acquire|takes hold of] {P}.",
	trace.ProcStop:    "{M} lets go of {P}<: {A}>.",
	trace.ProcIdle:    "{P} goes to the list of [idle P|idle Ps].",
	trace.ProcHand:    "{P} is [hand off|handed] to {A}.",
	trace.ProcSteal:   "<{M} >[retake|takes] {P} away from {A}, which is in a system call.",
	trace.ProcHalt:    "{P} stands still: the world is stopped.",

	trace.GoCreate:            "", // who creates it decides
	trace.GoStart:             "", // Starts
	trace.GoStop:              "{G} stops but stays runnable<: {A}>. It goes to {B}.",
	trace.GoBlock:             "{G} [park|blocks] on {A}<; {M} has to look for other work>.",
	trace.GoUnblock:           "", // who wakes it decides
	trace.GoSyscallBegin:      "{G} enters a [system call] and takes {M} with it; the kernel needs {A}.",
	trace.GoSyscallEnd:        "{G} is back from its [system call]; {M} still has< {P}> and runs it on.",
	trace.GoSyscallEndBlocked: "{G} is back from its [system call], but {M} has lost its P. {G} goes to {B}.",
	trace.GoDestroy:           "{G} ends< and goes to {P}'s [free list]>.",
	trace.GoPreempt:           "<{M} >asks {G}< on {P}> to stop soon<: {A}>. It is a [preempt|preemption].",
	trace.GoLock:              "{G} is [lock|wired] to {M}.",
	trace.GoUnlock:            "{G} is no longer [lock|wired] to {M}.",
	trace.GoHandLocked:        "{M} has {G} in hand, but it is [lock|wired] to {A}: {A} gets it, and the P.",
	trace.GoHand:              "{M} hands {G} to {A}, which will run it.",

	trace.RunqKick:     "{G} is kicked out of {P}'s [runnext] and goes to the tail of its [run queue].",
	trace.RunqOverflow: "{P}'s [run queue] is full: its {A} oldest and {G} [overflow|move] to the [global queue].",
	trace.RunqDrain:    "{P} is going away: its {A} goroutines move to the head of the [global queue].",
	trace.RunqFlush:    "A worker of the [collector|garbage collector] keeps {P}: its {A} goroutines move to the tail of the [global queue].",
	trace.RunqDeal:     "Before the world runs again all that can run is gathered in the [global queue] and dealt to {A} Ps anew.",
	trace.GlobalTake:   "{M} takes {A} from the head of the [global queue]: {G} in hand, the others to {P}'s queue.",
	trace.Look:         "", // Looks
	trace.Steal:        "{M} [steal|steals] {B} from {A}'s queue: {G} in hand, the others to {P}'s queue.",
	trace.StealNext:    "{M} [steal|steals] {G} out of {A}'s [runnext].",
	trace.SpinBegin:    "{M} starts [spinning]: it looks for work that others might have.",
	trace.SpinEnd:      "{M} stops [spinning].",

	trace.PollBegin: "", // of PollBegin below
	trace.PollEnd:   "{M} is back from the [netpoll|network poller].",
	trace.TimerSet:  "", // of timers below
	trace.TimerStop: "A [timer] is stopped.",
	trace.TimerFire: "", // of timers below

	trace.STWBegin:    "{G} [stop the world|stops the world]<: {A}>.",
	trace.STWEnd:      "The world runs again.",
	trace.GCBegin:     "The [collector|garbage collector] marks and sweeps.",
	trace.GCEnd:       "The [collector|garbage collector] is done.",
	trace.GCMarkBegin: "The [collector|garbage collector] marks beside the program from here on.",
	trace.GCMarkEnd:   "All that is reachable is marked: the [collector|garbage collector] may sweep.",
	trace.StackGrow:   "{G}'s stack of {A} bytes is full: it is [stack growth|copied] to one of {B} bytes.",
	trace.StackLink:   "{G}'s stack of {A} bytes is full: it gets a further [stack growth|segment], {B} bytes in all.",
	trace.StackUnlink: "The function that needed it returns: {G}'s last [stack growth|segment] is freed, {B} of {A} bytes are left.",
	trace.StackShrink: "{G} uses little of its stack: it is [stack growth|copied] from {A} to {B} bytes.",

	trace.Exit:        "The process ends with exit code {A}.",
	trace.Crash:       "The process ends by a fatal error, with exit code {A}.",
	trace.Deadlock:    "No goroutine can ever run again: [deadlock].",
	trace.ThreadLimit: "The process has more than {A} threads and is ended.",

	trace.UserTaskBegin:   "{G} begins the task< {told}>.",
	trace.UserTaskEnd:     "{G} ends the task< {told}>.",
	trace.UserRegionBegin: "{G} begins the region< {told}>.",
	trace.UserRegionEnd:   "{G} ends the region< {told}>.",
	trace.UserLog:         "{G} logs< {told}>.",

	trace.Reseed: "From here on chance is drawn from seed {A}: the run is forked here.",

	trace.ProcessFork:  "<{by} has forked: >{G} is process {A}. {B} pages of memory are common until one of them writes.",
	trace.ProcessFault: "{G} has written to {A} pages for the first time since a fork; {B} of them had to be copied.",
	trace.ProcessWait:  "{G} learns how its child, process {A}, has ended.",
	trace.ProcessExit:  "{G} ends its process, {A}, with exit code {B}; the kernel takes its memory back.",
}

// Starts say GoStart by where the goroutine was found.
var Starts = [trace.NumPlaces]string{
	trace.Nowhere:  "{M} runs {G}< on {P}>.",
	trace.InNext:   "{M} finds {G} in {P}'s [runnext] and runs it; the [time slice] goes on.",
	trace.InRing:   "{M} looks in {P}'s [run queue] and runs its head, {G}. A new [time slice] begins.",
	trace.InGlobal: "{M} runs {G}, the head of the [global queue]. A new [time slice] begins.",
	trace.InHand:   "{M} runs {G}, which it had in hand<, on {P}>. A new [time slice] begins.",
	trace.InThread: "{G} runs on its own thread, {M}.",
}

// Places say where a goroutine goes.
var Places = [trace.NumPlaces]string{
	trace.Nowhere:  "no queue yet",
	trace.InNext:   "{P}'s [runnext]",
	trace.InRing:   "the tail of {P}'s [run queue]",
	trace.InGlobal: "the tail of the [global queue]",
	trace.InHand:   "{M}'s hand, to run at once",
	trace.InThread: "a thread of its own",
}

// Looks say where a thread looks for work.
var Looks = [trace.NumWheres]string{
	trace.LookTimers: "for due [timer|timers] of {P}",
	trace.LookTick:   "in the [global queue], as every 61st [tick]",
	trace.LookLocal:  "in {P}'s [runnext] and [run queue]",
	trace.LookGlobal: "in the [global queue]",
	trace.LookNet:    "into the [netpoll|network poller]",
	trace.LookSteal:  "whether it can [steal] from< {B}>'s queue",
	trace.LookTimer2: "for due [timer|timers] of< {B}>",
	trace.LookNext:   "whether it can [steal]< {B}>'s [runnext]",
	trace.LookAgain:  "everywhere once more, having given up its P",
}

// Whys say reasons.
var Whys = [trace.NumWhys]string{
	trace.WhyNone:      "",
	trace.WhyNew:       "it is new",
	trace.WhyWoken:     "it was woken",
	trace.WhyTime:      "its time came",
	trace.WhySyscall:   "a system call",
	trace.WhyPreempted: "its time slice is over",
	trace.WhyGosched:   "it called runtime.Gosched",
	trace.WhyGoyield:   "it yields to a waiter",
	trace.WhyParked:    "it waits for another thread",
	trace.WhyIdle:      "there is nothing to do",
	trace.WhyHandoff:   "its P is given to another thread",
	trace.WhyLocked:    "its goroutine is wired to a thread",
	trace.WhyStop:      "the world is being stopped",
	trace.WhyPoll:      "it waits in the network poller",
	trace.WhyExit:      "it ends",
	trace.WhyCollect:   "the collector wants it",
	trace.WhyProcs:     "GOMAXPROCS changes",
	trace.WhyLock:      "it waits for a lock of the runtime's",
	trace.WhyArrived:   "the kernel has what it waited for",
}
