// The program that TestPanics runs, once for each case, under real Go and here.
package main

import (
	"errors"
	"fmt"
	"log"
	"os"
	"runtime"
	"sync"
	"time"
)

type point struct{ x, y int }

type shape interface{ area() int }

type square int

func (s square) area() int { return int(s) * int(s) }

type circle struct{ r int }

func (c *circle) area() int { return c.r }

type big struct {
	pad [5000]byte
	x   int
}

type uncomparable struct{ f []int }

type myErr struct{ code int }

func (e myErr) Error() string { return fmt.Sprintf("my error %d", e.code) }

type named string

type textual struct{}

func (textual) String() string { return "a Stringer" }

type badErr struct{}

func (badErr) Error() string { panic("in Error") }

var (
	zero, one, five, minus = 0, 1, 5, -1
	huge                   = uint64(1) << 63
	list                   = []int{1, 2, 3}
	array                  = [3]int{1, 2, 3}
	text                   = "héllo"
	nobody                 *point
	nilMap                 map[string]int
	nilFunc                func()
	nilShape               shape
	anything               any = "text"
	sink                   any
)

// Bounds.
func index()         { sink = list[five] }
func indexNegative() { sink = list[minus] }
func indexUnsigned() { sink = list[huge] }
func indexArray()    { sink = array[five] }
func indexString()   { sink = text[five*2] }
func indexEmpty()    { sink = list[:0][zero] }
func sliceHigh()     { sink = list[:five] }
func sliceLow()      { sink = list[five:] }
func sliceOrder()    { sink = list[one+1 : one] }
func sliceNegative() { sink = list[minus:] }
func sliceArray()    { sink = array[:five] }
func sliceString()   { sink = text[five*2:] }
func sliceStringHi() { sink = text[:five*2] }
func slice3Max()     { sink = list[0:1:five] }
func slice3High()    { sink = list[0:five:2] }
func slice3Low()     { sink = list[five:2:3] }
func slice3Array()   { sink = array[0:1:five] }
func sliceUnsigned() { sink = list[:huge] }
func toArray()       { sink = [4]int(list) }
func toArrayPtr()    { sink = (*[4]int)(list) }

// Arithmetic and sizes.
func divide()       { sink = five / zero }
func remainder()    { sink = uint8(five) % uint8(zero) }
func shift()        { sink = one << minus }
func makeLen()      { sink = make([]int, minus) }
func makeCap()      { sink = make([]int, 1, zero) }
func makeHuge()     { sink = make([]int, huge) }
func makeChan()     { sink = make(chan int, minus) }
func makeMapSmall() { sink = make(map[int]int, minus); panic(len(sink.(map[int]int))) }

// Nil.
func nilDeref()  { sink = nobody.y }
func nilStore()  { nobody.x = 1 }
func nilLarge()  { var b *big; sink = b.x }
func nilArray()  { var a *[10]int; sink = a[five] }
func nilCall()   { nilFunc() }
func nilMethod() { sink = nilShape.area() }
func nilValueMethod() {
	var s *square
	nilShape = s
	sink = nilShape.area()
}
func nilMapWrite() { nilMap["a"] = 1 }
func nilGo()       { go nilFunc(); time.Sleep(time.Second) }
func nilDefer()    { defer nilFunc() }

// Interfaces and maps.
func assertConcrete() { sink = anything.(int) }
func assertNil()      { anything = nil; sink = anything.(int) }
func assertMissing()  { sink = anything.(shape) }
func assertPointer()  { anything = circle{1}; sink = anything.(shape) }
func assertNilShape() { sink = nilShape.(square) }
func assertShape()    { nilShape = square(2); sink = nilShape.(*circle) }
func assertNilIface() { anything = nil; sink = anything.(shape) }
func assertScopes() {
	type point struct{ x, y int }
	anything = point{}
	sink = anything.(interface{ area() int })
}
func unhashable()    { sink = map[any]int{[]int{1}: 2} }
func unhashableIn()  { sink = map[any]int{uncomparable{}: 2} }
func unhashableGet() { var m map[any]int; sink = m[func() {}] }
func incomparable()  { anything = list; sink = anything == any(list) }
func incomparableIn() {
	anything = uncomparable{}
	sink = anything == any(uncomparable{})
}

// Channels.
func closeNil()   { var c chan int; close(c) }
func closeTwice() { c := make(chan int); close(c); close(c) }
func sendClosed() { c := make(chan int, 1); close(c); c <- 1 }
func selectClosed() {
	c := make(chan int)
	close(c)
	select {
	case c <- 1:
	}
}

// Values.
func custom()     { panic(myErr{7}) }
func customPtr()  { panic(&myErr{8}) }
func wrapped()    { panic(fmt.Errorf("outer: %w", errors.New("inner"))) }
func stringer()   { panic(textual{}) }
func nothing()    { panic(nil) }
func ofString()   { panic("two\nlines") }
func ofNamed()    { panic(named("a \"name\"")) }
func ofInt()      { panic(int8(-5)) }
func ofFloat()    { panic(1.5) }
func ofComplex()  { panic(complex64(1 - 2i)) }
func ofBool()     { panic(true) }
func ofSquare()   { panic(square(3)) }
func ofStruct()   { panic(uncomparable{}) }
func ofBadError() { panic(badErr{}) }

// Panics and deferred calls.
func again() {
	defer func() { panic(fmt.Sprint("again: ", recover())) }()
	panic("first")
}
func nested() {
	defer func() { panic("second") }()
	panic("first")
}
func threefold() {
	defer func() {
		defer func() { panic("third") }()
		panic("second")
	}()
	panic("first")
}
func repanic() {
	defer func() { panic(recover()) }()
	panic("same")
}
func recoveredInner() {
	defer func() {
		defer func() { recover() }()
		panic("second")
	}()
	panic("first")
}
func deepPanic() { level(3) }
func level(n int) {
	if n == 0 {
		panic("deep")
	}
	level(n - 1)
}
func methodPanic()     { p := &point{}; p.fail() }
func (p *point) fail() { panic(fmt.Sprint(*p)) }
func closurePanic() {
	f := func() { func() { panic("inside") }() }
	f()
}
func deferredPanic() {
	defer func() { fmt.Println("runs") }()
	defer level(1)
}
func generic()         { of[int](nil) }
func of[T any](p *T) T { return *p }
func goexitMain()      { runtime.Goexit() }
func goexitPanic() {
	defer func() { panic("in goexit") }()
	runtime.Goexit()
}
func goroutine() {
	go level(0)
	time.Sleep(time.Second)
}
func rangeFunc() {
	for i := range func(yield func(int) bool) { _ = yield(1) && yield(2) } {
		if i == 2 {
			panic(i)
		}
	}
}
func rangeFuncGoesOn() {
	for range func(yield func() bool) { yield(); yield() } {
		break
	}
}

// Ends.
func exit3()    { defer fmt.Println("never"); os.Exit(3) }
func logFatal() { log.SetFlags(0); log.Fatal("fatal") }
func logPanic() { log.SetFlags(0); log.Panic("panicky") }

// Fatal errors.
func asleepReceive() { <-make(chan int) }
func asleepSend()    { make(chan int) <- 1 }
func asleepNil()     { var c chan int; <-c }
func asleepNilSend() { var c chan int; c <- 1 }
func asleepSelect()  { select {} }
func asleepTwo() {
	a, b := make(chan int), make(chan int)
	select {
	case <-a:
	case b <- 1:
	}
}
func asleepMutex() { var m sync.Mutex; m.Lock(); m.Lock() }
func asleepRead()  { var m sync.RWMutex; m.Lock(); m.RLock() }
func asleepWrite() { var m sync.RWMutex; m.RLock(); m.Lock() }
func asleepGroup() { var wg sync.WaitGroup; wg.Add(1); wg.Wait() }
func asleepCond()  { c := sync.NewCond(new(sync.Mutex)); c.L.Lock(); c.Wait() }
func asleepRange() {
	for range make(chan int) {
	}
}
func unlock()        { var m sync.Mutex; m.Unlock() }
func runlock()       { var m sync.RWMutex; m.RUnlock() }
func unlockRW()      { var m sync.RWMutex; m.Unlock() }
func groupNegative() { var wg sync.WaitGroup; wg.Done() }

var cases = map[string]func(){
	"index": index, "indexNegative": indexNegative, "indexUnsigned": indexUnsigned, "indexArray": indexArray, "indexString": indexString,
	"indexEmpty": indexEmpty, "sliceHigh": sliceHigh, "sliceLow": sliceLow, "sliceOrder": sliceOrder, "sliceNegative": sliceNegative,
	"sliceArray": sliceArray, "sliceString": sliceString, "sliceStringHi": sliceStringHi, "slice3Max": slice3Max, "slice3High": slice3High,
	"slice3Low": slice3Low, "slice3Array": slice3Array, "sliceUnsigned": sliceUnsigned, "toArray": toArray, "toArrayPtr": toArrayPtr,
	"divide": divide, "remainder": remainder, "shift": shift, "makeLen": makeLen, "makeCap": makeCap, "makeHuge": makeHuge,
	"makeChan": makeChan, "makeMapSmall": makeMapSmall, "nilDeref": nilDeref, "nilStore": nilStore, "nilLarge": nilLarge,
	"nilArray": nilArray, "nilCall": nilCall, "nilMethod": nilMethod, "nilValueMethod": nilValueMethod, "nilMapWrite": nilMapWrite,
	"nilGo": nilGo, "nilDefer": nilDefer, "assertConcrete": assertConcrete, "assertNil": assertNil, "assertMissing": assertMissing,
	"assertPointer": assertPointer, "assertNilShape": assertNilShape, "assertShape": assertShape, "assertNilIface": assertNilIface,
	"assertScopes": assertScopes, "unhashable": unhashable, "unhashableIn": unhashableIn, "unhashableGet": unhashableGet,
	"incomparable": incomparable, "incomparableIn": incomparableIn, "closeNil": closeNil, "closeTwice": closeTwice,
	"sendClosed": sendClosed, "selectClosed": selectClosed, "custom": custom, "customPtr": customPtr, "wrapped": wrapped,
	"stringer": stringer, "nothing": nothing, "ofString": ofString, "ofNamed": ofNamed, "ofInt": ofInt, "ofFloat": ofFloat,
	"ofComplex": ofComplex, "ofBool": ofBool, "ofSquare": ofSquare, "ofStruct": ofStruct, "ofBadError": ofBadError, "again": again,
	"nested": nested, "threefold": threefold, "repanic": repanic, "recoveredInner": recoveredInner, "deepPanic": deepPanic,
	"methodPanic": methodPanic, "closurePanic": closurePanic, "deferredPanic": deferredPanic, "generic": generic,
	"goexitMain": goexitMain, "goexitPanic": goexitPanic, "goroutine": goroutine, "rangeFunc": rangeFunc,
	"rangeFuncGoesOn": rangeFuncGoesOn, "exit3": exit3, "logFatal": logFatal, "logPanic": logPanic, "asleepReceive": asleepReceive,
	"asleepSend": asleepSend, "asleepNil": asleepNil, "asleepNilSend": asleepNilSend, "asleepSelect": asleepSelect,
	"asleepTwo": asleepTwo, "asleepMutex": asleepMutex, "asleepRead": asleepRead, "asleepWrite": asleepWrite,
	"asleepGroup": asleepGroup, "asleepCond": asleepCond, "asleepRange": asleepRange,
	"unlock": unlock, "runlock": runlock, "unlockRW": unlockRW, "groupNegative": groupNegative,
}

func main() { cases[os.Args[1]]() }
