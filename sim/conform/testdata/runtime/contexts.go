// Contexts: who is cancelled by whom, when, and why.
package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"
)

type key string

func main() {
	root, stop := context.WithCancelCause(context.Background())
	fmt.Println(root.Err(), context.Cause(root))

	// A tree, of which a branch is cancelled.
	names := []string{"a", "a.a", "a.b", "a.b.a", "b", "b.a"}
	tree, cancels := map[string]context.Context{"": root}, map[string]context.CancelFunc{}
	for _, n := range names {
		up := ""
		if i := strings.LastIndex(n, "."); i >= 0 {
			up = n[:i]
		}
		tree[n], cancels[n] = context.WithCancel(context.WithValue(tree[up], key("name"), n))
	}
	gone := make(chan string, 20)
	for _, n := range names {
		context.AfterFunc(tree[n], func() { gone <- n })
	}
	told := func() (list []string) {
		for range 10 {
			runtime.Gosched()
		}
		for len(gone) > 0 {
			list = append(list, <-gone)
		}
		slices.Sort(list)
		return list
	}
	cancels["a.b"]()
	cancels["a.b"]()
	fmt.Println(told(), tree["a"].Err(), tree["a.b.a"].Err(), context.Cause(tree["a.b.a"]))
	stop(errors.New("enough"))
	stop(errors.New("too late"))
	fmt.Println(told(), root.Err(), context.Cause(root), context.Cause(tree["b.a"]), context.Cause(tree["a.b"]))
	fmt.Println(tree["b.a"].Value(key("name")), tree["b.a"].Value("name"))
	late, cancel := context.WithCancel(tree["b"])
	fmt.Println("born cancelled", late.Err())
	cancel()

	// Deadlines: the earlier one counts.
	t0 := time.Now()
	outer, cancel1 := context.WithTimeout(context.Background(), 5*time.Millisecond)
	inner, cancel2 := context.WithTimeoutCause(outer, time.Hour, errors.New("never"))
	d1, _ := outer.Deadline()
	d2, ok := inner.Deadline()
	fmt.Println(d1.Equal(d2), ok)
	<-inner.Done()
	took := time.Since(t0)
	fmt.Println(inner.Err(), context.Cause(inner), took >= 5*time.Millisecond, errors.Is(inner.Err(), context.DeadlineExceeded))
	cancel2()
	cancel1()
	short, cancel3 := context.WithTimeoutCause(context.Background(), time.Millisecond, errors.New("slow"))
	<-short.Done()
	fmt.Println(short.Err(), context.Cause(short))
	cancel3()
	past, cancel4 := context.WithDeadline(context.Background(), time.Now().Add(-1))
	fmt.Println("past", past.Err())
	cancel4()

	// AfterFunc that is stopped, and one of a context that is over.
	ctx, cancel5 := context.WithCancel(context.Background())
	stopFunc := context.AfterFunc(ctx, func() { gone <- "stopped" })
	fmt.Println(stopFunc(), stopFunc())
	cancel5()
	fmt.Println(told())
	stopFunc = context.AfterFunc(ctx, func() { gone <- "at once" })
	fmt.Println(told(), stopFunc())

	// What is no longer cancelled keeps its values.
	with := context.WithoutCancel(context.WithValue(ctx, key("k"), 1))
	fmt.Println(with.Err(), with.Value(key("k")), with.Done() == nil, context.Cause(with))
	fmt.Println(tree["a.a"])
	fmt.Println(with)

	// Waiting for whichever comes first.
	work, done := context.WithCancelCause(context.Background())
	results := make(chan int)
	for i := range 3 {
		go func() {
			select {
			case <-time.After(time.Duration(i+1) * time.Millisecond):
				select {
				case results <- i:
				case <-work.Done():
				}
			case <-work.Done():
			}
		}()
	}
	fmt.Println(<-results)
	done(nil)
	fmt.Println(work.Err(), context.Cause(work))
	for runtime.NumGoroutine() > 1 {
		runtime.Gosched()
	}
	fmt.Println("all gone")
}
