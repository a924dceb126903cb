//go:build gopark

package time

// These methods are called in loops. GOROOT's take the address of a Time, which Go
// keeps on the stack for that; here no address points into a stack, so each call would
// leave 24 or 48 bytes to the collector, and old collectors come soon. They do the same
// without an address.

func seconds(t Time) int64 {
	if t.wall&hasMonotonic != 0 {
		return wallToInternal + int64(t.wall<<1>>(nsecShift+1))
	}
	return t.ext
}

func (t Time) After(u Time) bool  { return t.Compare(u) > 0 }
func (t Time) Before(u Time) bool { return t.Compare(u) < 0 }
func (t Time) Equal(u Time) bool  { return t.Compare(u) == 0 }

func (t Time) Compare(u Time) int {
	tc, uc := t.ext, u.ext
	if t.wall&u.wall&hasMonotonic == 0 {
		tc, uc = seconds(t), seconds(u)
		if tc == uc {
			tc, uc = int64(t.wall&nsecMask), int64(u.wall&nsecMask)
		}
	}
	switch {
	case tc < uc:
		return -1
	case tc > uc:
		return +1
	}
	return 0
}

func (t Time) Add(d Duration) Time {
	nsec := int64(t.wall&nsecMask) + int64(d%1e9)
	sec := int64(t.wall<<1>>(nsecShift+1)) + int64(d/1e9)
	if nsec >= 1e9 {
		sec++
		nsec -= 1e9
	} else if nsec < 0 {
		sec--
		nsec += 1e9
	}
	mono := t.ext + int64(d)
	if t.wall&hasMonotonic == 0 || sec < 0 || sec > 1<<33-1 || (mono < t.ext) != (d < 0) {
		return addFar(t, d)
	}
	return Time{hasMonotonic | uint64(sec)<<nsecShift | uint64(nsec), mono, t.loc}
}

// addFar is GOROOT's Add, for what doesn't fit.
func addFar(t Time, d Duration) Time {
	dsec := int64(d / 1e9)
	nsec := t.nsec() + int32(d%1e9)
	if nsec >= 1e9 {
		dsec++
		nsec -= 1e9
	} else if nsec < 0 {
		dsec--
		nsec += 1e9
	}
	t.wall = t.wall&^nsecMask | uint64(nsec)
	t.addSec(dsec)
	if t.wall&hasMonotonic != 0 {
		te := t.ext + int64(d)
		if d < 0 && te > t.ext || d > 0 && te < t.ext {
			t.stripMono()
		} else {
			t.ext = te
		}
	}
	return t
}

func (t Time) Sub(u Time) Duration {
	if t.wall&u.wall&hasMonotonic != 0 {
		return subMono(t.ext, u.ext)
	}
	d := Duration(seconds(t)-seconds(u))*Second + Duration(int64(t.wall&nsecMask)-int64(u.wall&nsecMask))
	switch {
	case u.Add(d).Equal(t):
		return d
	case t.Before(u):
		return minDuration
	}
	return maxDuration
}

func (t Time) Unix() int64      { return seconds(t) + internalToUnix }
func (t Time) UnixMilli() int64 { return t.Unix()*1e3 + int64(t.wall&nsecMask)/1e6 }
func (t Time) UnixMicro() int64 { return t.Unix()*1e6 + int64(t.wall&nsecMask)/1e3 }
func (t Time) UnixNano() int64  { return t.Unix()*1e9 + int64(t.wall&nsecMask) }
func (t Time) Nanosecond() int  { return int(t.wall & nsecMask) }
