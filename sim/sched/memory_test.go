package sched

import "testing"

// What a process has of memory: the sums are those of the parts, and what was
// measured comes out.
func TestMemory(t *testing.T) {
	for i := range Eras {
		e := &Eras[i]
		m := e.Memory(2, 5, 1000, 2048*1000, 5<<20)
		var reserved, touched int64
		for _, p := range m.Parts {
			reserved += p.Reserved
			touched += p.Touched
			if p.N <= 0 || p.Touched > p.Reserved {
				t.Errorf("%s: %+v", e.Name, p)
			}
		}
		if reserved != m.Reserved || touched != m.Touched || m.Kernel <= 0 || m.MaxThreads == 0 {
			t.Errorf("%s: %+v", e.Name, m)
		}
	}
	threads, _ := Lookup("threads")
	today := Eras[len(Eras)-1]
	// A thousand threads: 8 GiB of addresses, 8.5 MB of memory.
	if m := threads.Memory(0, 1000, 1000, 0, 0); m.Reserved != 8_359_403_000 || m.Touched != 8_531_000 {
		t.Errorf("%+v", m)
	}
	// Go: 2.7 KB for a goroutine that waits, with its sudog of 104 bytes.
	one, many := today.Memory(1, 3, 1, 2048, 0), today.Memory(1, 3, 100_001, 2048*100_001, 104*100_000)
	if d := (many.Touched - one.Touched) / 100_000; d < 2500 || d > 2800 {
		t.Errorf("a goroutine that waits takes %d bytes, measured are 2.7 KB", d)
	}
	if d := one.Reserved; d != 1_227_184<<10 {
		t.Errorf("a program that does nothing reserves %d KB, measured are 1227184", d>>10)
	}
}
