import { catalogue } from '../../../src/domain/catalogue.ts';
import { underPolicy, type Facts } from '../../../src/domain/compliance/facts.ts';
import { judge } from '../../../src/domain/compliance/judge.ts';
import { createKnowledge } from '../../../src/application/knowledge.ts';
import { plansOwed } from '../../../src/domain/compliance/plans.ts';
import { measured, standings } from '../../../src/domain/compliance/progress.ts';
import { replayFacts, type Replayed } from '../../../src/domain/replay.ts';
import { digestOf } from '../../../src/kernel/canonical.ts';
import type { Services } from '../../../src/application/services.ts';
import type { StoredEvent } from '../../../src/store/event-store.ts';
import { endOf } from './fixtures.ts';

/** Everything that is judged, from the views and from a replay of the log: the same as of every position. */

const ALL = ['monthly', 'annual', 'deadline'] as const;

const replayed = ({ stream, envelope }: StoredEvent): Replayed => ({
  event: catalogue.fromWire(envelope.type, envelope.data),
  stream,
  receivedAt: envelope.receivedat,
});

const judgedOf = (facts: Facts | undefined, on: string): unknown =>
  facts && {
    judged: judge(facts, { at: endOf(on), kinds: ALL }),
    under: facts.policies.map(({ version }) => judge(underPolicy(facts, version) ?? facts, { at: endOf(on), kinds: ALL })),
    plans: plansOwed(facts, endOf(on)),
    standings: [...standings(facts, endOf(on))],
    measured: measured(facts, endOf(on)),
  };

/** Where the two say different things first, in words; undefined where they agree. */
export const differenceFromReplay = (
  { store, views }: Pick<Services, 'store' | 'views'>,
  directive: string,
  days: readonly string[],
): string | undefined => {
  const log = store.readAll(0, 10_000);
  const knowledge = createKnowledge(views);
  for (let position = 0; position <= log.length; position += 1) {
    const replay = replayFacts(directive, log.slice(0, position).map(replayed));
    const known = knowledge.facts(directive, position);
    for (const on of days)
      if (digestOf(judgedOf(known, on) ?? null) !== digestOf(judgedOf(replay, on) ?? null)) return `as of @${position}, judged on ${on}`;
  }
  return undefined;
};
