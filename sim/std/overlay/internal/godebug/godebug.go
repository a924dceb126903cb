//go:build gopark

// Package godebug reads settings from the GODEBUG environment variable.
package godebug

import _ "unsafe" // for linkname

//gopark:only

// A Setting is one name=value of GODEBUG.
type Setting struct{ name string }

// New returns the setting name; a leading # marks it undocumented.
func New(name string) *Setting { return &Setting{name} }

// Name is the setting's name.
func (s *Setting) Name() string {
	if s.Undocumented() {
		return s.name[1:]
	}
	return s.name
}

// Undocumented reports whether the setting is for Go's own use.
func (s *Setting) Undocumented() bool { return s.name != "" && s.name[0] == '#' }

func (s *Setting) String() string { return s.Name() + "=" + s.Value() }

// IncNonDefault would count uses for runtime/metrics, which is not here.
func (s *Setting) IncNonDefault() {}

// Value is the setting's value, "" if it is not set. The last one wins.
func (s *Setting) Value() string {
	for _, kv := range envs() {
		if len(kv) > 8 && kv[:8] == "GODEBUG=" {
			return find(kv[8:], s.Name())
		}
	}
	return ""
}

// find looks for name=value in a comma-separated list, from its end.
func find(list, name string) string {
	for end := len(list); end >= 0; {
		start := end
		for start > 0 && list[start-1] != ',' {
			start--
		}
		if item := list[start:end]; len(item) > len(name) && item[:len(name)] == name && item[len(name)] == '=' {
			return item[len(name)+1:]
		}
		end = start - 1
	}
	return ""
}

//go:linkname envs syscall.runtime_envs
func envs() []string
