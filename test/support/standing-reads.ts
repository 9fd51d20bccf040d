import { SEED_DIRECTIVE } from './app.ts';

/** Reads of what was known at a position: whatever is recorded or happens to the files afterwards, their answers stay. */
export const standingReads = (position: number): readonly string[] => {
  const then = `asOf=@${position}&on=2023-05-01`;
  return [
    `/v1/tasks?limit=200&${then}`,
    `/v1/units?limit=500&${then}`,
    `/v1/directives/${SEED_DIRECTIVE}?${then}`,
    `/v1/compliance?directive=${SEED_DIRECTIVE}&period=2023-03&${then}`,
    `/v1/obligations?directive=${SEED_DIRECTIVE}&limit=200&${then}`,
    '/v1/log/events?type=TaskAssigned&limit=5',
    '/v1/log/events?limit=500',
    `/v1/ledger/proof/inclusion?position=300&size=${position}`,
  ];
};

/** Of an answer what does not say when it was asked. */
export const saidOf = (body: unknown): string => {
  const { next: _, head: __, ...rest } = body as Readonly<Record<string, unknown>>; // every answer to these is an object
  return JSON.stringify(rest);
};
