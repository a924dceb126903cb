package vm

import "math/bits"

// An rng is a SplitMix64 generator: a counter with a strong mixer. It is part
// of the machine's state, so that a restored run goes on as the recorded one did.
type rng struct{ state uint64 }

func newRand(seed uint64) rng { return rng{seed} }

func (r *rng) next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// nextOld is a step of the generator that Go had first, which began alike in every run
// (runtime.c:fastrand1). Each thread had one; here all have the first's.
func (r *rng) nextOld() uint64 {
	x := uint32(r.state)
	top := x >> 31
	x += x
	if top != 0 {
		x ^= 0x88888eef
	}
	r.state = uint64(x)
	return r.state
}

// firstOld is where it begins (runtime/proc.c:mcommoninit).
const firstOld = 0x49f6428a

// Reseed draws all chance from another seed from here on, in every process.
func (v *VM) Reseed(seed uint64) {
	v.rng = newRand(seed)
	if v.kern == nil {
		return
	}
	for _, p := range v.kern.procs {
		if p.vm != nil {
			p.vm.rng = newRand(seed)
		}
	}
}

// rand returns 64 random bits.
func (v *VM) rand() uint64 {
	if v.rules.RandAlike {
		return v.rng.nextOld()<<32 | v.rng.nextOld()
	}
	return v.rng.next()
}

// randN returns a number in [0, n), n > 0.
func (v *VM) randN(n uint64) uint64 {
	if v.rules.RandAlike {
		if n == 1 {
			return 0
		}
		return v.rng.nextOld() % n
	}
	hi, _ := bits.Mul64(v.rng.next(), n)
	return hi
}
