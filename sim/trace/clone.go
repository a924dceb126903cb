package trace

import (
	"maps"
	"slices"
)

// Clone returns a copy that shares nothing that Apply changes.
func (f *Fold) Clone() *Fold {
	c := *f
	c.Cores, c.Kernel, c.Threads = slices.Clone(f.Cores), slices.Clone(f.Kernel), slices.Clone(f.Threads)
	c.Ps, c.Gs, c.Global, c.IdleP = slices.Clone(f.Ps), slices.Clone(f.Gs), slices.Clone(f.Global), slices.Clone(f.IdleP)
	for i := range c.Ps {
		c.Ps[i].Ring = slices.Clone(c.Ps[i].Ring)
	}
	c.timers, c.goids = maps.Clone(f.timers), maps.Clone(f.goids)
	return &c
}
