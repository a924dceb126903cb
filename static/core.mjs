// The virtual machine's core: a small module of WebAssembly that runs the hot
// instructions, in the memory of Go's instance. That one is needed to make the
// core, and wants to import it: so it imports a slot, which says "absent" until
// the core is put there.

const absent = -1;

export function coreSlot() {
  let run = () => absent;
  return {
    // imports is for Go's instance.
    imports: { run: (registers) => run(registers) },
    // fill makes the core of its module's bytes and the memory that Go's instance exports.
    async fill(bytes, mem) {
      const { instance } = await WebAssembly.instantiate(bytes, { go: { mem } });
      run = instance.exports.run;
    },
  };
}
