import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { nodeDevices, openDevice } from '../../../src/engine/devices';
import { deviceNames, devices, devicesIn, isDeviceName } from '../../../src/kernels/registry';

describe('the registry of devices', () => {
  it('has each device in Node or in a page', () => {
    assert.deepEqual([...devicesIn('node'), ...devicesIn('page')].sort(), [...deviceNames].sort());
    assert.deepEqual(devicesIn('page'), ['webgpu', 'webgl2']);
  });

  it('says of each device of Node what the opened one says of itself', async () => {
    for (const name of devicesIn('node')) {
      const device = await openDevice(name, 1);
      const { title, precision } = devices[name];
      assert.deepEqual([device.name, device.precision], [name, precision]);
      assert.ok(device.description.startsWith(title), `${name} is described as ${device.description}`);
      device.dispose();
    }
  });

  it('lets auto take each device but the reference', () => {
    assert.deepEqual(
      deviceNames.filter((name) => !devices[name].automatic),
      ['reference'],
    );
  });

  it('knows its names and no others', () => {
    for (const name of deviceNames) assert.ok(isDeviceName(name));
    for (const other of ['auto', '', 'toString', 'SIMD', undefined, 1]) assert.ok(!isDeviceName(other));
  });

  it('is what the manifest offers: each device that auto may take, in the same order and with a text', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
    const texts = JSON.parse(readFileSync('package.nls.json', 'utf8'));
    const settings = Object.assign(
      {},
      ...manifest.contributes.configuration.map((part: { properties: object }) => part.properties),
    );
    const { enum: offered, enumDescriptions } = settings['rnnTagger.device'];
    assert.deepEqual(offered, ['auto', ...deviceNames.filter((name) => devices[name].automatic)]);
    assert.deepEqual(
      enumDescriptions,
      offered.map((name: string) => `%setting.device.${name}%`),
    );
    for (const name of offered) assert.ok(texts[`setting.device.${name}`], name);
  });

  it('gives the names for the command line; a device of a page is refused there with the reason', async () => {
    assert.deepEqual(nodeDevices, ['auto', 'simd', 'webasm', 'cpu', 'reference']);
    await assert.rejects(openDevice('webgpu', 1), {
      message: 'The device webgpu is not available here: it runs in a page, not in Node.',
      details: { hint: 'Available: auto, simd, webasm, cpu, reference.' },
    });
  });
});
