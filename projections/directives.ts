import { json, type Recorded } from '../src/projecting/projection.ts';
import { known } from './known.ts';
import { viewOf } from './view.ts';
import { receiptOf } from './receipt.ts';
import type { DirectiveEvent, FindingKind, ImportCounts, PolicyEvent, Prose } from '../src/domain/directives/events.ts';
import type { AdoptedPolicy } from '../src/domain/directives/schedule.ts';
import { adoptedPolicy, directiveStream } from '../src/domain/directives/state.ts';

/** A directive's heading. Status `importing` until DirectiveIssued closes the import. */
export type DirectiveDoc = {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly issuer: string;
  readonly date: string;
  readonly timeZone: string;
  readonly status: 'importing' | 'issued';
  readonly prose: readonly Prose[];
  readonly source: { readonly sha256: string; readonly importer: string; readonly counts: ImportCounts } | null;
};

export type FindingDoc = {
  readonly n: number;
  readonly kind: FindingKind;
  readonly subject: string;
  /** null where a person raised it. */
  readonly line: number | null;
  readonly address?: string | undefined;
  readonly detail: string;
  readonly said?: { readonly key: string; readonly values: Readonly<Record<string, unknown>> } | undefined;
  /** Who raised it, where it was not the reader of the document. */
  readonly raised?: { readonly by: string; readonly at: string } | undefined;
  readonly decision: { readonly decision: string; readonly reason: string | null; readonly by: string; readonly at: string } | null;
};

/** The directive in whose stream this event is. */
const directiveOf = (event: Recorded<DirectiveEvent>): string => directiveStream.idOf(event.stream);

/** Directives, their findings and their policies, as of any position. */
export const directives = viewOf<DirectiveEvent | PolicyEvent>()({
  name: 'directives',
  version: 5,
  tables: {
    directive: { kind: 'versioned', key: ['directive'], columns: { directive: 'text', doc: json<DirectiveDoc>() }, listedBy: [[]] },
    finding: {
      kind: 'versioned',
      key: ['directive', 'n'],
      columns: { directive: 'text', n: 'integer', doc: json<FindingDoc>() },
      listedBy: [['directive']],
    },
    policy: {
      kind: 'versioned',
      key: ['directive', 'version'],
      columns: { directive: 'text', version: 'integer', doc: json<AdoptedPolicy>() },
      listedBy: [['directive']],
    },
  },
  on: {
    DirectiveImported: ({ data }, rows) => {
      const { directive, sourceSha256, importer, counts, profile: _, prose = [], ...heading } = data;
      const source = { sha256: sourceSha256, importer, counts };
      const doc: DirectiveDoc = { id: directive, ...heading, status: 'importing', prose, source };
      rows.put('directive', { directive, doc });
    },
    DirectiveIssued: ({ data }, rows) => {
      const { directive, ...heading } = data;
      const imported = rows.get('directive', { directive });
      const doc: DirectiveDoc = {
        id: directive,
        ...heading,
        status: 'issued',
        prose: imported?.doc.prose ?? [],
        source: imported?.doc.source ?? null,
      };
      rows.put('directive', { directive, doc });
    },
    DirectiveAmended: (event, rows) => {
      const { directive, number, title, issuer, date, timeZone, sourceSha256: sha256, importer, prose = [] } = event.data;
      const { doc } = known(rows.get('directive', { directive }), event);
      const source = doc.source && { ...doc.source, sha256, importer };
      rows.put('directive', { directive, doc: { ...doc, number, title, issuer, date, timeZone, prose, source } });
    },
    FindingRaised: (event, rows) => {
      const doc: FindingDoc = { ...event.data, decision: null };
      rows.put('finding', { directive: directiveOf(event), n: event.data.n, doc });
    },
    FindingRaisedByHand: (event, rows) => {
      const { address, ...found } = event.data;
      const raised = { by: event.actor.sub, at: event.receivedAt };
      const doc: FindingDoc = { ...found, line: null, ...(address !== null && { address }), raised, decision: null };
      rows.put('finding', { directive: directiveOf(event), n: found.n, doc });
    },
    FindingDecided: (event, rows) => {
      const { n, decision, reason } = event.data;
      const key = { directive: directiveOf(event), n };
      const { doc } = known(rows.get('finding', key), event);
      rows.put('finding', {
        ...key,
        doc: { ...doc, decision: { decision, reason, by: event.actor.sub, at: event.receivedAt } },
      });
    },
    PolicyAdopted: (event, rows) => {
      const { directive, version } = event.data;
      rows.put('policy', { directive, version, doc: adoptedPolicy(event, receiptOf(event)) });
    },
  },
});
