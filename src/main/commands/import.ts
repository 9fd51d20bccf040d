import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { idsInRoster } from '../../application/imports/steps.ts';
import type { Drafting, Refused } from '../../application/imports/imports.ts';
import { profileSchema, type Profile } from '../../domain/directives/profile.ts';
import { ROSTER_STREAM, rosterFolding } from '../../domain/roster/state.ts';
import { openIn } from '../../importer/draft/settling.ts';
import { askingIn } from '../../importer/reissue/difference.ts';
import { date, hasYear } from '../../kernel/schema.ts';
import type { Duban } from '../duban.ts';
import { workMeter } from '../work-meter.ts';
import { differenceText } from './import-difference.ts';
import { overviewText } from './import-table.ts';
import { Failed, language, options, print, type Command } from './kit.ts';
import { withDuban, untilCaughtUp } from './open.ts';
import { say } from '../../messages/message.ts';

/** A person is needed: something that blocks is open. */
const NEEDS_A_PERSON = 3;

const LIMIT = 20 * 1024 * 1024;

const profileIn = async (path: string | undefined): Promise<Profile | null> => {
  if (path === undefined) return null;
  const parsed = profileSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Failed(say('cli.is-no-profile', { path, pointer: issue?.path.join('/'), why: issue?.message }));
};

const failed = (file: string, no: Refused): Failed =>
  new Failed(say('cli.file-refused', { file, why: 'refusal' in no ? no.refusal.detail : no.unreadable.detail }));

/** Names that the roster does not have. */
const newUnits = async (duban: Duban, parties: Drafting['parties']): Promise<readonly string[]> => {
  const { state: roster } = await duban.handler.load(rosterFolding, ROSTER_STREAM);
  const { idOf } = idsInRoster(roster, parties);
  return parties.units.filter(({ id }) => !roster.units.has(idOf(id))).map(({ name }) => name);
};

/** `duban import`: what `POST /v1/imports` does, with its commit where it is asked for and nobody is needed. */
export const importCommand: Command = async (args, config) => {
  const { positionals, values } = options(
    args,
    {
      profile: { type: 'string' },
      commit: { type: 'boolean' },
      reason: { type: 'string' },
      authority: { type: 'string' },
      'effective-from': { type: 'string' },
      take: { type: 'string', multiple: true },
      leave: { type: 'string', multiple: true },
    },
    [say('cli.a-file')],
  );
  const [file = ''] = positionals;
  const bytes = await readFile(file);
  const given = await profileIn(values.profile);
  return withDuban(config, async (duban) => {
    await untilCaughtUp(duban);
    await duban.projector.caughtUp();
    const { commits, imports, reissues, views } = duban.services;
    const meta = { actor: { sub: 'cli', role: 'system' }, receivedAt: duban.clock.now() } as const;
    const sent = await imports.send(bytes, { name: basename(file), mediaType: null }, given, meta, LIMIT);
    if (!sent.ok) throw failed(file, sent);
    const first = await imports.current(sent.id);
    if (!first.ok) throw failed(file, first);
    const { state, draft: guessed } = first;
    const profile = given ?? (state.drafted?.profile === null ? imports.profileFor(guessed.directive.issuer, views.position()) : null);
    if (profile !== null && state.status === 'draft') await imports.readWith(sent.id, profile, meta);
    const said = [
      ...(values.take ?? []).map((line) => ({ line, take: true })),
      ...(values.leave ?? []).map((line) => ({ line, take: false })),
    ];
    if (said.length > 0 && state.status === 'draft') await imports.decideLines(sent.id, said, meta);
    await duban.projector.caughtUp();
    const found = await imports.current(sent.id);
    if (!found.ok) throw failed(file, found);
    const { draft, parties } = found;
    const reissue =
      state.status === 'committed' ? null : await reissues.of(found, reissues.position(), state.reissue && (state.directive ?? undefined));
    const open = openIn(draft).filter(({ kind }) => reissue === null || kind !== 'number-missing');
    print(overviewText({ draft, newUnits: await newUnits(duban, parties), open }, language));
    const { reason, authority, 'effective-from': from } = values;
    if (reissue !== null) {
      print(differenceText(reissue, language));
      if (reason === undefined || authority === undefined) print(say('cli.say-reason-and-authority'));
      if (reason === undefined || authority === undefined || askingIn(reissue.difference).length > 0) return NEEDS_A_PERSON;
    }
    if (open.length > 0) return NEEDS_A_PERSON;
    if (values.commit !== true) return 0;
    if (from !== undefined && !(date.safeParse(from).success && hasYear(from))) throw new Failed(say('cli.effective-from-day'));
    const saying = { reason, authority, effectiveFrom: from, ...(reissue && { base: reissue.supersedes.base }) };
    const committed = await commits.commit(sent.id, saying, meta, workMeter(say('cli.importing')));
    if (!committed.ok) throw failed(file, committed);
    const { outcome, directive, plan } = committed;
    if (outcome.kind === 'refused') throw new Failed(outcome.refusal.detail);
    await duban.projector.caughtUp();
    const events = outcome.kind === 'accepted' ? outcome.events.length : 0;
    print(JSON.stringify({ directive, import: sent.id, events, counts: plan?.counts, findings: plan?.findings.length }));
    return 0;
  });
};
