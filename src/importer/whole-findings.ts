import type { Source } from '../documents/source.ts';
import type { AccountedLine, ReadItem } from './document-reading.ts';
import { announcedIn } from './parts/announced.ts';
import type { Context } from './parts/context.ts';
import type { Head } from './shape/head.ts';
import { stateSaid } from '../messages/named.ts';
import { say } from '../messages/message.ts';

/** What only the whole document shows. */

export const headFindings = ({ number, title, issuer, date }: Head, { blocks }: Source, raise: Context['raise']): void => {
  const at = blocks[0]?.address ?? '';
  if (number === null) raise('number-missing', at, say('finding.no-document-number-was-found-an-id'), false);
  if (title === null) raise('title-missing', at, say('finding.no-title-was-found'), true);
  if (issuer === null) raise('issuer-missing', at, say('finding.who-issues-the-document-was-not-found'), true);
  if (date === null) raise('date-missing', at, say('finding.the-day-of-the-document-was-not'), true);
};

export const collectiveFindings = (items: readonly ReadItem[], raise: Context['raise']): void => {
  const named = Map.groupBy(
    items.flatMap((item) =>
      [item, ...item.children].flatMap(({ assignees, address, number }) =>
        assignees.filter(({ kind }) => kind === 'collective').map(({ name }) => ({ name, address, number })),
      ),
    ),
    ({ name }) => name,
  );
  for (const [name, uses] of named)
    raise(
      'collective-unresolved',
      uses[0]?.address ?? '',
      say(uses.length === 1 ? 'finding.stands-for-unlisted-in-one' : 'finding.stands-for-unlisted-in-several', {
        name,
        count: uses.length,
      }),
      false,
    );
};

export const countFindings = (title: string | null, items: readonly ReadItem[], source: Source, raise: Context['raise']): void => {
  const at = source.blocks[0]?.address ?? '';
  const announced = title === null ? null : announcedIn(title);
  if (announced !== null && announced !== items.length)
    raise('count-differs', at, say('finding.the-title-announces-and-were-read', { announced, count: items.length }), true);
  if (items.length === 0) raise('no-items', at, say('finding.nothing-was-found-that-is-assigned-to'), true);
};

/** Parties without place or level that are offices of one body: 基教科, 安保科. */
export const officeFindings = (items: readonly ReadItem[], raise: Context['raise']): void => {
  const offices = new Set(
    items.flatMap(({ assignees }) => assignees.map(({ name }) => name)).filter((name) => /^(?![省市县区州]).*(?:科|股|处|室)$/u.test(name)),
  );
  if (offices.size > 0)
    raise('layout', '', say('finding.offices-inside-one-body-are-the-parties', { names: [...offices].slice(0, 5).join('、') }), false);
};

/** Deadlines before the document itself. */
export const orderFindings = (items: readonly ReadItem[], date: string | null, raise: Context['raise']): void => {
  for (const { number, deadline, address } of items)
    if (date !== null && deadline?.date != null && deadline.date < date)
      raise(
        'date-order',
        address,
        say('finding.the-deadline-of-lies-before-the-document', { number, date: deadline.date, date2: date }),
        true,
      );
};

/** Every line that nobody read. */
export const unreadFindings = (lines: readonly AccountedLine[], raise: Context['raise']): void => {
  for (const { use, text, address } of lines)
    if (use === 'unread' && text.trim() !== '') raise('unread', address, say('finding.was-not-read', { text: text.slice(0, 60) }), true);
};

/** What the reader of the file said of it. */
export const sourceFindings = ({ remarks, encoding, blocks }: Source, raise: Context['raise']): void => {
  for (const { kind, address, detail, said } of remarks)
    raise(
      'source-remark',
      address,
      say('finding.about', { what: stateSaid(kind), detail: said ?? detail }),
      kind === 'formula-without-result' || kind === 'text-missing' || kind === 'tracked-change',
    );
  if (encoding !== null && encoding !== 'utf-8')
    raise('source-remark', blocks[0]?.address ?? '', say('finding.encoding-not-utf-8', { encoding }), false);
};
