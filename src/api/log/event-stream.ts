import type { Turns } from '../../http/limits/turns.ts';
import type { EventStore, StoredEvent } from '../../store/event-store.ts';
import type { News } from './news.ts';

/** The log as server-sent events (WHATWG HTML, "Server-sent events"). */

const HEARTBEAT_MILLIS = 15_000;
const RETRY_MILLIS = 2_000;

/** Events read at once, and bytes of them given at once: a slow reader holds no more than these in memory. */
const PAGE = 50;
export const CHUNK_BYTES = 64 * 1024;

const frame = ({ position, envelope, bytes }: StoredEvent): Buffer =>
  Buffer.concat([Buffer.from(`id: ${position}\nevent: ${envelope.type}\ndata: `), bytes, Buffer.from('\n\n')]);

/** Frames together, as many as one chunk holds; one frame may be larger. */
function* chunks(frames: readonly Buffer[]): Generator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for (const next of frames) {
    if (bytes > 0 && bytes + next.length > CHUNK_BYTES) {
      yield Buffer.concat(held);
      held = [];
      bytes = 0;
    }
    held.push(next);
    bytes += next.length;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

export type StreamReader = {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly news: News;
  readonly turns: Turns;
  /** Whose turn it takes. */
  readonly subject: string;
  readonly after: number;
  /** The service stops, or the reader has left. */
  readonly endings: readonly AbortSignal[];
  readonly stalledMillis: number;
  /** The reader has taken nothing for so long. */
  readonly onStalled: () => void;
};

/**
 * Frames from a position on, until the reader leaves or the service closes. The next ones are read when the reader has
 * taken the ones before. One that takes none is told of, to be closed: by Last-Event-ID it comes back to where it was.
 */
export async function* eventStream(reader: StreamReader): AsyncGenerator<Buffer> {
  const { store, news, turns, subject, endings, stalledMillis, onStalled } = reader;
  const heard = { news: false, end: endings.some(({ aborted }) => aborted) };
  let wake = (): void => undefined;
  const over = (): void => {
    heard.end = true;
    wake();
  };
  const onNews = (): void => {
    heard.news = true;
    wake();
  };
  /** Until there is something to do, or for as long as a proxy bears silence. */
  const pause = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, HEARTBEAT_MILLIS);
    wake = resolve;
    await promise;
    clearTimeout(timer);
  };
  function* give(bytes: Buffer): Generator<Buffer> {
    const timer = setTimeout(onStalled, stalledMillis);
    try {
      yield bytes; // comes back when the reader asks for more
    } finally {
      clearTimeout(timer);
    }
  }

  for (const ending of endings) ending.addEventListener('abort', over);
  const unlisten = news.listen({ onNews, onEnd: over });
  try {
    let from = reader.after;
    yield* give(Buffer.from(`retry: ${RETRY_MILLIS}\n\n`));
    while (!heard.end) {
      heard.news = false; // before reading: what comes meanwhile is not missed
      const frames = await turns.take({ subject, route: 'stream' }, () => {
        const events = store.readAll(from, PAGE);
        from = events.at(-1)?.position ?? from;
        return events.map(frame);
      });
      for (const bytes of chunks(frames)) yield* give(bytes);
      if (frames.length > 0 || heard.news) continue;
      await pause();
      if (!heard.end && !heard.news) yield* give(Buffer.from(': \n\n'));
    }
  } finally {
    for (const ending of endings) ending.removeEventListener('abort', over);
    unlisten();
  }
}
