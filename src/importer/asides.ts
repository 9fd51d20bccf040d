import type { DocumentReading, ReadDeadline, ReadItem } from './document-reading.ts';
import type { Context } from './parts/context.ts';
import { deadlineForAll } from './parts/deadlines.ts';
import { sentencesOf, speaksOfReports, type Sentence } from './parts/schedule.ts';
import type { Accounts } from './shape/elements.ts';
import { markerOf } from './shape/numbering.ts';
import type { PlacedAside } from './shape/raw-item.ts';
import { say } from '../messages/message.ts';

/** 市人社局要…, 由市司法局按程序报…: somebody is to do something. Folded. */
const SAYS_WHO =
  /(?:由|请|责成|[省市县区州旗]|各)[\p{Script=Han}()、]{1,40}?(?:局|委|办|厅|政府|中心|单位|部门|公司|街道|[乡镇])(?:要|应|须|需|负责|牵头|配合|按|于|尽快|抓紧|组织|会同|落实)/u;

export type AsidesRead = {
  readonly sentences: readonly Sentence[];
  readonly prose: DocumentReading['prose'];
  /** A deadline for every item that has none of its own. */
  readonly forAll: ReadDeadline | null;
};

export const withDeadline = (items: readonly ReadItem[], forAll: ReadDeadline | null): readonly ReadItem[] =>
  forAll === null ? items : items.map((item) => ({ ...item, deadline: item.deadline ?? forAll }));

/** Sentences outside all items: the schedule, rules, and the prose of headings and head. */
export const readAsides = (asides: readonly PlacedAside[], hasItems: boolean, accounts: Accounts, context: Context): AsidesRead => {
  const sentences: Sentence[] = [];
  const prose: DocumentReading['prose'][number][] = [];
  let forAll: ReadDeadline | null = null;
  for (const { text, folded, address, refs, section, after } of asides) {
    const reports = sentencesOf({ folded, address }).filter((sentence) => speaksOfReports(sentence.text));
    for (const report of reports) sentences.push(report);
    const all = sentencesOf({ folded, address })
      .map((sentence) => deadlineForAll(sentence.text, address, context))
      .find((each) => each !== null);
    if (all !== undefined) forAll ??= all;
    for (const ref of refs)
      accounts.mark(ref, reports.length > 0 ? 'schedule' : all !== undefined ? 'deadline' : section === null ? 'head' : 'prose');
    if (section !== null) prose.push({ section, text, address });
    if (all !== undefined) continue;
    if (after !== null && reports.length === 0)
      context.raise(
        'prose-set-aside',
        address,
        say('finding.stands-behind-item-and-assigns-nothing-that', { text: text.slice(0, 60), after }),
        true,
      );
    else if (refs.length > 0 && hasItems && reports.length === 0 && markerOf(folded) !== null && SAYS_WHO.test(folded))
      context.raise('prose-set-aside', address, say('finding.is-numbered-says-who-and-is-no-task', { text: text.slice(0, 60) }), true);
    else if (refs.length > 0 && section === null && hasItems && reports.length === 0 && markerOf(folded) !== null)
      context.raise('prose-set-aside', address, say('finding.is-numbered-names-nobody-and-is-taken', { text: text.slice(0, 60) }), false);
    else if (refs.length > 0 && section !== null && hasItems && reports.length === 0)
      context.raise('prose-set-aside', address, say('finding.is-taken-as-prose', { text: text.slice(0, 60) }), false);
  }
  return { sentences, prose, forAll };
};
