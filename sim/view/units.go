package view

import (
	"strconv"
	"strings"
)

// Duration prints virtual nanoseconds with a unit that keeps the number
// between 1 and 1000 and at most three decimals: "14.206 µs".
func Duration(ns int64) string {
	sign := ""
	if ns < 0 {
		sign, ns = "−", -ns
	}
	switch {
	case ns < 1e3:
		return sign + strconv.FormatInt(ns, 10) + " ns"
	case ns < 1e6:
		return sign + decimals(ns, 1e3) + " µs"
	case ns < 1e9:
		return sign + decimals(ns, 1e6) + " ms"
	}
	return sign + decimals(ns, 1e9) + " s"
}

// decimals divides by unit, a power of ten from 1000 up, and keeps three decimals.
func decimals(ns, unit int64) string {
	thousandths := ns / (unit / 1000)
	s := strconv.FormatInt(thousandths/1000, 10)
	frac := strconv.FormatInt(1000+thousandths%1000, 10)[1:]
	return strings.TrimSuffix(s+"."+frac, ".000")
}

// Count groups a number's digits: "100,000".
func Count(n int64) string {
	s := strconv.FormatInt(n, 10)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Bytes prints a size as programmers say it: "2,048 bytes", "64 KiB", "1 GiB".
// Sizes that are no multiple of a KiB stay in bytes below 1 MiB.
func Bytes(n int64) string {
	const kib, mib, gib = 1 << 10, 1 << 20, 1 << 30
	switch {
	case n >= gib && n%gib == 0:
		return Count(n/gib) + " GiB"
	case n >= 10*gib:
		return decimals(n/mib*1000/1024, 1000) + " GiB"
	case n >= mib:
		return decimals(n*1000/mib, 1000) + " MiB"
	case n >= 16*kib && n%kib == 0:
		return Count(n/kib) + " KiB"
	case n == 1:
		return "1 byte"
	}
	return Count(n) + " bytes"
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(int64(n)) + " " + many
}

// Plain prints a number without grouping: part of a name.
func Plain(n int64) string { return strconv.FormatInt(n, 10) }
