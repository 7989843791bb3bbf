/**
 * Trees of matrices. What a program takes and gives is a plain structure of objects and lists, whose leaves
 * are all of one kind: matrices on a device, shapes, or contents on the host. Devices work on the leaves as a
 * list, in the order of the tree's keys and items; what is undefined is no leaf.
 */
import type { MatrixData, Shape } from './kernels';

/** `T`, a tree of matrices, shapes or contents, with `Leaf` in the place of each of them. */
export type Leaves<T, Leaf> = T extends Shape | MatrixData ? Leaf : { [K in keyof T]: Leaves<T[K], Leaf> };

type Branch = Readonly<Record<string, unknown>>;

function isLeaf(value: object): boolean {
  return ArrayBuffer.isView(value) || ('rows' in value && typeof value.rows === 'number');
}

/** The same tree with other leaves. `index`: how many leaves come before. */
export function mapLeaves<T, From, To>(tree: T, of: (leaf: From, index: number) => To): Leaves<T, To> {
  let index = 0;
  const map = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return undefined;
    if (isLeaf(node)) return of(node as From, index++);
    if (Array.isArray(node)) return node.map((item) => map(item));
    const mapped: Record<string, unknown> = {};
    for (const name of Object.keys(node)) mapped[name] = map((node as Branch)[name]);
    return mapped;
  };
  return map(tree) as Leaves<T, To>;
}

/** The leaves in order. */
export function leavesOf<Leaf>(tree: unknown): Leaf[] {
  return leavesAlong(tree, tree);
}

/**
 * The leaves that another tree has in the places of this one's, in this one's order.
 * @throws {TypeError} naming the place where it has none.
 */
export function leavesAlong<Leaf>(tree: unknown, other: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (node: unknown, along: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (!isLeaf(node)) {
      for (const name of Object.keys(node))
        walk((node as Branch)[name], (along as Branch | undefined)?.[name]);
    } else if (along === undefined) throw new TypeError(`${leafPath(tree, leaves.length)} is missing`);
    else leaves.push(along as Leaf);
  };
  walk(tree, other);
  return leaves;
}

/** Where a leaf is, as in `weights.layers[0].c`; for messages. */
export function leafPath(tree: unknown, index: number): string {
  const paths: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    if (isLeaf(node)) paths.push(path);
    else if (Array.isArray(node)) node.forEach((item, place) => walk(item, `${path}[${place}]`));
    else for (const [name, item] of Object.entries(node)) walk(item, path === '' ? name : `${path}.${name}`);
  };
  walk(tree, '');
  return paths[index];
}
