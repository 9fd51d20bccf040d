import { readFileSync } from 'node:fs';
import type { Test } from 'tap';
import { catalogue, type DubanEvent } from '../../src/domain/catalogue.ts';
import { fold, type Decider, type Decision } from '../../src/kernel/decider.ts';
import type { RefusalCode } from '../../src/kernel/refusal.ts';

/**
 * Rules as sentences: given what happened, when this is commanded, then that happens, or is refused. A sentence is
 * the body of a test:
 *
 *     test('a cancelled task is not reassigned', given(taskDecider, [assigned, cancelled]).when(reassign).thenRejected('task-closed'))
 */
export type Sentence = (t: Test) => Promise<void>;

type When<Event> = {
  readonly decision: Decision<Event>;
  /** Exactly these events, which the catalogue stores as they are; with none, there was nothing to change. */
  readonly then: (events: readonly Event[]) => Sentence;
  /** A refusal of this code, at this field of the command where a pointer is given. */
  readonly thenRejected: (code: RefusalCode, pointer?: string) => Sentence;
};

type Given<State, Command, Event> = {
  /** `receivedAt`, epoch ms, is by default that of what happened last. */
  readonly when: (command: Command, receivedAt?: number) => When<Event>;
  /** And this, received at another instant. */
  readonly and: (events: readonly Event[], receivedAt: number) => Given<State, Command, Event>;
  readonly state: State;
};

/** Codes with which a command was refused in this process. */
const reached = new Set<RefusalCode>();

/** Codes that stand in a decider's source and with which nothing was refused in this process. `source` is its path under the repository. */
export const unreached = (source: string): readonly string[] => {
  const text = readFileSync(new URL(`../../${source}`, import.meta.url), 'utf8');
  const codes = [...text.matchAll(/\breject\(\s*'([a-z-]+)'/gu)].map(([, code = '']) => code);
  return [...new Set<string>(codes).difference(reached)];
};

const stored = (event: DubanEvent): DubanEvent => {
  const { type, data } = catalogue.toWire(event);
  return catalogue.fromWire(type, data);
};

export const given = <State, Command, Event extends DubanEvent>(
  decider: Decider<State, Command, Event>,
  events: readonly Event[],
  /** When they were all received, epoch ms. */
  receivedAt = 0,
): Given<State, Command, Event> => sentences(decider, fold(decider.evolve, decider.initial, events, receivedAt), receivedAt);

const sentences = <State, Command, Event extends DubanEvent>(
  decider: Decider<State, Command, Event>,
  state: State,
  last: number,
): Given<State, Command, Event> => {
  return {
    state,
    and: (events, receivedAt) => sentences(decider, fold(decider.evolve, state, events, receivedAt), receivedAt),
    when: (command, receivedAt = last) => {
      const decision = decider.decide(state, command, receivedAt);
      if (!decision.ok) reached.add(decision.refusal.code);
      return {
        decision,
        // oxlint-disable-next-line unicorn/no-thenable -- the third word of given, when, then; nothing awaits a decision
        then: (expected) => async (t) => {
          t.strictSame(decision, { ok: true, events: expected });
          t.strictSame(expected.map(stored), expected, 'is stored as it was decided');
        },
        thenRejected: (code, pointer) => async (t) => {
          t.match(decision, { ok: false, refusal: { code } });
          t.equal(decision.ok ? undefined : decision.refusal.pointer, pointer, 'the field at fault');
        },
      };
    },
  };
};
