// Files: a directory of its own, so that the host's Go can run this too.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func check(err error) {
	if err != nil {
		fmt.Println("error:", err)
	}
}

func main() {
	dir, err := os.MkdirTemp("", "gopark")
	check(err)
	defer os.RemoveAll(dir)
	name := func(s string) string { return filepath.Join(dir, s) }
	say := func(args ...any) {
		fmt.Println(strings.ReplaceAll(strings.TrimSuffix(fmt.Sprintln(args...), "\n"), dir, "DIR"))
	}

	check(os.WriteFile(name("a.txt"), []byte("hello\nworld\n"), 0o644))
	f, err := os.OpenFile(name("a.txt"), os.O_APPEND|os.O_WRONLY, 0)
	check(err)
	fmt.Fprintf(f, "line %d\n", 3)
	check(f.Close())
	say(f.Close())
	b, err := os.ReadFile(name("a.txt"))
	fmt.Printf("%q %v\n", b, err)

	f, err = os.Open(name("a.txt"))
	check(err)
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		fmt.Println(sc.Text())
	}
	pos, err := f.Seek(-7, io.SeekEnd)
	fmt.Println(pos, err)
	rest, err := io.ReadAll(f)
	fmt.Printf("%q %v\n", rest, err)
	_, err = f.Write([]byte("x"))
	say(err)
	st, err := f.Stat()
	check(err)
	fmt.Println(st.Name(), st.Size(), st.Mode(), st.IsDir())
	f.Close()

	check(os.MkdirAll(name("d/e/f"), 0o755))
	say(os.Mkdir(name("d"), 0o755))
	check(os.WriteFile(name("d/e/b.txt"), nil, 0o600))
	check(os.Rename(name("a.txt"), name("d/c.txt")))
	say(os.Remove(name("d/e")))
	filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		say(p, d.IsDir(), err)
		return nil
	})
	list, err := os.ReadDir(name("d"))
	for _, e := range list {
		fmt.Print(e.Name(), " ", e.IsDir(), "; ")
	}
	fmt.Println(err)
	_, err = os.ReadFile(name("a.txt"))
	say(err, errors.Is(err, fs.ErrNotExist))
	_, err = os.OpenFile(name("d/c.txt"), os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o644)
	say(err, errors.Is(err, fs.ErrExist))
	check(os.Truncate(name("d/c.txt"), 5))
	b, _ = os.ReadFile(name("d/c.txt"))
	fmt.Printf("%q\n", b)
	check(os.RemoveAll(name("d")))
	list, err = os.ReadDir(dir)
	fmt.Println(len(list), err)
}
