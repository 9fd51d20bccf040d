import { projections } from '../../projections/index.ts';
import { catalogue } from '../domain/catalogue.ts';
import { define, type Definitions } from '../projecting/definitions.ts';
import { openViews, type Views } from '../projecting/views.ts';
import { ledgerSink } from '../ledger/tiles-sink.ts';

/** What `openOwnViews` opens, for whoever builds it. */
export const ownDefinitions = (): Definitions => define(projections, catalogue, ledgerSink);

/** The views of this program, and the ledger's tree, in one file; `unproven` leaves out the tree. */
export const openOwnViews = (path: string, { unproven = false }: { readonly unproven?: boolean } = {}): Views =>
  openViews(path, projections, catalogue, unproven ? {} : { sink: ledgerSink });
