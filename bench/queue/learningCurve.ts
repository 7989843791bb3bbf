/** A score by how much was labelled for it. */
export interface CurvePoint {
  /** Of the training words, those that a person has looked at. */
  readonly share: number;
  /** In percent. */
  readonly score: number;
  /** Words that have a label by now, and those of them whose label is wrong; shares of the training words. */
  readonly known: number;
  readonly wrong: number;
}

/** The mean of curves with as many points each. */
export function meanCurve(curves: readonly (readonly CurvePoint[])[]): CurvePoint[] {
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  return curves[0].map((_, i) => {
    const points = curves.map((curve) => curve[i]);
    return {
      share: mean(points.map(({ share }) => share)),
      score: mean(points.map(({ score }) => score)),
      known: mean(points.map(({ known }) => known)),
      wrong: mean(points.map(({ wrong }) => wrong)),
    };
  });
}

/**
 * The share at which a curve first reaches a score, on the line between two points; undefined where it never does.
 */
export function shareFor(curve: readonly CurvePoint[], score: number): number | undefined {
  const at = curve.findIndex((point) => point.score >= score);
  if (at <= 0) return at < 0 ? undefined : curve[0].share;
  const [before, after] = [curve[at - 1], curve[at]];
  const way = (score - before.score) / (after.score - before.score);
  return before.share + way * (after.share - before.share);
}
