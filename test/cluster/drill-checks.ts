import { kindOf, tally } from './drill-http.ts';
import type { LogEvent } from './drill-log.ts';
import type { Watched } from './drill-readers.ts';
import type { Acknowledgement, Carried, Command, Try } from './drill-writers.ts';

/** What must hold after a drill. Each check says what it found, whether or not it holds. */

export type Check = { readonly name: string; readonly holds: boolean; readonly found: string };

export type ReplicaAfter = { readonly name: string; readonly log: readonly LogEvent[]; readonly root: string };

/** A command sent again when all was over, and what was said to it then. */
export type Repeat = { readonly command: Command; readonly reply: Try; readonly said: Acknowledgement | undefined };

export type Drilled = {
  /** Monotonic ms. */
  readonly begun: number;
  readonly ended: number;
  readonly carried: readonly Carried[];
  readonly repeats: readonly Repeat[];
  /** Whether replicas were stopped, so that nobody answered at times. */
  readonly stopped: boolean;
  readonly watched: readonly Watched[];
  readonly replicas: readonly ReplicaAfter[];
};

const check = (name: string, wrong: readonly string[], fine: string): Check => ({
  name,
  holds: wrong.length === 0,
  found: wrong.length === 0 ? fine : `${wrong.length}: ${[...new Set(wrong)].slice(0, 5).join('; ')}`,
});

const acknowledgedIn = (carried: readonly Carried[]) =>
  carried.flatMap(({ command, acknowledged }) => (acknowledged === undefined ? [] : [{ command, acknowledged }]));

/** The longest time (s) from one acknowledgement to the next, the beginning and the end of the load counted as such. */
export const longestGap = ({ begun, ended, carried }: Pick<Drilled, 'begun' | 'ended' | 'carried'>): number => {
  const times = acknowledgedIn(carried).map(({ acknowledged }) => acknowledged.at);
  const within = [begun, ...times.filter((at) => at < ended).toSorted((a, b) => a - b), ended];
  return Math.max(...within.slice(1).map((at, index) => at - (within[index] ?? at))) / 1000;
};

const answersOf = ({ carried, repeats }: Drilled): readonly Try[] => [
  ...carried.flatMap(({ tries }) => tries),
  ...repeats.map(({ reply }) => reply),
];

export const onlyRetryable = (drilled: Drilled): Check => {
  const allowed = ({ status, retryAfter }: Try): boolean =>
    status === 200 || status === 201 || (status === 503 && retryAfter !== undefined) || (status === 'none' && drilled.stopped);
  const wrong = answersOf(drilled).filter((reply) => !allowed(reply));
  return check(
    'every answer is one, or 503 with Retry-After',
    wrong.map((reply) => `${reply.replica}: ${kindOf(reply)} ${reply.text}`),
    JSON.stringify(tally(answersOf(drilled).map(kindOf))),
  );
};

const gapBounded = (drilled: Drilled, most: number): Check => {
  const gap = longestGap(drilled);
  const text = `${gap.toFixed(1)} s`;
  return check(`at most ${most} s without an acknowledgement`, gap > most ? [text] : [], text);
};

const byId = (log: readonly LogEvent[]): ReadonlyMap<string, readonly LogEvent[]> => Map.groupBy(log, ({ id }) => id);

export const acknowledgedThere = ({ carried }: Drilled, { name, log }: ReplicaAfter): Check => {
  const events = byId(log);
  const acknowledged = acknowledgedIn(carried);
  const wrong = acknowledged.flatMap(({ command, acknowledged: { events: ids, position } }) => {
    const found = ids.flatMap((id) => events.get(id) ?? []);
    if (found.length !== 1) return [`${command.fact} is there ${found.length} times`];
    if (found[0]?.fact !== command.fact) return [`${command.fact} is ${found[0]?.fact}`];
    return position === null || position === found[0].position
      ? []
      : [`${command.fact} was said to be at @${position}, and is at @${found[0].position}`];
  });
  return check(`every acknowledged event is once on ${name}, where it was said to be`, wrong, `${acknowledged.length} commands`);
};

const differences = (one: ReplicaAfter, other: ReplicaAfter): readonly string[] =>
  Array.from({ length: Math.max(one.log.length, other.log.length) }, (_, index) => [one.log[index], other.log[index]] as const)
    .filter(([a, b]) => a?.position !== b?.position || a?.id !== b?.id || a?.leafHash !== b?.leafHash)
    .map(([a, b]) => `@${a?.position ?? b?.position}: ${a?.id} and ${b?.id}`);

const sameLog = ([first, ...others]: readonly ReplicaAfter[]): Check =>
  check(
    'the same events are at the same positions',
    others.flatMap((other) => (first === undefined ? [] : differences(first, other))),
    `${first?.log.length} events on each`,
  );

const sameRoot = (replicas: readonly ReplicaAfter[]): Check => {
  const roots = [...new Set(replicas.map(({ root }) => root))];
  return check('the ledger has one root', roots.length === 1 ? [] : roots, roots.join());
};

export const oneAnswer = ({ carried, repeats }: Drilled): Check => {
  const said = ({ events, subject, revision }: Acknowledgement): string => JSON.stringify([events, subject, revision]);
  const first = new Map<string, string>();
  const wrong: string[] = [];
  const compare = (key: string, answer: Acknowledgement): void => {
    const before = first.get(key) ?? said(answer);
    first.set(key, before);
    if (before !== said(answer)) wrong.push(`${key}: ${before} and ${said(answer)}`);
  };
  for (const { command, acknowledged } of acknowledgedIn(carried)) compare(command.key, acknowledged);
  for (const { command, reply, said: answer } of repeats)
    if (answer === undefined || reply.status !== 200) wrong.push(`${command.key} again: ${kindOf(reply)}`);
    else compare(command.key, answer);
  const retried = carried.filter(({ tries }) => tries.length > 1).length;
  return check(
    'a key has one answer, whenever and wherever it comes',
    wrong,
    `${retried} commands took more than one try; ${repeats.length} repeated at the end`,
  );
};

/** Every fact that a command could make is there at most once, and nothing else is there of its task. */
export const nothingTwice = ({ carried, replicas }: Drilled): Check => {
  const subjectOf = (fact: string): string => fact.split(' ', 1)[0] ?? '';
  const commanded = new Set(carried.map(({ command }) => command.fact));
  const subjects = new Set([...commanded].map(subjectOf));
  const unacknowledged = carried.filter(({ acknowledged }) => acknowledged === undefined);
  const wrong = replicas.flatMap(({ name, log }) => {
    const times = tally(log.map(({ fact }) => fact).filter((fact) => subjects.has(subjectOf(fact))));
    const ids = byId(log);
    return [
      ...Object.entries(times).flatMap(([fact, count]) => (count > 1 || !commanded.has(fact) ? [`${name}: ${fact} ${count} times`] : [])),
      ...[...ids].flatMap(([id, events]) => (events.length > 1 ? [`${name}: the event ${id} ${events.length} times`] : [])),
    ];
  });
  return check(
    'nothing was done twice, acknowledged or not',
    wrong,
    `${commanded.size} commands, ${unacknowledged.length} never acknowledged`,
  );
};

const readsAnswered = ({ watched, stopped }: Drilled): Check => {
  const all = watched.flatMap(({ reads }) => reads);
  const wrong = all.filter(({ status }) => status !== 200 && !(status === 'none' && stopped));
  const slowest = Math.max(...all.map(({ begun, ended }) => ended - begun));
  return check(
    'reads are answered',
    wrong.map((reply) => `${kindOf(reply)} ${reply.text}`),
    `${all.length}, the slowest in ${Math.round(slowest)} ms`,
  );
};

const hintedReadiness = ({ watched }: Drilled): Check =>
  check(
    'who is not ready says when to ask again',
    watched.flatMap(({ readiness }) =>
      readiness.filter(({ status, retryAfter }) => status === 503 && retryAfter === undefined).map(({ text }) => text),
    ),
    `${watched.flatMap(({ readiness }) => readiness).length} asked`,
  );

export const checksOf = (drilled: Drilled, mostGap: number): readonly Check[] => [
  onlyRetryable(drilled),
  gapBounded(drilled, mostGap),
  ...drilled.replicas.map((replica) => acknowledgedThere(drilled, replica)),
  sameLog(drilled.replicas),
  sameRoot(drilled.replicas),
  oneAnswer(drilled),
  nothingTwice(drilled),
  readsAnswered(drilled),
  hintedReadiness(drilled),
];
