package main

import (
	"crypto"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"crypto/subtle"
	"fmt"
	"hash"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"hash/maphash"
	"io"
	"strings"
)

func main() {
	text := strings.Repeat("the quick brown fox ", 40)
	for _, h := range []hash.Hash{
		md5.New(), sha1.New(), sha256.New(), sha256.New224(), sha512.New(), sha512.New384(), sha512.New512_256(), sha3.New256(),
		hmac.New(sha256.New, []byte("key")), crypto.SHA256.New(),
		adler32.New(), crc32.NewIEEE(), crc32.New(crc32.MakeTable(crc32.Castagnoli)), crc64.New(crc64.MakeTable(crc64.ECMA)),
		fnv.New32a(), fnv.New64a(), fnv.New128a(),
	} {
		io.WriteString(h, text)
		fmt.Printf("%d %x\n", h.BlockSize(), h.Sum(nil))
	}
	fmt.Printf("%x\n%x\n%x\n", md5.Sum(nil), sha1.Sum([]byte("abc")), sha256.Sum256([]byte("abc")))
	fmt.Println(hmac.Equal([]byte("a"), []byte("a")), subtle.ConstantTimeCompare([]byte("a"), []byte("b")))

	random := make([]byte, 21)
	n, err := rand.Read(random)
	fmt.Println(n, err, len(rand.Text()), string(random) != string(make([]byte, 21)))

	seed := maphash.MakeSeed()
	fmt.Println(maphash.String(seed, text) == maphash.Bytes(seed, []byte(text)), maphash.Comparable(seed, 1) == maphash.Comparable(seed, 1))
}
