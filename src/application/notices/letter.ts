import { publications, type NoticeDoc } from '../../../projections/publications.ts';
import { catalogue } from '../../domain/catalogue.ts';
import type { NoticeDocument } from '../../domain/notices/events.ts';
import type { NamedFault, NoticeFacts } from '../../domain/notices/letter-facts.ts';
import type { SnapshotBody } from '../../domain/snapshots/body.ts';
import { sha256Hex } from '../../kernel/canonical.ts';
import { civilDay } from '../../kernel/civil-days.ts';
import { instantMillis } from '../../kernel/clock.ts';
import { momentAt } from '../../kernel/moment.ts';
import { tableOf } from '../../projecting/projection.ts';
import { FILE_TYPES } from '../../publishing/file-types.ts';
import type { Letter } from '../../publishing/letters/letter.ts';
import { extractOf } from '../../publishing/letters/placeholders.ts';
import { LETTER_WRITER, wordsDigest } from '../../publishing/letters/words.ts';
import { DEFAULT_TEMPLATE, readTemplate, writeLetter, type Template } from '../../publishing/letters/template.ts';
import type { Services } from '../services.ts';
import { taskLabels } from '../tasks/task-label.ts';
import { bodyFromViews } from '../snapshots/recompute.ts';
import { say } from '../../messages/message.ts';
import { Told } from '../../messages/told.ts';

/** The letter of a circulation notice: its facts from the snapshot that it rests on, its words from the office's template. */

const snapshotTable = tableOf(publications, 'snapshot');

/** A template as the office wrote it, and as it is used. */
export type LetterTemplate = { readonly text: string; readonly template: Template };

/** @throws Told  naming the lines that cannot be used */
export const letterTemplate = (text: string = DEFAULT_TEMPLATE): LetterTemplate => {
  const read = readTemplate(text);
  if (!read.ok)
    throw new Told(
      say('http.faults', {
        faults: { clauses: read.faults.map(({ line, message }) => say('application.notices.line', { line, message })) },
      }),
    );
  return { text, template: read.template };
};

type Reads = Pick<Services, 'knowledge' | 'store' | 'views'>;

const faultsOf = (lines: NoticeDoc['lines'], labelOf: (task: string) => string): readonly NamedFault[] =>
  lines.flatMap(({ name, late, missing }) => [
    ...late.map(({ task, period, daysLate }) => ({ unit: name, task: labelOf(task), period, daysLate })),
    ...missing.map(({ task, period }) => ({ unit: name, task: labelOf(task), period, daysLate: null })),
  ]);

const momentOf = ({ at, on, timeZone }: SnapshotBody['basis']): number =>
  at === undefined ? civilDay(on, timeZone).end - 1 : instantMillis(at);

type Whole = Pick<NoticeDoc, 'lines' | 'title' | 'number' | 'issuedOn' | 'issuedAt' | 'directive' | 'period' | 'position' | 'snapshot'>;

/** As it was issued, whatever tasks are called and templates say now; undefined of a draft, and of a notice that kept no letter. */
const issuedLetter = (
  store: Reads['store'],
  { issuedAt }: Whole,
): { readonly template: Template; readonly facts: NoticeFacts } | undefined => {
  const envelope = issuedAt === null ? undefined : store.at(issuedAt)?.envelope;
  const event = envelope && catalogue.fromWire(envelope.type, envelope.data);
  const document = event?.type === 'NoticeIssued' ? event.data.document : undefined;
  const read = document && readTemplate(document.template);
  return document !== undefined && read?.ok === true ? { template: read.template, facts: document.facts } : undefined;
};

export const noticeFactsOf = (reads: Reads, told: Whole): NoticeFacts => {
  const { knowledge, store, views } = reads;
  const taken = views.one(snapshotTable, { snapshot: told.snapshot }, views.position())?.doc;
  const body = taken && bodyFromViews(knowledge, store, taken);
  const heading = knowledge.directive(told.directive, told.position);
  if (body === undefined || heading === undefined)
    throw new Error(`a notice rests on the snapshot ${told.snapshot}, which cannot be made again`);
  return {
    number: told.number,
    issuedOn: told.issuedOn,
    title: told.title,
    directive: { title: heading.title, number: heading.number, issuer: heading.issuer },
    period: told.period,
    at: momentOf(body.basis),
    timeZone: body.basis.timeZone,
    units: body.units.map(({ name, onTime, late, missing, awaiting = 0 }) => ({ name, onTime, late, missing, awaiting })),
    faults: [...faultsOf(told.lines, taskLabels(reads, told.position, momentAt(momentOf(body.basis), body.basis.timeZone)))],
    isExtract: false,
  };
};

/** The letter of a notice; with the names of units, an extract with the lines about them. */
export const letterOf = (reads: Reads, { template }: LetterTemplate, notice: Whole, own: readonly string[] | null): Letter => {
  const written = issuedLetter(reads.store, notice) ?? { template, facts: noticeFactsOf(reads, notice) };
  return writeLetter(written.template, own === null ? written.facts : extractOf(written.facts, own));
};

/** What an issued notice records of its letter, and the bytes. */
export const documentOf = async (
  written: LetterTemplate,
  facts: NoticeFacts,
): Promise<{ readonly document: NoticeDocument; readonly bytes: Uint8Array }> => {
  const letter = writeLetter(written.template, facts);
  const { letterDocx } = await import('../../publishing/letters/docx.ts'); // loaded when it is wanted: few requests do
  const bytes = await letterDocx(letter);
  const document = {
    sha256: sha256Hex(bytes),
    size: bytes.byteLength,
    mediaType: FILE_TYPES.docx,
    writer: LETTER_WRITER,
    template: written.text,
    facts,
    words: wordsDigest(letter),
  };
  return { document, bytes };
};
