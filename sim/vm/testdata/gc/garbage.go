// A gigabyte of small garbage, with some of it kept for a while.
package main

import "fmt"

type node struct {
	next *node
	data [120]byte
	n    int
}

func main() {
	var ring [64]*node
	sum, bytes := 0, 0
	for i := 0; bytes < 1_000_000_000; i++ {
		// A list of a few nodes, one of which holds a slice's worth of bytes.
		var head *node
		for j := 0; j < 4; j++ {
			head = &node{next: head, n: i + j}
			head.data[i%120] = byte(j)
		}
		b := make([]byte, 4000)
		b[i%4000] = byte(i)
		bytes += 4*144 + 4096
		ring[i%64] = head
		if old := ring[(i*7)%64]; old != nil {
			for n := old; n != nil; n = n.next {
				sum += n.n
			}
		}
		sum += int(b[i%4000])
	}
	fmt.Println(sum)
}
