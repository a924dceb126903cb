//go:build gopark

// Package boring would reach BoringCrypto through C, which there is none of.
package boring

import "hash"

//gopark:only

// Enabled is what the hashes ask before each call to this package.
const Enabled = false

type randReader int

func (randReader) Read(b []byte) (int, error) { panic(unavailable) }

// RandReader would be BoringCrypto's source of random numbers.
const RandReader = randReader(0)

const unavailable = "boringcrypto: not available"

func Unreachable()                               {}
func UnreachableExceptTests()                    {}
func NewSHA1() hash.Hash                         { panic(unavailable) }
func NewSHA224() hash.Hash                       { panic(unavailable) }
func NewSHA256() hash.Hash                       { panic(unavailable) }
func NewSHA384() hash.Hash                       { panic(unavailable) }
func NewSHA512() hash.Hash                       { panic(unavailable) }
func SHA1([]byte) [20]byte                       { panic(unavailable) }
func SHA224([]byte) [28]byte                     { panic(unavailable) }
func SHA256([]byte) [32]byte                     { panic(unavailable) }
func SHA384([]byte) [48]byte                     { panic(unavailable) }
func SHA512([]byte) [64]byte                     { panic(unavailable) }
func NewHMAC(func() hash.Hash, []byte) hash.Hash { panic(unavailable) }
