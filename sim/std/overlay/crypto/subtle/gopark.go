//go:build gopark

package subtle

// The machine has no mode of data-independent timing.

func setDITEnabled() bool { return false }

func setDITDisabled() {}
