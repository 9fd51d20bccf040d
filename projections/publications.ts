import { defineProjection, json, type Recorded } from '../src/projecting/projection.ts';
import { known } from './known.ts';
import type { NoticeEvent, NoticeLine } from '../src/notices/events.ts';
import type { SnapshotEvent } from '../src/snapshots/events.ts';

/** What the office published: snapshots and circulation notices, as of any position. */

export type SnapshotDoc = Extract<SnapshotEvent, { type: 'SnapshotTaken' }>['data'] & { readonly id: string; readonly takenAt: string };

export type NoticeDoc = {
  readonly id: string;
  readonly status: 'drafted' | 'issued';
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
  readonly draftedAt: number;
  readonly issuedAt: number | null;
};

const idIn = (prefix: string, { stream }: Recorded<NoticeEvent | SnapshotEvent>): string => stream.slice(prefix.length);

export const publications = defineProjection<SnapshotEvent | NoticeEvent>()({
  name: 'publications',
  version: 1,
  tables: {
    snapshot: { kind: 'versioned', key: ['snapshot'], columns: { snapshot: 'text', directive: 'text', doc: json<SnapshotDoc>() }, listedBy: [[], ['directive']] },
    notice: { kind: 'versioned', key: ['notice'], columns: { notice: 'text', directive: 'text', doc: json<NoticeDoc>() }, listedBy: [[], ['directive']] },
  },
  on: {
    SnapshotTaken: (event, rows) => {
      const id = idIn('snapshot-', event);
      const doc: SnapshotDoc = { id, takenAt: event.receivedAt, ...event.data };
      rows.put('snapshot', { snapshot: id, directive: event.data.directive, doc });
    },
    NoticeDrafted: (event, rows) => {
      const id = idIn('notice-', event);
      const doc: NoticeDoc = { id, status: 'drafted', number: null, issuedOn: null, draftedAt: event.position, issuedAt: null, ...event.data };
      rows.put('notice', { notice: id, directive: event.data.directive, doc });
    },
    NoticeIssued: (event, rows) => {
      const id = idIn('notice-', event);
      const { doc } = known(rows.get('notice', { notice: id }), event);
      const { number, issuedOn } = event.data;
      rows.put('notice', { notice: id, directive: doc.directive, doc: { ...doc, status: 'issued', number, issuedOn, issuedAt: event.position } });
    },
  },
});
