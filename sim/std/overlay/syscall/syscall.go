//go:build gopark

// Package syscall is the part of Linux that the simulated kernel has.
package syscall

//gopark:only
//gopark:take env_unix.go

// Standard file descriptors and the flags of Open, as Linux has them.
const (
	Stdin  = 0
	Stdout = 1
	Stderr = 2

	O_RDONLY  = 0x0
	O_WRONLY  = 0x1
	O_RDWR    = 0x2
	O_CREAT   = 0x40
	O_EXCL    = 0x80
	O_TRUNC   = 0x200
	O_APPEND  = 0x400
	O_SYNC    = 0x101000
	O_CLOEXEC = 0x80000

	S_IFMT   = 0xf000
	S_IFDIR  = 0x4000
	S_IFREG  = 0x8000
	S_IFCHR  = 0x2000
	S_IFIFO  = 0x1000
	S_IFSOCK = 0xc000
	S_ISUID  = 0x800
	S_ISGID  = 0x400
	S_ISVTX  = 0x200

	ImplementsGetwd = true
)

// Stat_t describes a file.
type Stat_t struct {
	Mode  uint32 // S_IFDIR, S_IFREG or S_IFCHR, and permissions
	Size  int64
	Mtime int64 // Unix nanoseconds
	Ino   uint64
}

// The system calls. Each is native; the goroutine's M waits in it.

func open(path string, flag int, perm uint32) (fd int, errno Errno)

func closefd(fd int) Errno

func read(fd int, p []byte) (n int, errno Errno)

func write(fd int, p []byte) (n int, errno Errno)

func pread(fd int, p []byte, off int64) (n int, errno Errno)

func pwrite(fd int, p []byte, off int64) (n int, errno Errno)

func seek(fd int, off int64, whence int) (pos int64, errno Errno)

func ftruncate(fd int, size int64) Errno

func stat(path string, st *Stat_t) Errno

func fstat(fd int, st *Stat_t) Errno

// readdir returns the names in a directory, sorted, each followed by a slash.
func readdir(path string) (names string, errno Errno)

func mkdir(path string, perm uint32) Errno

func unlink(path string) Errno

func rmdir(path string) Errno

func rename(from, to string) Errno

// toError keeps a nil error nil.
func toError(e Errno) error {
	if e == 0 {
		return nil
	}
	return e
}

// Open opens a file.
func Open(path string, flag int, perm uint32) (fd int, err error) {
	fd, e := open(path, flag, perm)
	return fd, toError(e)
}

// Close closes it.
func Close(fd int) error { return toError(closefd(fd)) }

// Read reads up to len(p) bytes; 0 at the end.
func Read(fd int, p []byte) (n int, err error) {
	n, e := read(fd, p)
	return n, toError(e)
}

// Write writes p, or part of it.
func Write(fd int, p []byte) (n int, err error) {
	n, e := write(fd, p)
	if e == EPIPE {
		sigsend(uint32(SIGPIPE)) // the runtime ignores it, unless the program asked for it
	}
	return n, toError(e)
}

// Pread reads at an offset.
func Pread(fd int, p []byte, off int64) (n int, err error) {
	n, e := pread(fd, p, off)
	return n, toError(e)
}

// Pwrite writes at an offset.
func Pwrite(fd int, p []byte, off int64) (n int, err error) {
	n, e := pwrite(fd, p, off)
	return n, toError(e)
}

// Seek moves a file's position.
func Seek(fd int, off int64, whence int) (pos int64, err error) {
	pos, e := seek(fd, off, whence)
	return pos, toError(e)
}

// Ftruncate sets a file's size.
func Ftruncate(fd int, size int64) error { return toError(ftruncate(fd, size)) }

// Stat describes the file at path. There are no symbolic links.
func Stat(path string, st *Stat_t) error { return toError(stat(path, st)) }

// Lstat is Stat.
func Lstat(path string, st *Stat_t) error { return toError(stat(path, st)) }

// Fstat describes an open file.
func Fstat(fd int, st *Stat_t) error { return toError(fstat(fd, st)) }

// ReadDirNames lists a directory, sorted.
func ReadDirNames(path string) ([]string, error) {
	list, e := readdir(path)
	var names []string
	start := 0
	for i := range len(list) {
		if list[i] == '/' {
			names = append(names, list[start:i])
			start = i + 1
		}
	}
	return names, toError(e)
}

// Mkdir makes a directory.
func Mkdir(path string, perm uint32) error { return toError(mkdir(path, perm)) }

// Unlink removes a file.
func Unlink(path string) error { return toError(unlink(path)) }

// Rmdir removes an empty directory.
func Rmdir(path string) error { return toError(rmdir(path)) }

// Rename moves a file.
func Rename(from, to string) error { return toError(rename(from, to)) }

// Truncate sets the size of the file at path.
func Truncate(path string, size int64) error {
	fd, err := Open(path, O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer Close(fd)
	return Ftruncate(fd, size)
}

// What the machine's files don't have: links, owners, modes and times to set.

func Link(from, to string) error                    { return ENOSYS }
func Symlink(from, to string) error                 { return ENOSYS }
func Readlink(path string, buf []byte) (int, error) { return -1, EINVAL }
func Chmod(path string, mode uint32) error          { return ENOSYS }
func Chown(path string, uid, gid int) error         { return ENOSYS }
func Lchown(path string, uid, gid int) error        { return ENOSYS }
func UtimesNano(path string, ts []Timespec) error   { return ENOSYS }

// Chdir fails: the working directory is the root.
func Chdir(path string) error { return ENOSYS }

// Getwd is the root.
func Getwd() (string, error) { return "/", nil }

// Getpid is the process's number, Getppid its parent's, Gettid its thread's.

func Getpid() int
func Getppid() int
func Gettid() int { return gettid() }

func wait4(pid int, options int) (child int, status WaitStatus, errno Errno)

// WNOHANG lets Wait4 answer 0 where no child has ended yet.
const WNOHANG = 1

// Rusage would be what a process used.
type Rusage struct{}

// Wait4 waits until a child has ended, or the child pid if that is positive.
// Only where the go statement makes processes are there children.
func Wait4(pid int, wstatus *WaitStatus, options int, rusage *Rusage) (wpid int, err error) {
	child, status, errno := wait4(pid, options)
	if errno != 0 {
		return -1, errno
	}
	if wstatus != nil {
		*wstatus = status
	}
	return child, nil
}

// A WaitStatus is how a process ended.
type WaitStatus uint32

func (w WaitStatus) Exited() bool   { return w&0x7f == 0 }
func (w WaitStatus) Signaled() bool { return false }
func (w WaitStatus) ExitStatus() int {
	if !w.Exited() {
		return -1
	}
	return int(w>>8) & 0xff
}

// The one user.

func Getuid() int               { return 0 }
func Geteuid() int              { return 0 }
func Getgid() int               { return 0 }
func Getegid() int              { return 0 }
func Getgroups() ([]int, error) { return nil, nil }
func Getpagesize() int          { return 4096 }

//go:linkname exit runtime.exit
func exit(code int)

// Exit ends the process.
func Exit(code int) { exit(code) }

// The environment is the process's own.

func runtime_envs() []string

func runtimeSetenv(k, v string) {}

func runtimeUnsetenv(k string) {}

func runtimeClearenv(env map[string]int) {}

// BytePtrFromString returns a NUL-terminated copy.
func BytePtrFromString(s string) (*byte, error) {
	b := append([]byte(s), 0)
	return &b[0], nil
}

// A Conn and a RawConn are what a file would offer for raw access.
type Conn interface {
	SyscallConn() (RawConn, error)
}

// A RawConn is raw access to a descriptor.
type RawConn interface {
	Control(f func(fd uintptr)) error
	Read(f func(fd uintptr) (done bool)) error
	Write(f func(fd uintptr) (done bool)) error
}

func gettid() int

// Timespec is a time or a duration, as Linux has it.
type Timespec struct {
	Sec  int64
	Nsec int64
}

// NsecToTimespec splits nanoseconds.
func NsecToTimespec(nsec int64) Timespec {
	sec := nsec / 1e9
	nsec %= 1e9
	if nsec < 0 {
		nsec += 1e9
		sec--
	}
	return Timespec{sec, nsec}
}

// TimespecToNsec is the inverse of NsecToTimespec.
func TimespecToNsec(ts Timespec) int64 { return ts.Sec*1e9 + ts.Nsec }

// Nano returns ts in nanoseconds.
func (ts *Timespec) Nano() int64 { return TimespecToNsec(*ts) }

// Unix returns ts as seconds and nanoseconds.
func (ts *Timespec) Unix() (sec, nsec int64) { return ts.Sec, ts.Nsec }

// Nanosleep blocks the thread, as a system call does; nothing interrupts it.
func Nanosleep(time, leftover *Timespec) error {
	if time.Sec < 0 || time.Nsec < 0 || time.Nsec >= 1e9 {
		return EINVAL
	}
	nanosleep(time.Nano())
	return nil
}

func nanosleep(nsec int64)
