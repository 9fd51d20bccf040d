import { projections } from '../projections/index.ts';
import { catalogue } from './catalogue.ts';
import { openViews, type Views } from './projecting/views.ts';
import { ledgerSink } from './proving/tiles-sink.ts';

/** The views of this program, and the ledger's tree, in one file. */
export const openOwnViews = (path: string): Views => openViews(path, projections, catalogue, { sink: ledgerSink });
