// os.Pipe: what fits, who waits, how an end that is closed looks from the other, and deadlines.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"
)

func main() {
	r, w, err := os.Pipe()
	fmt.Println(err, r.Name(), w.Name())

	// It holds 64 KiB: the rest waits for who reads.
	wrote := make(chan int, 1)
	go func() {
		n, err := w.Write(make([]byte, 70_000))
		fmt.Println("written", n, err)
		wrote <- n
	}()
	time.Sleep(5 * time.Millisecond)
	fmt.Println("blocked", len(wrote) == 0)
	n, err := io.ReadFull(r, make([]byte, 65_536))
	fmt.Println("read", n, err)
	n, err = io.ReadFull(r, make([]byte, 70_000-65_536))
	fmt.Println("read", n, err, <-wrote)

	// A read takes what is there.
	w.WriteString("abc")
	w.WriteString("de")
	b := make([]byte, 10)
	n, err = r.Read(b)
	fmt.Printf("%q %v\n", b[:n], err)

	// Deadlines.
	r.SetReadDeadline(time.Now().Add(2 * time.Millisecond))
	t := time.Now()
	n, err = r.Read(b)
	fmt.Println(n, err, errors.Is(err, os.ErrDeadlineExceeded), time.Since(t) >= 2*time.Millisecond)
	_, err = r.Read(b)
	fmt.Println("and again", err)
	r.SetReadDeadline(time.Time{})
	go func() {
		time.Sleep(time.Millisecond)
		w.WriteString("late")
	}()
	n, err = r.Read(b)
	fmt.Printf("%q %v\n", b[:n], err)
	w.SetWriteDeadline(time.Now().Add(2 * time.Millisecond))
	n, err = w.Write(make([]byte, 100_000))
	fmt.Println("written in time", n, err)
	w.SetWriteDeadline(time.Time{})
	io.ReadFull(r, make([]byte, 65_536))

	// A deadline that is set while somebody reads wakes him.
	go func() {
		time.Sleep(time.Millisecond)
		r.SetReadDeadline(time.Unix(1, 0))
	}()
	_, err = r.Read(b)
	fmt.Println(err)
	r.SetReadDeadline(time.Time{})

	// Close wakes who reads.
	done := make(chan error)
	go func() {
		_, err := r.Read(b)
		done <- err
	}()
	time.Sleep(time.Millisecond)
	fmt.Println(r.Close())
	err = <-done
	fmt.Println(err, errors.Is(err, os.ErrClosed))
	_, err = w.Write(b)
	fmt.Println(err, errors.Is(err, syscall.EPIPE))
	w.Close()

	// What was written before the close is read before the end.
	r, w, _ = os.Pipe()
	go func() {
		for i := range 3 {
			fmt.Fprintln(w, "line", i)
			time.Sleep(100 * time.Microsecond)
		}
		w.Close()
	}()
	s := bufio.NewScanner(r)
	var lines []string
	for s.Scan() {
		lines = append(lines, s.Text())
	}
	fmt.Println(strings.Join(lines, ","), s.Err())
	n, err = r.Read(b)
	fmt.Println(n, err)
	n, err = r.Read(nil)
	fmt.Println(n, err)
	fmt.Println(r.Close(), r.Close())
	fi, _ := os.Stdout.Stat()
	_ = fi
	_, err = r.Stat()
	fmt.Println(err)
}
