import { foldText } from '../../kernel/json.ts';
import type { ImportDoc, ProfileVersion } from '../../../projections/imports.ts';
import type { Drafting } from '../../application/imports/imports.ts';
import { idsInRoster, unitsByName } from '../../application/imports/steps.ts';
import type { RosterKnown } from '../../application/knowledge.ts';
import { membersOn } from '../../domain/roster/state.ts';
import { sameJson } from '../../kernel/json.ts';
import type { Reissue } from '../../application/imports/reissue.ts';
import type { DifferenceAnswer, ImportAnswer } from './answers.ts';
import { findingKindOf } from '../../domain/directives/events.ts';
import { say, type Message, type Text } from '../../messages/message.ts';
import { keptIn } from '../../messages/kept.ts';
import type { Language } from '../../messages/language.ts';
import { inWords } from '../../messages/words.ts';

/** A draft as it is shown. */

const todoOf = (kind: string, language: Language): string => inWords(say(`todo.${findingKindOf(kind)}`), language);

type Around = {
  readonly roster: RosterKnown;
  readonly profiles: readonly ProfileVersion[];
  readonly revision: number;
  readonly language: Language;
  readonly reissue: Reissue | null;
  /** null before its commit has begun. */
  readonly committing: Committing | null;
};

export type Committing = {
  /** Whether all is in. */
  readonly isIn: boolean;
  /** How many of its tasks are in the log. */
  readonly tasks: number;
  /** Why it does not go on. */
  readonly stopped: Text | undefined;
};

type Asking = { readonly asks: Message | null };
type Asked<Line extends Asking> = Omit<Line, 'asks'> & { readonly asks: string | null };
const askedIn = <Line extends Asking>(line: Line, language: Language): Asked<Line> => ({
  ...line,
  asks: line.asks === null ? null : inWords(line.asks, language),
});

const differenceShown = (
  { difference: { added, changed, dropped, schedule, heading, unchanged } }: Reissue,
  language: Language,
): DifferenceAnswer => ({
  added: added.map((each) => {
    const { line, asks, decision, item, task, planned } = askedIn(each, language);
    const { number, title, text, source } = planned;
    return { line, asks, decision, item, task, number, title, text, address: source?.address ?? '' };
  }),
  changed: changed.map((each) => {
    const { line, asks, decision, item, standing, planned, fields } = askedIn(each, language);
    const {
      id: task,
      now,
      task: { status: state },
    } = standing;
    return {
      line,
      asks,
      decision,
      item,
      task,
      number: now.number,
      title: now.title,
      state,
      address: planned.source?.address ?? '',
      fields,
    };
  }),
  dropped: dropped.map((each) => {
    const { line, asks, decision, standing } = askedIn(each, language);
    return { line, asks, decision, task: standing.id, number: standing.now.number, title: standing.now.title, state: standing.task.status };
  }),
  schedule: schedule && askedIn(schedule, language),
  heading: heading && askedIn(heading, language),
  unchanged,
});

type Parties = Pick<ImportAnswer, 'units' | 'collectives'>;

const partiesShown = ({ draft, parties }: Drafting, { roster }: Around): Parties => {
  const byName = unitsByName(roster);
  const ids = idsInRoster({ ...roster, byName }, parties);
  const day = draft.directive.date;
  return {
    units: parties.units.map(({ id, name, kind, is }) => {
      const unit = is?.unit ?? ids.idOf(id);
      const known = roster.units.get(unit);
      const state =
        is !== undefined ? (is.alias ? 'alias' : 'matched') : known !== undefined && byName.get(foldText(name)) === unit ? 'known' : 'new';
      return { name, state, unit, kind: known?.kind ?? kind };
    }),
    collectives: parties.collectives.map(({ id, name }) => {
      const collective = ids.idOf(id);
      const known = roster.collectives.get(collective);
      const said = draft.collectives.get(name);
      const members = said?.members ?? (known === undefined || day === null ? null : membersOn(known.memberships, day));
      return { name, state: known === undefined ? 'new' : 'known', collective, members };
    }),
  };
};

type Whole = { readonly children: readonly Whole[] };
const countOf = (items: readonly Whole[]): number => items.reduce((sum, { children }) => sum + 1 + countOf(children), 0);

const progressShown = (
  { id, mediaType }: ImportDoc,
  { items }: Drafting['draft'],
  { committing, language }: Around,
): ImportAnswer['progress'] => {
  if (committing === null) return null;
  const { isIn, tasks, stopped } = committing;
  // One that came without a draft has no stream of its own, and so no type there.
  const call = mediaType === null ? 'POST /v1/directives/import?commit=true' : `POST /v1/imports/${id}/commit`;
  return {
    state: isIn ? 'done' : stopped === undefined ? 'going-on' : 'stopped',
    tasks,
    of: countOf(items),
    reason: stopped === undefined ? null : inWords(stopped, language),
    next: isIn ? null : call,
  };
};

/** The others stand among the lines. */
const UNREAD_SHOWN = 1000;

export const shownImport = (found: Drafting & { readonly doc: ImportDoc }, around: Around): ImportAnswer => {
  const { doc, draft, mediaType, encoding, remarks } = found;
  const { id, number, title, issuer, date } = draft.directive;
  const unread = draft.lines.filter(({ use }) => use === 'unread').map(({ address, text }) => ({ address, text }));
  const last = around.profiles.at(-1);
  const offered = last === undefined || issuer === null || sameJson(last.profile, draft.profile) ? null : { issuer, ...last };
  return {
    id: doc.id,
    state: around.committing?.isIn === true ? 'committed' : 'draft',
    source: { sha256: doc.sha256, name: doc.name, mediaType, encoding },
    reader: doc.reader,
    directive: { id: doc.directive ?? around.reissue?.supersedes.directive ?? id, number, title, issuer, date },
    profile: draft.profile,
    offered,
    items: draft.items,
    dropped: draft.dropped,
    schedule: {
      printed: draft.schedule.printed,
      address: draft.schedule.address,
      words: draft.schedule.words.map((each) => inWords(each, around.language)),
    },
    duties: draft.schedule.duties,
    prose: draft.prose,
    ...partiesShown(found, around),
    // Another edition has the number of the one in force.
    findings: draft.findings
      .filter(({ kind }) => around.reissue === null || kind !== 'number-missing')
      .map(({ said, ...finding }) => ({
        ...finding,
        detail: keptIn({ detail: finding.detail, said }, around.language),
        todo: todoOf(finding.kind, around.language),
      })),
    coverage: { lines: draft.lines.length, accounted: draft.lines.length - unread.length, unread: unread.slice(0, UNREAD_SHOWN) },
    supersedes: around.reissue?.supersedes ?? null,
    difference: around.reissue && differenceShown(around.reissue, around.language),
    remarks: remarks.map(({ said, ...remark }) => ({ ...remark, detail: keptIn({ detail: remark.detail, said }, around.language) })),
    progress: progressShown(doc, draft, around),
    revision: around.revision,
  };
};
