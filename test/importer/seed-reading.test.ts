import { test } from 'tap';
import { readFileSync } from 'node:fs';
import { inLongForm } from '../../src/domain/directives/short-form.ts';
import { profileSchema } from '../../src/importer/profile.ts';
import { readDocument } from '../../src/importer/read-document.ts';
import { relativeIds } from '../../src/importer/relative-ids.ts';
import { sourceOf } from './cases.ts';
import { proposalOf, seedBytes } from './documents.ts';

/** The notice that the demonstration starts from comes in by the path that every office's document takes, with its office's profile. */

const profile = profileSchema.parse(JSON.parse(readFileSync(new URL('../../seed/profile.json', import.meta.url), 'utf8')));
const source = await sourceOf(seedBytes, 'notice.txt');
const reading = readDocument(source, profile);
const proposal = proposalOf(seedBytes);
const nameOf = new Map([...proposal.units, ...proposal.collectives].map(({ id, name }) => [id, name]));

await test('it is read item by item as the importer that was made for it reads it', async (t) => {
  t.equal(reading.items.length, 197);
  const ids = [...relativeIds(reading.items).values()];
  t.same(
    reading.items.map(({ kind, number, text, assignees, leaders, deadline, measurements }, index) => ({
      id: `${proposal.directive.id}-${ids[index] ?? ''}`,
      kind,
      number: Number(number),
      text,
      assignees: assignees.map(({ role, name, kind: what }) => [role, name, what]),
      leaders: leaders.map(({ name }) => name),
      deadline: deadline?.date ?? null,
      measurements: measurements.map(({ metric, comparator, target, unit }) => ({ metric, comparator, target, unit })),
    })),
    proposal.tasks.map(({ id, kind, number, text, assignees, leaders, deadline, measurements }) => ({
      id,
      kind,
      number,
      text,
      assignees: assignees.map(({ role, party, kind: what }) => [role, nameOf.get(party), what]),
      leaders: [...leaders],
      deadline,
      measurements: measurements.map(({ metric, comparator, target, unit }) => ({ metric, comparator, target, unit })),
    })),
  );
  const { number, title, issuer, date } = proposal.directive;
  t.same(reading.directive, { number, title, issuer, date });
});

await test('its schedule is that of the short form, word for word', async (t) => {
  t.same(reading.schedule.duties, inLongForm(proposal.policy).duties);
  t.equal(reading.schedule.address, 'line 7');
  t.match(reading.schedule.words, [/^月报: .*2023-01 to 2023-12, by day 30/u, /^年报: .*2023.*12-25/u]);
});

await test('nothing keeps it from being committed unattended, and its themes keep their prose', async (t) => {
  t.same(
    reading.findings.filter(({ blocks }) => blocks),
    [],
  );
  t.equal(reading.prose.length, 8);
  t.match(reading.prose[0], {
    section: '二、2023年重点工作分工/(一)全力稳住经济大盘',
    text: /^坚持稳字当头、稳中求进/u,
    address: 'line 23',
  });
  t.same(
    reading.lines.filter(({ use }) => use === 'unread'),
    [],
  );
});
