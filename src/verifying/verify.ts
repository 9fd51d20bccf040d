import { NO_QUORUM, quorumMet, witnessesOf, type Policy } from '../tlog/index.ts';
import { encodeBase64, sameBytes } from '../tlog/bytes.ts';
import { catalogue } from '../domain/catalogue.ts';
import { LEDGER_STREAM } from '../domain/ledger/events.ts';
import { keySteps, type MetadataEvent } from '../domain/ledger/key-steps.ts';
import { auditEntries, type Audit, type AuditOptions } from './audit.ts';
import { knownTimes, readClaims, signedTimes, witnessedTimes, type Claim } from './claims.ts';
import { checkPublished, type Published } from './domain.ts';
import { fault, inOrder, Unreadable, type Fault } from './fault.ts';
import { checkHistory } from './history.ts';
import { checkKeys } from './keyring.ts';
import type { Memory } from './memory.ts';
import { openSource, type SourceSpec } from './open-source.ts';
import { checkRestarts, type Restart } from './restarts.ts';
import type { Ahead, Anchor, Mark, Plan } from './segment.ts';
import type { NoteFile, Source } from './source.ts';
import { checkStamps } from './timestamps.ts';
import { worded } from './worded.ts';
import { trustIn, type Trust } from './trust.ts';
import { systemClock, type Clock } from '../kernel/clock.ts';
import type { LetterFile } from './letters.ts';
import type { OnStepAdvance } from '../kernel/on-advance.ts';
import { spanText } from '../kernel/record-time.ts';
import { say, type Message, type Text } from '../messages/message.ts';
import { inWords } from '../messages/words.ts';
import type { Language } from '../messages/language.ts';

/**
 * The whole audit of a log: its notes against keys and witnesses, its tree against the notes, its events against each
 * other, against their schemas, the witnesses' clocks and what is remembered, and what was published against the events.
 */
export type VerifyOptions = {
  readonly policy?: Policy | undefined;
  /** What is remembered of a log from the last time, by its origin; undefined remembers nothing. */
  readonly memoryOf: ((origin: string) => Memory) | undefined;
  /** A file of certificates (PEM) of time-stamping authorities to believe. */
  readonly certificates?: string | undefined;
  /** Milliseconds that clocks may differ by, beside the time that a checkpoint takes to be signed and cosigned. */
  readonly skew: number;
  /** Whose day it is on which nothing later can have been recorded; the machine's unless given. */
  readonly clock?: Clock;
  /** The stream whose events are listed. */
  readonly stream?: string | undefined;
  /** Files that are held against the letters of notices. */
  readonly letters?: readonly LetterFile[] | undefined;
  readonly threads?: number | undefined;
  readonly run?: number | undefined;
  readonly onAdvance?: OnStepAdvance;
};

/** In words, or what these are made of. */
export type Report<Said extends Text = string> = {
  readonly ok: boolean;
  readonly source: Said;
  readonly origin: string | null;
  readonly trust: Trust['kind'] | null;
  readonly size: number;
  /** Base64. */
  readonly root: string | null;
  readonly streams: number;
  readonly checkpoints: number;
  /** The largest checkpoint that a quorum of the policy's witnesses cosigned, and when the first of them did. */
  readonly anchored: { readonly size: number; readonly time: string } | null;
  /** The largest checkpoint that an authority stamped, and when. */
  readonly stamped: { readonly size: number; readonly time: string } | null;
  /** The size of the checkpoint that was remembered before. */
  readonly remembered: number | null;
  readonly keys: readonly string[];
  readonly restarts: readonly Restart[];
  readonly snapshots: number;
  readonly notices: number;
  /** Positions of the stream asked for. */
  readonly stream: { readonly name: string; readonly positions: readonly number[] } | null;
  /** What is no fault, and yet worth knowing. */
  readonly remarks: readonly Said[];
  /** In the order of positions. */
  readonly faults: readonly Fault<Said>[];
};

const NOTHING: Report<Text> = {
  ok: false,
  source: '',
  origin: null,
  trust: null,
  size: 0,
  root: null,
  streams: 0,
  checkpoints: 0,
  anchored: null,
  stamped: null,
  remembered: null,
  keys: [],
  restarts: [],
  snapshots: 0,
  notices: 0,
  stream: null,
  remarks: [],
  faults: [],
};

/** Where a quorum vouches for the log last. With witnesses named and no quorum met, nothing but the log's own word speaks for it. */
const anchorOf = (
  claims: readonly Claim[],
  policy: Policy | undefined,
): { readonly anchored: Report['anchored']; readonly faults: readonly Fault[] } => {
  if (policy === undefined || policy.quorum === NO_QUORUM) return { anchored: null, faults: [] };
  const claim = claims.findLast(({ cosigned }) => quorumMet(policy, new Set(cosigned.keys())));
  if (claim === undefined) return { anchored: null, faults: [fault('quorum', 'checkpoints', say('verifying.no-quorum'))] };
  const first = Math.min(...claim.cosigned.values());
  return { anchored: { size: claim.checkpoint.size, time: new Date(first * 1000).toISOString() }, faults: [] };
};

/** The newest note must be one of those kept for every size, byte for byte. */
const checkNewest = (newest: NoteFile, claims: readonly Claim[]): readonly Fault[] =>
  claims.some(({ bytes }) => sameBytes(bytes, newest.bytes))
    ? []
    : [fault('checkpoint', newest.place, say('verifying.not-the-note-of-its-size'))];

const checkRoots = (claims: readonly Claim[], { roots }: Audit): readonly Fault[] =>
  claims.flatMap(({ place, checkpoint: { size, root } }) => {
    const computed = roots.get(size);
    if (computed === undefined || sameBytes(computed, root)) return [];
    return [
      fault('root', place, say('verifying.another-root-was-signed', { size, computed: encodeBase64(computed), root: encodeBase64(root) })),
    ];
  });

const metadataEvents = (marks: readonly Mark[]): readonly MetadataEvent[] =>
  marks
    .filter(({ subject }) => subject === LEDGER_STREAM)
    .flatMap(({ index, type, data }) => {
      try {
        return [{ position: index + 1, ...catalogue.fromWire(type, data) }];
      } catch {
        return [];
      }
    });

const remarksOf = (size: number, anchored: Report['anchored'], { policy }: Trust): readonly Message[] => {
  if (policy === undefined || policy.quorum === NO_QUORUM) return [say('verifying.no-witnesses-asked')];
  const tail = size - (anchored?.size ?? 0);
  return tail === 0 ? [] : [say('verifying.tail-without-quorum', { n: tail })];
};

/** What was recorded since the newest checkpoint was signed. */
const unsignedRemarks = (signedSize: number, held: number): readonly Message[] =>
  held === signedSize ? [] : [say('verifying.not-signed-yet', { n: held - signedSize, last: held })];

const recordedBy = (replica: string): Message => (replica === '' ? say('verifying.no-replica') : say('verifying.of-replica', { replica }));

const spanOf = ({ count, firstIndex, most }: Ahead) => ({ count, first: firstIndex + 1, span: spanText(most) });

const clockRemarks = ({ ahead, behind, apart }: Pick<Audit, 'ahead' | 'behind' | 'apart'>): readonly Message[] => [
  ...(ahead === undefined ? [] : [say('verifying.clock-was-ahead', spanOf(ahead))]),
  ...(behind === undefined ? [] : [say('verifying.clock-was-behind', spanOf(behind))]),
  ...(apart === undefined
    ? []
    : [say('verifying.clocks-differed', { ...spanOf(apart), replica: recordedBy(apart.replica), other: recordedBy(apart.other) })]),
];

const stampOf = (times: readonly Anchor[]): Report['stamped'] => {
  const last = times.at(-1);
  return last === undefined ? null : { size: last.size, time: new Date(last.time).toISOString() };
};

const verifySource = async (source: Source, spec: SourceSpec, options: VerifyOptions): Promise<Report<Text>> => {
  const { policy, memoryOf, certificates, skew, clock = systemClock, stream, letters, threads, run, onAdvance = () => undefined } = options;
  const origin = await source.origin();
  const memory = memoryOf?.(origin);
  const trust = trustIn(origin, await source.keys(), policy, memory);
  // Asked first: what comes after this may be signed before the notes are read.
  const heldBefore = (await source.held?.()) ?? 0;
  const files = await source.notes();
  const newestFile = spec.kind === 'bundle' ? await source.newest() : files.at(-1);
  const { claims, faults: unread } = readClaims(files, origin, witnessesOf(policy));
  const known: Report<Text> = { ...NOTHING, source: source.label, origin, trust: trust.kind, checkpoints: claims.length };
  const newest = claims.at(-1);
  if (files.length === 0)
    return { ...known, faults: [...trust.faults, fault('checkpoint', 'checkpoints', say('verifying.nothing-signed'))] };
  // Which tree is to be made again, only the newest note says.
  const unclear = newestFile === undefined ? [] : checkNewest(newestFile, claims);
  if (newest === undefined || unclear.length > 0) return { ...known, faults: [...trust.faults, ...unread, ...unclear] };

  const { size } = newest.checkpoint;
  const held = Math.max(size, heldBefore);
  const { anchored, faults: unanchored } = anchorOf(claims, policy);
  const kept = memory?.checkpoint()?.checkpoint.size;
  const cuts = [...new Set([...claims.map(({ checkpoint }) => checkpoint.size), ...(kept === undefined ? [] : [kept])])].toSorted(
    (a, b) => a - b,
  );
  const stamps = checkStamps(claims, certificates);
  const floors = witnessedTimes(claims);
  const plan: Plan = {
    size: held,
    signedSize: size,
    cuts,
    floors,
    ceilings: knownTimes(floors, stamps.times),
    signed: signedTimes(claims),
    audited: clock.now().epochMilliseconds,
    skew,
    stream,
    tiles: source.tile !== undefined,
  };
  const auditing: AuditOptions = { threads, run, onAdvance: (done, total) => onAdvance(say('verifying.checking-events'), done, total) };
  const audit = await auditEntries(spec, plan, auditing);

  const keyring = checkKeys(claims, keySteps(metadataEvents(audit.marks.filter(({ index }) => index < size))), trust.keys);
  const strangers =
    keyring.keys.length === 0
      ? []
      : (await source.keys())
          .filter((key) => !keyring.keys.includes(key))
          .map((key) => fault('key', 'keys', say('verifying.key-never-signed', { key })));
  // What no key of the log signed says nothing about the log.
  const history =
    memory === undefined || keyring.faults.length > 0
      ? { faults: [], size: kept ?? null }
      : checkHistory(memory, origin, newest, audit.roots);
  const restarts = await checkRestarts(audit, origin, memoryOf);
  const ledgerFaults = [
    ...trust.faults,
    ...unread,
    ...unanchored,
    ...stamps.faults,
    ...audit.faults,
    ...checkRoots(claims, audit),
    ...keyring.faults,
    ...strangers,
    ...history.faults,
    ...restarts.faults,
  ];

  const isReadable = !audit.faults.some(({ check }) => check === 'entry' || check === 'bundle' || check === 'schema');
  const published: Published = isReadable
    ? await checkPublished(source, held, audit.marks, (done, total) => onAdvance(say('verifying.replaying'), done, total), letters)
    : { snapshots: 0, notices: 0, remarks: [say('verifying.published-not-computed')], faults: [] };

  // What was recorded or published wrongly does not make the log another: it is remembered as it is, and of its keys the one that signs.
  if (ledgerFaults.every(({ check }) => check === 'schema')) memory?.remember(newest.bytes, keyring.keys.slice(-1));
  const faults = inOrder([...ledgerFaults, ...published.faults]);
  return {
    ...known,
    ok: faults.length === 0,
    size,
    root: encodeBase64(newest.checkpoint.root),
    streams: audit.streams,
    anchored,
    stamped: stampOf(stamps.times),
    remembered: history.size,
    keys: keyring.keys,
    restarts: restarts.restarts,
    snapshots: published.snapshots,
    notices: published.notices,
    stream: stream === undefined ? null : { name: stream, positions: audit.found.map((index) => index + 1) },
    remarks: [
      ...remarksOf(size, anchored, trust),
      ...unsignedRemarks(size, held),
      ...clockRemarks(audit),
      ...stamps.remarks,
      ...restarts.remarks,
      ...published.remarks,
    ],
    faults,
  };
};

/** The audit, with what is to be said of it not yet in any language. */
export const auditLog = async (spec: SourceSpec, options: VerifyOptions): Promise<Report<Text>> => {
  const place = spec.kind === 'server' ? spec.url : spec.dir;
  let source: Source | undefined;
  try {
    source = openSource(spec);
    return await verifySource(source, spec, options);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ...NOTHING, source: source?.label ?? place, faults: [fault('bundle', error.place, error.detail)] };
  } finally {
    source?.close();
  }
};

/** The audit, in the words of a language. */
export const verifyLog = async (spec: SourceSpec, options: VerifyOptions, language: Language = 'en'): Promise<Report> => {
  const report = await auditLog(spec, options);
  return { ...worded(report, language), source: inWords(report.source, language) };
};
