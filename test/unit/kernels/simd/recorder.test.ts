import assert from 'node:assert/strict';
import fc from 'fast-check';
import { From, Opcode } from '../../../../src/kernels/simd/assembly/opcodes';
import { Recorder, at, slot } from '../../../../src/kernels/simd/recorder';

describe('the recorder of simd programs', () => {
  it('gives matrices that are in use at the same time different addresses', () => {
    const programs = fc.array(fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        programs,
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 12, maxLength: 12 }),
        (operations, sizes) => {
          const recorder = new Recorder();
          const rooms = sizes.map((bytes) => recorder.room(bytes));
          for (const operands of operations)
            recorder.emit(Opcode.copy, ...operands.map((room) => at(rooms[room])));
          const { scratchBytes } = recorder.finish();
          const used = rooms.filter(({ lastUse }) => lastUse >= 0);
          for (const a of used) {
            assert.ok(a.address + a.bytes <= scratchBytes);
            for (const b of used) {
              const together = a !== b && a.firstUse <= b.lastUse && b.firstUse <= a.lastUse;
              if (together) assert.ok(a.address + a.bytes <= b.address || b.address + b.bytes <= a.address);
            }
          }
        },
      ),
    );
  });

  it('writes opcodes, numbers and addresses with what they count from', () => {
    const recorder = new Recorder();
    const room = recorder.room(100);
    recorder.emit(Opcode.copy, slot(From.outputs, 3), at(room, 32), 77);
    const { code } = recorder.finish();
    assert.deepEqual([...code], [Opcode.copy, 12 | From.outputs, 32 | From.scratch, 77, Opcode.end]);
  });
});
