// Package tasktest runs scripts instead of programs: a task.Runner whose tasks
// do what a line of text says. It knows the seam and nothing of schedulers.
//
// A script has a line for each task, or one for several, the first is main:
//
//	1: run 10, spawn 2, spawn 3, run 300, park
//	2: run 50, check, run 200, check, run 50
//	3..9: run 20, syscall 400, note, ready 1
//
// A task that comes to the end of its line exits; when main does, the process
// exits. Operations, where d is a duration such as 300, 5us or 10ms:
//
//	run d          use the processor
//	until d        use the processor until the time d; note when another ran between
//	check          a function prologue
//	note           add the task to Notes
//	spawn n        start task n; spawn 3..9 starts several
//	ready n        wake task n; if it hasn't parked its next park is void
//	park [why]     wait for a ready; why is a wait reason, with _ for spaces
//	again n        ready task n and park, without end
//	wait n         wait until n tasks are done
//	done           be done
//	sleep d, syscall d, poll d
//	timer t d n    let timer t ready task n after d
//	stop t         disarm timer t
//	yield, goyield, lock, unlock
//	procs n        GOMAXPROCS(n)
//	collect d      stop the world for d
//	fault n        write to n pages that a fork has made common, of which half are copied
//	reap n         hear of the end of child process n
//	exit           end at once (main: runtime.Goexit)
//	quit n         end the process with code n
//	crash n        end it so after a fatal error
package tasktest
