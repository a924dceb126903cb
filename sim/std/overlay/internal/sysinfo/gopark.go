//go:build gopark

package sysinfo

//gopark:drop cpuinfo_linux.go cpuinfo_bsd.go

func osCPUInfoName() string { return "" }
