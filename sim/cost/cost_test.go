package cost

import (
	"reflect"
	"testing"
)

// Every figure is there, and a slower processor changes all but times by the clock.
func TestSlower(t *testing.T) {
	wall := map[string]bool{"Slice": true, "TimerSlack": true}
	slow := Default.Slower(1000)
	for _, part := range [][2]any{{Default.Kernel, slow.Kernel}, {Default.Runtime, slow.Runtime}} {
		a, b := reflect.ValueOf(part[0]), reflect.ValueOf(part[1])
		for i := range a.NumField() {
			name, factor := a.Type().Field(i).Name, int64(1000)
			if wall[name] {
				factor = 1
			}
			if x, y := a.Field(i).Int(), b.Field(i).Int(); x <= 0 || y != x*factor {
				t.Errorf("%s: %d becomes %d on a processor 1000 times slower", name, x, y)
			}
		}
	}
	if slow.Step != 1000 {
		t.Errorf("an instruction takes %d", slow.Step)
	}
}
