// Strings: building, searching, converting, sorting, formatting.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
	"os"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

type person struct {
	name string
	age  int
}

type coded struct{ code int }

func (c *coded) Error() string { return "code " + strconv.Itoa(c.code) }

func main() {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "%d,", i)
	}
	s := b.String()
	fmt.Println(len(s), strings.Count(s, "9,"), strings.Index(s, "500,"), strings.LastIndexByte(s, '5'))
	fmt.Println(strings.Fields("  a b\tc\n"), strings.Split("a,b,,c", ","), strings.ToUpper("grüße"), strings.Title("x y"))
	fmt.Println(strings.Replace("oink oink", "k", "ky", -1), strings.Repeat("ab", 5), strings.TrimFunc("123abc456", func(r rune) bool { return r < 'a' }))
	fmt.Println(strings.EqualFold("Go", "GO"), strings.Map(func(r rune) rune { return r + 1 }, "HAL"), strings.ContainsAny("hello", "xyz"))
	r := strings.NewReplacer("<", "&lt;", ">", "&gt;")
	fmt.Println(r.Replace("<b>bold</b>"))

	for _, f := range []float64{0, 1, -2.5, math.Pi, 1e21, 1e-7, math.MaxFloat64, math.SmallestNonzeroFloat64, math.Inf(-1), 0.1 + 0.2} {
		fmt.Print(strconv.FormatFloat(f, 'g', -1, 64), " ", strconv.FormatFloat(f, 'e', 3, 64), " ", float32(f), "; ")
	}
	fmt.Println()
	for _, t := range []string{"12", "-9223372036854775808", "9223372036854775808", "0x1F", "", "1e3", "abc"} {
		n, err := strconv.ParseInt(t, 0, 64)
		f, err2 := strconv.ParseFloat(t, 64)
		fmt.Println(n, err, f, err2)
	}
	fmt.Println(strconv.Quote("tab\t\"ü\x00\u2028"), strconv.FormatInt(-255, 16), strconv.AppendBool(nil, true))

	people := []person{{"Al", 30}, {"Bo", 25}, {"Cy", 35}, {"Di", 25}}
	sort.Slice(people, func(i, j int) bool {
		return people[i].age < people[j].age || people[i].age == people[j].age && people[i].name < people[j].name
	})
	fmt.Println(people)
	slices.SortStableFunc(people, func(a, b person) int { return strings.Compare(b.name, a.name) })
	fmt.Printf("%v %+v\n", people, people[0])
	nums := make([]int, 300)
	for i := range nums {
		nums[i] = (i * 7919) % 300
	}
	sort.Ints(nums)
	at, found := slices.BinarySearch(nums, 123)
	fmt.Println(sort.IntsAreSorted(nums), at, found, slices.Max(nums))

	fmt.Printf("|%5d|%-5d|%05d|%x|%X|%o|%b|%c|%U|\n", 42, 42, 42, 255, 255, 8, 5, 'é', 'é')
	fmt.Printf("|%8.3f|%-8.2f|%+.1e|%g|%6.2f%%|\n", math.Pi, math.E, 12345.678, 1e6, 99.5)
	fmt.Printf("|%s|%10s|%-10s|%.2s|%q|%x|% x|\n", "go", "go", "go", "golang", "q\"", "hi", "hi")
	fmt.Printf("%t %v %p %T %v\n", true, nil, nil, 1i, complex(1, -2))
	fmt.Printf("%*d %[2]d %[1]d %!|%d\n", 5, 6)
	fmt.Printf("%v %d %s\n", []byte("abc"), []byte("abc"), []byte("abc"))

	zero := 0.0
	base := &coded{7}
	err := fmt.Errorf("outer: %w", fmt.Errorf("inner: %w", base))
	var c *coded
	fmt.Println(err, errors.Is(err, base), errors.As(err, &c), c.code, errors.Unwrap(err))
	fmt.Println(errors.Join(io.EOF, err))

	sc := bufio.NewScanner(strings.NewReader("one two\nthree\n\nfour"))
	for sc.Scan() {
		fmt.Printf("%q ", sc.Text())
	}
	fmt.Println()
	var buf bytes.Buffer
	w := bufio.NewWriter(&buf)
	fmt.Fprintln(w, "buffered", 1)
	w.Flush()
	line, _ := buf.ReadString('\n')
	fmt.Printf("%q %d\n", line, buf.Len())
	var n int
	var word string
	k, err := fmt.Sscanf("12 apples", "%d %s", &n, &word)
	fmt.Println(k, err, n, word)

	for i, r := range "aé世\xff😀" {
		fmt.Print(i, ":", string(r), " ")
	}
	fmt.Println(utf8.RuneCountInString("aé世😀"), utf8.ValidString("\xff"), []rune("é世"), []byte("é"))
	fmt.Println(bits.LeadingZeros64(1), bits.TrailingZeros8(0), bits.OnesCount16(0xf0f0), bits.Reverse8(1), bits.Len32(1<<20), bits.RotateLeft8(0x81, 1))
	hi, lo := bits.Mul64(1<<63, 6)
	sum, carry := bits.Add64(1<<63, 1<<63, 1)
	fmt.Println(hi, lo, sum, carry, bits.ReverseBytes32(0x01020304))
	fmt.Println(math.Sqrt(2), math.Floor(-1.5), math.Trunc(-1.5), math.Ceil(1.2), math.Mod(7, 3), math.Pow(2, 0.5), math.Hypot(3, 4), math.Round(-2.5), math.RoundToEven(2.5))
	fmt.Println(min(1.5, math.NaN()), max(-0.0, 0), min(2, 1, 3), max("a", "b"), complex(1, 2)/complex(3, -4), complex(1, 2)/complex(zero, 0))
	fmt.Fprintln(os.Stderr, "to standard error")
	if _, err := os.Open("/no/such/file"); err != nil {
		fmt.Println(err, errors.Is(err, os.ErrNotExist))
	}
}
