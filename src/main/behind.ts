import type { Behind } from '../kernel/measure.ts';
import type { Projector } from '../projecting/projector.ts';
import type { Views } from '../projecting/views.ts';
import type { EventStore } from '../store/event-store.ts';
import type { OpenLog } from './open-log.ts';
import { say, type Message } from '../messages/message.ts';

/**
 * Whether the present can be read: not before the views hold all that the log held when it was opened. Until then an
 * answer would leave out what was acknowledged long ago. What was added since is waited for by whoever knows of it.
 */
export const watchBehind = (deps: {
  readonly log: Pick<EventStore, 'head'>;
  readonly views: Pick<Views, 'position' | 'stale'>;
  readonly projector: Pick<Projector, 'state' | 'rebuilding'>;
  readonly opened: Pick<OpenLog, 'caughtUp' | 'filling' | 'progress'>;
}): (() => Behind | undefined) => {
  const { log, views, projector, opened } = deps;
  let owed = log.head().position;
  let isWhole = opened.caughtUp();
  /** Once they were there they stay: a rebuild goes on beside the views in use, unless their file is damaged. */
  let reached = false;

  return () => {
    if (reached && isWhole && views.stale() === undefined) return undefined;
    if (!isWhole && opened.caughtUp()) {
      isWhole = true;
      owed = Math.max(owed, log.head().position);
    }
    const position = views.position();
    const filling = opened.filling();
    if (filling !== undefined) {
      const { position: at, behind = 0 } = opened.progress() ?? { position: log.head().position };
      return { reason: filling, position: at, head: at + behind, soon: false, empty: true };
    }
    reached = views.stale() === undefined && position >= owed;
    if (reached) return undefined;
    const rebuilding = projector.rebuilding();
    const state = projector.state();
    if (rebuilding !== undefined) return { reason: say('main.views-rebuilt'), ...rebuilding, soon: false, empty: false };
    if (state.state === 'halted')
      return { reason: say('main.views-halted', { reason: state.reason }), position, head: owed, soon: false, empty: false };
    return { reason: say('main.views-catching-up'), position, head: owed, soon: true, empty: false };
  };
};

export const behindText = ({ reason, position, head }: Behind): Message => say('http.at', { reason, position, head });
