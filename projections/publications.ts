import { json, type Recorded, type Rows, type Tables } from '../src/projecting/projection.ts';
import { known } from './known.ts';
import { viewOf } from './view.ts';
import type { NoticeEvent, NoticeLine } from '../src/domain/notices/events.ts';
import { noticeStream } from '../src/domain/notices/state.ts';
import type { SnapshotEvent } from '../src/domain/snapshots/events.ts';
import { snapshotStream } from '../src/domain/snapshots/state.ts';

/** What the office published: snapshots and circulation notices, as of any position. */

export type SnapshotDoc = Extract<SnapshotEvent, { type: 'SnapshotTaken' }>['data'] & { readonly id: string; readonly takenAt: string };

export type NoticeDoc = {
  readonly id: string;
  readonly status: 'drafted' | 'issued' | 'withdrawn';
  readonly title: string;
  readonly number: string | null;
  readonly issuedOn: string | null;
  readonly snapshot: string;
  readonly snapshotDigest: string;
  readonly directive: string;
  readonly period: string | null;
  readonly position: number;
  readonly on: string;
  readonly rule: string;
  readonly lines: readonly NoticeLine[];
  readonly corrections: readonly {
    readonly n: number;
    readonly unit: string | null;
    readonly statement: string;
    readonly reason: string;
    readonly authority: string;
    readonly at: string;
  }[];
  readonly withdrawal: { readonly reason: string; readonly authority: string; readonly at: string } | null;
  readonly objections: readonly {
    readonly n: number;
    readonly unit: string;
    readonly text: string;
    readonly raisedAt: string;
    readonly answer: { readonly upheld: boolean; readonly text: string; readonly at: string } | null;
  }[];
  readonly draftedAt: number;
  readonly issuedAt: number | null;
  /** The letter as issued: its bytes are an attachment. */
  readonly document: { readonly sha256: string; readonly size: number; readonly mediaType: string } | null;
};

const tables = {
  snapshot: {
    kind: 'versioned',
    key: ['snapshot'],
    columns: { snapshot: 'text', directive: 'text', doc: json<SnapshotDoc>() },
    listedBy: [[], ['directive']],
  },
  notice: {
    kind: 'versioned',
    key: ['notice'],
    columns: { notice: 'text', directive: 'text', doc: json<NoticeDoc>() },
    listedBy: [[], ['directive']],
  },
} as const satisfies Tables;

const change = (event: Recorded<NoticeEvent>, rows: Rows<typeof tables>, to: (doc: NoticeDoc) => NoticeDoc): void => {
  const notice = noticeStream.idOf(event.stream);
  const { doc } = known(rows.get('notice', { notice }), event);
  rows.put('notice', { notice, directive: doc.directive, doc: to(doc) });
};

export const publications = viewOf<SnapshotEvent | NoticeEvent>()({
  name: 'publications',
  version: 2,
  tables,
  on: {
    SnapshotTaken: (event, rows) => {
      const id = snapshotStream.idOf(event.stream);
      const doc: SnapshotDoc = { id, takenAt: event.receivedAt, ...event.data };
      rows.put('snapshot', { snapshot: id, directive: event.data.directive, doc });
    },
    NoticeDrafted: (event, rows) => {
      const id = noticeStream.idOf(event.stream);
      const doc: NoticeDoc = {
        id,
        status: 'drafted',
        number: null,
        issuedOn: null,
        corrections: [],
        withdrawal: null,
        objections: [],
        draftedAt: event.position,
        issuedAt: null,
        document: null,
        ...event.data,
      };
      rows.put('notice', { notice: id, directive: event.data.directive, doc });
    },
    NoticeIssued: (event, rows) => {
      const { number, issuedOn, document } = event.data;
      const letter = document === undefined ? null : { sha256: document.sha256, size: document.size, mediaType: document.mediaType };
      change(event, rows, (doc) => ({ ...doc, status: 'issued', number, issuedOn, issuedAt: event.position, document: letter }));
    },
    NoticeCorrected: (event, rows) => {
      change(event, rows, (doc) => ({ ...doc, corrections: [...doc.corrections, { ...event.data, at: event.receivedAt }] }));
    },
    NoticeWithdrawn: (event, rows) => {
      change(event, rows, (doc) => ({ ...doc, status: 'withdrawn', withdrawal: { ...event.data, at: event.receivedAt } }));
    },
    ObjectionRaised: (event, rows) => {
      const { n, unit, text } = event.data;
      change(event, rows, (doc) => ({
        ...doc,
        objections: [...doc.objections, { n, unit, text, raisedAt: event.receivedAt, answer: null }],
      }));
    },
    ObjectionAnswered: (event, rows) => {
      const { n, upheld, text } = event.data;
      const answer = { upheld, text, at: event.receivedAt };
      change(event, rows, (doc) => ({
        ...doc,
        objections: doc.objections.map((objection) => (objection.n === n ? { ...objection, answer } : objection)),
      }));
    },
  },
});
