package view

import "testing"

func TestUnits(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{Duration(0), "0 ns"}, {Duration(999), "999 ns"}, {Duration(1000), "1 µs"}, {Duration(14206), "14.206 µs"},
		{Duration(10_000_000), "10 ms"}, {Duration(1_234_567_890), "1.234 s"}, {Duration(-50), "−50 ns"},
		{Count(7), "7"}, {Count(999), "999"}, {Count(1000), "1,000"}, {Count(1234567), "1,234,567"}, {Count(-1000), "-1,000"}, {Count(-100), "-100"},
		{Bytes(1), "1 byte"}, {Bytes(2048), "2,048 bytes"}, {Bytes(65536), "64 KiB"}, {Bytes(1 << 30), "1 GiB"}, {Bytes(3 << 19), "1.500 MiB"}, {Bytes(25_120_009_420), "23.394 GiB"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
