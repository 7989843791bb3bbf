/**
 * The operations of a compiled program, by number. Both sides read this file: what is compiled, and what
 * compiles it.
 */
export const enum Opcode {
  end,
  importRows,
  exportRows,
  copy,
  copyRows,
  transpose,
  transposeWide,
  packRows,
  widen,
  gather,
  product,
  outerSum,
  recur,
  recurBackward,
  softmax,
  softmaxCrossEntropy,
  crf,
  add,
  multiply,
  scaleRows,
  columnSums,
  rowNorms,
}

/**
 * What an address in a program counts from, in its lowest two bits; the rest of the number is the address, a
 * multiple of 4.
 */
export const enum From {
  /** The memory's start. */
  memory,
  /** The scratch space that the program is run with. */
  scratch,
  /** An entry of the table of inputs, which holds the address. */
  inputs,
  /** An entry of the table of outputs, which holds the address. */
  outputs,
}
