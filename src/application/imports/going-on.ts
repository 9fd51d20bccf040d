import type { Measure } from '../../kernel/measure.ts';
import { say, type Text } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';
import type { Commits } from './commits.ts';
import type { Unfinished } from './unfinished.ts';

/**
 * Goes on with commits that were cut short, one after the other. Where this process alone writes the log, nobody else can be at
 * one; on a cluster another replica may be, and is left to it as long as its steps come in.
 */

export type GoingOn = { readonly measures: readonly Measure[]; readonly stop: () => Promise<void> };

const LOOK_MILLIS = 500;
/** Looks at which nothing of it has come in, before a commit that another replica has begun is taken over: some 5 s. */
const SILENT_LOOKS = 10;
/** Between two tries, in looks: twice as many after each, until it is some 15 s. */
const MOST_PAUSE = 30;

type Watched = {
  /** How far it was; empty where that is not looked for, or this process was at it. */
  readonly mark: string;
  /** Looks since the mark is this one. */
  readonly silent: number;
  readonly tries: number;
  /** Looks until it is tried again. */
  readonly pause: number;
};

const seenFirst: Watched = { mark: '', silent: 0, tries: 0, pause: 0 };

export const startGoingOn = (options: {
  readonly commits: Commits;
  readonly singleWriter: boolean;
  /** Nothing is done before the views hold what the log held. */
  readonly isBehind: () => boolean;
  readonly onNote: (note: 'goes-on' | 'stopped' | 'done', of: Unfinished, reason: Text | undefined) => void;
}): GoingOn => {
  const { commits, singleWriter, isBehind, onNote } = options;
  const silentLooks = singleWriter ? 0 : SILENT_LOOKS;
  let watched: ReadonlyMap<string, Watched> = new Map();
  let running: Promise<void> | undefined;
  let isStopping = false;

  const goOn = async (of: Unfinished, { silent, tries }: Watched): Promise<Watched> => {
    const before = commits.stopped(of.id);
    if (before === undefined) onNote('goes-on', of, undefined);
    await commits.goOn(of, () => {
      if (isStopping) throw new Told(say('application.imports.service-stops'));
    });
    const reason = commits.stopped(of.id);
    if (reason === undefined) onNote('done', of, undefined);
    else if (before === undefined && !isStopping) onNote('stopped', of, reason);
    return { mark: '', silent, tries: tries + 1, pause: Math.min(MOST_PAUSE, 2 ** tries) };
  };

  const looked = async (of: Unfinished): Promise<Watched> => {
    if (commits.isUnderWay(of.id)) return seenFirst;
    const mark = singleWriter ? '' : commits.mark(of);
    const last = watched.get(of.id) ?? seenFirst;
    const isAdvanced = last.mark !== '' && last.mark !== mark;
    if (isAdvanced) commits.advanced(of.id);
    const now: Watched = { ...(isAdvanced ? seenFirst : last), mark };
    if (now.silent < silentLooks) return { ...now, silent: now.silent + 1 };
    if (now.pause > 0) return { ...now, pause: now.pause - 1 };
    return isStopping ? now : goOn(of, now);
  };

  const look = async (): Promise<void> => {
    const seen = new Map<string, Watched>();
    for (const of of commits.list()) seen.set(of.id, await looked(of));
    watched = seen;
  };

  const timer = setInterval(() => {
    if (running !== undefined || isBehind()) return;
    running = look()
      .catch(() => undefined) // the views cannot be read just now: the next look will
      .finally(() => {
        running = undefined;
      });
  }, LOOK_MILLIS).unref();

  const count = (isWanted: (reason: Text | undefined) => boolean): number => {
    try {
      return commits.list().filter(({ id }) => isWanted(commits.stopped(id))).length;
    } catch {
      return 0;
    }
  };

  return {
    measures: [
      {
        kind: 'gauge',
        name: 'duban_imports_committing',
        help: 'Imports whose commit has begun and is not at its end.',
        read: () => count(() => true),
      },
      {
        kind: 'gauge',
        name: 'duban_imports_stopped',
        help: 'Those of them that do not go on; GET /v1/imports/{id} says why.',
        read: () => count((reason) => reason !== undefined),
      },
    ],
    stop: async () => {
      isStopping = true;
      clearInterval(timer);
      await running;
    },
  };
};
