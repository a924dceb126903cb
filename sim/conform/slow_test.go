package conform_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gopark/sim"
)

// timed is a program that says how long it takes to do something twenty times.
const timed = `package main

import (
	"fmt"
	"net"
	"os"
	"syscall"
	"time"
)

var _, one = syscall.Nanosleep, []byte{1}

// ends are those of a connection.
func ends(network, address string) (a, b net.Conn) {
	l, _ := net.Listen(network, address)
	a, _ = net.Dial(network, l.Addr().String())
	b, _ = l.Accept()
	return a, b
}

func main() {
	r, w, _ := os.Pipe()
	u1, u2 := ends("unix", "/tmp/socket")
	t1, t2 := ends("tcp", "127.0.0.1:0")
	_, _, _, _, _, _ = r, w, u1, u2, t1, t2
	t := time.Now()
	for range 20 {
		BODY
	}
	fmt.Println("took", time.Since(t).Nanoseconds())
}
`

// On a processor that takes longer for everything, system calls do too, and so does
// what is sent to somebody on the same computer; what goes by a clock, a sleep or a
// deadline, does not.
func TestSlowSyscalls(t *testing.T) {
	took := func(slow int64, body string) float64 {
		rec, diagnostics := load(t, "main.go", strings.Replace(timed, "BODY", body, 1), sim.Config{Cores: 1, Procs: 1, Slow: slow, Limits: sim.DefaultLimits})
		if rec == nil {
			t.Fatal(diagnostics)
		}
		rec.Advance(0, 0)
		n := regexp.MustCompile(`took (\d+)`).FindStringSubmatch(merged(rec))
		if n == nil {
			why, code := rec.Ended()
			t.Fatal(body, why, code, merged(rec))
		}
		ns, _ := strconv.ParseFloat(n[1], 64)
		return ns
	}
	for _, body := range []string{
		`syscall.Seek(99, 0, 0)`,
		`os.WriteFile("/tmp/x", make([]byte, 10_000), 0o600)`,
		`os.Stat("/tmp")`,
		`w.Write(one); r.Read(one)`,
		`u1.Write(one); u2.Read(one)`,
		`t1.Write(one); t2.Read(one)`,
		`net.Dial("tcp", "127.0.0.1:1")`,
	} {
		if x := took(20, body) / took(1, body); x < 19 || x > 22 { // sysmon takes Ps by the clock
			t.Errorf("%s takes %.1f times as long on a processor that is 20 times slower", body, x)
		}
	}
	for _, body := range []string{
		`syscall.Nanosleep(&syscall.Timespec{Nsec: 50e6}, nil)`,
		`time.Sleep(50 * time.Millisecond)`,
		`r.SetReadDeadline(time.Now().Add(50 * time.Millisecond)); r.Read(one)`,
		`<-time.After(50 * time.Millisecond)`,
	} {
		if x := took(20, body) / took(1, body); x > 1.1 {
			t.Errorf("%s, of 50 ms by the clock, takes %.1f times as long", body, x)
		}
	}
}
