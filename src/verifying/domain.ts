import { catalogue } from '../domain/catalogue.ts';
import { JUDGE_VERSION } from '../domain/compliance/judge.ts';
import { startReplay, type Replay } from '../domain/replay.ts';
import { sameJson } from '../kernel/json.ts';
import { TILE_WIDTH, tilePath } from '../tlog/index.ts';
import { linesToName, NAMING_RULE } from '../domain/notices/draft.ts';
import { NoticeDrafted, NoticeIssued } from '../domain/notices/events.ts';
import { noticeStream } from '../domain/notices/state.ts';
import { JUDGES, snapshotBody, snapshotDigest, type SnapshotBody } from '../domain/snapshots/body.ts';
import { SnapshotTaken } from '../domain/snapshots/events.ts';
import { snapshotStream } from '../domain/snapshots/state.ts';
import { TaskAssigned } from '../domain/tasks/events.ts';
import { taskStream } from '../domain/tasks/state.ts';
import { fault, Unreadable, type Fault } from './fault.ts';
import { checkLetter, holdFile, type Issued, type LetterFile } from './letters.ts';
import { readAhead } from './read-ahead.ts';
import type { Mark } from './segment.ts';
import type { Source } from './source.ts';
import type { OnAdvance } from '../kernel/on-advance.ts';
import { say, type Text } from '../messages/message.ts';
import { toldBy } from '../messages/told.ts';

/**
 * What the office published, computed again from the events: every snapshot's digest, and every notice's lines from
 * the snapshot that it cites. This alone in the verifier knows what the events mean.
 */
export type Published = {
  readonly snapshots: number;
  readonly notices: number;
  /** What was produced by rules that this program does not have. */
  readonly remarks: readonly Text[];
  readonly faults: readonly Fault[];
};

type Taken = { readonly index: number; readonly id: string; readonly data: ReturnType<typeof SnapshotTaken>['data'] };
type Drafted = { readonly index: number; readonly id: string; readonly data: ReturnType<typeof NoticeDrafted>['data'] };

/** What was published, as the log records it. That its data fit their schemas, the audit has seen (`misfit`). */
const read = (marks: readonly Mark[]) => {
  const taken: Taken[] = [];
  const drafted: Drafted[] = [];
  const issued: Issued[] = [];
  const faults: Fault[] = [];
  for (const { index, type, subject, data } of marks) {
    const event = catalogue.fromWire(type, data);
    const misplaced = (check: 'snapshot' | 'notice'): void =>
      void faults.push(fault(check, subject, say('verifying.no-stream-for-type', { type }), index + 1));
    if (event.type === SnapshotTaken.type) {
      const id = snapshotStream.idIn(subject);
      if (id === undefined) misplaced('snapshot');
      else taken.push({ index, id, data: event.data });
    } else if (event.type === NoticeDrafted.type) {
      const id = noticeStream.idIn(subject);
      if (id === undefined) misplaced('notice');
      else drafted.push({ index, id, data: event.data });
    } else if (event.type === NoticeIssued.type) {
      const id = noticeStream.idIn(subject);
      if (id === undefined) misplaced('notice');
      else issued.push({ index, id, data: event.data });
    }
  }
  return { taken, drafted, issued, faults };
};

const checkNotice = ({ index, id, data }: Drafted, cited: Taken | undefined, body: SnapshotBody | undefined): Fault | undefined => {
  const bad = (detail: Text): Fault => fault('notice', `notice ${id}`, detail, index + 1);
  if (cited === undefined || cited.index > index) return bad(say('verifying.cites-snapshot-not-taken-before', { snapshot: data.snapshot }));
  const { directive, period, position, on, digest } = cited.data;
  if (data.snapshotDigest !== digest) return bad(say('verifying.cites-with-another-digest', { snapshot: data.snapshot }));
  if (data.directive !== directive || data.period !== period || data.position !== position || data.on !== on)
    return bad(say('verifying.says-otherwise-than-snapshot', { snapshot: data.snapshot }));
  if (body === undefined) return bad(say('verifying.snapshot-cannot-be-computed', { snapshot: data.snapshot }));
  const lines = linesToName(body);
  if (sameJson(lines, data.lines)) return undefined;
  const wrong = lines.findIndex((line, at) => !sameJson(line, data.lines[at]));
  return bad(say('verifying.line-not-as-snapshot-shows', { n: (wrong < 0 ? lines.length : wrong) + 1 }));
};

type Bundle = { readonly first: number; readonly entries: readonly Uint8Array[]; readonly place: string };

/** The bundles of the entries up to a position. */
async function* bundlesUpTo(source: Source, size: number, last: number): AsyncGenerator<Bundle> {
  const firsts = Array.from({ length: Math.ceil(last / TILE_WIDTH) }, (_, at) => at * TILE_WIDTH);
  const widthOf = (first: number): number => Math.min(TILE_WIDTH, size - first);
  for await (const [first, { bytes }] of readAhead(firsts, (from) => source.entries(from / TILE_WIDTH, widthOf(from))))
    yield {
      first,
      entries: bytes.slice(0, last - first),
      place: tilePath({ level: 'entries', index: first / TILE_WIDTH, width: widthOf(first) }),
    };
}

// The entries were found to be events before this looks at them (`readLeaf`).
type Event = {
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly receivedat: string;
  readonly data: unknown;
};

const eventIn = (bytes: Uint8Array): Event =>
  JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) as Event;

/**
 * The end of a canonical event, which shows what it is about without parsing it: between these members and the end of
 * the object stands no brace, so they are its own and not of something in it.
 */
const END = /,"subject":"([ !#-[\]-~]+)","time":"([0-9T:.Z-]+)","type":"([A-Za-z0-9.]+)"\}$/u;
const END_BYTES = 240;
const endOf = (bytes: Uint8Array): Pick<Event, 'subject' | 'time' | 'type'> | undefined => {
  const begin = Math.max(0, bytes.byteLength - END_BYTES);
  const [, subject, time, type] =
    END.exec(Buffer.from(bytes.buffer, bytes.byteOffset + begin, bytes.byteLength - begin).toString('latin1')) ?? [];
  return subject === undefined || time === undefined || type === undefined ? undefined : { subject, time, type };
};

/**
 * Replays of directives side by side. An event of a task goes to the directives that the task was assigned by, any
 * other to all: so what a log costs does not grow with the number of its directives.
 */
const replaysOf = (directives: Iterable<string>) => {
  const byDirective = new Map([...directives].map((directive) => [directive, startReplay(directive)]));
  const byTask = new Map<string, Set<Replay>>();
  const isOfTask = (subject: string): boolean => taskStream.idIn(subject) !== undefined;
  const isAssignment = (type: string): boolean => type.startsWith(`${TaskAssigned.type}.`);
  return {
    get: (directive: string): Replay | undefined => byDirective.get(directive),
    /** Whether it can be said of an event, without its data, that it changes none of them. */
    isForeign: (subject: string, type: string): boolean => isOfTask(subject) && !isAssignment(type) && !byTask.has(subject),
    apply: ({ type, subject, receivedat, data }: Event): void => {
      const event = catalogue.fromWire(type, data);
      if (event.type === TaskAssigned.type) {
        const replay = byDirective.get(event.data.directive);
        if (replay !== undefined) byTask.set(subject, (byTask.get(subject) ?? new Set()).add(replay));
      }
      for (const replay of isOfTask(subject) ? (byTask.get(subject) ?? []) : byDirective.values())
        replay.apply({ event, stream: subject, receivedAt: receivedat });
    },
  };
};

export const checkPublished = async (
  source: Source,
  size: number,
  marks: readonly Mark[],
  onAdvance: OnAdvance,
  /** Files that are held against what was issued. */
  files: readonly LetterFile[] = [],
): Promise<Published> => {
  const { taken, drafted, issued, faults } = read(marks);
  const remarks: Text[] = [];
  const bodies = new Map<string, SnapshotBody>();
  const wanted = Map.groupBy(
    taken.filter(({ id, index, data }) => {
      if (data.position > index)
        faults.push(fault('snapshot', `snapshot ${id}`, say('verifying.shows-a-later-position', { position: data.position }), index + 1));
      else if (data.judge === JUDGE_VERSION && data.at === undefined)
        faults.push(fault('snapshot', `snapshot ${id}`, say('verifying.no-moment-judged'), index + 1));
      else if (JUDGES.includes(data.judge)) return true;
      else remarks.push(say('verifying.snapshot-of-other-rules', { snapshot: id, version: data.judge, versions: JUDGES.join(' and ') }));
      return false;
    }),
    ({ data }) => data.position,
  );
  const citing = new Set(drafted.map(({ data }) => data.snapshot));

  const compute = ({ id, index, data }: Taken, replay: Replay | undefined, recordedAt: string): boolean => {
    const facts = replay?.facts();
    if (facts === undefined) {
      faults.push(
        fault(
          'snapshot',
          `snapshot ${id}`,
          say('verifying.directive-not-known-at', { directive: data.directive, position: data.position }),
          index + 1,
        ),
      );
      return false;
    }
    const { position, on, at: moment, timeZone, period, digest, judge } = data;
    const basis = { position, recordedAt, on, ...(moment === undefined ? {} : { at: moment }), timeZone };
    const body = snapshotBody(facts, period, basis, judge);
    if (citing.has(id)) bodies.set(id, body);
    const computed = snapshotDigest(body);
    if (computed !== digest)
      faults.push(
        fault('snapshot', `snapshot ${id}`, say('verifying.digest-recorded-is-not-computed', { recorded: digest, computed }), index + 1),
      );
    return computed === digest;
  };

  let right = 0;
  const replays = replaysOf(new Set(taken.map(({ data }) => data.directive)));
  const last = Math.max(0, ...wanted.keys());
  // Instants of one form stand in the order of their texts.
  let latest = '';
  let at: { readonly position: number; readonly place: string } = { position: 1, place: '' };
  try {
    for await (const { first, entries, place } of bundlesUpTo(source, size, last)) {
      for (const [n, bytes] of entries.entries()) {
        const position = first + n + 1;
        at = { position, place };
        const end = endOf(bytes);
        const event = end !== undefined && replays.isForeign(end.subject, end.type) ? undefined : eventIn(bytes);
        if (event !== undefined) replays.apply(event);
        const time = event?.time ?? end?.time ?? '';
        if (time > latest) latest = time;
        for (const one of wanted.get(position) ?? []) if (compute(one, replays.get(one.data.directive), latest)) right += 1;
      }
      onAdvance(first + entries.length, last);
    }
  } catch (error) {
    if (error instanceof Unreadable) faults.push(fault('bundle', error.place, error.detail));
    else faults.push(fault('event', at.place, say('verifying.cannot-be-replayed', { why: toldBy(error) }), at.position));
  }

  const byId = new Map(taken.map((one) => [one.id, one]));
  for (const one of drafted) {
    if (one.data.rule !== NAMING_RULE || !JUDGES.includes(byId.get(one.data.snapshot)?.data.judge ?? 0))
      remarks.push(say('verifying.notice-by-other-rules', { notice: one.id, rule: one.data.rule }));
  }
  const compared = drafted.filter(
    ({ data }) => data.rule === NAMING_RULE && JUDGES.includes(byId.get(data.snapshot)?.data.judge ?? JUDGE_VERSION),
  );
  const wrong = compared.flatMap((one) => checkNotice(one, byId.get(one.data.snapshot), bodies.get(one.data.snapshot)) ?? []);
  const draftOf = new Map(compared.map(({ id, data }) => [id, data]));
  const letters = issued
    .filter(({ id }) => draftOf.has(id))
    .flatMap((one) => checkLetter(one, draftOf.get(one.id), bodies.get(draftOf.get(one.id)?.snapshot ?? '')) ?? []);
  const held = files.map((file) => holdFile(file, issued));
  return {
    snapshots: right,
    notices: compared.length - wrong.length,
    remarks: [...remarks, ...held.flatMap((one) => ('remark' in one ? [one.remark] : []))],
    faults: [...faults, ...wrong, ...letters, ...held.flatMap((one) => ('fault' in one ? [one.fault] : []))],
  };
};
