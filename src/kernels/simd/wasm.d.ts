/** Compiled kernels, by build (see assembly.mjs). */
declare module 'wasm:*' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
