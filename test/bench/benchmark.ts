import type { Logs } from './logs.ts';

/** What is measured, and how it is told. */

export type Aim = { readonly at: 'least' | 'most'; readonly value: number };

export type Figure = {
  readonly name: string;
  readonly value: number;
  /** `req/s`, `µs`, `×` … */
  readonly unit: string;
  readonly aim?: Aim;
};

export type Setting = {
  /** Smaller sizes and fewer rounds. */
  readonly quick: boolean;
  /** Numbers of events in the logs that the cost is compared over, ascending. */
  readonly sizes: readonly number[];
  readonly logs: Logs;
  /** Tells what goes on, where somebody watches. */
  readonly say: (text: string) => void;
};

export type Benchmark = {
  readonly name: string;
  readonly question: string;
  readonly run: (setting: Setting) => Promise<readonly Figure[]>;
};

export const isMet = ({ value, aim }: Figure): boolean =>
  aim === undefined || (aim.at === 'least' ? value >= aim.value : value <= aim.value);
