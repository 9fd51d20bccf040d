import { CannotOpen } from './cannot-open.ts';
import { seedDecisions, seedDocument, seedProfile } from '../../seed/index.ts';
import { withPace } from './catching-up.ts';
import { behindText, watchBehind } from './behind.ts';
import { openAttachments } from '../application/attachments.ts';
import { createCitations } from '../application/citations.ts';
import { letterTemplate, type LetterTemplate } from '../application/notices/letter.ts';
import { catalogue, type DubanEvent } from '../domain/catalogue.ts';
import { createCommits, type Beforehand } from '../application/imports/commits.ts';
import { createImports } from '../application/imports/imports.ts';
import { unitsKnownTo } from '../application/imports/units-known.ts';
import { createReissues } from '../application/imports/reissue.ts';
import { createUnfinished } from '../application/imports/unfinished.ts';
import { sha256Hex } from '../kernel/canonical.ts';
import { createReadingPool } from '../application/imports/reading-pool.ts';
import { createKnowledge } from '../application/knowledge.ts';
import { dataFiles } from '../kernel/data-files.ts';
import { createHandler, type Handler } from '../application/handler.ts';
import type { CatchingUp, Measure, Readiness } from '../kernel/measure.ts';
import { systemClock, type Clock } from '../kernel/clock.ts';
import { randomIds, type Ids } from '../kernel/ids.ts';
import { openEmbedded, openOnCluster, type ClusterOptions, type EmbeddedOptions, type OpenLog } from './open-log.ts';
import { settleOnceWhole } from './settle-personal.ts';
import { openOwnViews } from './open-views.ts';
import { loadBeside } from './views-loading.ts';
import { startProjector, type Projector, type ProjectorNote } from '../projecting/projector.ts';
import type { OnAdvance } from '../kernel/on-advance.ts';
import { startLedger, type LedgerService, type LedgerSettings } from '../ledger/service.ts';
import { createPersonalData } from '../application/personal-data.ts';
import { openRevocations, type Revocations } from '../application/revocations.ts';
import type { Services } from '../application/services.ts';
import { lockDataDir, type DataLock } from '../store/data-lock.ts';
import { openErasableStore } from '../store/erasable.ts';
import { ClockBehind, StoreUnavailable, type EventStore } from '../store/event-store.ts';
import { createTaskReader } from '../application/tasks/read.ts';
import { createAddresses } from '../application/reminders/addresses.ts';
import { createReminders } from '../application/reminders/remind.ts';
import type { Language } from '../messages/language.ts';
import type { SendMail } from '../sending/mail.ts';
import { createSubscriptions } from '../application/subscriptions/subscriptions.ts';
import { createGuard } from '../sending/addresses.ts';
import { openOwnOutbox } from './open-outbox.ts';
import type { Outbox } from '../store/outbox.ts';
import { createSight } from '../application/visibility.ts';
import { say, type Message, type Text } from '../messages/message.ts';

/** A data directory at work: the log, the views that follow it, and what reads and writes them. */
export type Duban = {
  readonly services: Services;
  readonly handler: Handler<DubanEvent>;
  /** What is handed on to other systems. */
  readonly outbox: Outbox;
  readonly projector: Projector;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Whether all that the log held when it was opened has its position here. */
  readonly caughtUp: () => boolean;
  /** How far it is, while it cannot tell the present yet. */
  readonly catchingUp: () => CatchingUp | undefined;
  readonly readiness: () => Readiness;
  readonly measures: readonly Measure[];
  /** Refuses commands that wait for a log that does not answer: for a service that is stopping and cannot wait as long. */
  readonly giveUp: () => void;
  readonly close: () => Promise<void>;
};

/** Whatever log it works on. */
export type DubanOptions = {
  readonly dataDir: string;
  readonly timeZone: string;
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** Hears why the projector halted. */
  readonly onError: (error: unknown) => void;
  readonly onRebuild?: OnAdvance;
  /** What the projector does of its own accord. */
  readonly onViews?: (note: ProjectorNote) => void;
  /** What the ledger does of its own accord, and what went wrong there. */
  readonly onLedger?: (message: string, detail: object) => void;
  /** Hears what is wrong outside, and may right itself. */
  readonly onWarning?: (message: Text) => void;
  readonly ledger?: LedgerSettings;
  /** By what reminders are sent, and the address of the office; nothing is sent unless given. */
  readonly mail?: { readonly send: SendMail; readonly office: string | undefined; readonly language?: Language | undefined } | undefined;
  /** Where webhooks may go although it is not public: hosts, addresses, networks. */
  readonly webhookAllow?: readonly string[];
  /** Of circulation notices; the built-in one unless given. */
  readonly letterTemplate?: LetterTemplate;
  /** No tree is made and nothing is signed. For measuring what that costs: no setting of a server leads here. */
  readonly unproven?: boolean;
};

/** Views further behind than this are not ready. */
const MAX_LAG = 10_000;

/** Appends only while there is no reason not to. */
const guarded = (log: EventStore, clockFault: () => Text | undefined, objection: () => Text | undefined): EventStore => ({
  ...log,
  append: async (stream, expected, events, claim) => {
    const wrongClock = clockFault();
    if (wrongClock !== undefined) throw new ClockBehind(wrongClock);
    const reason = objection();
    if (reason !== undefined) throw new StoreUnavailable(reason);
    return log.append(stream, expected, events, claim);
  },
});

/**
 * An event is durable in the log before the views are told of it. So views that know more than the log are evidence that
 * the log has lost its end, and are not made again before somebody has looked.
 */
const lostEnd = (head: number, seen: number): Message | undefined =>
  seen <= head ? undefined : say('cli.log-lost-its-end', { head, seen });

const seedBeforehand = (sha256: string): Beforehand | undefined =>
  sha256 === sha256Hex(seedDocument()) ? { profile: seedProfile(), settled: [seedDecisions()] } : undefined;

/** Works on the embedded log of the data directory. @throws DataDirInUse, CannotOpen */
export const openDuban = (options: DubanOptions & EmbeddedOptions): Duban => {
  const lock = lockDataDir(options.dataDir);
  try {
    return assemble(options, lock, openEmbedded(options));
  } catch (error) {
    lock.release();
    throw error;
  }
};

/** Works on the log of a cluster; the data directory holds its mirror. @throws DataDirInUse, CannotOpen */
export const openDubanOnCluster = async (options: DubanOptions & ClusterOptions): Promise<Duban> => {
  const lock = lockDataDir(options.dataDir);
  try {
    return assemble(options, lock, await openOnCluster(options));
  } catch (error) {
    lock.release();
    throw error;
  }
};

const assemble = (options: DubanOptions, lock: DataLock, opened: OpenLog): Duban => {
  const { store: log, singleWriter, anomaly } = opened;
  const {
    dataDir,
    timeZone,
    clock = systemClock,
    ids = randomIds,
    onError,
    onRebuild,
    onViews,
    onLedger = () => undefined,
    onWarning = () => undefined,
    unproven = false,
  } = options;
  const wrongClock = opened.clockFault();
  if (wrongClock !== undefined) onWarning(wrongClock);
  const views = openOwnViews(dataFiles(dataDir).views, { unproven });
  const seen = views.position();
  let rebuilds = 0;
  /** Only while something comes: a cluster that does not answer is no reason to wait. */
  const isFilling = (): boolean => opened.filling() !== undefined && opened.progress() !== undefined;
  const projector = startProjector({
    store: log,
    views,
    onError,
    ...(onRebuild === undefined ? {} : { onAdvance: onRebuild }),
    load:
      opened.loadable === undefined || unproven
        ? undefined
        : loadBeside({ log: opened.loadable, isWhole: () => !isFilling(), head: () => log.head().position }),
    isFilling,
    onNote: (note) => {
      if (note.kind === 'rebuild-begun') rebuilds += 1;
      onViews?.(note);
    },
  });
  const behind = watchBehind({ log, views, projector, opened });
  const closeLog = async (): Promise<void> => {
    await projector.close();
    views.close();
    await log.close();
    lock.release();
  };
  let proving: LedgerService;
  let revocations: Revocations;
  let outbox: Outbox;
  try {
    outbox = openOwnOutbox(dataDir, clock);
    revocations = openRevocations(dataDir, clock, onWarning);
    proving = startLedger({
      dataDir,
      settings: options.ledger ?? {},
      store: log,
      mark: opened.mark,
      singleWriter,
      anomaly,
      views,
      clock,
      onEvent: onLedger,
      unproven,
    });
    // Where it was signed the ledger knows it, and keeps knowing it.
    const lost = singleWriter && !proving.ledger.contradicted() ? lostEnd(log.head().position, seen) : undefined;
    if (lost !== undefined) {
      void proving.close();
      throw new CannotOpen(lost);
    }
  } catch (error) {
    void closeLog();
    throw error;
  }
  const { ledger, checkpointStore } = proving;
  // A log with a part missing takes nothing: new events would get the positions of the missing ones, which could then not return.
  const store = guarded(log, opened.clockFault, () =>
    ledger.contradicted() ? say('cli.log-is-not-whole', { why: ledger.stopped() }) : (opened.objection() ?? ledger.lacking()),
  );
  const handler = createHandler({ store, catalogue, clock, ids });
  const knowledge = createKnowledge(views);
  const sightOf = createSight(views, knowledge);
  const attachments = openAttachments(dataDir);
  const readers = createReadingPool();
  const personal = createPersonalData(
    openErasableStore(dataFiles(dataDir).personalValues, () => clock.now().epochMilliseconds),
    views,
  );
  const settling = settleOnceWhole({ personal, clock, singleWriter, isWhole: () => behind() === undefined, onWarning });
  const tasks = createTaskReader(views, store, knowledge, sightOf);
  const reminders = createReminders({
    handler,
    views,
    knowledge,
    addresses: createAddresses({ personal, knowledge, views, office: options.mail?.office }),
    clock,
    since: outbox.since,
    singleWriter,
    send: options.mail?.send,
    language: options.mail?.language ?? 'zh',
  });
  const imports = createImports({
    handler,
    attachments,
    views,
    understand: readers.understand,
    known: [seedProfile()],
    unitsKnown: unitsKnownTo({ knowledge, store }),
  });
  const reissues = createReissues({ knowledge, views, store, readings: imports.readings });
  const unfinished = createUnfinished({ views, knowledge, reissues });
  const services: Services = {
    handler,
    store,
    views,
    knowledge,
    sightOf,
    tasks,
    attachments,
    citations: createCitations({ attachments, sightOf, store, views }),
    reissues,
    imports,
    commits: createCommits({ handler, imports, reissues, attachments, store, knowledge, unfinished, beforehand: seedBeforehand }),
    personal,
    reminders,
    subscriptions: createSubscriptions({ outbox, store: log, guard: createGuard(options.webhookAllow ?? []), clock }),
    readSource: readers.source,
    revocations,
    ledger,
    checkpointStore,
    singleWriter,
    behind,
    clockFault: opened.clockFault,
    timeZone,
    letterTemplate: options.letterTemplate ?? letterTemplate(),
  };

  const catchingUp = withPace(() => {
    const progress = opened.progress();
    if (progress !== undefined) return { stage: 'mirror', position: progress.position, behind: progress.behind ?? null };
    const late = behind();
    return late && { stage: 'views', position: late.position, behind: Math.max(0, late.head - late.position) };
  });
  catchingUp(); // the pace counts from here
  const readiness = (): Readiness => {
    const state = projector.state();
    const lag = projector.lag();
    const late = behind();
    const reasons = [
      ...opened.notReady(),
      ...[opened.clockFault()].filter((fault) => fault !== undefined),
      ...(state.state === 'halted' ? [say('cli.views-halted-at', { position: state.position, reason: state.reason })] : []),
      ...(ledger.stopped() === undefined ? [] : [say('cli.ledger-does-not-sign', { why: ledger.stopped() })]),
      ...(ledger.lacking() === undefined ? [] : [say('cli.ledger-waits', { why: ledger.lacking() })]),
      ...[revocations.fault()].filter((fault) => fault !== undefined),
      ...(late === undefined || state.state === 'halted' ? [] : [behindText(late)]),
      ...(late === undefined && lag > MAX_LAG ? [say('cli.views-are-behind', { lag })] : []),
    ];
    return { ready: reasons.length === 0, reasons, catchingUp: catchingUp() };
  };

  return {
    services,
    handler,
    outbox,
    projector,
    clock,
    ids,
    caughtUp: opened.caughtUp,
    catchingUp,
    readiness,
    measures: [
      { kind: 'counter', name: 'duban_views_rebuilds_total', help: 'Rebuilds of the views that began.', read: () => rebuilds },
      {
        kind: 'gauge',
        name: 'duban_views_rebuilding',
        help: 'Whether the views are being rebuilt.',
        read: () => (projector.rebuilding() === undefined ? 0 : 1),
      },
      ...opened.measures,
      ...proving.measures,
      ...revocations.measures,
    ],
    giveUp: opened.giveUp,
    close: async () => {
      settling.stop();
      revocations.close();
      await readers.close();
      await proving.close();
      await closeLog();
      personal.close();
      outbox.close();
    },
  };
};
