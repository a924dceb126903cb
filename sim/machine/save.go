package machine

// ThreadSave is how many bytes the kernel stores when a core leaves a thread: the
// XSAVEC area of a processor with AVX-512 (CPUID 0xD) and the 21 words of pt_regs.
const ThreadSave = 2432 + 21*8

// ProcessSave is the same for a switch to a thread of another process: CR3 too, and
// what the TLB knew is lost.
const ProcessSave = ThreadSave + 8
