// Package files is what the simulated kernel keeps for a process: a tree of
// files, pipes and sockets on loopback, and a table of open descriptors, as
// plain data. It knows no goroutines and takes no time: calls answer at once,
// and what is not there yet has a time at which it will be.
//
// A file system with Go pointers inside, such as hackpadfs's, can't be part of
// a snapshot: its inodes are shared, and it stamps them with the host's clock.
// So a run's files are rows of a table that Clone copies. They come from an
// fs.FS (Load), which may well be hackpadfs's.
package files

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Errno is an error number of Linux; 0 is none.
type Errno uint64

// The errors of this kernel.
const (
	ENOENT    Errno = 2
	EBADF     Errno = 9
	EACCES    Errno = 13
	EEXIST    Errno = 17
	ENOTDIR   Errno = 20
	EISDIR    Errno = 21
	EINVAL    Errno = 22
	EMFILE    Errno = 24
	EFBIG     Errno = 27
	ENOSPC    Errno = 28
	ESPIPE    Errno = 29
	ENOTEMPTY Errno = 39

	EPERM           Errno = 1
	EAGAIN          Errno = 11
	EPIPE           Errno = 32
	ENOTSOCK        Errno = 88
	EDESTADDRREQ    Errno = 89
	EMSGSIZE        Errno = 90
	ESOCKTNOSUPPORT Errno = 94
	EOPNOTSUPP      Errno = 95
	EAFNOSUPPORT    Errno = 97
	EADDRINUSE      Errno = 98
	EADDRNOTAVAIL   Errno = 99
	ENETUNREACH     Errno = 101
	ECONNRESET      Errno = 104
	ENOBUFS         Errno = 105
	EISCONN         Errno = 106
	ENOTCONN        Errno = 107
	ECONNREFUSED    Errno = 111
	EALREADY        Errno = 114
	EINPROGRESS     Errno = 115
)

// File types in Stat's Mode, and flags of Open, as Linux has them.
const (
	ModeDir    = 0x4000
	ModeFile   = 0x8000
	ModeChar   = 0x2000
	ModePipe   = 0x1000
	ModeSocket = 0xc000
	modeType   = 0xf000

	WriteOnly = 0x1
	ReadWrite = 0x2
	Create    = 0x40
	Exclusive = 0x80
	Truncate  = 0x200
	Append    = 0x400
	Nonblock  = 0x800

	accessMask = 0x3
	maxOpen    = 4096 // RLIMIT_NOFILE: the hard limit, to which Go raises the soft one
	firstFD    = 3    // 0, 1 and 2 are the terminal's
)

// A System is a file system, a network and the descriptors of its processes, of
// which there is one unless Fork makes more.
type System struct {
	// Fixed.
	limit uint64 // bytes of all files together; 0: none
	Wires Wires  // what is sent goes through

	// Clock is the virtual time of a call on a pipe or a socket. Its caller sets it.
	Clock int64

	// State.
	inodes []inode // 0 is the root directory; never shrinks
	free   []int32
	open   []description
	tables [][]int32 // by process, by descriptor - firstFD: an index of open, -1: not open
	cur    int32     // the process that makes calls: see Switch
	used   uint64    // bytes
	socks  []*socket // nil: free
	port   uint16    // given out last

	touched []int32 // scratch: see Touched
}

type inode struct {
	mode    uint32
	refs    int32 // directory entries and open descriptors
	mtime   int64
	data    []byte
	entries []entry // of a directory, sorted
}

type entry struct {
	name  string
	inode int32
}

// A description is an open file. Fork makes several descriptors of one, and they
// share its position.
type description struct {
	inode int32 // -1: a pipe or a socket
	sock  int32 // its number + 1
	flags int32
	users int32 // descriptors; 0: free
	pos   int64
}

// Stat describes a file.
type Stat struct {
	Mode  uint32
	Size  int64
	Mtime int64 // Unix nanoseconds
	Inode uint64
}

// New returns a system with the directories / and /tmp. Files may take limit
// bytes in all; 0: any number. now is the Unix time in nanoseconds.
func New(limit uint64, now int64) *System {
	s := &System{limit: limit, Wires: Wires{PipeWire, UnixWire, TCPWire}, inodes: []inode{{mode: ModeDir | 0o755, refs: 1, mtime: now}}, tables: [][]int32{nil}}
	s.Mkdir("/tmp", 0o777, now)
	return s
}

// MakeNull makes /dev/null, unless there is something else of that name, or
// dev is a file.
func (s *System) MakeNull(now int64) {
	s.Mkdir("/dev", 0o755, now)
	if _, e := s.lookup("/dev/null"); e != ENOENT {
		return
	}
	if null, e := s.create("/dev/null", 0, now); e == 0 {
		s.inodes[null].mode = ModeChar | 0o666
	}
}

// Load copies all of fsys into the root directory.
func (s *System) Load(fsys fs.FS, now int64) error {
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		if d.IsDir() {
			if e := s.Mkdir(name, 0o755, now); e != 0 && e != EEXIST {
				return &fs.PathError{Op: "load", Path: name, Err: fs.ErrInvalid}
			}
			return nil
		}
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		i, e := s.create(name, 0o644, now)
		if e == 0 {
			_, e = s.writeAt(i, data, 0, now)
		}
		if e != 0 {
			return &fs.PathError{Op: "load", Path: name, Err: fs.ErrInvalid}
		}
		return nil
	})
}

// Clone returns a copy that shares nothing that changes.
func (s *System) Clone() *System {
	c := *s
	c.inodes = slices.Clone(s.inodes)
	for i := range c.inodes {
		c.inodes[i].data = slices.Clone(c.inodes[i].data)
		c.inodes[i].entries = slices.Clone(c.inodes[i].entries)
	}
	c.free = slices.Clone(s.free)
	c.open, c.tables = slices.Clone(s.open), slices.Clone(s.tables)
	for i := range c.tables {
		c.tables[i] = slices.Clone(c.tables[i])
	}
	c.socks, c.touched = make([]*socket, len(s.socks)), nil
	for i, x := range s.socks {
		if x != nil {
			c.socks[i] = x.clone()
		}
	}
	return &c
}

// find returns the index of name in a directory's entries, or where it belongs.
func (n *inode) find(name string) (int, bool) {
	return slices.BinarySearchFunc(n.entries, name, func(e entry, s string) int { return cmp.Compare(e.name, s) })
}

func (n *inode) isDir() bool { return n.mode&modeType == ModeDir }

// isNull reports whether it is /dev/null, which stays empty whatever is written.
func (n *inode) isNull() bool { return n.mode&modeType == ModeChar }

// clean makes a path absolute: the working directory is the root.
func clean(p string) string { return path.Clean("/" + p) }

// lookup returns the inode at a path.
func (s *System) lookup(p string) (int32, Errno) {
	if p == "" {
		return 0, ENOENT
	}
	i := int32(0)
	for name := range strings.SplitSeq(clean(p)[1:], "/") {
		n := &s.inodes[i]
		if name == "" {
			continue // the root itself
		}
		if !n.isDir() {
			return 0, ENOTDIR
		}
		at, ok := n.find(name)
		if !ok {
			return 0, ENOENT
		}
		i = n.entries[at].inode
	}
	if strings.HasSuffix(p, "/") && !s.inodes[i].isDir() {
		return 0, ENOTDIR
	}
	return i, 0
}

// parent returns the directory that a path is in, and its last element.
func (s *System) parent(p string) (dir int32, name string, e Errno) {
	if p == "" {
		return 0, "", ENOENT
	}
	d, name := path.Split(clean(p))
	if name == "" {
		return 0, "", EEXIST // the root
	}
	dir, e = s.lookup(d)
	if e == 0 && !s.inodes[dir].isDir() {
		e = ENOTDIR
	}
	return dir, name, e
}

func (s *System) newInode(mode uint32, now int64) int32 {
	n := inode{mode: mode, mtime: now}
	if k := len(s.free); k > 0 {
		i := s.free[k-1]
		s.free = s.free[:k-1]
		s.inodes[i] = n
		return i
	}
	s.inodes = append(s.inodes, n)
	return int32(len(s.inodes) - 1)
}

// link enters inode i into a directory.
func (s *System) link(dir int32, name string, i int32, now int64) {
	d := &s.inodes[dir]
	at, _ := d.find(name)
	d.entries = slices.Insert(d.entries, at, entry{name, i})
	d.mtime = now
	s.inodes[i].refs++
}

// unlink removes entry at from a directory.
func (s *System) unlink(dir int32, at int, now int64) {
	d := &s.inodes[dir]
	i := d.entries[at].inode
	d.entries = slices.Delete(d.entries, at, at+1)
	d.mtime = now
	s.release(i)
}

// release drops one reference to an inode; the last one frees it.
func (s *System) release(i int32) {
	n := &s.inodes[i]
	n.refs--
	if n.refs == 0 {
		s.used -= uint64(len(n.data))
		*n = inode{}
		s.free = append(s.free, i)
	}
}

// create makes an empty file, which must not exist.
func (s *System) create(p string, perm uint32, now int64) (int32, Errno) {
	dir, name, e := s.parent(p)
	if e != 0 {
		return 0, e
	}
	i := s.newInode(ModeFile|perm&0o777, now)
	s.link(dir, name, i, now)
	return i, 0
}
