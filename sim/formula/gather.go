package formula

// What aggregates gather: step looks after each event.

func gathered(in *instant, n *node) Value { return number(in.acc[n.slot].num) }

func extreme(better func(a, b int64) bool) func(*accumulator, *instant, *node) {
	return func(a *accumulator, in *instant, n *node) {
		if x := in.eval(n.args[0]).Num; !a.any || better(x, a.num) {
			a.any, a.num = true, x
		}
	}
}

func ever(a *accumulator, in *instant, n *node) {
	if a.num == 0 && in.eval(n.args[0]).Holds() {
		a.num = 1
	}
}

func never(a *accumulator, in *instant, n *node) {
	if a.num == 0 && !in.eval(n.args[0]).Holds() {
		a.num = 1
	}
}

func first(a *accumulator, in *instant, n *node) {
	if !a.any && in.eval(n.args[0]).Holds() {
		a.any, a.num = true, in.fold.Time
	}
}

func at(a *accumulator, in *instant, n *node) {
	if !a.any && in.eval(n.args[0]).Holds() {
		a.any, a.num = true, in.eval(n.args[1]).Num
	}
}

// longest gathers the longest stretch in num and the one that lasts in longer.
func longest(a *accumulator, in *instant, n *node) {
	a.held = in.eval(n.args[0]).Holds()
	if !a.held {
		a.num, a.longer = max(a.num, a.longer), 0
	}
}

func total(a *accumulator, in *instant, n *node) {
	a.held = in.eval(n.args[0]).Holds()
}

func count(a *accumulator, in *instant, n *node) {
	if int64(in.event.Kind) == n.kind && in.eval(n.args[0]).Holds() {
		a.num++
	}
}
