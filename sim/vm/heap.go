package vm

import "gopark/sim/mem"

// classSizes are Go's size classes (internal/runtime/gc/sizeclasses.go): append's
// growth, and so cap, shows them to programs.
var classSizes = [...]uint16{
	0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352,
	384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048, 2304,
	2688, 3072, 3200, 3456, 4096, 4864, 5120, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240,
	10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768,
}

const (
	pageBits = 13 // Go's page is 8 KiB
	pageSize = 1 << pageBits
	maxSmall = 32768
	// headerLimit: objects with pointers above it carry an 8-byte malloc
	// header in Go, which their size class must have room for.
	headerLimit = 512
)

// A heap hands out memory: objects, whose spans the collector sweeps, and
// stacks. From any address in the arena the page table finds the span, and the
// span finds the object.
type heap struct {
	base    uint64              // offset of the first page
	pages   []int32             // span of each page from base on; -1: the page is free
	spans   []span              // those of no pages are free
	unused  []int32             // free spans' indices
	runs    []run               // free pages, by address, no two adjacent
	types   []uint32            // layout of each object: type descriptor's offset + 1, noLayout or words
	flags   []uint8             // of each object
	regions [numClasses][]int32 // free stretches of types and flags, by class
	current [2 * numClasses]int32
	partial [2 * numClasses][]int32 // swept spans with room, in the order to be filled from the end
	stacks  [numStacks][]uint64     // free stacks of less than a span, by the order of their size

	stackBytes uint64 // of stacks in use, as Go counts them
	stackRoom  uint64 // and what is set aside for them
	tidyAt     int    // the goroutine whose room was last looked at
	tidying    bool
	spanBytes  uint64   // of pages in spans of objects
	live       uint64   // bytes of objects allocated and not freed yet
	allocated  uint64   // bytes of objects, ever
	objects    uint64   // allocated, ever
	tiny       mem.Addr // block of which small objects without pointers get parts; 0: none
	tinyUsed   uint64   // bytes of it
	profile    memProfile
	freed      uint64 // objects freed, ever

	classOf [maxSmall/8 + 1]uint8 // fixed
}

// numClasses counts the classes; 0 is for large objects, each a span of its own.
const numClasses = len(classSizes)

// What heap.types says of an object that has no descriptor.
const (
	noLayout = 0          // no pointers
	words    = ^uint32(0) // any word may be a pointer
)

// Flags of an object.
const (
	allocated uint8 = 1 << iota
	marked
	sampled // the heap profile tells of it
)

func (h *heap) init(m *mem.Memory) {
	if pad := -m.Size() & (pageSize - 1); pad > 0 {
		m.Extend(pad)
	}
	h.base = m.Size()
	for i := range h.current {
		h.current[i] = -1
	}
	class := uint8(1)
	for i := range h.classOf {
		for uint16(i*8) > classSizes[class] {
			class++
		}
		h.classOf[i] = class
	}
}

// roundSize is the size of the block that malloc finds for size bytes
// (runtime/msize.go:roundupsize).
func (h *heap) roundSize(size uint64, pointers bool) uint64 {
	req := size
	if pointers && req > headerLimit {
		req += 8
	}
	if req <= maxSmall-8 || req <= maxSmall && !pointers {
		return uint64(classSizes[h.classOf[(req+7)/8]]) - (req - size)
	}
	return (size + pageSize - 1) &^ (pageSize - 1)
}

// alloc returns n*size zeroed bytes for n elements of type typ, 0 if there are
// no pointers in it.
func (v *VM) alloc(size uint64, typ mem.Addr, n uint64) mem.Addr {
	if size == 0 {
		return v.zeroBase()
	}
	layout, pointers := v.layoutOf(typ)
	return v.allocLayout(size, layout, pointers)
}

// allocWords returns size zeroed bytes any word of which may become a pointer:
// what the machine itself keeps in the arena.
func (v *VM) allocWords(size uint64) mem.Addr { return v.allocLayout(size, words, true) }

func (v *VM) allocLayout(size uint64, layout uint32, pointers bool) mem.Addr {
	if size >= v.cfg.Memory {
		panic(trap{kind: trapMemory})
	}
	h := &v.heap
	tiny := size < tinySize && !pointers
	if tiny {
		if a := h.takeTiny(size); a != 0 {
			v.charge(costAlloc)
			return a
		}
	}
	block := h.roundSize(size, pointers)
	if tiny {
		layout, block = noLayout, tinySize
	}
	s := v.spanFor(block, pointers)
	i := uint64(s.first) + uint64(s.next)
	a := s.start + uint64(s.next)*s.size
	h.types[i], h.flags[i] = layout, allocated
	s.next++
	s.used++
	if s.dirty {
		clear(v.mem.Bytes(mem.Base+a, s.size))
	}
	h.allocated += block
	h.live += s.size
	h.objects++
	v.charge(costAlloc)
	v.chargeBytes(size)
	v.gc.live += s.size
	if v.gc.phase == gcBeside {
		v.allocBeside(i, s.size)
	}
	if v.gc.live >= v.gc.trigger || v.cfg.GCStress {
		v.wantCollection()
	}
	if h.profile.on {
		v.count(mem.Base+a, i, s.size)
	}
	if tiny && (size < h.tinyUsed || h.tiny == 0) {
		h.tiny, h.tinyUsed = mem.Base+a, size
	}
	return mem.Base + a
}

// tinySize is the size of the blocks that small objects without pointers share.
const tinySize = 16

// takeTiny returns the address of size bytes in the present tiny block, or 0
// (runtime/malloc.go:mallocgcTiny). They count as allocated and, at once, as freed.
func (h *heap) takeTiny(size uint64) mem.Addr {
	at := h.tinyUsed
	switch {
	case size&7 == 0:
		at = (at + 7) &^ 7
	case size&3 == 0:
		at = (at + 3) &^ 3
	case size&1 == 0:
		at = (at + 1) &^ 1
	}
	if h.tiny == 0 || at+size > tinySize {
		return 0
	}
	h.tinyUsed = at + size
	h.objects++
	h.freed++
	return h.tiny + at
}

// layoutOf is what heap.types says of objects of type typ, and whether they
// hold pointers.
func (v *VM) layoutOf(typ mem.Addr) (layout uint32, pointers bool) {
	const (
		maskEnds  = 8 << 14 // a type's mask describes no more of its bytes
		noMask    = 1 << 4  // abi.TFlagGCMaskOnDemand: reflect made it, without a mask
		arrayKind = 17
	)
	if typ == 0 {
		return noLayout, false
	}
	for v.sizeOf(typ) > maskEnds {
		if v.mem.U8(typ+23)&31 != arrayKind {
			return words, true
		}
		typ = v.mem.U64(typ + 48)
	}
	switch {
	case !v.hasPointers(typ):
		return uint32(typ-mem.Base) + 1, false
	case v.mem.U8(typ+20)&noMask != 0:
		return words, true
	}
	return uint32(typ-mem.Base) + 1, true
}

// spanFor returns a span whose next object is free and holds a block.
func (v *VM) spanFor(block uint64, pointers bool) *span {
	h := &v.heap
	if block > maxSmall-8 {
		pages := (block + pageSize - 1) / pageSize
		v.sweepForPages(pages)
		return &h.spans[v.newSpan(pages, span{size: pages * pageSize, pointers: pointers})]
	}
	class := h.classOf[(block+7)/8]
	slot := int(class) * 2
	if pointers {
		slot++
	}
	if i := h.current[slot]; i >= 0 && h.seekFree(&h.spans[i]) {
		return &h.spans[i]
	}
	for n := len(h.partial[slot]); n > 0; n-- {
		i := h.partial[slot][n-1]
		h.partial[slot] = h.partial[slot][:n-1]
		if h.seekFree(&h.spans[i]) {
			h.current[slot] = i
			return &h.spans[i]
		}
	}
	if v.sweepForSpan(slot) {
		return v.spanFor(block, pointers)
	}
	size := uint64(classSizes[class])
	pages := uint64(1)
	for pages*pageSize%size > pages*pageSize/8 {
		pages++
	}
	if v.rules.SweepsSingly { // today it only frees spans that are all garbage
		v.sweepForPages(pages)
	}
	i := v.newSpan(pages, span{class: class, size: size, pointers: pointers})
	h.current[slot] = i
	return &h.spans[i]
}

// seekFree moves s.next to a free object.
func (h *heap) seekFree(s *span) bool {
	if s.used == s.n {
		return false
	}
	for flags := h.flags[s.first:]; s.next < s.n; s.next++ {
		if flags[s.next]&allocated == 0 {
			return true
		}
	}
	return false
}

// zeroBase is the address of every object of size 0 (runtime.zerobase).
func (v *VM) zeroBase() mem.Addr {
	if a, ok := v.prog.Symbols["runtime.zerobase"]; ok {
		return a
	}
	return mem.Base + v.heap.base - 8
}

// allocArray is alloc for n elements of the given size; too many throw.
func (v *VM) allocArray(size uint64, typ mem.Addr, n uint64) mem.Addr {
	if size != 0 && n > v.cfg.Memory/size {
		panic(trap{kind: trapMemory})
	}
	return v.alloc(size*n, typ, n)
}

// find returns the number in heap.flags of the object that address a points
// into, and its span; false if there is no object.
func (h *heap) find(a mem.Addr) (i uint32, s *span, ok bool) {
	off := a - mem.Base - h.base
	if off>>pageBits >= uint64(len(h.pages)) || h.pages[off>>pageBits] < 0 {
		return 0, nil, false
	}
	s = &h.spans[h.pages[off>>pageBits]]
	n := uint32(a-mem.Base-s.start) / uint32(s.size)
	if s.kind != spanObjects || n >= s.n {
		return 0, nil, false
	}
	i = uint32(s.first) + n
	return i, s, h.flags[i]&allocated != 0
}

// addrOf is the address of the object with number i in s.
func (s *span) addrOf(i uint32) mem.Addr {
	return mem.Base + s.start + uint64(i-uint32(s.first))*s.size
}

// objectAt finds the object that address a points into. typ is 0 if it has no
// descriptor.
func (v *VM) objectAt(a mem.Addr) (start, size uint64, typ mem.Addr, ok bool) {
	i, s, ok := v.heap.find(a)
	if !ok {
		return 0, 0, 0, false
	}
	if t := v.heap.types[i]; t != noLayout && t != words {
		typ = mem.Base + uint64(t) - 1
	}
	return s.addrOf(i), s.size, typ, true
}

func (v *VM) newString(s string) mem.Addr {
	if s == "" {
		return 0
	}
	a := v.alloc(uint64(len(s)), 0, 1)
	copy(v.mem.Bytes(a, uint64(len(s))), s)
	return a
}

func (v *VM) newBytes(b []byte) mem.Addr {
	a := v.alloc(uint64(len(b)), 0, 1)
	if len(b) > 0 {
		copy(v.mem.Bytes(a, uint64(len(b))), b)
	}
	return a
}
