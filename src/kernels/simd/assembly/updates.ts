/**
 * The updates of parameters: see `kernels/hostUpdate.ts`. Gradients are sums, which `scale` divides by the
 * sentences and clips.
 */

/** θ −= rate · g. */
export function descend(parameter: usize, gradient: usize, length: i32, rate: f32): void {
  const factor = f32x4.splat(rate);
  const bytes = <usize>length << 2;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    v128.store(parameter + i, f32x4.sub(v128.load(parameter + i), f32x4.mul(factor, v128.load(gradient + i))));
  }
  for (; i < bytes; i += 4) store<f32>(parameter + i, load<f32>(parameter + i) - rate * load<f32>(gradient + i));
}

/** v = β₁ v + scale · g, θ −= rate · v. */
export function descendWithMomentum(parameter: usize, gradient: usize, velocity: usize, length: i32, rate: f32, scale: f32, beta1: f32): void {
  const bytes = <usize>length << 2;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const v = f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(velocity + i)), f32x4.mul(f32x4.splat(scale), v128.load(gradient + i)));
    v128.store(velocity + i, v);
    v128.store(parameter + i, f32x4.sub(v128.load(parameter + i), f32x4.mul(f32x4.splat(rate), v)));
  }
  for (; i < bytes; i += 4) {
    const v = beta1 * load<f32>(velocity + i) + scale * load<f32>(gradient + i);
    store<f32>(velocity + i, v);
    store<f32>(parameter + i, load<f32>(parameter + i) - rate * v);
  }
}

/**
 * m = β₁ m + (1 − β₁) g, v = β₂ v + (1 − β₂) g², θ −= rate · m / (correct2 · √v + ε), with g the scaled
 * gradient and correct1 in the rate.
 */
export function descendWithAdam(
  parameter: usize, gradient: usize, mean: usize, square: usize, length: i32, rate: f32, scale: f32, beta1: f32, beta2: f32, epsilon: f32, correct2: f32,
): void {
  const rest1: f32 = 1 - beta1;
  const rest2: f32 = 1 - beta2;
  const bytes = <usize>length << 2;
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const g = f32x4.mul(f32x4.splat(scale), v128.load(gradient + i));
    const m = f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(mean + i)), f32x4.mul(f32x4.splat(rest1), g));
    const v = f32x4.add(f32x4.mul(f32x4.splat(beta2), v128.load(square + i)), f32x4.mul(f32x4.splat(rest2), f32x4.mul(g, g)));
    v128.store(mean + i, m);
    v128.store(square + i, v);
    const below = f32x4.add(f32x4.mul(f32x4.splat(correct2), f32x4.sqrt(v)), f32x4.splat(epsilon));
    v128.store(parameter + i, f32x4.sub(v128.load(parameter + i), f32x4.div(f32x4.mul(f32x4.splat(rate), m), below)));
  }
  for (; i < bytes; i += 4) {
    const g = scale * load<f32>(gradient + i);
    const m = beta1 * load<f32>(mean + i) + rest1 * g;
    const v = beta2 * load<f32>(square + i) + rest2 * (g * g);
    store<f32>(mean + i, m);
    store<f32>(square + i, v);
    store<f32>(parameter + i, load<f32>(parameter + i) - (rate * m) / (correct2 * sqrt<f32>(v) + epsilon));
  }
}
