package files

import "slices"

// The tables of descriptors, one for each process.

// descriptor enters d at the lowest free number.
func (s *System) descriptor(d description) (int, Errno) {
	fds := &s.tables[s.cur]
	at := 0
	for at < len(*fds) && (*fds)[at] >= 0 {
		at++
	}
	if at == maxOpen {
		return -1, EMFILE
	}
	if at == len(*fds) {
		*fds = append(*fds, -1)
	}
	i := 0
	for i < len(s.open) && s.open[i].users > 0 {
		i++
	}
	if i == len(s.open) {
		s.open = append(s.open, d)
	}
	s.open[i] = d
	(*fds)[at] = int32(i)
	if d.inode >= 0 {
		s.inodes[d.inode].refs++
	}
	return at + firstFD, 0
}

// get returns what an open descriptor is one of.
func (s *System) get(fd int) (*description, Errno) {
	fds := s.tables[s.cur]
	if i := fd - firstFD; i >= 0 && i < len(fds) && fds[i] >= 0 {
		return &s.open[fds[i]], 0
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
	s.tables[s.cur][fd-firstFD] = -1
	s.drop(d)
	return 0
}

// drop is the end of a descriptor of d.
func (s *System) drop(d *description) {
	if d.users--; d.users > 0 {
		return
	}
	old := *d
	*d = description{}
	if old.sock != 0 {
		s.closeSocket(old.sock - 1)
	} else {
		s.release(old.inode)
	}
}

// Switch says which process, counted from 0, makes the calls that follow.
func (s *System) Switch(process int32) { s.cur = process }

// Fork gives a new process the descriptors of another.
func (s *System) Fork(from, process int32) {
	for int(process) >= len(s.tables) {
		s.tables = append(s.tables, nil)
	}
	s.tables[process] = slices.Clone(s.tables[from])
	for _, i := range s.tables[process] {
		if i >= 0 {
			s.open[i].users++
		}
	}
}

// EndProcess closes what a process has open.
func (s *System) EndProcess(process int32) {
	for _, i := range s.tables[process] {
		if i >= 0 {
			s.drop(&s.open[i])
		}
	}
	s.tables[process] = nil
}
