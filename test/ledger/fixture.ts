import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { openDuban, type Duban } from '../../src/main/duban.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import type { Draft } from '../../src/kernel/envelope.ts';
import { derivedId } from '../../src/kernel/ids.ts';
import { formatVerifierKey, generateKey, parsePolicy, type NoteKey, type Policy } from '../../src/tlog/index.ts';
import type { LedgerSettings } from '../../src/ledger/service.ts';
import { openWitnessBook } from '../../src/ledger/witness-book.ts';
import { buildWitness } from '../../src/ledger/witness-server.ts';

/** Logs that sign, and witnesses that cosign, in directories and on ports of their own. */

type Tearing = Pick<Test, 'teardown'>;

export const temporaryDir = (t: Tearing): string => {
  const path = mkdtempSync(join(tmpdir(), 'duban-proving-'));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return path;
};

export type HandClock = Clock & { readonly advance: (millis: number) => void };

export const START = Date.parse('2023-03-01T00:00:00.000Z');

/** A clock that stands until it is moved. */
export const handClock = (millis = START): HandClock => {
  let now = millis;
  return {
    now: () => Temporal.Instant.fromEpochMilliseconds(now),
    advance: (by) => {
      now += by;
    },
  };
};

export type Opened = Duban & { readonly told: readonly string[] };

/** Opens a directory; `told` are the messages of its ledger. Closing it twice is closing it once. */
export const open = (t: Tearing, dataDir: string, clock: Clock, ledger: LedgerSettings = {}): Opened => {
  const told: string[] = [];
  const duban = openDuban({
    dataDir,
    timeZone: 'Asia/Shanghai',
    clock,
    ledger,
    onError: (error) => {
      throw error;
    },
    onLedger: (message) => told.push(message),
  });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= duban.close());
  t.teardown(close);
  return { ...duban, close, told };
};

let made = 0;

/** An event that no view looks into. `n` says what it is about. */
export const record = (stream: string, n: number): Draft => {
  made += 1;
  // Of its own in every process that writes to one log.
  const id = derivedId('probe', stream, String(n), String(made), String(process.pid));
  return {
    id,
    type: 'LegalRemovalRecorded.v1',
    subject: stream,
    actor: { sub: 'clerk', role: 'office' },
    receivedat: '2023-03-01T00:00:00.000Z',
    correlation: id,
    data: { position: n, what: `附件第${n}号`, reason: '依法删除', authority: '办公室' },
  };
};

const STREAMS = 7;

/** Appends made at once: the store makes one transaction of them. */
const AT_ONCE = 350;

/** Appends so many events to a few streams, a second apart on the whole, and waits for the views. */
export const grow = async (duban: Duban, clock: HandClock, events: number): Promise<void> => {
  const { store } = duban.services;
  for (let done = 0; done < events; done += AT_ONCE) {
    const count = Math.min(AT_ONCE, events - done);
    clock.advance(1000 * count);
    const drafts = Map.groupBy(
      Array.from({ length: count }, (_, n) => n),
      (n) => `record-${n % STREAMS}`,
    );
    const heads = await Promise.all(
      [...drafts.keys()].map(async (stream) => [stream, (await store.readStream(stream)).at(-1)?.revision ?? 'none'] as const),
    );
    await Promise.all(
      heads.map(([stream, head]) =>
        store.append(
          stream,
          head,
          (drafts.get(stream) ?? []).map((n) => record(stream, n + 1)),
        ),
      ),
    );
  }
  await duban.projector.caughtUp();
};

/** Waits for what happens by itself. */
export const eventually = async (what: string, is: () => boolean, millis = 10_000): Promise<void> => {
  const end = performance.now() + millis;
  while (!is()) {
    if (performance.now() > end) throw new Error(`${what}: not in ${millis} ms`);
    await sleep(10);
  }
};

export type RunningWitness = { readonly name: string; readonly url: string; readonly key: NoteKey; readonly close: () => Promise<void> };

/** A witness of the logs of a policy. `state` is its file, made unless it is there. */
export const startWitness = async (
  t: Tearing,
  options: { readonly key: NoteKey; readonly logs: string; readonly clock: Clock; readonly state: string; readonly port?: number },
): Promise<RunningWitness> => {
  const { key, logs, clock, state, port = 0 } = options;
  const book = openWitnessBook(state);
  const app = buildWitness({ key, logs: policyOf(logs), book, clock });
  const url = await app.listen({ host: '127.0.0.1', port });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= app.close().then(() => book.close()));
  t.teardown(close);
  return { name: key.name, url, key, close };
};

export const witnessKey = (name: string): NoteKey => generateKey(name, 'cosignature');

export const policyOf = (text: string): Policy => {
  const policy = parsePolicy(Buffer.from(text, 'utf8'));
  if (!policy.ok) throw new Error(`${policy.reason} ${policy.detail ?? ''}`);
  return policy.value;
};

export const logLine = (vkey: string): string => `log ${vkey}\n`;

/** Witnesses w1, w2, … with their addresses, of whom so many are a quorum. */
export const witnessLines = (witnesses: readonly Pick<RunningWitness, 'key' | 'url'>[], quorum: number): string =>
  [
    ...witnesses.map(({ key, url }, n) => `witness w${n + 1} ${formatVerifierKey(key)} ${url}\n`),
    `group g ${quorum} ${witnesses.map((_, n) => `w${n + 1}`).join(' ')}\n`,
    'quorum g\n',
  ].join('');

export const fileIn = (dir: string, name: string, text: string): string => {
  const path = join(dir, name);
  writeFileSync(path, text);
  return path;
};
