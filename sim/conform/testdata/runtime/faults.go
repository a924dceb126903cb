// Accesses that fail: of nil, of addresses that nothing is at, of mapped memory.
package main

import (
	"fmt"
	"os"
	"runtime/debug"
	"syscall"
	"unsafe"
)

type big struct {
	a [5000]byte
	b int
	c [70000]byte
	d int
}

var wild = uintptr(0xdeadbeef)

func at(p uintptr) *int { return *(**int)(unsafe.Pointer(&p)) }

func try(name string, f func()) {
	defer func() {
		r := recover()
		fmt.Println(name, r)
		if e, ok := r.(interface{ Addr() uintptr }); ok {
			fmt.Printf("at a wild address: %v, at 0: %v\n", e.Addr() == wild, e.Addr() == 0)
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	f()
}

func main() {
	var p *big
	try("near", func() { fmt.Println(p.a[3]) })
	try("far", func() { fmt.Println(p.b) })
	try("farther", func() { p.d = 1 })
	try("load", func() { fmt.Println(*at(wild)) })
	try("store", func() { *at(wild) = 4 })
	try("no address", func() { fmt.Println(*at(0xdeadbeefdeadbeef)) })
	s := "hello"
	try("constant", func() { *unsafe.StringData(s) = 'j' })

	const page = 4096
	m, err := syscall.Mmap(-1, 0, 1<<33, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		panic(err)
	}
	copy(m[1<<32-3:], "across a boundary")
	fmt.Println(string(m[1<<32-4:][:20]), m[1<<33-1])
	w := unsafe.Slice((*int64)(unsafe.Pointer(&m[0])), 1<<30)
	w[1<<29-1] += 5
	fmt.Println(w[1<<29-1], m[1<<32-8])
	fmt.Println(syscall.Mprotect(m[page:2*page], syscall.PROT_READ), syscall.Mprotect(m[1:2], 0))
	try("read", func() { fmt.Println(m[page]) })
	try("write", func() { m[page] = 1 })
	try("copy", func() { copy(m[page-2:], "abcd") })
	first := m[page-2]
	fmt.Println(first, syscall.Munmap(m[:5]), syscall.Munmap(m))
	try("unmapped", func() { fmt.Println(m[0]) })

	os.WriteFile("/tmp/gopark-map", []byte("a file's text"), 0o600)
	f, err := os.Open("/tmp/gopark-map")
	if err != nil {
		panic(err)
	}
	m, err = syscall.Mmap(int(f.Fd()), 0, 13, syscall.PROT_READ, syscall.MAP_PRIVATE)
	fmt.Println(string(m), err)
	os.Remove("/tmp/gopark-map")
	fmt.Println(p.d)
}
