import type { z } from 'zod';
import type { Fact, Refusal, RefusalCode } from './refusal.ts';
import type { ValueOf } from './schema.ts';
import type { Text } from '../messages/message.ts';

/** How an event changes a state; `receivedAt` (epoch ms) is when it reached the office. */
export type Evolve<State, Event> = (state: State, event: Event, receivedAt: number) => State;

/**
 * A decider is three values: what a thing is before anything happened, how an event changes it, and what a
 * command may do to it. All pure: time, ids and facts of other streams come in with the command, and its receipt beside it.
 */
export type Decider<State, Command, Event> = {
  readonly initial: State;
  readonly evolve: Evolve<State, Event>;
  readonly decide: Decide<State, Command, Event>;
};

export type Decision<Event> = { readonly ok: true; readonly events: readonly Event[] } | { readonly ok: false; readonly refusal: Refusal };

/** A rule: a small function over the state. `receivedAt` (epoch ms) is when the command reached the office. */
export type Decide<State, Command, Event> = (state: State, command: Command, receivedAt: number) => Decision<Event>;

/** Of a union of commands or events, the one of a type. */
export type OfType<Union extends Typed, Type extends Union['type']> = Extract<Union, { readonly type: Type }>;
/** The others of it. */
export type OtherThan<Union extends Typed, Type extends Union['type']> = Exclude<Union, { readonly type: Type }>;
type Typed = { readonly type: string };

/**
 * Makes a union of commands from what their senders say, a schema for each, and from `Grounds`: further facts that the
 * rules of some of them need beside that and the state.
 */
export type CommandsOf<
  Acts extends Readonly<Record<string, z.ZodObject>>,
  Grounds extends { readonly [Type in keyof Acts]?: object } = object,
> = {
  readonly [Type in keyof Acts & string]: { readonly type: Type } & ValueOf<Acts[Type]> &
    (Type extends keyof Grounds ? Grounds[Type] : unknown);
}[keyof Acts & string];

/** A rule for every type of command, and for nothing else. */
export type Rules<State, Command extends Typed, Event> = {
  readonly [Type in Command['type']]: Decide<State, OfType<Command, Type>, Event>;
};

/** Decides by the rule of the command's type; without a rule for each it does not compile. */
export const decideBy = <State, Command extends Typed, Event>(rules: Rules<State, Command, Event>): Decide<State, Command, Event> => {
  // The cast: a rule stands under the type of the commands that it decides.
  const byType = new Map(Object.entries(rules)) as ReadonlyMap<string, Decide<State, Command, Event>>;
  return (state, command, receivedAt) => {
    const rule = byType.get(command.type);
    if (rule === undefined) throw new TypeError(`there is no rule for ${command.type}`);
    return rule(state, command, receivedAt);
  };
};

/** Rules for what must exist: as long as it does not (`null`), every command of them is refused alike. */
export const whereExists = <State, Command extends Typed, Event>(
  refusal: Decision<never>,
  rules: Rules<State, Command, Event>,
): Rules<State | null, Command, Event> => {
  const guarded = Object.entries<Decide<State, never, Event>>(rules).map(([type, rule]) => [
    type,
    (state: State | null, command: never, receivedAt: number) => (state === null ? refusal : rule(state, command, receivedAt)),
  ]);
  // The cast: the same types, each with a rule that takes the same command.
  return Object.fromEntries(guarded) as Rules<State | null, Command, Event>;
};

/** Accepts with these events; with none, the command had nothing to change. */
export const accept = <Event>(...events: readonly Event[]): Decision<Event> => ({ ok: true, events });

/** Refuses by a code of the closed union; `pointer` names the field of the command that is at fault. */
export const reject = (
  code: RefusalCode,
  detail: Text,
  more: { readonly pointer?: string; readonly facts?: Fact } = {},
): Decision<never> => ({ ok: false, refusal: { code, detail, ...more } });

/** The state after events that were all received at one instant. */
export const fold = <State, Event>(evolve: Evolve<State, Event>, state: State, events: Iterable<Event>, receivedAt: number): State => {
  let current = state;
  for (const event of events) current = evolve(current, event, receivedAt);
  return current;
};

/** For the end of an exhaustive switch: the compiler proves that nothing arrives here. */
export const unreachable = (value: never): never => {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
};
