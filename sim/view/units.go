package view

import (
	"strconv"
	"strings"

	"gopark/sim/view/phrase"
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
	return strings.TrimSuffix(s+phrase.Decimal+frac, phrase.Decimal+"000")
}

// Count groups a number's digits: "100,000".
func Count(n int64) string {
	s := strconv.FormatInt(n, 10)
	start := 0
	if n < 0 {
		start = 1
	}
	for i := len(s) - 3; i > start; i -= 3 {
		s = s[:i] + phrase.Thousands + s[i:]
	}
	return s
}

// Bytes prints a size as programmers say it: "2,048 bytes", "64 KiB", "1 GiB".
// Sizes that are no multiple of a KiB stay in bytes below 1 MiB.
func Bytes(n int64) string {
	const kib, mib, gib = 1 << 10, 1 << 20, 1 << 30
	switch {
	case n >= gib && n%gib == 0:
		return phrase.Fill(phrase.GiB, Count(n/gib))
	case n >= 10*gib:
		return phrase.Fill(phrase.GiB, decimals(n/mib*1000/1024, 1000))
	case n >= mib:
		return phrase.Fill(phrase.MiB, decimals(n*1000/mib, 1000))
	case n >= 16*kib && n%kib == 0:
		return phrase.Fill(phrase.KiB, Count(n/kib))
	}
	return phrase.Fill(phrase.Plural(int(n), phrase.CountedBytes), Count(n))
}

// plural is the form of a sentence that goes with n, with n in its hole {1} and up
// to three values in the others.
func plural(n int, forms string, values ...string) string {
	all := [4]string{Count(int64(n))}
	copy(all[1:], values)
	return phrase.Fill(phrase.Plural(n, forms), all[:]...)
}

// Plain prints a number without grouping: part of a name.
func Plain(n int64) string { return strconv.FormatInt(n, 10) }
