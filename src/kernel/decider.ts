import type { Refusal, RefusalCode } from './refusal.ts';
import type { Json } from './json.ts';

/**
 * A decider is three values: what a thing is before anything happened, how an event changes it, and what a
 * command may do to it. All pure: time, ids and facts of other streams come in with the command.
 */
export type Decider<State, Command, Event> = {
  readonly initial: State;
  readonly evolve: (state: State, event: Event) => State;
  readonly decide: (state: State, command: Command) => Decision<Event>;
};

export type Decision<Event> = { readonly ok: true; readonly events: readonly Event[] } | { readonly ok: false; readonly refusal: Refusal };

/** One command's rule: a small function over the state. */
export type Decide<State, Command, Event> = (state: State, command: Command) => Decision<Event>;

/** Accepts with these events; with none, the command had nothing to change. */
export const accept = <Event>(...events: readonly Event[]): Decision<Event> => ({ ok: true, events });

/** Refuses by a code of the closed union; `pointer` names the field of the command that is at fault. */
export const reject = (
  code: RefusalCode,
  detail: string,
  more: { readonly pointer?: string; readonly facts?: Json } = {},
): Decision<never> => ({ ok: false, refusal: { code, detail, ...more } });

export const fold = <State, Event>(evolve: (state: State, event: Event) => State, state: State, events: Iterable<Event>): State => {
  let current = state;
  for (const event of events) current = evolve(current, event);
  return current;
};

/** For the end of an exhaustive switch: the compiler proves that nothing arrives here. */
export const unreachable = (value: never): never => {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
};
