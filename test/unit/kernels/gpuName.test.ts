import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { useMessages } from '../../../src/common/l10n';
import type { Messages } from '../../../src/common/l10n';
import { createGpuJsDevice } from '../../../src/kernels/gpujs/device';
import {
  adapterIdentity,
  adapterName,
  gpuIdentity,
  gpuName,
  rendererIdentity,
  rendererName,
} from '../../../src/kernels/gpujs/gpuName';
import { createReferenceDevice } from '../../../src/kernels/reference/device';

describe('The name of a GPU', () => {
  it('is the description of WebGPU’s adapter, else its device, else vendor and architecture', () => {
    assert.equal(
      adapterName({
        vendor: 'nvidia',
        architecture: 'ampere',
        device: '0x2504',
        description: 'NVIDIA GeForce RTX 3060',
      }),
      'NVIDIA GeForce RTX 3060',
    );
    assert.equal(
      adapterName({ vendor: 'nvidia', architecture: 'ampere', device: '0x2504', description: '' }),
      'nvidia ampere',
    );
    assert.equal(adapterName({ vendor: 'apple', architecture: 'metal-3', device: 'Apple M2' }), 'Apple M2');
    assert.equal(adapterName({ vendor: 'intel' }), 'intel');
    assert.equal(adapterName({}), undefined);
  });

  it('says whether the renderer is software', () => {
    assert.equal(
      adapterName({
        vendor: 'google',
        architecture: 'swiftshader',
        device: '0xc0de',
        description: 'SwiftShader Device (Subzero)',
      }),
      'SwiftShader (software)',
    );
    assert.equal(
      adapterName({ vendor: 'mesa', architecture: '', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' }),
      'llvmpipe (software)',
    );
    assert.equal(adapterName({ vendor: 'acme', isFallbackAdapter: true }), 'acme (software)');
    assert.equal(
      rendererName(
        'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
      ),
      'SwiftShader (software)',
    );
    assert.equal(
      rendererName(
        'ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11 vs_5_0 ps_5_0, D3D11)',
      ),
      'Basic Render (software)',
    );
  });

  it('is said in the language in use, and so are devices', async () => {
    useMessages(JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8')) as Messages);
    try {
      assert.equal(adapterName({ vendor: 'acme', isFallbackAdapter: true }), 'acme（软件）');
      assert.equal(createReferenceDevice().description, 'Reference（float64，纯 JavaScript）');
      const device = await createGpuJsDevice('cpu');
      assert.match(device.description, /^JavaScript（gpu\.js [\d.]+）$/);
    } finally {
      useMessages(undefined);
    }
  });

  it('is extracted from WebGL’s renderer string', () => {
    assert.equal(
      rendererName(
        'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Laptop GPU (0x00002520) Direct3D11 vs_5_0 ps_5_0, D3D11)',
      ),
      'NVIDIA GeForce RTX 3060 Laptop GPU',
    );
    assert.equal(
      rendererName('ANGLE (Apple, ANGLE Metal Renderer: Apple M1 Pro, Unspecified Version)'),
      'Apple M1 Pro',
    );
    assert.equal(
      rendererName('ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)'),
      'Mesa Intel(R) UHD Graphics 620 (KBL GT2)',
    );
    assert.equal(rendererName('NVIDIA GeForce GTX 1080/PCIe/SSE2'), 'NVIDIA GeForce GTX 1080');
    assert.equal(rendererName('WebKit WebGL'), 'WebKit WebGL');
    assert.equal(rendererName(''), undefined);
  });

  it('comes with whether it is software, named or not', () => {
    for (const description of [
      'SwiftShader Device (Subzero)',
      'llvmpipe (LLVM 15.0.6, 256 bits)',
      'lavapipe',
      'Microsoft Basic Render Driver',
      'WARP',
    ])
      assert.ok(adapterIdentity({ description }).software, description);
    assert.ok(adapterIdentity({ architecture: 'swiftshader' }).software);
    assert.ok(adapterIdentity({ vendor: 'microsoft', architecture: 'warp' }).software);
    assert.deepEqual(adapterIdentity({ isFallbackAdapter: true }), { name: undefined, software: true });
    for (const renderer of [
      'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
      'ANGLE (Microsoft, Microsoft Basic Render Driver (0x0000008C) Direct3D11 vs_5_0 ps_5_0, D3D11)',
      'ANGLE (Mesa, llvmpipe (LLVM 15.0.7 256 bits), OpenGL 4.5)',
      'Mesa/X.org, zink Vulkan 1.3(llvmpipe)',
      'Software Rasterizer',
      'Apple Software Renderer',
      'GDI Generic',
    ])
      assert.ok(rendererIdentity(renderer).software, renderer);
  });

  it('comes with that a GPU is none, whatever its name has in common with software', () => {
    for (const description of ['NVIDIA GeForce RTX 3060', 'Apple M2', 'AMD Radeon Pro WX', 'Warpstone 9', ''])
      assert.ok(!adapterIdentity({ description }).software, description);
    assert.ok(
      !rendererIdentity('ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)').software,
    );
    assert.ok(!rendererIdentity('WebKit WebGL').software);
  });

  it('is read with its kind from the context of gpu.js', () => {
    const fallback = { adapter: { info: {}, isFallbackAdapter: true } };
    assert.deepEqual(gpuIdentity(fallback), { name: undefined, software: true });
    assert.equal(gpuIdentity({ adapter: { isFallbackAdapter: true } })?.software, true);
    assert.equal(gpuIdentity({ adapter: { info: { description: 'NVIDIA H100' } } })?.software, false);
    assert.equal(gpuIdentity(null), undefined);
  });

  it('is read from the context of gpu.js, where there is one', () => {
    class Info {
      // Like a platform object: its properties are the prototype's.
      get description(): string {
        return 'NVIDIA H100';
      }
    }
    assert.equal(gpuName({ adapter: { info: new Info() }, device: {} }), 'NVIDIA H100');
    assert.equal(gpuName({ adapter: {}, device: {} }), undefined);
    assert.equal(gpuName(null), undefined);
    assert.equal(gpuName(undefined), undefined);
  });
});
