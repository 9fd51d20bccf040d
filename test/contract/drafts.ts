import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/kernel/clock.ts';
import type { Draft } from '../../src/kernel/envelope.ts';

/** Names and ids that no other test of the same log has used. */
export const freshStream = (): string => `task-${randomUUID()}`;
export const freshId = (): string => randomUUID();

/** A draft of a report; `more` overrides any of it. */
export const draft = (stream: string, more: Partial<Draft> = {}): Draft => ({
  id: freshId(),
  type: 'ReportSubmitted.v1',
  subject: stream,
  actor: { sub: 'clerk-1', role: 'unit', unit: 'shi-ke-ji-ju' },
  receivedat: '2023-03-30T08:15:30.123Z',
  correlation: '018f0000-0000-7000-8000-000000000000',
  data: { period: '2023-03', status: 'on-track' },
  ...more,
});

export const drafts = (stream: string, count: number): Draft[] => Array.from({ length: count }, () => draft(stream));

/** A clock that says what it was last told. */
export const settableClock = (millis: number): Clock & { readonly set: (millis: number) => void } => {
  let now = millis;
  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(now),
    set: (next) => {
      now = next;
    },
  };
};
