import type { Check } from '../cluster/drill-checks.ts';
import type { Life } from '../cluster/drill-replicas.ts';

/** A way in which things go wrong, done to a real process, and what must hold afterwards. */
export type Drill = {
  /** As `--only` takes it. */
  readonly name: string;
  /** What is done, for people. */
  readonly what: string;
  /** Why it cannot be done on this machine; undefined where it can. */
  readonly unable?: () => string | undefined;
  readonly run: (round: Round) => Promise<Outcome>;
};

export type Round = {
  /** Processes that end with the round. */
  readonly life: Life;
  /** An empty directory of the round's own. */
  readonly dir: string;
  /** A data directory with the notice in it, to be copied. */
  readonly template: string;
  /** From 0 inclusive to 1 exclusive; the same for the same seed of the run. */
  readonly random: () => number;
};

export type Outcome = {
  readonly commands: number;
  readonly acknowledged: number;
  readonly checks: readonly Check[];
};

/** A whole number from `least` to `most`, both inclusive. */
export const between = ({ random }: Pick<Round, 'random'>, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1));

export const holds = (name: string, wrong: string | undefined, found = ''): Check => ({
  name,
  holds: wrong === undefined,
  found: wrong ?? found,
});
