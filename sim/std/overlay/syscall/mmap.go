//go:build gopark

package syscall

import (
	"sync"
	"unsafe"
)

// What mappings allow, and how they are made.
const (
	PROT_NONE  = 0x0
	PROT_READ  = 0x1
	PROT_WRITE = 0x2
	PROT_EXEC  = 0x4

	MAP_SHARED    = 0x1
	MAP_PRIVATE   = 0x2
	MAP_ANON      = 0x20
	MAP_ANONYMOUS = 0x20
	MAP_NORESERVE = 0x4000
	MAP_POPULATE  = 0x8000
)

// mmap finds room for length bytes of zeros.
func mmap(length, prot uintptr) (addr uintptr, errno Errno)

func munmap(addr, length uintptr) Errno

func mprotect(addr, length, prot uintptr) Errno

// mapped are the slices that Mmap returned, by their last bytes.
var mapped struct {
	sync.Mutex
	active map[*byte][]byte
}

// Mmap maps memory, or a copy of a file. A file can't be written to by way of
// memory.
func Mmap(fd int, offset int64, length int, prot int, flags int) (data []byte, err error) {
	anon := flags&MAP_ANON != 0
	switch {
	case length <= 0 || flags&(MAP_PRIVATE|MAP_SHARED) == 0 || offset%int64(Getpagesize()) != 0:
		return nil, EINVAL
	case !anon && flags&MAP_SHARED != 0 && prot&PROT_WRITE != 0:
		return nil, ENOTSUP
	}
	first := prot
	if !anon {
		first = PROT_READ | PROT_WRITE
	}
	addr, e := mmap(uintptr(length), uintptr(first))
	if e != 0 {
		return nil, e
	}
	b := unsafe.Slice((*byte)(unsafe.Pointer(addr)), length)
	if !anon {
		for at := 0; at < length; {
			n, e := pread(fd, b[at:], offset+int64(at))
			if e != 0 {
				munmap(addr, uintptr(length))
				return nil, e
			}
			if n == 0 {
				break
			}
			at += n
		}
		mprotect(addr, uintptr(length), uintptr(prot))
	}
	mapped.Lock()
	defer mapped.Unlock()
	if mapped.active == nil {
		mapped.active = map[*byte][]byte{}
	}
	mapped.active[&b[cap(b)-1]] = b
	return b, nil
}

// Munmap unmaps what Mmap returned.
func Munmap(b []byte) error {
	if len(b) == 0 || len(b) != cap(b) {
		return EINVAL
	}
	mapped.Lock()
	defer mapped.Unlock()
	p := &b[cap(b)-1]
	if was := mapped.active[p]; was == nil || &was[0] != &b[0] {
		return EINVAL
	}
	if e := munmap(uintptr(unsafe.Pointer(&b[0])), uintptr(len(b))); e != 0 {
		return e
	}
	delete(mapped.active, p)
	return nil
}

// Mprotect changes what may be done with a mapping's pages.
func Mprotect(b []byte, prot int) error {
	if len(b) == 0 {
		return nil
	}
	return toError(mprotect(uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)), uintptr(prot)))
}
