//go:build gopark

package os

import (
	"internal/poll"
	"io"
	"syscall"
	"time"
)

// The files that don't touch the system are GOROOT's; what lies under them is
// here and in stat.go, on the simulated kernel's calls.
//
//gopark:only
//gopark:take dir.go env.go error.go error_errno.go file.go path.go path_unix.go
//gopark:take proc.go stat.go tempfile.go types.go
//gopark:drop File.Fd

// DevNull is the null device.
const DevNull = "/dev/null"

var (
	errERANGE error = syscall.ERANGE
	errENOMEM error = syscall.ENOMEM
)

func runtime_beforeExit(code int) {}

// A file is an open file. Names of directories are kept for readdir.
type file struct {
	fd         int
	name       string
	dirinfo    dirinfo
	appendMode bool
	closed     bool
}

func newFileFromNewFile(fd uintptr, name string) *File { return newFile(int(fd), name) }

func newFile(fd int, name string) *File { return &File{&file{fd: fd, name: name}} }

func openFileNolog(name string, flag int, perm FileMode) (*File, error) {
	fd, err := syscall.Open(name, flag, syscallMode(perm))
	if err != nil {
		return nil, &PathError{Op: "open", Path: name, Err: err}
	}
	return newFile(fd, name), nil
}

func openDirNolog(name string) (*File, error) { return openFileNolog(name, O_RDONLY, 0) }

// Close closes the file.
func (f *File) Close() error {
	if f == nil {
		return ErrInvalid
	}
	if f.closed {
		return &PathError{Op: "close", Path: f.name, Err: ErrClosed}
	}
	f.closed = true
	if err := syscall.Close(f.fd); err != nil {
		return &PathError{Op: "close", Path: f.name, Err: err}
	}
	return nil
}

func (f *File) checkValid(op string) error {
	if f == nil {
		return ErrInvalid
	}
	return nil
}

// use answers why the file can't be used.
func (f *file) use() error {
	if f.closed {
		return poll.ErrFileClosing
	}
	return nil
}

// ended turns nothing read, where something was wanted, into io.EOF.
func ended(b []byte) func(n int, err error) (int, error) {
	return func(n int, err error) (int, error) {
		if n == 0 && len(b) > 0 && err == nil {
			err = io.EOF
		}
		return max(n, 0), err
	}
}

func (f *File) read(b []byte) (n int, err error) {
	if err := f.use(); err != nil {
		return 0, err
	}
	return ended(b)(syscall.Read(f.fd, b))
}

func (f *File) pread(b []byte, off int64) (n int, err error) {
	if err := f.use(); err != nil {
		return 0, err
	}
	return ended(b)(syscall.Pread(f.fd, b, off))
}

func (f *File) write(b []byte) (n int, err error) {
	if err := f.use(); err != nil {
		return 0, err
	}
	for n < len(b) && err == nil {
		var m int
		m, err = syscall.Write(f.fd, b[n:])
		n += max(m, 0)
	}
	if len(b) == 0 {
		_, err = syscall.Write(f.fd, b)
	}
	return n, err
}

func (f *File) pwrite(b []byte, off int64) (n int, err error) {
	if err := f.use(); err != nil {
		return 0, err
	}
	return fixCount(syscall.Pwrite(f.fd, b, off))
}

func (f *File) seek(off int64, whence int) (int64, error) {
	if err := f.use(); err != nil {
		return 0, err
	}
	f.dirinfo.Store(nil)
	return syscall.Seek(f.fd, off, whence)
}

func (f *File) readFrom(r io.Reader) (n int64, handled bool, err error) { return 0, false, nil }

func (f *File) writeTo(w io.Writer) (n int64, handled bool, err error) { return 0, false, nil }

func (f *File) setDeadline(t time.Time) error { return poll.ErrNoDeadline }

func (f *File) setReadDeadline(t time.Time) error { return poll.ErrNoDeadline }

func (f *File) setWriteDeadline(t time.Time) error { return poll.ErrNoDeadline }

// Sync does nothing: what is written stays.
func (f *File) Sync() error { return f.checkValid("sync") }

// Truncate sets the file's size.
func (f *File) Truncate(size int64) error {
	if err := f.checkValid("truncate"); err != nil {
		return err
	}
	return f.wrapErr("truncate", syscall.Ftruncate(f.fd, size))
}

func (f *File) chmod(mode FileMode) error {
	return &PathError{Op: "chmod", Path: f.name, Err: syscall.ENOSYS}
}

func chmod(name string, mode FileMode) error {
	return &PathError{Op: "chmod", Path: name, Err: syscall.ENOSYS}
}

func newRawConn(f *File) (syscall.RawConn, error) { return nil, ErrInvalid }

// Fd is the file's descriptor.
func (f *File) Fd() uintptr {
	if f == nil {
		return ^uintptr(0)
	}
	return uintptr(f.fd)
}

// epipecheck would raise SIGPIPE.
func epipecheck(f *File, err error) {}

// No call is ever interrupted.
func ignoringEINTR(fn func() error) error { return fn() }

func ignoringEINTR2[T any](fn func() (T, error)) (T, error) { return fn() }

// Chdir fails: the working directory is the root.
func Chdir(dir string) error { return &PathError{Op: "chdir", Path: dir, Err: syscall.Chdir(dir)} }

// Chdir fails as well.
func (f *File) Chdir() error {
	if err := f.checkValid("chdir"); err != nil {
		return err
	}
	return f.wrapErr("chdir", syscall.Chdir(f.name))
}

// Pipe fails: use io.Pipe.
func Pipe() (r *File, w *File, err error) { return nil, nil, NewSyscallError("pipe2", syscall.ENOSYS) }
