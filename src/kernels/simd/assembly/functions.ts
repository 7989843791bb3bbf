/**
 * exp, log, tanh and the logistic function of four numbers at once. Largest absolute error against float64:
 * tanh 4e-7, logistic 2e-7; exp relative 3e-7; log 3e-7 and 1e-7 of its value (held to it by
 * `test/kernels/simd.test.ts`). NaN stays NaN, except in log. The coefficients of exp and tanh were fitted by
 * iteratively reweighted least squares (Lawson 1961; for the quotient, Loeb 1957), in float64.
 */
import { ActivationNumber } from './activations';
import { multiplyAdd } from './lanes';

/** `x` within the bounds. pmin and pmax are one instruction each, and keep a NaN in their first operand. */
@inline
function within(x: v128, least: f32, most: f32): v128 {
  return f32x4.pmax(f32x4.pmin(x, f32x4.splat(most)), f32x4.splat(least));
}

/** exp(x) = 2ⁿ·exp(r) with n whole and |r| ≤ ln 2 / 2. Below −87 as at −87 (1.6e-38), above 88 as at 88. */
@inline
export function exp(argument: v128): v128 {
  const x = within(argument, -87, 88);
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  // ln 2 in two parts, the first with so few bits that its product with n is exact.
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375))), f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = multiplyAdd(f32x4.splat(0.00836871004), f32x4.splat(0.0013814611), r);
  p = multiplyAdd(f32x4.splat(0.0416683874), p, r);
  p = multiplyAdd(f32x4.splat(0.166665207), p, r);
  p = multiplyAdd(f32x4.splat(0.499999935), p, r);
  p = multiplyAdd(r, p, f32x4.mul(r, r));
  p = f32x4.add(p, f32x4.splat(1));
  // Times 2ⁿ: n is added to the exponent's bits.
  return i32x4.add(p, i32x4.shl(i32x4.trunc_sat_f32x4_s(n), 23));
}

/**
 * log x of a positive normal number; of others, something finite. x = m·2ⁿ with m within a factor of √2 of 1,
 * and log m = 2·artanh((m − 1) / (m + 1)), whose series is cut where the rest is below 1e-9.
 */
@inline
export function log(x: v128): v128 {
  const n = i32x4.shr_s(i32x4.sub(x, i32x4.splat(0x3f3504f3)), 23);
  const m = i32x4.sub(x, i32x4.shl(n, 23));
  const one = f32x4.splat(1);
  const a = f32x4.div(f32x4.sub(m, one), f32x4.add(m, one));
  const u = f32x4.mul(a, a);
  let p = multiplyAdd(f32x4.splat(0.285714286), f32x4.splat(0.222222222), u);
  p = multiplyAdd(f32x4.splat(0.4), p, u);
  p = multiplyAdd(f32x4.splat(0.666666667), p, u);
  p = multiplyAdd(f32x4.splat(2), p, u);
  const exponent = f32x4.convert_i32x4_s(n);
  // ln 2 in the two parts of exp.
  const small = multiplyAdd(f32x4.mul(exponent, f32x4.splat(-2.12194440e-4)), p, a);
  return multiplyAdd(small, exponent, f32x4.splat(0.693359375));
}

/** x·P(x²) / Q(x²). Beyond ±9, tanh is ±1 in float32. */
@inline
export function tanh(argument: v128): v128 {
  const x = within(argument, -9, 9);
  const u = f32x4.mul(x, x);
  let p = multiplyAdd(f32x4.splat(2.04714787e-5), f32x4.splat(1.31836876e-8), u);
  let q = multiplyAdd(f32x4.splat(3.27135234e-4), f32x4.splat(7.70245336e-7), u);
  p = multiplyAdd(f32x4.splat(3.48656274e-3), p, u);
  q = multiplyAdd(f32x4.splat(0.0258419093), q, u);
  p = multiplyAdd(f32x4.splat(0.133731826), p, u);
  q = multiplyAdd(f32x4.splat(0.467064795), q, u);
  p = multiplyAdd(f32x4.splat(0.999999907), p, u);
  q = multiplyAdd(f32x4.splat(1), q, u);
  return within(f32x4.div(f32x4.mul(x, p), q), -1, 1);
}

/** 1 / (1 + exp(−x)) = (1 + tanh(x/2)) / 2. */
@inline
export function sigmoid(x: v128): v128 {
  const half = f32x4.splat(0.5);
  return multiplyAdd(half, half, tanh(f32x4.mul(half, x)));
}

/** f(s). */
@inline
export function activate(activation: i32, s: v128): v128 {
  if (activation == ActivationNumber.tanh) return tanh(s);
  if (activation == ActivationNumber.sigmoid) return sigmoid(s);
  return f32x4.pmax(s, f32x4.splat(0));
}

/** f′(s), written in h = f(s). */
@inline
export function derivative(activation: i32, h: v128): v128 {
  const one = f32x4.splat(1);
  if (activation == ActivationNumber.tanh) return f32x4.sub(one, f32x4.mul(h, h));
  if (activation == ActivationNumber.sigmoid) return f32x4.mul(h, f32x4.sub(one, h));
  return v128.and(one, f32x4.gt(h, f32x4.splat(0)));
}
