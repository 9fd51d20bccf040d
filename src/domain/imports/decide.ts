import { accept, decideBy, reject, type CommandsOf, type Decide, type Decider, type OfType } from '../../kernel/decider.ts';
import {
  ImportCommitBegun,
  ImportCommitted,
  ImportCorrected,
  ImportDrafted,
  type Correction,
  type importActs,
  type ImportEvent,
} from './events.ts';
import { importFolding, type ImportState } from './state.ts';
import { say, type Text } from '../../messages/message.ts';

/** A finding that blocks and that nobody has settled. */
export type OpenFinding = { readonly n: number; readonly kind: string; readonly address: string; readonly detail: Text };

export type ImportCommand = CommandsOf<
  typeof importActs,
  {
    readonly BeginCommit: {
      /** In the reading as it is corrected now. */
      readonly open: readonly OpenFinding[];
    };
  }
>;

type Rule<Type extends ImportCommand['type']> = Decide<ImportState, OfType<ImportCommand, Type>, ImportEvent>;

const unknown = reject('import-unknown', say('imports.no-such-import'));

const draft: Rule<'DraftImport'> = (state, { type: _, ...drafted }) => {
  if (state.status === 'none') return accept(ImportDrafted(drafted));
  return state.drafted?.sha256 === drafted.sha256 ? accept() : reject('source-differs', say('imports.another-document-has-id-that-begins'));
};

/** Of an edition that is stopped, what is left of the difference; how it was read is settled. */
const decidesLines = ({ reissue }: ImportState, correction: Correction): boolean =>
  reissue !== undefined && Object.entries(correction).every(([field, value]) => field === 'difference' || value === undefined);

const correct: Rule<'CorrectImport'> = (state, { type: _, ...correction }) => {
  if (state.status === 'none') return unknown;
  if (state.status === 'committing' && !decidesLines(state, correction))
    return reject('import-committed', say('imports.commit-into-directive-has-begun', { directive: state.directive }));
  if (state.status === 'committed')
    return reject('import-committed', say('imports.content-in-directive-what-to-change', { directive: state.directive }));
  return Object.keys(correction).length === 0
    ? reject('nothing-changed', say('imports.correction-says-nothing'))
    : accept(ImportCorrected(correction));
};

const beginCommit: Rule<'BeginCommit'> = (state, { directive, reissue, open }) => {
  if (state.status === 'none') return unknown;
  // Cut short where somebody had acted in between, it goes on from the difference that was shown since.
  const isOther = reissue !== undefined && (reissue.base !== state.reissue?.base || state.decidedSince === true);
  const isAnew = state.status === 'committing' && isOther;
  if (state.status !== 'draft' && !isAnew) return accept();
  if (open.length > 0)
    return reject(
      'import-open',
      say(open.length === 1 ? 'imports.finding-open' : open.length > 3 ? 'imports.more-findings-open' : 'imports.findings-open', {
        count: open.length,
        first: { clauses: open.slice(0, 3).map(({ n, address, detail }) => say('imports.finding-at', { n, address, detail })) },
      }),
      { facts: { findings: open } },
    );
  return accept(ImportCommitBegun({ directive, ...(reissue && { reissue }) }));
};

const finishCommit: Rule<'FinishCommit'> = (state, { type: _, ...committed }) => {
  if (state.status === 'none') return unknown;
  return state.status === 'committed' ? accept() : accept(ImportCommitted(committed));
};

export const importDecider: Decider<ImportState, ImportCommand, ImportEvent> = {
  ...importFolding,
  decide: decideBy<ImportState, ImportCommand, ImportEvent>({
    DraftImport: draft,
    CorrectImport: correct,
    BeginCommit: beginCommit,
    FinishCommit: finishCommit,
  }),
};
