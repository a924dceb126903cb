package conform_test

import (
	"regexp"
	"strconv"
	"testing"

	"gopark/sim"
)

// On a processor that takes longer for everything, system calls do too; what goes
// by a clock, a sleep, does not.
func TestSlowSyscalls(t *testing.T) {
	took := func(slow int64, body string) float64 {
		rec, diagnostics := load(t, "main.go", "package main\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\t\"syscall\"\n\t\"time\"\n)\n\nvar _, _ = os.Pipe, syscall.Nanosleep\n\n"+
			"func main() {\n\tt := time.Now()\n\tfor range 20 {\n\t\t"+body+"\n\t}\n\tfmt.Println(\"took\", time.Since(t).Nanoseconds())\n}\n",
			sim.Config{Cores: 1, Procs: 1, Slow: slow, Limits: sim.DefaultLimits})
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
	} {
		if x := took(20, body) / took(1, body); x < 19 || x > 21 {
			t.Errorf("%s takes %.1f times as long on a processor that is 20 times slower", body, x)
		}
	}
	sleep := `syscall.Nanosleep(&syscall.Timespec{Nsec: 50e6}, nil)`
	if x := took(20, sleep) / took(1, sleep); x > 1.1 {
		t.Errorf("a sleep of 50 ms in the kernel takes %.1f times as long", x)
	}
}
