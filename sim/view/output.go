package view

import (
	"sort"

	"gopark/sim"
)

// A Chunk is a piece of what the program wrote, in one go or to one descriptor.
type Chunk struct {
	FD   int    `json:"fd"`
	Text string `json:"text"`
}

// outputShown is how many bytes of output a frame carries at most; the older
// ones are left out.
const outputShown = 64 << 10

// OutputUpTo is what had been written when the n-th event happened, pieces of
// one descriptor joined, and how many bytes at the start were left out. What
// is written after an event belongs to the next one.
func OutputUpTo(all []sim.Output, n int) (chunks []Chunk, cut int) {
	end := sort.Search(len(all), func(i int) bool { return all[i].Event >= n })
	start, size := end, 0
	for start > 0 && size+len(all[start-1].Text) <= outputShown {
		start--
		size += len(all[start].Text)
	}
	for _, o := range all[:start] {
		cut += len(o.Text)
	}
	for _, o := range all[start:end] {
		if k := len(chunks) - 1; k >= 0 && chunks[k].FD == o.FD {
			chunks[k].Text += o.Text
			continue
		}
		chunks = append(chunks, Chunk{FD: o.FD, Text: o.Text})
	}
	return chunks, cut
}
