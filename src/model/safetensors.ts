/**
 * Safetensors (https://github.com/huggingface/safetensors): the length of a JSON header as eight
 * little-endian bytes, the header, and the tensors' data. The header gives each tensor's dtype, shape and
 * place in the data, and under
 * `__metadata__` strings by name. Numbers in the data are little-endian, as in typed arrays wherever
 * JavaScript runs.
 */
import { InputError } from '../common/errors';
import * as l10n from '../common/l10n';
import { parseShallowJson } from '../common/shallowJson';
import { shownName } from '../common/shownText';
import type { MatrixData } from '../kernels/kernels';

/**
 * A matrix or vector of a file. Values that are not finite are let through: what they mean is for the reader
 * of the file to say.
 */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: MatrixData;
}

export interface TensorFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** The format's own limit on the header: 100 MB. */
const longestHeader = 100_000_000;

/** The header, an entry, and its shape. */
const headerLevels = 3;

/** More than any model's parameters have. */
const mostDimensions = 8;

const valueBytes = { F32: 4, F64: 8 } as const;
type ValueType = keyof typeof valueBytes;

/**
 * Writes tensors (F32 or F64, by their arrays) in the order given. The data begins at a multiple of eight
 * bytes.
 */
export function writeTensors({ tensors, metadata }: TensorFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {};
  if (metadata.size > 0) header.__metadata__ = Object.fromEntries(metadata);
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    const begin = end;
    end += values.byteLength;
    header[name] = {
      dtype: values instanceof Float64Array ? 'F64' : 'F32',
      shape,
      data_offsets: [begin, end],
    };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const headerBytes = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerBytes + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true);
  bytes.fill(0x20, 8, 8 + headerBytes);
  bytes.set(json, 8);
  let at = 8 + headerBytes;
  for (const { values } of tensors.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/**
 * Reads and checks a whole file: header, types, shapes, and that the tensors fill the data with no gap and no
 * overlap.
 * @throws {InputError} naming `file` and what is wrong with it.
 */
export function readTensors(bytes: Uint8Array, file?: string): TensorFile {
  const fail = (what: string): never => {
    throw new InputError(l10n.t('The file is not a sound safetensors file: {0}.', what), {
      file,
      hint: l10n.t('It may be cut short or damaged, or be no model file at all.'),
    });
  };
  if (bytes.length < 8) return fail(l10n.t('it is shorter than eight bytes'));
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (headerBytes > longestHeader) return fail(l10n.t('its header would be longer than 100 MB'));
  if (headerBytes > bytes.length - 8) return fail(l10n.t('its header goes beyond the end of the file'));
  const header = parseHeader(bytes.subarray(8, 8 + headerBytes), fail);
  const metadata = new Map<string, string>();
  const entries: { name: string; type: ValueType; shape: number[]; begin: number; end: number }[] = [];
  for (const [name, value] of Object.entries(header)) {
    if (!isObject(value)) return fail(l10n.t("the header's entry {0} is not an object", quoted(name)));
    if (name === '__metadata__') {
      for (const [key, text] of Object.entries(value)) {
        if (typeof text !== 'string') return fail(l10n.t('its metadata {0} is not a string', quoted(key)));
        metadata.set(key, text);
      }
    } else {
      entries.push({ name, ...checkEntry(name, value, fail) });
    }
  }
  const data = bytes.subarray(8 + headerBytes);
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin !== end)
      return fail(
        `tensor ${quoted(entry.name)} ${entry.begin < end ? 'overlaps another' : 'leaves a gap before it'}`,
      );
    end = entry.end;
  }
  if (end !== data.length)
    return fail(
      end > data.length
        ? l10n.t('its data is cut short')
        : l10n.t('there is more data than its tensors hold'),
    );
  const tensors = new Map<string, Tensor>();
  for (const { name, type, shape, begin, end: stop } of entries) {
    // A copy: the data need not be aligned in the caller's bytes.
    const { buffer } = Uint8Array.from(data.subarray(begin, stop));
    tensors.set(name, {
      shape,
      values: type === 'F64' ? new Float64Array(buffer) : new Float32Array(buffer),
    });
  }
  return { tensors, metadata };
}

function parseHeader(bytes: Uint8Array, fail: (what: string) => never): Record<string, unknown> {
  let header: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = parseShallowJson(text, headerLevels);
  } catch {
    return fail(l10n.t('its header is not JSON, or nests deeper than a header does'));
  }
  return isObject(header) ? header : fail(l10n.t('its header is not a JSON object'));
}

function checkEntry(
  name: string,
  { dtype, shape, data_offsets: offsets }: Record<string, unknown>,
  fail: (what: string) => never,
): { type: ValueType; shape: number[]; begin: number; end: number } {
  if (dtype !== 'F32' && dtype !== 'F64')
    return fail(
      l10n.t('tensor {0} is of type {1}, and F32 or F64 is needed', quoted(name), quoted(String(dtype))),
    );
  if (!isNaturals(shape) || shape.length > mostDimensions)
    return fail(l10n.t('tensor {0} has no shape', quoted(name)));
  if (!isNaturals(offsets) || offsets.length !== 2)
    return fail(l10n.t('tensor {0} has no place in the data', quoted(name)));
  const [begin, end] = offsets;
  const values = shape.reduce((product, size) => product * size, 1);
  if (end - begin !== values * valueBytes[dtype])
    return fail(l10n.t('tensor {0} does not take as many bytes as its shape asks for', quoted(name)));
  return { type: dtype, shape, begin, end };
}

function isNaturals(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A name out of a file. */
function quoted(name: string): string {
  return `“${shownName(name, 40)}”`;
}
