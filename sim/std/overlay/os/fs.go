//go:build gopark

package os

import (
	"io"
	"io/fs"
	"syscall"
	"time"
)

// A fileStat is a FileInfo.
type fileStat struct {
	name string
	sys  syscall.Stat_t
}

func (s *fileStat) Size() int64        { return s.sys.Size }
func (s *fileStat) ModTime() time.Time { return time.Unix(0, s.sys.Mtime) }
func (s *fileStat) Sys() any           { return &s.sys }

func (s *fileStat) Mode() FileMode {
	m := FileMode(s.sys.Mode & 0o777)
	switch s.sys.Mode & syscall.S_IFMT {
	case syscall.S_IFDIR:
		m |= ModeDir
	case syscall.S_IFCHR:
		m |= ModeDevice | ModeCharDevice
	case syscall.S_IFIFO:
		m |= ModeNamedPipe
	case syscall.S_IFSOCK:
		m |= ModeSocket
	}
	return m
}

func sameFile(a, b *fileStat) bool { return a.sys.Ino == b.sys.Ino }

// Stat describes the file.
func (f *File) Stat() (FileInfo, error) {
	if err := f.checkValid("stat"); err != nil {
		return nil, err
	}
	s := &fileStat{name: basename(f.name)}
	if err := f.pfd.Fstat(&s.sys); err != nil {
		return nil, f.wrapErr("stat", err)
	}
	return s, nil
}

func statNolog(name string) (FileInfo, error) { return statFor("stat", name) }

func lstatNolog(name string) (FileInfo, error) { return statFor("lstat", name) }

func statFor(op, name string) (FileInfo, error) {
	s := &fileStat{name: basename(name)}
	if err := syscall.Stat(name, &s.sys); err != nil {
		return nil, &PathError{Op: op, Path: name, Err: err}
	}
	return s, nil
}

// basename is the last element of a path.
func basename(name string) string {
	for len(name) > 1 && name[len(name)-1] == '/' {
		name = name[:len(name)-1]
	}
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '/' && i+1 < len(name) {
			return name[i+1:]
		}
	}
	return name
}

// dirInfo holds the names of a directory that readdir has not yet returned.
type dirInfo struct{ names []string }

func (*dirInfo) close() {}

type readdirMode int

const (
	readdirName readdirMode = iota
	readdirDirEntry
	readdirFileInfo
)

func (f *File) readdir(n int, mode readdirMode) (names []string, entries []DirEntry, infos []FileInfo, err error) {
	if f.dirinfo.Load() == nil {
		list, err := syscall.ReadDirNames(f.name)
		if err != nil {
			return nil, nil, nil, &PathError{Op: "readdirent", Path: f.name, Err: err}
		}
		f.dirinfo.Store(&dirInfo{list})
	}
	left := f.dirinfo.Load().names
	if n > 0 && len(left) == 0 {
		return nil, nil, nil, io.EOF
	}
	if n <= 0 || n > len(left) {
		n = len(left)
	}
	names, left = left[:n], left[n:]
	f.dirinfo.Store(&dirInfo{left})
	if mode == readdirName {
		return names, nil, nil, nil
	}
	for _, name := range names {
		info, err := lstatNolog(f.name + "/" + name)
		if IsNotExist(err) {
			continue // removed meanwhile
		}
		if err != nil {
			return nil, entries, infos, err
		}
		infos = append(infos, info)
		entries = append(entries, fs.FileInfoToDirEntry(info))
	}
	if mode == readdirDirEntry {
		return nil, entries, nil, nil
	}
	return nil, nil, infos, nil
}

func removeAll(path string) error {
	info, err := lstatNolog(path)
	if IsNotExist(err) {
		return nil
	}
	if err == nil && info.IsDir() {
		list, err := ReadDir(path)
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := removeAll(path + "/" + e.Name()); err != nil {
				return err
			}
		}
	}
	return Remove(path)
}

// Getwd is the root: the machine has one working directory.
func Getwd() (dir string, err error) { return syscall.Getwd() }

// Hostname is the machine's name.
func Hostname() (name string, err error) { return "gopark", nil }

// Executable is the running program's path.
func Executable() (string, error) { return Args[0], nil }

// Getpid is the process's number.
func Getpid() int { return syscall.Getpid() }

// Getppid is its parent's.
func Getppid() int { return syscall.Getppid() }

// A Signal is an operating system's signal.
type Signal interface {
	String() string
	Signal()
}

// The signals that every system has.
var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)

// ErrProcessDone says that a process has ended.
var ErrProcessDone = errorString("os: process already finished")

// A Process is the program itself: there is no other.
type Process struct{ Pid int }

// FindProcess never fails, as on Unix.
func FindProcess(pid int) (*Process, error) { return &Process{pid}, nil }

// Signal sends the process a signal.
func (p *Process) Signal(sig Signal) error {
	s, ok := sig.(syscall.Signal)
	if !ok {
		return errorString("os: unsupported signal type")
	}
	err := syscall.Kill(p.Pid, s)
	if err == syscall.ESRCH {
		err = ErrProcessDone
	}
	return err
}

// Kill ends the process.
func (p *Process) Kill() error { return p.Signal(Kill) }

// Release gives nothing back.
func (p *Process) Release() error { return nil }

type errorString string

func (e errorString) Error() string { return string(e) }
