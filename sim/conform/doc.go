// Package conform holds the tests that ask others whether Gopark is right: Go's
// own tests whether the language is, real Go's recorded outputs whether the
// scheduler is, compiled Go how fast it is, and a second host whether a run is
// the same everywhere. It has no code but tests.
//
//	go test ./sim/conform                             all
//	go test ./sim/conform -short                      a tenth of Go's own tests
//	go test ./sim/conform -run 'TestGo/chan/sieve1'   one of them
//	go test ./sim/conform -run TestGo -slow           with those that take minutes
//	go test ./sim/conform -run TestDiffer -differ 5000 -timeout 1h
//	                                                  random programs, against compiled Go
//	go test ./sim/conform -run 'TestOracle/01-'       one program of the oracle
//	go test ./sim/conform -bench .                    speed, beside compiled Go
//
// What is known to fail is listed in testdata with the reason. A listed test
// that passes fails too, so that the lists stay true.
package conform
