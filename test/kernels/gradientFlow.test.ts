/** The gradient's flow on every device against the reference. In Node and in a page. */
import { createReferenceDevice } from '../../src/kernels/reference/device';
import type { FlowResults } from '../../src/model/network/gradientFlow';
import { listDirections } from '../../src/model/parameters';
import { drawSentence, networkWith, runFlow } from '../unit/model/flowRun';
import { randomNumbers } from '../unit/model/tiny';
import { check, tolerance } from './conformance';
import { devices } from './devices';

const sizes = {
  K: 9,
  H: 10,
  L: 5,
  layers: 2,
  directions: ['leftToRight', 'rightToLeft'],
  transitions: true,
} as const;
const sentences = [
  drawSentence(9, 5, 12, 6, 1),
  undefined,
  drawSentence(9, 5, 7, 3, 2),
  drawSentence(9, 5, 1, 0, 3),
];

/** ‖δ_k‖ and h_k, from the lowest layer up, left to right first. */
const matricesOf = (results: FlowResults<number[]>): number[][] =>
  results.flatMap((directions) => listDirections(directions).flatMap(({ norms, h }) => [norms, h]));

for (const [input, E] of [
  ['one-hot words', 0],
  ['features', 6],
] as const) {
  describe(`The gradient’s flow, two layers in both directions, ${input}`, function () {
    this.timeout(600_000);
    const parameters = randomNumbers({ ...sizes, E }, 4, 0.5);
    const network = networkWith(parameters, 'tanh');

    for (const { title, open } of devices) {
      it(`on ${title} agrees with the reference`, async () => {
        const expected = await runFlow(createReferenceDevice(), parameters, network, sentences, 13);
        const device = await open();
        try {
          const { results, sweeps } = await runFlow(device, parameters, network, sentences, 13);
          const found = matricesOf(results);
          for (const [output, values] of matricesOf(expected.results).entries()) {
            // A device that needs no padding gives no rows beyond the longest sentence, where all is 0.
            const largest = Math.max(...values.map(Math.abs));
            const off =
              Math.max(...values.map((value, i) => Math.abs(value - (found[output][i] ?? 0)))) / largest;
            check(largest > 0 && off <= tolerance, `output ${output} is off by ${off}`);
          }
          check(
            sweeps.length === 4 &&
              sweeps.every(
                ({ norms }, i) => norms.length > 3 && norms.length === expected.sweeps[i].norms.length,
              ),
            'it reaches as far',
          );
        } finally {
          device.dispose();
        }
      });
    }
  });
}
