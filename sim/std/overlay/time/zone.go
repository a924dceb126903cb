//go:build gopark

package time

import "syscall"

//gopark:drop sys_unix.go zoneinfo_unix.go zoneinfo_goroot.go

// The machine has no time zone files: Local is UTC, and LoadLocation finds
// nothing else.

var platformZoneSources []string

func initLocal() { localLoc.name = "UTC" }

func gorootZoneSource(goroot string) (string, bool) { return "", false }

func interrupt() {}

func open(name string) (uintptr, error) { return 0, syscall.ENOENT }

func read(fd uintptr, buf []byte) (int, error) { return 0, syscall.ENOENT }

func closefd(fd uintptr) {}

func preadn(fd uintptr, buf []byte, off int) error { return syscall.ENOENT }
