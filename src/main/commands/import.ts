import { readFile } from 'node:fs/promises';
import { applyPlan } from '../../application/imports/apply-plan.ts';
import { NO_DECISIONS, planOfProposal } from '../../importer/draft/from-proposal.ts';
import { READER } from '../../importer/reader.ts';
import { readDirective } from '../../importer/read-directive.ts';
import { workMeter } from '../work-meter.ts';
import { Failed, options, print, type Command } from './kit.ts';
import { withDuban, untilCaughtUp } from './open.ts';

export const importCommand: Command = async (args, config) => {
  const [file = ''] = options(args, {}, ['a file']).positionals;
  const reading = readDirective(await readFile(file));
  if (!reading.ok) {
    const { line, text, expected } = reading.problem;
    throw new Failed(`${file}:${line}: not understood: ${expected}\n  ${text}`);
  }
  await withDuban(config, async (duban) => {
    await untilCaughtUp(duban);
    const meta = { actor: { sub: 'cli', role: 'system' }, receivedAt: duban.clock.now() } as const;
    const plan = planOfProposal(reading.proposal, NO_DECISIONS);
    const outcome = await applyPlan(duban.handler, plan, meta, { importer: READER, onAdvance: workMeter('importing') });
    if (!outcome.ok) throw new Failed(outcome.refusal.detail);
    await duban.projector.caughtUp();
    const { counts, findings, directive } = reading.proposal;
    print(JSON.stringify({ directive: directive.id, events: outcome.imported.events.length, counts, findings: findings.length }));
  });
};
