package files_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"gopark/sim/files"
)

// TestAgainstLinux does random calls on this system and on the host's.
func TestAgainstLinux(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the oracle is Linux")
	}
	for seed := range uint64(60) {
		if !t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) { againstLinux(t, seed) }) {
			return
		}
	}
}

type pair struct{ ours, hosts int }

func againstLinux(t *testing.T, seed uint64) {
	root := t.TempDir()
	s := files.New(0, 0)
	r := rand.New(rand.NewPCG(seed, 0))
	var open []pair
	t.Cleanup(func() {
		for _, p := range open {
			syscall.Close(p.hosts)
		}
	})
	names := []string{"a", "b", "d", "d/a", "d/e", "d/e/f", "a/x", "d/", "none/x", "d/../b", ".", ""}
	name := func() string { return names[r.IntN(len(names))] }
	host := func(n string) string {
		if n == "" {
			return ""
		}
		h := root + "/" + filepath.Clean("/" + n)[1:]
		if strings.HasSuffix(n, "/") {
			h += "/"
		}
		return h
	}
	for step := range 400 {
		what := ""
		check := func(e files.Errno, err error, got, want any) {
			t.Helper()
			h, _ := err.(syscall.Errno)
			if uint64(e) != uint64(h) || e == 0 && fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("step %d: %s: %v, errno %d; Linux: %v, errno %d (%v)", step, what, got, e, want, uint64(h), h)
			}
		}
		switch op := r.IntN(16); {
		case op < 4:
			n := name()
			flags := []int{0, 1, 2, 0x40 | 1, 0x40 | 2, 0xc0 | 2, 0x240 | 1, 0x441, 0x442, 0x200 | 2}[r.IntN(10)]
			what = fmt.Sprintf("open %q %#x", n, flags)
			fd, e := s.Open(n, int32(flags), 0o644, 1)
			h, err := syscall.Open(host(n), flags, 0o644)
			check(e, err, fd >= 0, h >= 0)
			if e == 0 {
				open = append(open, pair{fd, h})
			}
		case op < 5:
			n := name()
			what = "mkdir " + n
			check(s.Mkdir(n, 0o755, 1), syscall.Mkdir(host(n), 0o755), 0, 0)
		case op < 6 && step%3 == 0:
			n := name()
			if n == "." || n == "d/" {
				continue
			}
			what = "unlink " + n
			check(s.Unlink(n, 1), syscall.Unlink(host(n)), 0, 0)
		case op < 7 && step%3 == 0:
			n := name()
			if n == "." {
				continue
			}
			what = "rmdir " + n
			check(s.Rmdir(n, 1), syscall.Rmdir(host(n)), 0, 0)
		case op < 8 && step%2 == 0:
			from, to := names[r.IntN(6)], names[r.IntN(6)]
			what = "rename " + from + " to " + to
			// A replaced directory that is an ancestor is ENOTEMPTY or EINVAL
			// by file system.
			if strings.HasPrefix(from, to+"/") {
				continue
			}
			check(s.Rename(from, to, 1), syscall.Rename(host(from), host(to)), 0, 0)
		case op < 9:
			n := name()
			what = "stat " + n
			st, e := s.Stat(n)
			var h syscall.Stat_t
			err := syscall.Stat(host(n), &h)
			if st.Mode&files.ModeDir != 0 {
				h.Size = 0
			}
			check(e, err, fmt.Sprint(st.Mode&^0o777, st.Size), fmt.Sprint(h.Mode&^0o777, h.Size))
		case op < 10:
			n := name()
			what = "readdir " + n
			list, e := s.ReadDir(n)
			if i, err := os.Stat(host(n)); n == "" || err != nil || !i.IsDir() {
				continue
			}
			var want []string
			ents, _ := os.ReadDir(host(n))
			for _, d := range ents {
				want = append(want, d.Name())
			}
			got := strings.Join(list, " ")
			if n == "." {
				got = strings.Replace(got, "tmp", "", 1)
			}
			check(e, nil, strings.TrimSpace(got), strings.Join(want, " "))
		case len(open) > 0:
			i := r.IntN(len(open))
			if r.IntN(8) == 0 {
				what = "close"
				check(s.Close(open[i].ours), syscall.Close(open[i].hosts), 0, 0)
				open = append(open[:i], open[i+1:]...)
				continue
			}
			what = transfer(s, r, open[i], check)
		}
	}
}

// transfer reads, writes, seeks or truncates an open file.
func transfer(s *files.System, r *rand.Rand, p pair, check func(files.Errno, error, any, any)) string {
	off := int64(r.IntN(60)) - 3
	b := bytes.Repeat([]byte{byte(r.IntN(256))}, r.IntN(30))
	got, want := make([]byte, len(b)), make([]byte, len(b))
	switch r.IntN(6) {
	case 0:
		n, e := s.Read(p.ours, got)
		h, err := syscall.Read(p.hosts, want)
		check(e, err, fmt.Sprint(n, got), fmt.Sprint(h, want))
	case 1:
		n, e := s.Write(p.ours, b, 1)
		h, err := syscall.Write(p.hosts, b)
		check(e, err, n, h)
	case 2:
		n, e := s.Pread(p.ours, got, max(off, 0))
		h, err := syscall.Pread(p.hosts, want, max(off, 0))
		check(e, err, fmt.Sprint(n, got), fmt.Sprint(h, want))
	case 3:
		at, e := s.Seek(p.ours, max(off, 0), 0)
		h, err := syscall.Seek(p.hosts, max(off, 0), 0)
		check(e, err, at, h)
	case 4:
		e := s.Ftruncate(p.ours, off, 1)
		check(e, syscall.Ftruncate(p.hosts, off), 0, 0)
	case 5:
		st, e := s.Fstat(p.ours)
		var h syscall.Stat_t
		err := syscall.Fstat(p.hosts, &h)
		if st.Mode&files.ModeDir != 0 {
			h.Size = 0
		}
		check(e, err, st.Size, h.Size)
	}
	return "transfer"
}

func TestCloneAndLoad(t *testing.T) {
	s := files.New(1000, 5)
	if err := s.Load(fstest.MapFS{"x/y.txt": {Data: []byte("hello")}, "z": {Data: []byte("!")}}, 7); err != nil {
		t.Fatal(err)
	}
	fd, _ := s.Open("x/y.txt", files.ReadWrite, 0, 8)
	c := s.Clone()
	s.Write(fd, []byte("J"), 9)
	s.Unlink("z", 9)
	read := func(s *files.System) string {
		b := make([]byte, 10)
		n, e := s.Pread(fd, b, 0)
		names, _ := s.ReadDir("/")
		return fmt.Sprint(string(b[:n]), e, names)
	}
	if got := read(s); got != "Jello0 [tmp x]" {
		t.Errorf("original: %s", got)
	}
	if got := read(c); got != "hello0 [tmp x z]" {
		t.Errorf("clone: %s", got)
	}
	if st, _ := c.Stat("/x/y.txt"); st.Mtime != 7 || st.Size != 5 {
		t.Errorf("clone: %+v", st)
	}
	if _, e := s.Write(fd, make([]byte, 2000), 9); e != files.ENOSPC {
		t.Errorf("a write beyond the limit: errno %d", e)
	}
}

// What is written to /dev/null takes no space, and can't be read.
func TestNull(t *testing.T) {
	s := files.New(10, 0)
	s.MakeNull(0)
	s.MakeNull(0) // once is enough
	fd, e := s.Open("/dev/null", files.ReadWrite|files.Create|files.Truncate|files.Append, 0o644, 1)
	if e != 0 {
		t.Fatalf("errno %d", e)
	}
	if n, e := s.Write(fd, make([]byte, 100), 2); n != 100 || e != 0 {
		t.Errorf("write: %d, errno %d", n, e)
	}
	if n, e := s.Pread(fd, make([]byte, 100), 0); n != 0 || e != 0 {
		t.Errorf("read: %d, errno %d", n, e)
	}
	if e := s.Ftruncate(fd, 5, 3); e != files.EINVAL {
		t.Errorf("ftruncate: errno %d", e)
	}
	if st, _ := s.Stat("/dev/null"); st.Size != 0 || st.Mode != files.ModeChar|0o666 {
		t.Errorf("stat: %+v", st)
	}
}

// TestFreed checks that a file lives as long as it is open, and no longer.
func TestFreed(t *testing.T) {
	s := files.New(100, 0)
	for range 50 {
		fd, _ := s.Open("f", files.ReadWrite|files.Create, 0o644, 0)
		if _, e := s.Write(fd, make([]byte, 90), 0); e != 0 {
			t.Fatalf("errno %d: space was not given back", e)
		}
		s.Unlink("f", 0)
		b := make([]byte, 100)
		if n, e := s.Pread(fd, b, 0); n != 90 || e != 0 {
			t.Fatalf("unlinked file: %d bytes, errno %d", n, e)
		}
		s.Close(fd)
	}
	if _, e := s.Fstat(3); e != files.EBADF {
		t.Errorf("closed descriptor: errno %d", e)
	}
}
