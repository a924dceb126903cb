package workload

// Sieve counts the primes below five million: loops over a slice of bytes.
func Sieve() int {
	composite := make([]bool, 5_000_000)
	count := 0
	for i := 2; i < len(composite); i++ {
		if composite[i] {
			continue
		}
		count++
		for j := 2 * i; j < len(composite); j += i {
			composite[j] = true
		}
	}
	return count
}
