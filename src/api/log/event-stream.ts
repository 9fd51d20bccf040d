import type { EventStore, StoredEvent } from '../../store/event-store.ts';

/** The log as server-sent events (WHATWG HTML, "Server-sent events"). */

const HEARTBEAT_MILLIS = 15_000;
const RETRY_MILLIS = 2_000;

const frame = ({ position, envelope, bytes }: StoredEvent): string =>
  `id: ${position}\nevent: ${envelope.type}\ndata: ${Buffer.from(bytes).toString('utf8')}\n\n`;

type Batch = { readonly events: readonly StoredEvent[]; readonly taken: () => void };

/**
 * Frames from a position on, until the reader leaves or the service closes. The next batch is asked of the store
 * when the reader has taken the one before, so a slow reader holds one batch in memory and no more.
 */
export async function* eventStream(store: EventStore, after: number, closing: AbortSignal): AsyncGenerator<string> {
  let next = Promise.withResolvers<Batch>();
  const left = Promise.withResolvers<undefined>();
  const leave = (): void => left.resolve(undefined);
  closing.addEventListener('abort', leave);
  if (closing.aborted) leave();
  const subscription = store.subscribeAll(after, (events) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    next.resolve({ events, taken: resolve });
    return Promise.race([promise, left.promise]);
  });
  subscription.ended.catch(leave); // the log cannot be read on: the reader is not left waiting
  try {
    yield `retry: ${RETRY_MILLIS}\n\n`;
    for (;;) {
      const pause = Promise.withResolvers<'pause'>();
      const timer = setTimeout(() => pause.resolve('pause'), HEARTBEAT_MILLIS);
      const got = await Promise.race([next.promise, left.promise, pause.promise]);
      clearTimeout(timer);
      if (got === undefined) return;
      if (got === 'pause') {
        yield ': \n\n';
        continue;
      }
      next = Promise.withResolvers<Batch>();
      yield got.events.map(frame).join('');
      got.taken();
    }
  } finally {
    closing.removeEventListener('abort', leave);
    leave();
    await subscription.close();
  }
}
