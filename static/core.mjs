// The virtual machine's core: a small module of WebAssembly that runs the hot
// instructions, in the memory of Go's instance. That one is needed to make the
// core, and wants to import it: so it imports a slot, which says "absent" until
// the core is put there. The slot is WebAssembly too: a way through JavaScript
// takes longer than most stretches of the program that the core runs.

const slotModule = Uint8Array.of(
  0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f, // type 0: an i32 to an i32
  3, 3, 2, 0, 0, // functions: run and absent
  4, 4, 1, 0x70, 0, 1, // a table of one function
  7, 15, 2, 5, 0x74, 0x61, 0x62, 0x6c, 0x65, 1, 0, 3, 0x72, 0x75, 0x6e, 0, 0, // exports: table, run
  9, 7, 1, 0, 0x41, 0, 0x0b, 1, 1, // the table has absent
  10, 16, 2,
  9, 0, 0x20, 0, 0x41, 0, 0x11, 0, 0, 0x0b, // run(r): what the table has, called with r
  4, 0, 0x41, 0x7f, 0x0b, // absent(r): -1
);

export function coreSlot() {
  const { table, run } = new WebAssembly.Instance(new WebAssembly.Module(slotModule)).exports;
  return {
    // imports is for Go's instance.
    imports: { run },
    // fill makes the core of its module's bytes and the memory that Go's instance exports.
    async fill(bytes, mem) {
      const { instance } = await WebAssembly.instantiate(bytes, { go: { mem } });
      table.set(0, instance.exports.run);
    },
  };
}
