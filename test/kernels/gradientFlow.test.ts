/** The gradient's flow on every device against the reference. In Node and in a page. */
import { createReferenceDevice } from '../../src/kernels/reference/device';
import { drawn } from '../unit/model/flowByHand';
import { drawSentence, networkWith, runFlow } from '../unit/model/flowRun';
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

for (const [input, E] of [
  ['one-hot words', 0],
  ['features', 6],
] as const) {
  describe(`The gradient’s flow, two layers in both directions, ${input}`, function () {
    this.timeout(600_000);
    const parameters = drawn({ ...sizes, E }, 4, 0.5);
    const network = networkWith(parameters, 'tanh');

    for (const { title, open } of devices) {
      it(`on ${title} agrees with the reference`, async () => {
        const expected = await runFlow(createReferenceDevice(), parameters, network, sentences, 13);
        const device = await open();
        try {
          const { outputs, sweeps } = await runFlow(device, parameters, network, sentences, 13);
          check(
            Object.keys(outputs).join() === Object.keys(expected.outputs).join(),
            `outputs are ${Object.keys(outputs).join()}`,
          );
          for (const [output, values] of Object.entries(expected.outputs)) {
            const largest = Math.max(...values.map(Math.abs));
            const off = Math.max(...values.map((value, i) => Math.abs(value - outputs[output][i]))) / largest;
            check(largest > 0 && off <= tolerance, `${output} is off by ${off}`);
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
