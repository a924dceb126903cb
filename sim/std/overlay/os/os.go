//go:build gopark

package os

import (
	"internal/poll"
	"io"
	"syscall"
)

// The files that don't touch the system are GOROOT's, and those that open and
// read through package internal/poll; what lies under them is here and in fs.go,
// on the simulated kernel's calls.
//
//gopark:only
//gopark:take dir.go env.go error.go error_errno.go file.go file_posix.go file_unix.go path.go path_unix.go
//gopark:take pipe2_unix.go proc.go rawconn.go stat.go tempfile.go types.go
//gopark:drop unixDirent unixDirent.Name unixDirent.IsDir unixDirent.Type unixDirent.Info unixDirent.String newUnixDirent
//gopark:drop sigpipe

var (
	errERANGE error = syscall.ERANGE
	errENOMEM error = syscall.ENOMEM
)

const (
	supportsCreateWithStickyBit = true
	supportsCloseOnExec         = true
)

func setStickyBit(name string) error { return nil }

func runtime_beforeExit(code int) {}

func open(path string, flag int, perm uint32) (int, poll.SysFile, error) {
	fd, err := syscall.Open(path, flag, perm)
	return fd, poll.SysFile{}, err
}

func (f *File) readFrom(r io.Reader) (n int64, handled bool, err error) { return 0, false, nil }

func (f *File) writeTo(w io.Writer) (n int64, handled bool, err error) { return 0, false, nil }

// epipecheck would raise SIGPIPE: the terminal is always there.
func epipecheck(f *File, err error) {}

// Chdir fails: the working directory is the root.
func Chdir(dir string) error { return &PathError{Op: "chdir", Path: dir, Err: syscall.Chdir(dir)} }
