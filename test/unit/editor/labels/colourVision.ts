/** How colours differ to the eye: WCAG 2.2, CIE 1976, and Machado, Oliveira and Fernandes 2009 for colour blindness. */

/** Red, green and blue from 0 to 1, as light (not as the numbers of a screen). */
export type Light = readonly [red: number, green: number, blue: number];

/** `#rrggbb` or `#rrggbbaa`, the latter laid over a ground. */
export function lightOf(colour: string, ground?: string): Light {
  const parts = [1, 3, 5, 7].map((at) => Number.parseInt(colour.slice(at, at + 2) || 'ff', 16) / 255);
  const under =
    ground === undefined ? parts : [1, 3, 5].map((at) => Number.parseInt(ground.slice(at, at + 2), 16) / 255);
  const light = [0, 1, 2].map((i) => {
    const value = parts[3] * parts[i] + (1 - parts[3]) * under[i];
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [light[0], light[1], light[2]];
}

const luminance = ([red, green, blue]: Light): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue;

/** WCAG's contrast ratio, 1 to 21. */
export function contrast(a: Light, b: Light): number {
  const [darker, lighter] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

/** What reaches an eye: all light, or without the cones for green (deuteranopia) or red (protanopia). */
export const eyes: Readonly<Record<string, readonly Light[]>> = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};

const times = (matrix: readonly Light[], [red, green, blue]: Light): Light => {
  const [x, y, z] = matrix.map((row) => row[0] * red + row[1] * green + row[2] * blue);
  return [x, y, z];
};

const toXyz: readonly Light[] = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];

/** L*, a* and b* under D65 of a light as an eye has it. */
export function perceived(light: Light, eye: readonly Light[]): Light {
  const clipped = times(eye, light).map((value) => Math.min(1, Math.max(0, value)));
  const [x, y, z] = times(toXyz, [clipped[0], clipped[1], clipped[2]]).map((value, i) => {
    const share = value / [0.95047, 1, 1.08883][i];
    return share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16 / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** ΔE of CIE 1976: about 2 can just be told apart side by side. */
export function distance(a: Light, b: Light): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
