import { foldText } from '../../kernel/json.ts';
import type { ImportDoc, ProfileVersion } from '../../../projections/imports.ts';
import type { Drafting } from '../../application/imports/imports.ts';
import { idsInRoster } from '../../application/imports/apply-plan.ts';
import type { RosterKnown } from '../../application/knowledge.ts';
import { membersOn } from '../../domain/roster/state.ts';
import { sameJson } from '../../kernel/json.ts';
import type { ImportAnswer } from './answers.ts';

/** A draft as it is shown. */

type Around = {
  readonly roster: RosterKnown;
  readonly profiles: readonly ProfileVersion[];
  readonly revision: number;
};

const byNameOf = ({ units }: RosterKnown): ReadonlyMap<string, string> =>
  new Map(
    [...units.values()].flatMap(({ id, names, aliases }) =>
      [...names.map(({ name }) => name), ...aliases].map((name) => [foldText(name), id]),
    ),
  );

type Parties = Pick<ImportAnswer, 'units' | 'collectives'>;

const partiesShown = ({ draft, parties }: Drafting, { roster }: Around): Parties => {
  const byName = byNameOf(roster);
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
    state: doc.state === 'committed' ? 'committed' : 'draft',
    source: { sha256: doc.sha256, name: doc.name, mediaType, encoding },
    reader: doc.reader,
    directive: { id: doc.directive ?? id, number, title, issuer, date },
    profile: draft.profile,
    offered,
    items: draft.items,
    dropped: draft.dropped,
    schedule: { printed: draft.schedule.printed, address: draft.schedule.address, words: draft.schedule.words },
    duties: draft.schedule.duties,
    prose: draft.prose,
    ...partiesShown(found, around),
    findings: draft.findings,
    coverage: { lines: draft.lines.length, accounted: draft.lines.length - unread.length, unread: unread.slice(0, UNREAD_SHOWN) },
    remarks,
    revision: around.revision,
  };
};
