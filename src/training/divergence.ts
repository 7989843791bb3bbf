import * as l10n from '../common/l10n';
import { activations } from '../kernels/activation';
import type { ResolvedSettings } from '../model/settings/settings';
import { followingDefaults } from './defaults';

/**
 * A run has diverged when the smoothed loss is this many times that of its start: far worse than knowing
 * nothing.
 */
const divergedAt = 4;

/** From here on no checkpoint is written by the clock, so that the last one is from before it went wrong. */
const doubtfulAt = 2;

/**
 * Tokens over which the loss is smoothed (to 1/e): one odd sentence does not end a run, one wild step does.
 */
const smoothingTokens = 2000;

/** A start below this (nats) is taken as this: a few tokens whose labels were guessed right say little. */
const leastStart = 0.5;

/** Tells a run that gets worse beyond recovery from one that fluctuates. */
export class DivergenceGuard {
  /** Loss per token of the first step, and smoothed since. */
  startLoss: number | undefined;
  smoothedLoss: number | undefined;

  constructor(
    private readonly settings: ResolvedSettings,
    past: { readonly startLoss?: number; readonly smoothedLoss?: number } = {},
  ) {
    this.startLoss = past.startLoss;
    this.smoothedLoss = past.smoothedLoss;
  }

  /** After each step. Gives a message where the run has diverged: what happened, and what to change. */
  check(
    loss: number,
    tokens: number,
    gradientNorm: number,
    at: { readonly epoch: number; readonly step: number },
  ): string | undefined {
    const where = l10n.t('in epoch {0}, step {1}', at.epoch, at.step);
    if (!Number.isFinite(loss)) return this.message(l10n.t('The training loss became {0} {1}', loss, where));
    if (!Number.isFinite(gradientNorm))
      return this.message(l10n.t('The gradient became {0} {1}', gradientNorm, where));
    this.startLoss ??= Math.max(loss, leastStart);
    const weight = 1 - Math.exp(-tokens / smoothingTokens);
    this.smoothedLoss =
      this.smoothedLoss === undefined ? loss : this.smoothedLoss + weight * (loss - this.smoothedLoss);
    if (this.smoothedLoss <= divergedAt * this.startLoss) return undefined;
    return this.message(
      l10n.t(
        'The training loss rose from {0} to {1} per token {2}',
        this.startLoss.toPrecision(3),
        this.smoothedLoss.toPrecision(3),
        where,
      ),
    );
  }

  /** For parameters that overflowed. */
  overflow(at: { readonly epoch: number; readonly step: number }): string {
    return this.message(
      l10n.t('The parameters grew beyond all numbers in epoch {0}, step {1}', at.epoch, at.step),
    );
  }

  /** The loss is well above its start: it may come back, or diverge. */
  get doubtful(): boolean {
    return (
      this.startLoss !== undefined &&
      this.smoothedLoss !== undefined &&
      this.smoothedLoss > doubtfulAt * this.startLoss
    );
  }

  private message(what: string): string {
    const { learningRate, clip, activation, optimizer } = this.settings;
    // What suits SGD is far too much for Adam: a tenth of it would be no better.
    const usual = followingDefaults(this.settings).learningRate;
    const lower = Number(Math.min(learningRate / 10, usual).toPrecision(2));
    const advice = [l10n.t('Lower the learning rate (it is {0}; try {1})', learningRate, lower)];
    if (clip === 0) advice.push(l10n.t('clip the gradient norm (clip is 0, off; try 5)'));
    // Adam's steps hardly depend on the gradient's size.
    else if (clip > 1 && optimizer !== 'adam')
      advice.push(l10n.t('clip the gradient norm lower (clip is {0}; try 1)', clip));
    if (!activations[activation].bounded) advice.push(l10n.t('use tanh, which cannot grow without bound'));
    const listed = advice.slice(1).reduce((before, next, i) => {
      const isLast = i === advice.length - 2;
      return isLast ? l10n.t('{0}, or {1}', before, next) : l10n.t('{0}, {1}', before, next);
    }, advice[0]);
    return l10n.t('{0}. {1}.', what, listed);
  }
}
