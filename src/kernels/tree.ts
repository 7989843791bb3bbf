/**
 * Trees of matrices. What a program takes and gives is a plain structure of objects and lists, whose leaves
 * are all of one kind: matrices on a device, shapes, or contents on the host. Devices work on the leaves as a
 * list, in the order of the tree's keys and items; what is undefined is no leaf.
 */
import type { MatrixData, Shape } from './kernels';

/** `T`, a tree of matrices, shapes or contents, with `Leaf` in the place of each of them. */
export type Leaves<T, Leaf> = T extends Shape | MatrixData ? Leaf : { [K in keyof T]: Leaves<T[K], Leaf> };

function isLeaf(value: object): boolean {
  return ArrayBuffer.isView(value) || ('rows' in value && typeof value.rows === 'number');
}

function build(
  tree: unknown,
  path: string,
  others: readonly unknown[],
  of: (leaf: unknown, path: string, others: readonly unknown[]) => unknown,
): unknown {
  if (typeof tree !== 'object' || tree === null) return undefined;
  if (isLeaf(tree)) return of(tree, path, others);
  const branch = (name: string): unknown[] =>
    others.map((other) => (other as Readonly<Record<string, unknown>> | undefined)?.[name]);
  if (Array.isArray(tree))
    return tree.map((item, index) => build(item, `${path}[${index}]`, branch(String(index)), of));
  return Object.fromEntries(
    Object.entries(tree).map(([name, item]) => [
      name,
      build(item, path === '' ? name : `${path}.${name}`, branch(name), of),
    ]),
  );
}

/** The same tree with other leaves. `path` says where a leaf is, as in `weights.layers[0].c`. */
export function mapLeaves<T, From, To>(
  tree: T,
  of: (leaf: From, path: string, index: number) => To,
): Leaves<T, To> {
  let index = 0;
  return build(tree, '', [], (leaf, path) => of(leaf as From, path, index++)) as Leaves<T, To>;
}

/** The leaves in order. */
export function leavesOf<Leaf>(tree: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  build(tree, '', [], (leaf) => leaves.push(leaf as Leaf));
  return leaves;
}

/**
 * The leaves that another tree has in the places of this one's, in this one's order.
 * @throws {TypeError} naming the place where it has none.
 */
export function leavesAlong<Leaf>(tree: unknown, other: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  build(tree, '', [other], (_, path, [leaf]) => {
    if (leaf === undefined) throw new TypeError(`${path} is missing`);
    leaves.push(leaf as Leaf);
  });
  return leaves;
}
