/** Runs compiled programs: an opcode and its operands, 32 bits each, one operation after the other. */
import { crf } from './crf';
import { add, columnSums, multiply, rowNorms, scaleRows } from './elementwise';
import { copyRows, exportRows, gather, importRows, packRows, transpose, transposeWide, widen } from './layout';
import { From, Opcode } from './opcodes';
import { outerSum, product } from './products';
import { recur, recurBackward } from './recurrence';
import { softmax, softmaxCrossEntropy } from './softmax';

let counter: usize = 0;
let scratch: usize = 0;
let inputs: usize = 0;
let outputs: usize = 0;

/** The next operand, a number. */
@inline
function number(): i32 {
  const value = load<i32>(counter);
  counter += 4;
  return value;
}

/** The next operand, a number of bytes. */
@inline
function size(): usize {
  return <usize>number();
}

/** The next operand, an address; 0 for none. */
function address(): usize {
  const word = size();
  const at = word & ~3;
  switch (<i32>(word & 3)) {
    case From.scratch:
      return scratch + at;
    case From.inputs:
      return load<usize>(inputs + at);
    case From.outputs:
      return load<usize>(outputs + at);
    default:
      return at;
  }
}

/** Runs a program with its scratch space and its tables of inputs' and outputs' addresses. */
export function run(program: usize, scratchSpace: usize, inputTable: usize, outputTable: usize): void {
  counter = program;
  scratch = scratchSpace;
  inputs = inputTable;
  outputs = outputTable;
  while (true) {
    switch (number()) {
      case Opcode.importRows:
        importRows(address(), size(), address(), number(), number());
        break;
      case Opcode.exportRows:
        exportRows(address(), address(), size(), number(), number());
        break;
      case Opcode.copy:
        memory.copy(address(), address(), size());
        break;
      case Opcode.copyRows:
        copyRows(address(), size(), address(), size(), number(), number());
        break;
      case Opcode.transpose:
        transpose(address(), size(), address(), size(), size(), number(), number());
        break;
      case Opcode.transposeWide:
        transposeWide(address(), address(), size(), size(), number(), number());
        break;
      case Opcode.packRows:
        packRows(address(), size(), address(), size(), size(), number(), number());
        break;
      case Opcode.widen:
        widen(address(), address(), size(), size(), number(), number());
        break;
      case Opcode.gather:
        gather(address(), size(), address(), address(), address(), number(), number());
        break;
      case Opcode.product:
        product(address(), size(), address(), size(), address(), size(), address(), size(), size(), number(), number(), number());
        break;
      case Opcode.outerSum:
        outerSum(address(), size(), address(), size(), address(), size(), number(), number(), number());
        break;
      case Opcode.recur:
        recur(
          address(), size(), address(), size(), address(), size(), address(), address(), size(), address(), number(), number(), number(), number(), number() != 0,
        );
        break;
      case Opcode.recurBackward:
        recurBackward(
          address(), size(), address(), size(), address(), size(), address(), size(), address(), address(), size(), address(),
          number(), number(), number(), number(), number() != 0, number(),
        );
        break;
      case Opcode.softmax:
        softmax(address(), size(), address(), size(), number(), number());
        break;
      case Opcode.softmaxCrossEntropy:
        softmaxCrossEntropy(address(), size(), address(), address(), size(), address(), address(), number(), number());
        break;
      case Opcode.crf:
        crf(address(), address(), address(), address(), size(), address(), address(), address(), size(), address(), number(), number(), number());
        break;
      case Opcode.add:
        add(address(), size(), address(), size(), address(), size(), size(), number(), number());
        break;
      case Opcode.multiply:
        multiply(address(), size(), address(), size(), address(), size(), number(), number());
        break;
      case Opcode.scaleRows:
        scaleRows(address(), size(), address(), size(), address(), number(), number());
        break;
      case Opcode.columnSums:
        columnSums(address(), size(), address(), size(), number(), number());
        break;
      case Opcode.rowNorms:
        rowNorms(address(), address(), size(), number(), number());
        break;
      default:
        return;
    }
  }
}
