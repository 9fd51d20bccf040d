import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { handTask, OTHER, OWN, REPORT } from '../support/acts.ts';
import { ask, isTransient, pauseAfter, type Reply } from './drill-http.ts';
import type { Replica } from './drill-replicas.ts';

/**
 * Clients that command without pause, and never take a lost answer for a refusal: what is told to come again is sent
 * again, with the same key, to another replica. They go in pairs. Both of a pair assign the same task by the same
 * request, and each reports on it for its own unit: so keys meet at one time, and appends race on one stream.
 */

export type Sender = 'office' | typeof OWN | typeof OTHER;

export type Command = {
  readonly key: string;
  readonly sender: Sender;
  readonly path: string;
  readonly body: object;
  /** What its event says, as `factOf` finds it in the log. */
  readonly fact: string;
};

/** Of what the answer to a command holds, what must be the same in every answer to it, and the position. */
export type Acknowledgement = {
  readonly events: readonly string[];
  readonly subject: string;
  readonly revision: number;
  readonly position: number | null;
};

export type Try = Reply & { readonly replica: string };

export type Carried = {
  readonly command: Command;
  readonly tries: readonly Try[];
  /** The first, and when it came (monotonic ms); undefined where it was given up. */
  readonly acknowledged: (Acknowledgement & { readonly at: number }) | undefined;
};

const MONTHS = Array.from({ length: 12 }, (_, month) => `2023-${String(month + 1).padStart(2, '0')}`);

const assignment = (run: string, task: string): Command => ({
  key: `${run}/${task}`,
  sender: 'office',
  path: '/v1/tasks',
  body: {
    ...handTask(task),
    assignees: [
      { role: 'lead', party: OWN },
      { role: 'cooperating', party: OTHER },
    ],
  },
  fact: `task-${task} TaskAssigned.v1`,
});

const report = (run: string, task: string, sender: Sender, period: string): Command => ({
  key: `${run}/${task}/${sender}/${period}`,
  sender,
  path: `/v1/tasks/${task}/reports`,
  body: { period, ...REPORT },
  fact: `task-${task} ReportSubmitted.v1 ${sender}-${period}`,
});

/** What the commands of one writer are, in order, without end. */
function* commandsOf(run: string, writer: number): Generator<Command> {
  const pair = Math.floor(writer / 2);
  for (let round = 0; ; round += 1) {
    const task = `drill-${run}-${pair}-${round}`;
    yield assignment(run, task);
    for (const period of MONTHS) yield report(run, task, writer % 2 === 0 ? OWN : OTHER, period);
  }
}

/** Answers are held to their schema elsewhere. */
type Answer = {
  readonly events: readonly { readonly id: string }[];
  readonly subject: string;
  readonly revision: number;
  readonly position: number | null;
};

export const acknowledgementOf = ({ status, body }: Reply): Acknowledgement | undefined => {
  if (status !== 200 && status !== 201) return undefined;
  const { events, subject, revision, position } = body as Answer;
  return { events: events.map(({ id }) => id), subject, revision, position };
};

export type Senders = {
  readonly replicas: readonly Replica[];
  readonly tokens: Readonly<Record<Sender, string>>;
};

export const send = async ({ tokens }: Senders, { sender, path, body, key }: Command, replica: Replica): Promise<Try> => ({
  ...(await ask(replica.url(), { method: 'POST', path, body, key, token: tokens[sender] })),
  replica: replica.name,
});

/** Sends until there is an answer that is one, at one replica after the other, or until it is too late (monotonic ms). */
const carryOut = async (senders: Senders, command: Command, first: number, tooLate: number): Promise<Carried> => {
  const { replicas } = senders;
  const tries: Try[] = [];
  for (let turn = first; ; turn += 1) {
    const replica = replicas[turn % replicas.length];
    if (replica === undefined) throw new RangeError('no replicas');
    const reply = await send(senders, command, replica);
    tries.push(reply);
    const acknowledgement = acknowledgementOf(reply);
    if (acknowledgement !== undefined) return { command, tries, acknowledged: { ...acknowledgement, at: reply.ended } };
    if (!isTransient(reply) || reply.ended > tooLate) return { command, tries, acknowledged: undefined };
    await pauseAfter(reply);
  }
};

export type Load = {
  readonly writers: number;
  readonly seconds: number;
  /** Milliseconds between two commands of a writer. */
  readonly pause: number;
};

/** What is under way at the end is carried out for this much longer. */
const PATIENCE_MILLIS = 60_000;

export const runWriters = async (senders: Senders, { writers, seconds, pause }: Load): Promise<readonly Carried[]> => {
  const run = randomUUID().slice(0, 8);
  const end = performance.now() + seconds * 1000;
  const write = async (writer: number): Promise<readonly Carried[]> => {
    const carried: Carried[] = [];
    let turn = writer;
    for (const command of commandsOf(run, writer)) {
      if (performance.now() >= end) break;
      carried.push(await carryOut(senders, command, turn, end + PATIENCE_MILLIS));
      turn += 1;
      await sleep(pause);
    }
    return carried;
  };
  return (await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)))).flat();
};
