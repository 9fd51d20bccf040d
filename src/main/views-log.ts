import type { Projector, ProjectorNote } from '../projecting/projector.ts';
import type { Logger } from './logger.ts';
import { inEnglish } from '../messages/words.ts';

/** What the log of the service says of its views: that a rebuild begins, how it goes on, that it ended. */

const INTERVAL_MILLIS = 3_000;

export type ViewsLog = {
  readonly hear: (note: ProjectorNote) => void;
  /** Whose rebuilds they are: it is there only after it may have begun one. */
  readonly follow: (projector: Pick<Projector, 'rebuilding'>) => void;
};

export const viewsLog = (logger: Logger): ViewsLog => {
  let projector: Pick<Projector, 'rebuilding'> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const hear = (note: ProjectorNote): void => {
    switch (note.kind) {
      case 'rebuild-begun': {
        logger.info({ head: note.head }, `rebuilding the views: ${inEnglish(note.reason)}`);
        clearInterval(timer);
        timer = setInterval(() => {
          const rebuilding = projector?.rebuilding();
          if (rebuilding !== undefined) logger.info(rebuilding, `rebuilding the views: ${rebuilding.position} of ${rebuilding.head}`);
        }, INTERVAL_MILLIS).unref();
        return;
      }
      case 'rebuild-ended': {
        clearInterval(timer);
        const { position, millis, error } = note;
        if (error === undefined) logger.info({ position, millis }, `the views are rebuilt: at ${position}`);
        else if (error instanceof DOMException && error.name === 'AbortError')
          logger.info('the rebuild of the views is given up: the service stops');
        else logger.warn({ millis, err: error }, 'the rebuild of the views came to nothing');
        return;
      }
      default:
        logger.info({ position: note.position }, 'the views follow the log again');
    }
  };
  return {
    hear,
    follow: (started) => {
      projector = started;
    },
  };
};
