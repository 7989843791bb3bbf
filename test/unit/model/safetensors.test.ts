import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InputError } from '../../../src/common/errors';
import { readTensors, writeTensors } from '../../../src/model/safetensors';
import type { Tensor } from '../../../src/model/safetensors';

/** A file of a header as given, JSON or not, and so many bytes of data. */
function fileOf(header: unknown, dataBytes = 0, headerBytes?: bigint): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, headerBytes ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

const tensor = (data_offsets: unknown, shape: unknown = [2], dtype: unknown = 'F32') => ({
  dtype,
  shape,
  data_offsets,
});

describe('safetensors', () => {
  it('round trip, bit for bit', () => {
    const values = fc.array(fc.float(), { maxLength: 20 });
    const doubles = fc.array(fc.double(), { maxLength: 20 });
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string(),
          fc.oneof(
            values.map((v) => new Float32Array(v)),
            doubles.map((v) => new Float64Array(v)),
          ),
        ),
        fc.dictionary(fc.string(), fc.string()),
        (data, metadata) => {
          const tensors = new Map<string, Tensor>(
            Object.entries(data)
              .filter(([name]) => name !== '__metadata__' && name !== '__proto__')
              .map(([name, array]) => [name, { shape: [1, array.length], values: array }]),
          );
          const file = { tensors, metadata: new Map(Object.entries(metadata)) };
          const bytes = writeTensors(file);
          const read = readTensors(bytes);
          assert.deepEqual(new Map([...read.metadata].sort()), new Map([...file.metadata].sort()));
          assert.deepEqual([...read.tensors].sort(), [...tensors].sort());
        },
      ),
    );
  });

  it('is laid out as the format says', () => {
    const bytes = writeTensors({
      tensors: new Map([['a', { shape: [1, 2], values: Float32Array.of(1, -2) }]]),
      metadata: new Map([['k', 'v']]),
    });
    const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    assert.equal(headerBytes % 8, 0);
    assert.deepEqual(JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes))), {
      __metadata__: { k: 'v' },
      a: { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] },
    });
    assert.deepEqual([...bytes.subarray(8 + headerBytes)], [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
  });

  it('reads from the middle of a larger buffer, at any alignment', () => {
    const bytes = writeTensors({
      tensors: new Map([['a', { shape: [1], values: Float64Array.of(Math.PI) }]]),
      metadata: new Map(),
    });
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 3);
    assert.deepEqual(
      [...readTensors(larger.subarray(3, 3 + bytes.length)).tensors.get('a')!.values],
      [Math.PI],
    );
    assert.deepEqual(
      [...readTensors(Buffer.from(larger.buffer, 3, bytes.length)).tensors.get('a')!.values],
      [Math.PI],
    );
  });

  it('keeps values that are not finite', () => {
    const bytes = writeTensors({
      tensors: new Map([['a', { shape: [2], values: Float32Array.of(NaN, -Infinity) }]]),
      metadata: new Map(),
    });
    assert.deepEqual([...readTensors(bytes).tensors.get('a')!.values], [NaN, -Infinity]);
  });

  const bad: readonly [string, Uint8Array, RegExp][] = [
    ['an empty file', new Uint8Array(0), /shorter than eight bytes/],
    ['a header beyond the end', fileOf({}, 0, 100n), /beyond the end/],
    ['a header over 100 MB', fileOf({}, 0, 2n ** 63n), /longer than 100 MB/],
    ['a header that is no JSON', fileOf('{"a":'), /not JSON/],
    [
      'a header that is no UTF-8',
      Uint8Array.from([...fileOf('"aaa"').subarray(0, 9), 0xff, 0xff, 0xff, 0x22]),
      /not JSON/,
    ],
    ['99 MB of opening brackets', fileOf('['.repeat(99e6)), /nests deeper/],
    ['99 MB of objects in objects', fileOf('{"a":'.repeat(99e6 / 5)), /nests deeper/],
    ['99 MB of brackets in an entry', fileOf(`{"a":{"shape":${'['.repeat(99e6)}`), /nests deeper/],
    [
      'a shape of ten thousand dimensions',
      fileOf({ a: tensor([0, 8], new Array(10_000).fill(1)) }, 8),
      /no shape/,
    ],
    ['a header that is a list', fileOf([]), /not a JSON object/],
    ['metadata that are no strings', fileOf({ __metadata__: { a: 1 } }), /“a” is not a string/],
    ['an entry that is no object', fileOf({ a: 1 }), /“a” is not an object/],
    ['a type that is not known', fileOf({ a: tensor([0, 4], [2], 'F16') }, 4), /F16/],
    ['a shape that is none', fileOf({ a: tensor([0, 8], [-2]) }, 8), /no shape/],
    ['offsets that are none', fileOf({ a: tensor([0]) }, 8), /no place/],
    ['offsets that do not fit the shape', fileOf({ a: tensor([0, 12]) }, 12), /as many bytes/],
    ['a shape beyond all bounds', fileOf({ a: tensor([0, 8], [2 ** 52, 2 ** 52]) }, 8), /as many bytes/],
    ['tensors that overlap', fileOf({ a: tensor([0, 8]), b: tensor([4, 12]) }, 12), /“b” overlaps/],
    ['a gap', fileOf({ a: tensor([0, 8]), b: tensor([12, 20]) }, 20), /“b” leaves a gap/],
    ['data cut short', fileOf({ a: tensor([0, 8]) }, 7), /cut short/],
    ['data left over', fileOf({ a: tensor([0, 8]) }, 9), /more data/],
  ];
  for (const [name, bytes, message] of bad) {
    it(`says what is wrong: ${name}`, () => {
      assert.throws(
        () => readTensors(bytes, 'm.safetensors'),
        (error) =>
          error instanceof InputError &&
          message.test(error.message) &&
          error.details.file === 'm.safetensors' &&
          Boolean(error.details.hint),
      );
    });
  }
});
