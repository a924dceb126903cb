package workload

// HashMap puts a million keys into a map, finds them and deletes half.
func HashMap() int {
	m := map[int]int{}
	for i := range 1_000_000 {
		m[i*7] = i
	}
	for i := range 1_000_000 {
		if m[i*7] != i {
			return -1
		}
		if i%2 == 0 {
			delete(m, i*7)
		}
	}
	return len(m)
}
