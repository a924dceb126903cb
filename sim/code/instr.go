package code

// An Instr is one instruction.
type Instr struct {
	Op      Op
	A, B, C uint16
}

// Imm returns B and C as one signed number.
func (i Instr) Imm() int32 { return int32(uint32(i.B) | uint32(i.C)<<16) }

// WithImm returns i with B and C set from imm.
func (i Instr) WithImm(imm int32) Instr {
	i.B, i.C = uint16(imm), uint16(uint32(imm)>>16)
	return i
}

// Select takes its cases from consecutive slots, SelectSlots for each:
// {channel, direction (0 receive, 1 send), slot of the value to send, number
// of the value's slots}; the last two are small integers. The T of the
// channel's elements is read from the channel. Received values are laid out by
// compile: the case's third slot is then the slot that receives, fourth 1 if
// it is wanted. Index -1 is the default.
const SelectSlots = 4
