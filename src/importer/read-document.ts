import type { Source } from '../documents/source.ts';
import { readAsides, withDeadline } from './asides.ts';
import type { DocumentReading, ReadItem } from './document-reading.ts';
import { findingsFor } from './finding-list.ts';
import { guessedProfile } from './guessed-profile.ts';
import type { Context } from './parts/context.ts';
import { dutySaid, scheduleOf, sentencesOf, speaksOfReports, type PerItem, type Sentence } from './parts/schedule.ts';
import { folded } from './words/folded.ts';
import { EMPTY_PROFILE, type Profile } from './profile.ts';
import { relativeIds } from './relative-ids.ts';
import { assignedIn, type Assigned } from './shape/assigned.ts';
import { elementsOf } from './shape/elements.ts';
import { finish } from './shape/finish.ts';
import { seatOf } from './shape/head.ts';
import { withLinesOfRows } from './shape/lines-of-rows.ts';
import { provenanceOf } from './shape/provenance.ts';
import { runsOf, tablesTold, withoutMeta, withoutNoise } from './shape/runs.ts';
import { withoutSplits } from './shape/split-tables.ts';
import {
  collectiveFindings,
  countFindings,
  headFindings,
  officeFindings,
  orderFindings,
  sourceFindings,
  unreadFindings,
} from './whole-findings.ts';
import { say } from '../messages/message.ts';

/** An item and how often it is to be reported on, where it says so itself. */
type Finished = { readonly item: ReadItem; readonly frequency: string | null };

/** Rows beside numbered paragraphs are items of a schedule; alone they are the tasks. */
const finished = ({ raws, rows, hasLeaders }: Assigned, context: Context): readonly Finished[] => {
  const all = [...raws, ...(raws.length === 0 ? rows : rows.map((row) => ({ ...row, kind: 'item' as const })))];
  const led = hasLeaders || all.some(({ inherited, said }) => inherited.length > 0 || said.leaders.length > 0);
  return all.map((raw) => ({ item: finish(raw, context, led), frequency: raw.said.frequency }));
};

/** An item that nobody is to do and that asks for reports sets the schedule: 强化督促落实。…每年12月底前将进展情况报国务院。 */
const reportsInItems = (items: readonly ReadItem[], raise: Context['raise']): readonly Sentence[] =>
  items
    .filter(({ assignees, children }) => assignees.length === 0 && children.length === 0)
    .flatMap(({ number, text, address }) => {
      const reports = sentencesOf({ folded: folded(text), address }).filter((sentence) => speaksOfReports(sentence.text));
      if (reports.length > 0) raise('schedule-guessed', address, say('finding.item-names-nobody-and-asks-for-reports', { number }), true);
      return reports;
    });

/**
 * What a document of any office assigns, to whom and until when, with every line accounted for. `given`: the profile of its
 * office; what it leaves open is guessed from the document. Pure; nothing is thrown, whatever the document holds.
 */
export const readDocument = (source: Source, given: Profile | null = null): DocumentReading => {
  const { elements, accounts } = elementsOf(source);
  const { raise, all } = findingsFor(elements);
  sourceFindings(source, raise);
  const profile = given ?? EMPTY_PROFILE;
  const { head: meta, runs } = withoutMeta(
    withoutSplits(
      runsOf(tablesTold(withoutNoise(withLinesOfRows(elements, { profile, accounts, raise }), accounts, raise), profile, raise)),
      profile,
      raise,
    ),
    profile,
    accounts,
    raise,
  );
  const lines = runs.flatMap((run) => (run.kind === 'lines' ? run.lines : []));
  const provenance = provenanceOf(lines, meta, elements, accounts, { raise, year: profile.year });
  const { head } = provenance;
  const guessed = guessedProfile(profile, lines, raise);
  const context: Context = { profile: guessed, seat: seatOf(head.issuer), year: provenance.year, issued: head.date, raise };

  const assigned = assignedIn(runs, provenance, accounts, context);
  const { sentences, prose, forAll } = readAsides(assigned.asides, assigned.raws.length + assigned.rows.length > 0, accounts, context);
  const read = finished(assigned, context);
  const items = withDeadline(
    read.map(({ item }) => item),
    forAll,
  );
  const ids = relativeIds(items);
  const perItem = read.flatMap(({ frequency }, index): readonly PerItem[] => {
    const item = items[index];
    const task = item === undefined ? undefined : ids.get(item);
    return item === undefined || task === undefined || frequency === null ? [] : [{ frequency, address: item.address, task }];
  });
  const duties = scheduleOf([...sentences, ...reportsInItems(items, raise)], perItem, items, head.date, context);

  headFindings(head, source, raise);
  collectiveFindings(items, raise);
  countFindings(head.title, items, source, raise);
  officeFindings(items, raise);
  orderFindings(items, head.date, raise);
  unreadFindings(accounts.lines(), raise);
  return {
    directive: head,
    profile: {
      ...guessed,
      ...assigned.shown,
      name: guessed.name === '' ? (head.issuer ?? '').slice(0, 120) : guessed.name,
      year: context.year,
    },
    items,
    schedule: {
      printed: sentences.length === 0 ? null : sentences.map(({ text }) => text).join(';'),
      address: sentences[0]?.address ?? perItem[0]?.address ?? null,
      words: duties.map(dutySaid),
      duties,
    },
    prose,
    findings: all(),
    lines: accounts.lines(),
  };
};
