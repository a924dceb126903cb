package files

import "strings"

// The calls below are Linux's of the same names, without a process's
// credentials: permissions are kept, not checked. now is the Unix time in
// nanoseconds.

// Read reads from the descriptor's position on.
func (s *System) Read(fd int, b []byte) (int, Errno) {
	d, e := s.get(fd)
	if e != 0 {
		return -1, e
	}
	if d.sock != 0 {
		n, _, e := s.recv(d.sock-1, b)
		return n, e
	}
	n, e := s.readAt(d, b, d.pos)
	if e == 0 {
		d.pos += int64(n)
	}
	return n, e
}

// Pread reads at an offset.
func (s *System) Pread(fd int, b []byte, off int64) (int, Errno) {
	d, e := s.get(fd)
	if e != 0 {
		return -1, e
	}
	return s.readAt(d, b, off)
}

func (s *System) readAt(d *description, b []byte, off int64) (int, Errno) {
	if d.sock != 0 {
		return -1, ESPIPE
	}
	n := &s.inodes[d.inode]
	switch {
	case d.flags&accessMask == WriteOnly:
		return -1, EBADF
	case n.isDir():
		return -1, EISDIR
	case off < 0:
		return -1, EINVAL
	case off >= int64(len(n.data)):
		return 0, 0
	}
	return copy(b, n.data[off:]), 0
}

// Write writes at the descriptor's position, or at the end if it appends.
func (s *System) Write(fd int, b []byte, now int64) (int, Errno) {
	d, e := s.get(fd)
	if e != 0 {
		return -1, e
	}
	if d.sock != 0 {
		return s.send(d.sock-1, b)
	}
	if d.flags&Append != 0 {
		d.pos = int64(len(s.inodes[d.inode].data))
	}
	n, e := s.pwrite(d, b, d.pos, now)
	if e == 0 {
		d.pos += int64(n)
	}
	return n, e
}

// Pwrite writes at an offset.
func (s *System) Pwrite(fd int, b []byte, off, now int64) (int, Errno) {
	d, e := s.get(fd)
	if e != 0 {
		return -1, e
	}
	return s.pwrite(d, b, off, now)
}

func (s *System) pwrite(d *description, b []byte, off, now int64) (int, Errno) {
	if d.sock != 0 {
		return -1, ESPIPE
	}
	if d.flags&accessMask == 0 {
		return -1, EBADF
	}
	return s.writeAt(d.inode, b, off, now)
}

func (s *System) writeAt(i int32, b []byte, off, now int64) (int, Errno) {
	if off < 0 {
		return -1, EINVAL
	}
	if off > 1<<40 {
		return -1, EFBIG
	}
	if s.inodes[i].isNull() {
		return len(b), 0
	}
	end := off + int64(len(b))
	if len(b) > 0 && end > int64(len(s.inodes[i].data)) {
		if e := s.truncate(i, end, now); e != 0 {
			return -1, e
		}
	}
	n := &s.inodes[i]
	n.mtime = now
	return copy(n.data[min(off, int64(len(n.data))):], b), 0
}

// truncate sets a file's size.
func (s *System) truncate(i int32, size, now int64) Errno {
	n := &s.inodes[i]
	old := int64(len(n.data))
	switch {
	case size < 0:
		return EINVAL
	case size > 1<<40:
		return EFBIG
	case s.limit > 0 && size > old && s.used+uint64(size-old) > s.limit:
		return ENOSPC
	}
	s.used += uint64(size - old)
	n.mtime = now
	if size <= old {
		n.data = n.data[:size]
		return 0
	}
	if size > int64(cap(n.data)) {
		grown := make([]byte, size, max(size, 2*old))
		copy(grown, n.data)
		n.data = grown
		return 0
	}
	n.data = n.data[:size]
	clear(n.data[old:])
	return 0
}

// Seek moves a descriptor's position: whence 0 from the start, 1 from where it
// is, 2 from the end.
func (s *System) Seek(fd int, off int64, whence int) (int64, Errno) {
	if fd >= 0 && fd < firstFD {
		return -1, ESPIPE
	}
	d, e := s.get(fd)
	if e != 0 {
		return -1, e
	}
	if d.sock != 0 {
		return -1, ESPIPE
	}
	switch whence {
	case 0:
	case 1:
		off += d.pos
	case 2:
		off += int64(len(s.inodes[d.inode].data))
	default:
		return -1, EINVAL
	}
	if off < 0 {
		return -1, EINVAL
	}
	d.pos = off
	return off, 0
}

// Ftruncate sets an open file's size.
func (s *System) Ftruncate(fd int, size, now int64) Errno {
	d, e := s.get(fd)
	if e != 0 {
		return e
	}
	if d.sock != 0 || d.flags&accessMask == 0 || s.inodes[d.inode].isDir() || s.inodes[d.inode].isNull() {
		return EINVAL
	}
	return s.truncate(d.inode, size, now)
}

// Stat describes the file at a path.
func (s *System) Stat(p string) (Stat, Errno) {
	i, e := s.lookup(p)
	if e != 0 {
		return Stat{}, e
	}
	return s.stat(i), 0
}

// Fstat describes an open file.
func (s *System) Fstat(fd int) (Stat, Errno) {
	if fd >= 0 && fd < firstFD {
		return Stat{Mode: ModeChar | 0o620}, 0
	}
	d, e := s.get(fd)
	if e != 0 {
		return Stat{}, e
	}
	if d.sock != 0 {
		mode := uint32(ModeSocket | 0o777)
		if s.socks[d.sock-1].family == 0 {
			mode = ModePipe | 0o600
		}
		return Stat{Mode: mode, Inode: 1<<32 + uint64(d.sock)}, 0
	}
	return s.stat(d.inode), 0
}

func (s *System) stat(i int32) Stat {
	n := &s.inodes[i]
	return Stat{Mode: n.mode, Size: int64(len(n.data)), Mtime: n.mtime, Inode: uint64(i) + 1}
}

// ReadDir returns the names in a directory, sorted.
func (s *System) ReadDir(p string) ([]string, Errno) {
	i, e := s.lookup(p)
	if e != 0 {
		return nil, e
	}
	if !s.inodes[i].isDir() {
		return nil, ENOTDIR
	}
	names := make([]string, 0, len(s.inodes[i].entries))
	for _, e := range s.inodes[i].entries {
		names = append(names, e.name)
	}
	return names, 0
}

// Mkdir makes a directory.
func (s *System) Mkdir(p string, perm uint32, now int64) Errno {
	dir, name, e := s.parent(p)
	if e != 0 {
		return e
	}
	if _, exists := s.inodes[dir].find(name); exists {
		return EEXIST
	}
	s.link(dir, name, s.newInode(ModeDir|perm&0o777, now), now)
	return 0
}

// Unlink removes a file; it lives on while it is open.
func (s *System) Unlink(p string, now int64) Errno {
	return s.remove(p, now, func(n *inode) Errno {
		if n.isDir() {
			return EISDIR
		}
		return 0
	})
}

// Rmdir removes an empty directory.
func (s *System) Rmdir(p string, now int64) Errno {
	return s.remove(p, now, func(n *inode) Errno {
		switch {
		case !n.isDir():
			return ENOTDIR
		case len(n.entries) > 0:
			return ENOTEMPTY
		}
		return 0
	})
}

func (s *System) remove(p string, now int64, check func(*inode) Errno) Errno {
	i, e := s.lookup(p)
	if e != 0 {
		return e
	}
	if e := check(&s.inodes[i]); e != 0 {
		return e
	}
	dir, name, e := s.parent(p)
	if e != 0 {
		return EINVAL // the root stays
	}
	at, _ := s.inodes[dir].find(name)
	s.unlink(dir, at, now)
	return 0
}

// Rename moves a file or directory, replacing what is there if Linux would.
func (s *System) Rename(from, to string, now int64) Errno {
	if _, _, e := s.parent(from); e != 0 {
		return e
	}
	dir, name, e := s.parent(to)
	if e != 0 {
		return e
	}
	i, e := s.lookup(from)
	if e != 0 {
		return e
	}
	if clean(from) == clean(to) {
		return 0
	}
	if strings.HasPrefix(clean(to)+"/", clean(from)+"/") {
		return EINVAL
	}
	if at, exists := s.inodes[dir].find(name); exists {
		old := &s.inodes[s.inodes[dir].entries[at].inode]
		switch {
		case old.isDir() && !s.inodes[i].isDir():
			return EISDIR
		case !old.isDir() && s.inodes[i].isDir():
			return ENOTDIR
		case len(old.entries) > 0:
			return ENOTEMPTY
		}
		s.unlink(dir, at, now)
	}
	s.link(dir, name, i, now)
	dir, name, _ = s.parent(from)
	at, _ := s.inodes[dir].find(name)
	s.unlink(dir, at, now)
	return 0
}
