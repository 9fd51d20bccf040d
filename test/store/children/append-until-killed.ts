import { openSync, writeSync } from 'node:fs';
import { systemClock } from '../../../src/kernel/clock.ts';
import { WrongRevision, type ExpectedRevision } from '../../../src/store/event-store.ts';
import { openSqliteStore } from '../../../src/store/sqlite.ts';
import { drafts } from '../../contract/drafts.ts';

/**
 * A process with many writers that never stops by itself. Every acknowledged event is written to a file before
 * the writer goes on, so what stands there was promised.
 */
const [path, acknowledgedPath] = process.argv.slice(2);
if (path === undefined || acknowledgedPath === undefined) throw new Error('usage: append-until-killed <log> <acknowledged>');

const WRITERS = 24;
/** Fewer streams than writers: some race. */
const STREAMS = 16;

const store = openSqliteStore({ path, clock: systemClock });
const acknowledged = openSync(acknowledgedPath, 'a');

const write = async (writer: number): Promise<never> => {
  const stream = `task-${writer % STREAMS}`;
  let expected: ExpectedRevision = (await store.readStream(stream)).at(-1)?.revision ?? 'none';
  for (;;) {
    const events = drafts(stream, 1 + (writer % 3));
    try {
      const { positions, revision } = await store.append(stream, expected, events);
      expected = revision;
      writeSync(acknowledged, events.map(({ id }, index) => `${id} ${stream} ${positions[index]}\n`).join(''));
    } catch (error) {
      if (!(error instanceof WrongRevision)) throw error;
      expected = error.actual;
    }
  }
};

await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
