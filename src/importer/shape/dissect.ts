import { passage, saidIn, saysParties, SAID_NOTHING, together, type Passage, type Said } from '../parts/clauses.ts';
import type { Context } from '../parts/context.ts';
import { rolesBefore, rolesDecided } from '../parts/roles-before.ts';
import { isDeadline } from '../parts/deadlines.ts';
import { shown } from '../words/folded.ts';
import { labelsOf } from '../words/labels.ts';
import { roleAtEnd } from '../words/role-verbs.ts';
import { bracketsOf, piecesOf, type Bracket } from './brackets.ts';
import { say } from '../../messages/message.ts';

/** A text and who is to do it; a paragraph may hold several. */
export type DissectedPiece = { readonly text: Passage; readonly said: Said; readonly hasParties: boolean };
export type Dissected = { readonly pieces: readonly DissectedPiece[]; readonly parties: number };

const trimmed = (whole: Passage): Passage => {
  const lead = whole.folded.length - whole.folded.trimStart().length;
  const end = whole.folded.trimEnd().length;
  return passage(whole, lead, Math.max(lead, end));
};

/** 改造老旧小区12个,牵头单位:…: the comma goes with the labels. */
const withoutComma = (whole: Passage): Passage => passage(whole, 0, whole.folded.replace(/[,、\s(]+$/u, '').length);

const plain = (whole: Passage): Passage => ({ ...whole, text: shown(whole.text), folded: whole.folded.trim() });

/** What may stand after a bracket that closes an item. */
const CLOSES = /^\s*(?:$|[。;,.!])/u;

const partyBrackets = (whole: Passage, context: Context): readonly Bracket[] => {
  const { brackets } = bracketsOf(whole.folded);
  return brackets.filter(({ start, end }) => {
    const inside = whole.folded.slice(start + 1, end - 1);
    const says = saysParties(inside, context);
    const labelled = labelsOf(inside, context.profile).some(
      ({ field, start: at }) => field !== 'extra' && inside.slice(0, at).trim() === '',
    );
    if (labelled) return true;
    if (says === 'no') {
      if (CLOSES.test(whole.folded.slice(end, end + 4)) && /(?:局|委|办|政府|管委会|单位|部门)/u.test(inside))
        context.raise(
          'bracket-unread',
          whole.address,
          say('finding.is-no-bracket-of-units-it-stays', { text: shown(whole.text.slice(start, end)) }),
          false,
        );
      return false;
    }
    const closes = CLOSES.test(whole.folded.slice(end, end + 4)) || whole.folded.charAt(end) === '(';
    const isParty = says === 'yes' && (closes || labelsOf(inside, context.profile).length > 0);
    if (!isParty && (closes || says === 'yes'))
      context.raise(
        'bracket-unread',
        whole.address,
        say('finding.names-units-and-was-not-read-as', { text: shown(whole.text.slice(start, end)) }),
        says === 'yes',
      );
    return isParty;
  });
};

/** The last sentence where it does nothing but say who does it: `由市教育局牵头,市财政局配合。` */
const roleSentence = (whole: Passage, context: Context): number | null => {
  const body = whole.folded.replace(/[。;\s]+$/u, '');
  const at = Math.max(body.lastIndexOf('。'), body.lastIndexOf(';')) + 1;
  if (at === 0) return null;
  const sentence = body.slice(at);
  if (sentence.length > 300 || saysParties(sentence, context) !== 'yes') return null;
  const clauses = piecesOf(sentence, ',').map(({ text }) => text.trim());
  const isSaid = (clause: string): boolean =>
    roleAtEnd(clause) !== null || saysParties(clause, context) !== 'no' || isDeadline(clause, context.year);
  return clauses.some((clause) => roleAtEnd(clause) !== null) && clauses.every(isSaid) ? at : null;
};

/** Where a run of labels begins that stands in no bracket. */
const labelRun = (whole: Passage, context: Context): number | null => {
  const { brackets } = bracketsOf(whole.folded);
  const first = labelsOf(whole.folded, context.profile).find(
    ({ start, field }) => field !== 'extra' && !brackets.some((bracket) => bracket.start < start && start < bracket.end),
  );
  return first?.start ?? null;
};

const joinedText = (before: Passage, after: Passage): Passage => ({
  address: before.address,
  text: before.text.trimEnd() + after.text,
  folded: before.folded.trimEnd() + after.folded,
});

/** Parts a paragraph into what is to be done and who is to do it. What is not understood stays in the text. */
export const dissect = (paragraph: Passage, context: Context): Dissected => {
  const { open } = bracketsOf(paragraph.folded);
  if (open !== null)
    context.raise(
      'bracket-unread',
      paragraph.address,
      say('finding.the-bracket-is-never-closed', { text: shown(paragraph.text.slice(open, open + 40)) }),
      true,
    );
  const run = labelRun(paragraph, context);
  const labelled = run === null ? SAID_NOTHING : saidIn(passage(paragraph, run), context);
  const body = run === null ? paragraph : withoutComma(passage(paragraph, 0, run));
  const brackets = partyBrackets(body, context);
  const hasLabels = labelled.parties.assignees.length > 0 || labelled.leaders.length > 0 || labelled.parties.pending;
  if (brackets.length === 0) {
    const before = hasLabels ? null : rolesBefore(body, context);
    if (before !== null)
      return {
        pieces: [{ text: plain(passage(body, before.rest)), said: together([before.said, labelled]), hasParties: true }],
        parties: 1,
      };
    const at = hasLabels ? null : roleSentence(body, context);
    const decided = hasLabels || at !== null ? null : rolesDecided(body, context);
    if (decided !== null) return { pieces: [{ text: plain(body), said: together([decided, labelled]), hasParties: true }], parties: 1 };
    if (at === null) return { pieces: [{ text: plain(body), said: labelled, hasParties: hasLabels }], parties: hasLabels ? 1 : 0 };
    const said = saidIn(passage(body, at), context);
    return { pieces: [{ text: plain(passage(body, 0, at)), said: together([said, labelled]), hasParties: true }], parties: 1 };
  }
  const pieces: DissectedPiece[] = [];
  let from = 0;
  for (const { start, end } of brackets) {
    const said = saidIn(passage(body, start + 1, end - 1), context);
    const text = trimmed(passage(body, from, start));
    const last = pieces.at(-1);
    if (text.folded.replace(/[。;,.、\s]/gu, '') === '' && last !== undefined)
      pieces[pieces.length - 1] = { ...last, said: together([last.said, said]) };
    else pieces.push({ text: plain(text), said, hasParties: true });
    from = end;
    while (/[。;,.\s]/u.test(body.folded.charAt(from)) && from < body.folded.length) from += 1;
  }
  const rest = trimmed(passage(body, from));
  const last = pieces.at(-1);
  if (last !== undefined && (rest.folded !== '' || run !== null)) {
    if (rest.folded !== '')
      context.raise(
        'part-unread',
        paragraph.address,
        say('finding.stands-after-the-bracket-of-units-kept', { text: shown(rest.text) }),
        pieces.length > 1,
      );
    const text = rest.folded === '' ? last.text : plain(joinedText(last.text, rest));
    pieces[pieces.length - 1] = { text, said: together([last.said, labelled]), hasParties: true };
  }
  return { pieces, parties: pieces.length };
};
