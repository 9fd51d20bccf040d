import { unreachable } from '../../kernel/decider.ts';
import { streamsNamed } from '../../kernel/stream.ts';
import type { Correction, Drafted, ImportEvent, Reissued } from './events.ts';

export type ImportState = {
  readonly status: 'none' | 'draft' | 'committing' | 'committed';
  readonly drafted: Drafted | null;
  readonly corrections: readonly Correction[];
  /** Under which it is being committed. */
  readonly directive: string | null;
  /** How it is taken, where it is another edition of a document in force. */
  readonly reissue?: Reissued;
  /** A person has decided lines of the difference since its commit began: it goes on when it is sent again. */
  readonly decidedSince?: boolean;
};

const nothing: ImportState = { status: 'none', drafted: null, corrections: [], directive: null };

export const evolveImport = (state: ImportState, event: ImportEvent): ImportState => {
  switch (event.type) {
    case 'ImportDrafted':
      return { ...nothing, status: 'draft', drafted: event.data };
    case 'ImportCorrected':
      return {
        ...state,
        corrections: [...state.corrections, event.data],
        ...(state.status === 'committing' && { decidedSince: true }),
      };
    case 'ImportCommitBegun':
      return {
        ...state,
        status: 'committing',
        decidedSince: false,
        directive: event.data.directive,
        ...(event.data.reissue && { reissue: event.data.reissue }),
      };
    case 'ImportCommitted':
      return { ...state, status: 'committed', directive: event.data.directive };
    default:
      return unreachable(event);
  }
};

export const importStream = streamsNamed('import-');

const ID_LENGTH = 20;

/** The same bytes are the same import. */
export const importIdOf = (sha256: string): string => sha256.slice(0, ID_LENGTH);

export const importFolding = { initial: nothing, evolve: evolveImport };
