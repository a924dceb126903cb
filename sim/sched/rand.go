package sched

// A random is a source of random numbers that is a plain value (splitmix64).
type random uint64

func (r *random) next() uint32 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return uint32((z ^ z>>31) >> 32)
}

// A walk visits the numbers below n once each, in an order that start and a
// step coprime to n decide (runtime/proc.go:randomOrder).
type walk struct {
	i, n, pos, step uint32
}

func newWalk(n, r uint32) walk {
	coprimes := uint32(0)
	for s := uint32(1); s <= n; s++ {
		if gcd(s, n) == 1 {
			coprimes++
		}
	}
	skip := r / n % coprimes
	step := uint32(0)
	for s := uint32(1); s <= n; s++ {
		if gcd(s, n) == 1 {
			if skip == 0 {
				step = s
				break
			}
			skip--
		}
	}
	return walk{n: n, pos: r % n, step: step}
}

func (w *walk) done() bool { return w.i == w.n }

func (w *walk) advance() {
	w.i++
	w.pos = (w.pos + w.step) % w.n
}

func gcd(a, b uint32) uint32 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
