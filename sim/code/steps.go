package code

// fusedSteps lists the fused instructions that stand for more than one step.
var fusedSteps = [NumOps]uint8{}

// Steps returns how many instructions op counts as: 1 unless it is fused.
// Virtual time and budgets count steps, so fusing never shows.
func Steps(op Op) int {
	if op < NumOps && fusedSteps[op] != 0 {
		return int(fusedSteps[op])
	}
	return 1
}
