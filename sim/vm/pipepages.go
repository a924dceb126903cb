package vm

import "slices"

// What a pipe holds, if nobody changes it by F_SETPIPE_SZ: 16 pages; and how many bytes
// are written at once or not at all (PIPE_BUF).
const (
	pipePages = 16
	pageBytes = 4096
	pipeRoom  = pipePages * pageBytes
	pipeBuf   = 4096
)

// pages are the kernel's pages in which the bytes of a pipe lie, as fs/pipe.c deals
// them out: what a write has more than whole pages goes into the rest of the last
// page if it fits there, and all else into pages of its own. So elements of 3,000
// bytes take a page each.
type pages struct {
	left []uint16 // bytes still to be read, of each page, oldest first
	end  int      // of what was written to the last
}

// join is how many of n bytes to write go into the last page.
//
//go:noinline
func (p *pages) join(n int) int {
	if rest := n % pageBytes; len(p.left) > 0 && p.end+rest <= pageBytes {
		return rest
	}
	return 0
}

// fit reports whether there is room for n bytes.
//
//go:noinline
func (p *pages) fit(n int) bool {
	n -= p.join(n)
	return len(p.left)+(n+pageBytes-1)/pageBytes <= pipePages
}

// write takes n bytes in, for which there is room.
func (p *pages) write(n int) {
	if k := p.join(n); k > 0 {
		p.left[len(p.left)-1] += uint16(k)
		p.end += k
		n -= k
	}
	for ; n > 0; n -= p.end {
		p.end = min(n, pageBytes)
		p.left = append(p.left, uint16(p.end))
	}
}

// read gives the oldest n bytes out.
func (p *pages) read(n int) {
	for n > 0 {
		k := min(n, int(p.left[0]))
		n -= k
		if p.left[0] -= uint16(k); p.left[0] == 0 {
			p.left = p.left[1:]
		}
	}
}

// bytes is how many there are.
func (p *pages) bytes() (n int) {
	for _, k := range p.left {
		n += int(k)
	}
	return n
}

func (p pages) clone() pages {
	p.left = slices.Clone(p.left)
	return p
}
