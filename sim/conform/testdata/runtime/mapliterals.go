package main

import "fmt"

func f(s string) string { fmt.Print(s, " "); return s }

type T struct{ a, b int }

func main() {
	x := "x"
	k := 1
	m := map[int]string{1: f("a"), k: "b", 1 + 1: f("c"), 2 * k: "d"}
	fmt.Println(m)
	fmt.Println(map[int]string{k: "x", 1: f("a"), 3 - k - k: x})
	fmt.Println(map[int]string{k: x, 1: "const"})
	fmt.Println(map[T]any{{1, 2}: x, {k, 2}: 3, {1, k + k}: nil})
	fmt.Println(map[any]any{1: x, k: 3, 1.5: f("q"), any(1.5): 1})
	fmt.Println(map[[1]int][]int{{k}: {1}, {1}: {2}})
	fmt.Println(map[[1]int][2]int{{k}: {1}, {1}: {2}})
	fmt.Println(map[*T]int{nil: k, (*T)(nil): 3})
	fmt.Println(map[string]*T{"a": {1, 2}, x: nil, "x": {k, 1}}["x"])
	fmt.Println(map[string]func(){"a": func() {}, x: nil, "x": func() {}}["x"] == nil)
	const c = 7
	fmt.Println(map[int]map[int]int{c: {1: 2}, 6 + k: nil})
	fmt.Println(map[float64]int{float64(k): 1, 1: 2, 2: k})
	var e error
	fmt.Println(map[error]int{e: 1, nil: 2})
	fmt.Println(map[int]bool{k: true && true, 1: 1 < 2, 2: k < 2})
	fmt.Println(map[string]string{x + "": "p", "x": "q"})
	fmt.Println(map[string]any{x: T{k, 2}, "x": T{1, 2}})
	fmt.Println(map[string]any{x: any(T{1, 2}), "x": any(T{k, 2})})
}
