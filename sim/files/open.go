package files

import (
	"path"
	"strings"
)

// Opening.

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
	case flags&Truncate != 0 && !s.inodes[i].isNull():
		s.truncate(i, 0, now)
	}
	return s.descriptor(description{inode: i, flags: flags, users: 1})
}

// noName reports whether a path ends in something that can't be a new file's
// name: a slash, . or ...
func noName(p string) bool {
	_, last := path.Split(p)
	return p != "" && (last == "" || last == "." || last == "..")
}
