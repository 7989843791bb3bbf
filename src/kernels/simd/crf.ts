import type { Kernels } from '../kernels';
import { shapeKernels } from '../shapes';
import { Opcode } from './assembly/opcodes';
import { SimdMatrix, blockBytes, newPanels, onSimd, panelsOf, rowBytes } from './matrix';
import type { Panels } from './matrix';
import { at } from './recorder';
import type { Place, Recorder } from './recorder';

/** What the operation needs besides its matrices, as `assembly/crf.ts` lays it out. */
function workspaceBytes(dz: Panels, dA: Panels, B: number, L: number): number {
  const panels = panelsOf(L);
  return (
    panels * (4 * dz.panel + 3 * dA.panel + 2 * rowBytes) + Math.ceil(B / 4) * blockBytes(L) + 4 * rowBytes
  );
}

/** The linear-chain conditional random field. */
export function crf(recorder: Recorder): Pick<Kernels, 'crf'> {
  return {
    crf(z, y, mask, A, B) {
      const shape = shapeKernels.crf(z, y, mask, A, B);
      let made: { readonly dz: Panels; readonly dA: Panels; readonly loss: Place } | undefined;
      // One operation gives all three.
      const results = (): NonNullable<typeof made> => {
        if (made) return made;
        const [from, labels, m, scores] = [
          onSimd(z).asPanels,
          onSimd(y).asRows,
          onSimd(mask).asRows,
          onSimd(A).asPanels,
        ];
        made = {
          dz: newPanels(recorder, shape.dz),
          dA: newPanels(recorder, shape.dA),
          loss: at(recorder.room(z.rows * 4)),
        };
        const { dz, dA, loss } = made;
        const workspace = at(recorder.room(workspaceBytes(dz, dA, B, z.columns)));
        recorder.emit(
          Opcode.crf,
          dz.at,
          dA.at,
          loss,
          from.at,
          from.panel,
          labels,
          m,
          scores.at,
          scores.panel,
          workspace,
          z.rows / B,
          B,
          z.columns,
        );
        return made;
      };
      return {
        dz: new SimdMatrix(recorder, shape.dz.rows, shape.dz.columns, () => ({ panels: results().dz })),
        dA: new SimdMatrix(recorder, shape.dA.rows, shape.dA.columns, () => ({ panels: results().dA })),
        loss: new SimdMatrix(recorder, shape.loss.rows, 1, () => ({ rows: results().loss })),
      };
    },
  };
}
