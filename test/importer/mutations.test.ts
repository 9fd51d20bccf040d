import { test } from 'tap';
import { dice } from '../../seed/demo-random.ts';
import type { DocumentReading } from '../../src/importer/document-reading.ts';
import { readDocument } from '../../src/importer/read-document.ts';
import { casesIn, sourceOf, textOf, type Case } from './cases.ts';
import { meaningOf, mutate, type Mutation } from './mutations.ts';

/** Documents are damaged, rewritten and laid out anew before they arrive: what is then read otherwise is never read so in silence. */

const MUTATIONS = 2_000;

const cases = (await casesIn()).filter(({ expected }) => /\.(?:txt|csv)$/u.test(expected.source));
const { roll } = dice(20_240_131);
const pick = (below: number): number => Math.floor(roll() * below);

const said = ({ findings }: DocumentReading): ReadonlySet<string> => new Set(findings.map(({ kind, detail }) => `${kind} ${detail}`));

type Silent = { readonly id: string; readonly mutation: Mutation; readonly before: string; readonly after: string };

await test('of two thousand damaged documents none is read otherwise in silence, and none loses a line', async (t) => {
  const known = new Map<string, DocumentReading>();
  const silent: Silent[] = [];
  const unlike: Silent[] = [];
  let lost = 0;
  let tried = 0;
  while (tried < MUTATIONS) {
    const chosen: Case | undefined = cases[pick(cases.length)];
    const mutation = chosen === undefined ? null : mutate(textOf(chosen.bytes), pick);
    if (chosen === undefined || mutation === null) continue;
    const { id, source, expected } = chosen;
    tried += 1;
    const before = known.get(id) ?? readDocument(source);
    known.set(id, before);
    const damaged = await sourceOf(new TextEncoder().encode(mutation.text), expected.source);
    const after = readDocument(damaged);
    const printed = damaged.blocks.flatMap((block) => (block.kind === 'line' ? [block.text] : block.cells.map(({ text }) => text)));
    if (printed.join('\n') !== after.lines.map(({ text }) => text).join('\n')) lost += 1;
    const [was, is] = [meaningOf(before), meaningOf(after)];
    if (was === is) continue;
    const heard = said(before);
    const told = mutation.says !== undefined && is.includes(mutation.says);
    const raised = told || after.findings.some(({ kind, detail }) => !heard.has(`${kind} ${detail}`));
    if (!raised) silent.push({ id, mutation, before: was, after: is });
    else if (mutation.same) unlike.push({ id, mutation, before: was, after: is });
  }
  t.equal(tried, MUTATIONS);
  t.equal(lost, 0, 'every line and cell is accounted for');
  t.same(silent, [], 'what is read otherwise carries a finding');
  t.same(unlike, [], 'what means the same is read the same');
});
