package code

// Archives are archives taken together. Where several have a symbol they agree
// on it, so it doesn't matter which one answers.
type Archives struct {
	list  []*Archive
	funcs map[string]place
	data  map[string]place
}

// A place is an entry of an archive.
type place struct{ archive, entry int32 }

// NewArchives returns an empty set.
func NewArchives() *Archives {
	return &Archives{funcs: map[string]place{}, data: map[string]place{}}
}

// Add adds an archive.
func (s *Archives) Add(a *Archive) {
	n := int32(len(s.list))
	s.list = append(s.list, a)
	for i, e := range a.entries {
		where := s.funcs
		if e.kind == archData {
			where = s.data
		}
		if _, ok := where[e.name]; !ok {
			where[e.name] = place{n, int32(i)}
		}
	}
}

// Func returns the function sym, nil if no archive has it.
func (s *Archives) Func(sym string) *Func {
	if p, ok := s.funcs[sym]; ok {
		return s.list[p.archive].funcAt(sym, int(p.entry))
	}
	return nil
}

// Data returns the data symbol sym, nil if no archive has it.
func (s *Archives) Data(sym string) *Data {
	if p, ok := s.data[sym]; ok {
		return s.list[p.archive].dataAt(sym, int(p.entry))
	}
	return nil
}

// Err is the first damage that was met, nil if none.
func (s *Archives) Err() error {
	for _, a := range s.list {
		if a.err != nil {
			return a.err
		}
	}
	return nil
}
