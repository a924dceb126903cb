//go:build gopark

package poll

import "syscall"

// The pollers of descriptors are GOROOT's. What is left out copies between
// descriptors inside the kernel, or writes several pieces at once.
//
//gopark:drop copy_file_range_linux.go copy_file_range_unix.go fstatat_unix.go sendfile.go sendfile_unix.go
//gopark:drop splice_linux.go writev.go iovec_unix.go fd_writev_unix.go
//gopark:drop dupCloexecUnsupported dupCloseOnExecOld runtime_pollWaitCanceled pollDesc.waitCanceled
//gopark:drop runtime_isPollServerDescriptor IsPollDescriptor

// Writev writes one piece after the other: there is no writev.
func (fd *FD) Writev(v *[][]byte) (n int64, err error) {
	for len(*v) > 0 && err == nil {
		var m int
		m, err = fd.Write((*v)[0])
		n += int64(m)
		consume(v, int64(m))
	}
	return n, err
}

// DupCloseOnExec fails: a descriptor has one number.
func DupCloseOnExec(fd int) (int, string, error) { return -1, "dup", syscall.ENOSYS }
