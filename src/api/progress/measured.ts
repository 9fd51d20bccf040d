import { z } from 'zod';
import { attained } from '../../domain/tasks/attainment.ts';
import type { Figure, Measured } from '../../domain/compliance/progress.ts';

/** Whether a figure reached what was to be measured. */

export const measurementState = z.enum(['attained', 'not-attained', 'needs-judgement', 'not-measured']);

export const reachedBy = ({ measurement: target }: Measured, figure: Figure | undefined): boolean | null =>
  figure === undefined ? null : attained(target, figure.value);

export const stateOf = (figure: Figure | undefined, reached: boolean | null): z.infer<typeof measurementState> => {
  if (figure === undefined) return 'not-measured';
  if (reached === null) return 'needs-judgement';
  return reached ? 'attained' : 'not-attained';
};
