import { taskStream } from '../domain/tasks/state.ts';
import { decodeEntries, tilePath, type Tile } from '../tlog/index.ts';
import { linesOf } from './bundle-layout.ts';
import { Unreadable } from './fault.ts';
import { httpLog } from './http-log.ts';
import type { NoteFile, Source } from './source.ts';
import { say } from '../messages/message.ts';

/** A running server. What it says beside the signed notes and the entries is not used. */

const CHECKPOINTS = 'v1/ledger/checkpoints';

type Page = {
  readonly origin: string;
  readonly items: readonly { readonly size: number; readonly note: string; readonly timestamp?: unknown }[];
  readonly next: number | null;
};

const isPage = (value: unknown): value is Page =>
  typeof value === 'object' &&
  value !== null &&
  'origin' in value &&
  typeof value.origin === 'string' &&
  'items' in value &&
  Array.isArray(value.items) &&
  value.items.every(
    (item: unknown) =>
      typeof item === 'object' &&
      item !== null &&
      'size' in item &&
      typeof item.size === 'number' &&
      'note' in item &&
      typeof item.note === 'string',
  ) &&
  'next' in value &&
  (value.next === null || typeof value.next === 'number');

export const serverSource = (url: string, token: string | undefined): Source => {
  const log = httpLog(url, token);

  const page = async (after: number): Promise<Page> => {
    const text = (await log.get(`${CHECKPOINTS}?after=${after}`, 'application/json')).toString('utf8');
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw new Unreadable(CHECKPOINTS, say('verifying.no-json-answered'));
    }
    if (!isPage(value)) throw new Unreadable(CHECKPOINTS, say('verifying.no-checkpoints-answered'));
    return value;
  };
  const noteOf = ({ size, note, timestamp }: Page['items'][number]): NoteFile => ({
    place: `checkpoint ${size}`,
    bytes: Buffer.from(note, 'utf8'),
    timestamp: typeof timestamp === 'string' ? Buffer.from(timestamp, 'base64') : undefined,
  });

  const notes = async (): Promise<readonly NoteFile[]> => {
    const found: NoteFile[] = [];
    for (let after: number | null = 0; after !== null;) {
      const { items, next }: Page = await page(after);
      found.push(...items.map(noteOf));
      if (next !== null && next <= after) throw new Unreadable(CHECKPOINTS, say('verifying.round-in-circles'));
      after = next;
    }
    return found;
  };

  return {
    label: say('verifying.source-server', { url }),
    origin: async () => (await page(0)).origin,
    keys: async () => linesOf('v1/ledger/key', (await log.get('v1/ledger/key')).toString('utf8')),
    newest: async () => {
      const newest = (await notes()).at(-1);
      if (newest === undefined) throw new Unreadable(CHECKPOINTS, say('verifying.holds-no-checkpoint'));
      return newest;
    },
    notes,
    held: undefined,
    entries: async (index, width) => {
      const tile: Tile = { level: 'entries', index, width };
      const decoded = decodeEntries(await log.get(`v1/ledger/${tilePath(tile)}`), width);
      if (!decoded.ok) throw new Unreadable(tilePath(tile), say('verifying.not-so-many-entries', { width, reason: decoded.reason }));
      return { bytes: decoded.value };
    },
    tile: (tile) => log.get(`v1/ledger/${tilePath(tile)}`),
    stream: async (name) => {
      const task = taskStream.idIn(name);
      if (task === undefined) throw new Unreadable(name, say('verifying.no-stream-of-a-task'));
      const lines = (await log.get(`v1/log/events?task=${encodeURIComponent(task)}`, 'application/x-ndjson'))
        .toString('utf8')
        .split('\n')
        .slice(0, -1);
      const own = lines.filter((line) => eventOf(line).subject === name);
      const last = own.at(-1);
      if (last === undefined) throw new Unreadable(name, say('verifying.has-no-events'));
      const proof = await log.get(`v1/log/events/${encodeURIComponent(String(eventOf(last).id))}/proof`);
      return { leaves: own.map((line) => Buffer.from(line, 'utf8')), proof };
    },
    close: () => undefined,
  };
};

const eventOf = (line: string): { readonly subject?: unknown; readonly id?: unknown } => {
  const value: unknown = JSON.parse(line);
  // Whatever it is, its members are compared with what was asked for.
  return Object(value) as { readonly subject?: unknown; readonly id?: unknown };
};
