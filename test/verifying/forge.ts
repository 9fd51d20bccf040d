import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalBytes } from '../../src/kernel/canonical.ts';
import { derivedId } from '../../src/kernel/ids.ts';
import {
  changedBundles,
  changedTiles,
  cosigner,
  encodeEntries,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  generateKey,
  leafHash,
  nodesFromLeaves,
  noteSigner,
  rootAt,
  signNote,
  TILE_WIDTH,
  tileBytes,
  tilePath,
  type NoteKey,
} from '../../src/tlog/index.ts';

/**
 * Logs made by hand, as somebody can make them who has the whole server and the key: everything is consistent with
 * itself unless the test wants it otherwise.
 */

export const ORIGIN = 'log.example/duban';
export const LOG = generateKey(ORIGIN, 'ed25519');
export const W1 = generateKey('one.example', 'cosignature');
export const W2 = generateKey('two.example', 'cosignature');

export const logLine = (key: NoteKey = LOG): string => `log ${formatVerifierKey(key)}\n`;
export const POLICY_TEXT = `${logLine()}witness w1 ${formatVerifierKey(W1)}
witness w2 ${formatVerifierKey(W2)}
group both all w1 w2
quorum both
`;

const START = Date.parse('2023-03-01T00:00:00.000Z');
export const APART = 10_000;

export type Event = {
  readonly stream: string;
  /** Epoch ms. */
  readonly time: number;
  readonly type?: string;
  readonly source?: string;
  readonly data: object;
  readonly receivedat?: string;
  /** One of its own unless given. */
  readonly id?: string;
};

const STREAMS = 12;

export const event = (n: number, more: Partial<Event> = {}): Event => ({
  stream: `task-t${n % STREAMS}`,
  time: START + n * APART,
  data: { position: n + 1, what: `附件第${n}号 "引号" \u{20000}`, reason: '依法删除', authority: '办公室' },
  ...more,
});

export const events = (count: number): readonly Event[] => Array.from({ length: count }, (_, n) => event(n));

export const idOf = (n: number): string => derivedId('forged', String(n));

/** The events as a server would have stored them: revisions and links follow. */
export const leavesOf = (log: readonly Event[]): readonly Buffer[] => {
  const heads = new Map<string, { readonly revision: number; readonly leaf: string }>();
  return log.map(({ stream, time, type = 'LegalRemovalRecorded.v1', source = '/duban/1', data, receivedat, id: own }, n) => {
    const id = own ?? idOf(n);
    const head = heads.get(stream);
    const revision = head === undefined ? 0 : head.revision + 1;
    const bytes = canonicalBytes({
      specversion: '1.0',
      id,
      source,
      type,
      subject: stream,
      time: new Date(time).toISOString(),
      datacontenttype: 'application/json',
      streamrev: String(revision),
      ...(head === undefined ? {} : { prevleaf: head.leaf }),
      actor: { sub: 'clerk', role: 'office' },
      receivedat: receivedat ?? new Date(time).toISOString(),
      correlation: id,
      data,
    });
    heads.set(stream, { revision, leaf: leafHash(bytes).toHex() });
    return bytes;
  });
};

export type Signing = {
  readonly origin?: string;
  /** Sizes that are signed, ascending; the last is the log's. */
  readonly sizes: readonly number[];
  /** Keys that sign a size. */
  readonly by?: (size: number) => readonly NoteKey[];
  readonly keys?: readonly NoteKey[];
  /** Who cosigns a size, and when: seconds since 1970. */
  readonly cosigned?: (size: number) => readonly (readonly [NoteKey, number])[];
};

/** Both witnesses, five seconds after the last event. */
export const cosignedByBoth = (size: number): readonly (readonly [NoteKey, number])[] => {
  const seconds = Math.floor((START + (size - 1) * APART) / 1000) + 5;
  return [
    [W1, seconds],
    [W2, seconds + 1],
  ];
};

/** The files of a bundle, by their paths. */
export const filesOf = (leaves: readonly Uint8Array[], signing: Signing): ReadonlyMap<string, Uint8Array> => {
  const { origin = ORIGIN, sizes, by = () => [LOG], keys = [LOG], cosigned = () => [] } = signing;
  const nodes = nodesFromLeaves(leaves.map(leafHash));
  const size = sizes.at(-1) ?? 0;
  const files = new Map<string, Uint8Array>();
  files.set('bundle.json', Buffer.from(`{"format":"duban-bundle/1","origin":${JSON.stringify(origin)}}\n`));
  files.set('keys', Buffer.from(keys.map((key) => `${formatVerifierKey(key)}\n`).join('')));
  for (const tile of changedTiles(0, size)) files.set(tilePath(tile), tileBytes(tile, nodes));
  for (const { index, width } of changedBundles(0, size))
    files.set(tilePath({ level: 'entries', index, width }), encodeEntries(leaves.slice(index * TILE_WIDTH, index * TILE_WIDTH + width)));
  for (const at of sizes) {
    const text = formatCheckpoint({ origin, size: at, root: rootAt(at, nodes), extensions: [] });
    const signers = [...by(at).map(noteSigner), ...cosigned(at).map(([key, seconds]) => cosigner(key, seconds))];
    const note = formatNote(signNote({ text, signatures: [] }, signers));
    files.set(`checkpoints/${at}`, note);
    files.set('checkpoint', note);
  }
  return files;
};

export const writeFiles = (dir: string, files: ReadonlyMap<string, Uint8Array>): string => {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes);
  }
  return dir;
};
