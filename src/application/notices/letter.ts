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

/** A notice, or what a reader may see of it: then about the units that are named in it alone. */
type Shown = Pick<NoticeDoc, 'lines' | 'title' | 'number' | 'issuedOn' | 'issuedAt' | 'directive' | 'period' | 'position' | 'snapshot'> & {
  readonly isExtract: boolean;
};

/** What an issued notice said of its tasks stays as it was said then; undefined of a draft, and of one that kept no letter. */
const issuedFaults = (store: Reads['store'], { issuedAt, lines }: Shown): readonly NamedFault[] | undefined => {
  const envelope = issuedAt === null ? undefined : store.at(issuedAt)?.envelope;
  const event = envelope && catalogue.fromWire(envelope.type, envelope.data);
  if (event?.type !== 'NoticeIssued') return undefined;
  const named = new Set(lines.map(({ name }) => name));
  return event.data.document?.facts.faults.filter(({ unit }) => named.has(unit));
};

export const noticeFactsOf = (reads: Reads, told: Shown): NoticeFacts => {
  const { knowledge, store, views } = reads;
  const taken = views.one(snapshotTable, { snapshot: told.snapshot }, views.position())?.doc;
  const body = taken && bodyFromViews(knowledge, store, taken);
  const heading = knowledge.directive(told.directive, told.position);
  if (body === undefined || heading === undefined)
    throw new Error(`a notice rests on the snapshot ${told.snapshot}, which cannot be made again`);
  const named = new Set(told.lines.map(({ unit }) => unit));
  return {
    number: told.number,
    issuedOn: told.issuedOn,
    title: told.title,
    directive: { title: heading.title, number: heading.number, issuer: heading.issuer },
    period: told.period,
    at: momentOf(body.basis),
    timeZone: body.basis.timeZone,
    units: body.units
      .filter(({ unit }) => !told.isExtract || named.has(unit))
      .map(({ name, onTime, late, missing, awaiting = 0 }) => ({ name, onTime, late, missing, awaiting })),
    faults: [
      ...(issuedFaults(store, told) ??
        faultsOf(told.lines, taskLabels(reads, told.position, momentAt(momentOf(body.basis), body.basis.timeZone)))),
    ],
    isExtract: told.isExtract,
  };
};

export const letterOf = ({ template }: Pick<LetterTemplate, 'template'>, facts: NoticeFacts): Letter => writeLetter(template, facts);

/** What an issued notice records of its letter, and the bytes. */
export const documentOf = async (
  written: LetterTemplate,
  facts: NoticeFacts,
): Promise<{ readonly document: NoticeDocument; readonly bytes: Uint8Array }> => {
  const letter = letterOf(written, facts);
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
