package files

import (
	"path"
	"strings"
)

// Opening and closing: the table of descriptors.

// Open opens or makes a file and returns its descriptor.
func (s *System) Open(p string, flags int32, perm uint32, now int64) (fd int, e Errno) {
	i, e := s.lookup(p)
	if flags&Create != 0 && noName(p) {
		if _, e := s.lookup(path.Dir(strings.TrimRight(p, "/"))); e != 0 {
			return -1, e
		}
		return -1, EISDIR
	}
	switch {
	case e == ENOENT && flags&Create != 0 && p != "":
		i, e = s.create(p, perm, now)
		if e != 0 {
			return -1, e
		}
	case e != 0:
		return -1, e
	case flags&(Create|Exclusive) == Create|Exclusive:
		return -1, EEXIST
	case s.inodes[i].isDir() && flags&(accessMask|Create|Truncate) != 0:
		return -1, EISDIR
	case flags&Truncate != 0:
		s.truncate(i, 0, now)
	}
	return s.descriptor(descriptor{inode: i, flags: flags, open: true})
}

// noName reports whether a path ends in something that can't be a new file's
// name: a slash, . or ...
func noName(p string) bool {
	_, last := path.Split(p)
	return p != "" && (last == "" || last == "." || last == "..")
}

// descriptor enters d at the lowest free number.
func (s *System) descriptor(d descriptor) (int, Errno) {
	at := s.lowest
	for at < len(s.open) && s.open[at].open {
		at++
	}
	if at == maxOpen {
		return -1, EMFILE
	}
	if at == len(s.open) {
		s.open = append(s.open, descriptor{})
	}
	s.open[at], s.lowest = d, at+1
	if d.inode >= 0 {
		s.inodes[d.inode].refs++
	}
	return at + firstFD, 0
}

// get returns an open descriptor.
func (s *System) get(fd int) (*descriptor, Errno) {
	if i := fd - firstFD; i >= 0 && i < len(s.open) && s.open[i].open {
		return &s.open[i], 0
	}
	return nil, EBADF
}

// Close closes a descriptor.
func (s *System) Close(fd int) Errno {
	if fd >= 0 && fd < firstFD {
		return 0 // the terminal stays
	}
	d, e := s.get(fd)
	if e != 0 {
		return e
	}
	old := *d
	*d = descriptor{}
	s.lowest = min(s.lowest, fd-firstFD)
	if old.sock != 0 {
		s.closeSocket(old.sock - 1)
	} else {
		s.release(old.inode)
	}
	return 0
}
