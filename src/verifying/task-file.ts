import { taskStream } from '../domain/tasks/state.ts';
import { canonicalText } from '../kernel/canonical.ts';
import { NO_QUORUM, parseTlogProof, verifierKeysOf, verifyTlogProof, type Policy } from '../tlog/index.ts';
import { worded } from './worded.ts';
import { fault, inOrder, Unreadable, type Fault } from './fault.ts';
import { readLeaf } from './leaf.ts';
import { linkFault, type StreamEnd } from './links.ts';
import { misfit } from './schema.ts';
import type { Source } from './source.ts';
import { say, type Text } from '../messages/message.ts';
import type { Language } from '../messages/language.ts';

/**
 * The history of one task in one file that needs nothing else: its events as stored, each with the hash of the one
 * before it, and the proof that the last one is in the signed tree. That no later event of the task is left out, it
 * cannot show, nor what stands in other streams about the task: only the whole log can.
 */

const FORMAT = 'duban-task/1';

type TaskFile = {
  readonly format: typeof FORMAT;
  readonly task: string;
  readonly origin: string;
  readonly keys: readonly string[];
  readonly leaves: readonly string[];
  readonly proof: string;
};

export const makeTaskFile = async (source: Source, task: string): Promise<string> => {
  const { leaves, proof } = await source.stream(taskStream(task));
  const file: TaskFile = {
    format: FORMAT,
    task,
    origin: await source.origin(),
    keys: await source.keys(),
    leaves: leaves.map((leaf) => Buffer.from(leaf).toString('utf8')),
    proof: Buffer.from(proof).toString('utf8'),
  };
  return `${canonicalText(file)}\n`;
};

const isText = (value: unknown): value is string => typeof value === 'string';

/** Throws `Unreadable`. */
const parseTaskFile = (place: string, text: string): TaskFile => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unreadable(place, say('verifying.is-not-json'));
  }
  const file = Object(value) as Readonly<Record<string, unknown>>; // whatever it is, its members are looked at below
  const { format, task, origin, keys, leaves, proof } = file;
  if (format !== FORMAT) throw new Unreadable(place, say('verifying.of-no-known-format', { format: String(format) }));
  if (
    !isText(task) ||
    !isText(origin) ||
    !isText(proof) ||
    !Array.isArray(keys) ||
    !keys.every(isText) ||
    !Array.isArray(leaves) ||
    !leaves.every(isText)
  )
    throw new Unreadable(place, say('verifying.not-as-format-writes-it', { format: FORMAT }));
  const parsed: TaskFile = { format, task, origin, keys, leaves, proof };
  if (`${canonicalText(parsed)}\n` !== text) throw new Unreadable(place, say('verifying.not-as-format-writes-it', { format: FORMAT }));
  return parsed;
};

const NOT_COVERED = [say('verifying.later-events-only-the-log-shows'), say('verifying.other-streams-not-in-file')] as const;

export type TaskReport<Said extends Text = string> = {
  readonly ok: boolean;
  readonly source: string;
  readonly task: string | null;
  readonly origin: string | null;
  readonly trust: 'policy' | 'first-use';
  readonly events: number;
  /** Of the last event. */
  readonly position: number | null;
  readonly size: number | null;
  readonly remarks: readonly Said[];
  readonly faults: readonly Fault<Said>[];
};

/** The keys in the file, trusted because nothing else says whom to trust. */
const policyOf = (origin: string, keys: readonly string[]): Policy => ({
  logs: verifierKeysOf(keys)
    .filter(({ name }) => name === origin)
    .map((key) => ({ key, url: undefined })),
  parties: new Map(),
  quorum: NO_QUORUM,
});

const checkEvents = (
  task: string,
  leaves: readonly string[],
): { readonly faults: readonly Fault[]; readonly last: Uint8Array | undefined } => {
  const faults: Fault[] = [];
  let before: StreamEnd | undefined;
  let last: Uint8Array | undefined;
  for (const [at, text] of leaves.entries()) {
    const leaf = readLeaf(Buffer.from(text, 'utf8'));
    last = leaf.hash;
    const place = `event ${at + 1} of the task`;
    if ('fault' in leaf) {
      faults.push(fault('entry', place, leaf.fault));
      continue;
    }
    if (leaf.subject !== taskStream(task))
      faults.push(fault('entry', place, say('verifying.event-of-another-subject', { subject: leaf.subject })));
    const unfit = misfit(leaf.type, leaf.data);
    if (unfit !== undefined) faults.push(fault('schema', place, unfit));
    const wrong = linkFault(at, leaf.subject, leaf, before);
    if (wrong !== undefined) faults.push({ ...wrong, place, position: null });
    before = { revision: leaf.revision, hash: leaf.hash };
  }
  return { faults, last };
};

const audited = (place: string, text: string, policy: Policy | undefined): TaskReport<Text> => {
  const trust = policy === undefined ? 'first-use' : 'policy';
  const nothing: TaskReport<Text> = {
    ok: false,
    source: place,
    task: null,
    origin: null,
    trust,
    events: 0,
    position: null,
    size: null,
    remarks: [],
    faults: [],
  };
  try {
    const { task, origin, keys, leaves, proof } = parseTaskFile(place, text);
    const { faults, last } = checkEvents(task, leaves);
    const bytes = Buffer.from(proof, 'utf8');
    const proven = last === undefined ? undefined : verifyTlogProof(bytes, last, policy ?? policyOf(origin, keys));
    const bad =
      proven === undefined
        ? [fault('entry', place, say('verifying.holds-no-event'))]
        : proven.ok
          ? proven.value.checkpoint.origin === origin
            ? []
            : [fault('proof', place, say('verifying.leads-to-another-log', { stated: proven.value.checkpoint.origin, origin }))]
          : [
              fault(
                'proof',
                place,
                say('verifying.last-event-not-proved', {
                  reason: proven.reason,
                  detail: proven.detail === undefined ? '' : ` (${proven.detail})`,
                }),
              ),
            ];
    const all = inOrder([...faults, ...bad]);
    const parsed = parseTlogProof(bytes);
    return {
      ...nothing,
      ok: all.length === 0,
      task,
      origin,
      events: leaves.length,
      position: parsed.ok ? parsed.value.index + 1 : null,
      size: proven?.ok === true ? proven.value.checkpoint.size : null,
      remarks: NOT_COVERED,
      faults: all,
    };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ...nothing, faults: [fault('bundle', error.place, error.detail)] };
  }
};

/** What the file shows, in the words of a language. */
export const verifyTaskFile = (place: string, text: string, policy: Policy | undefined, language: Language = 'en'): TaskReport =>
  worded(audited(place, text, policy), language);
