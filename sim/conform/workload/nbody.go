package workload

import "math"

type body struct {
	pos, vel [3]float64
	mass     float64
}

// NBody moves five planets 200,000 times: floating point, arrays in structs.
func NBody() int {
	bodies := []body{
		{[3]float64{0, 0, 0}, [3]float64{0, 0, 0}, 39.5},
		{[3]float64{4.8, -1.2, -0.1}, [3]float64{0.6, 2.8, -0.02}, 0.04},
		{[3]float64{8.3, 4.1, -0.4}, [3]float64{-1.0, 1.8, 0.008}, 0.01},
		{[3]float64{12.9, -15.1, -0.2}, [3]float64{1.1, 0.9, -0.01}, 0.002},
		{[3]float64{15.4, -25.9, 0.2}, [3]float64{1.0, 0.6, -0.03}, 0.002},
	}
	for range 200_000 {
		advance(bodies, 0.001)
	}
	return int(energy(bodies) * 1e6)
}

func advance(bodies []body, dt float64) {
	for i := range bodies {
		a := &bodies[i]
		for j := i + 1; j < len(bodies); j++ {
			b := &bodies[j]
			var d [3]float64
			r2 := 0.0
			for k := range d {
				d[k] = a.pos[k] - b.pos[k]
				r2 += d[k] * d[k]
			}
			f := dt / (r2 * math.Sqrt(r2))
			for k := range d {
				a.vel[k] -= d[k] * b.mass * f
				b.vel[k] += d[k] * a.mass * f
			}
		}
	}
	for i := range bodies {
		for k := range bodies[i].pos {
			bodies[i].pos[k] += dt * bodies[i].vel[k]
		}
	}
}

func energy(bodies []body) float64 {
	e := 0.0
	for i := range bodies {
		a := &bodies[i]
		for k := range a.vel {
			e += 0.5 * a.mass * a.vel[k] * a.vel[k]
		}
		for j := i + 1; j < len(bodies); j++ {
			r2 := 0.0
			for k := range a.pos {
				d := a.pos[k] - bodies[j].pos[k]
				r2 += d * d
			}
			e -= a.mass * bodies[j].mass / math.Sqrt(r2)
		}
	}
	return e
}
