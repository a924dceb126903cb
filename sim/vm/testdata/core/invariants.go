package main

import "fmt"

// Constants that loops hold, results that are read where a call left them,
// conditions that are tested at a loop's end.

var (
	total  uint64
	cells  [64]uint32
	weight = [...]float64{0.25, 1e9, 3}
)

type node struct {
	value int
	next  *node
}

func nested(n int) (sum int) {
	for i := 0; i < n; i++ {
		for j := 0; j < n; j++ {
			if (i*100_000+j)%70_001 == 7 {
				continue
			}
			for k := n; k >= 0; k-- {
				sum += i ^ 1_000_003*j - k*123_456_789_012
			}
		}
		total += uint64(sum) % 1_000_000_007
	}
	return sum
}

func jumps(n int) string {
	text := ""
	i := 0
again:
	i++
	if i > n {
		return text
	}
	for j := range 3 {
		switch {
		case i+j == 4:
			goto again
		case j == 2:
			text += "0123456789abcdef"[i&15:][:1]
		}
		text += string("xyz"[j])
	}
	goto again
}

func list(p *node) (n, sum int) {
	for p.next != nil {
		sum += p.value * 40_000
		p = p.next
		n++
	}
	for p = (&node{1, nil}); p != nil && p.value < 1<<20; p = p.next {
		p.next = &node{p.value * 33, nil}
		cells[p.value&63] += 0x9e3779b9
	}
	return
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

func pair(n int) (int, string) { return n + 1, fmt.Sprint(n) }

func twice(n int) (int, string) { return pair(pairs(n) + 1) }

func pairs(n int) int {
	a, s := pair(n)
	return gcd(gcd(a*84, 36), len(s)*12) + first(s, s)
}

func first[T any](x, y T) int { return len(fmt.Sprint(x, y)) }

func down(s []float64, f func(float64) float64) (sum float64) {
	for i := len(s) - 1; i >= 0; i-- {
		if f(s[i]) > 1e6 {
			continue
		}
		defer func() { total += uint64(i) * 1_000_000 }()
		sum += f(s[i])*0.125 + weight[i%3]
	}
	return sum
}

func never() (n int) {
	for i := 10; i < 5; i++ {
		n += 100_000 * i
	}
	for {
		n += 77_777
		if n > 1_000_000 {
			return n
		}
	}
}

func recovers(s []int) (n int) {
	defer func() {
		n = n*2 + len(fmt.Sprint(recover()))
	}()
	for i := 0; ; i += 3 {
		n += s[i] * 65_537
	}
}

func main() {
	fmt.Println(nested(0), nested(1), nested(7), total)
	fmt.Println(jumps(7))
	fmt.Println(list(&node{1, &node{2, &node{3, nil}}}))
	fmt.Println(cells[1], cells[33])
	fmt.Println(twice(9))
	fmt.Println(down([]float64{1, 2e7, 3, 4, 5}, func(x float64) float64 { return x * 2 }), total)
	fmt.Println(never(), recovers([]int{1, 2, 3, 4, 5}))
}
