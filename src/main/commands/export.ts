import { writeFileSync } from 'node:fs';
import { exportBundle, ExportRefused } from '../../verifying/export-bundle.ts';
import { ID_PATTERN } from '../../kernel/ids.ts';
import { workMeter } from '../work-meter.ts';
import { Unreadable } from '../../verifying/fault.ts';
import { openSource, type SourceSpec } from '../../verifying/open-source.ts';
import { makeTaskFile } from '../../verifying/task-file.ts';
import { Failed, needed, options, print, UsageError, type Command } from './kit.ts';

const specOf = (from: string | undefined, token: string | undefined, dataDir: string): SourceSpec => {
  if (from === undefined) return { kind: 'data', dir: dataDir };
  if (!/^https?:\/\//u.test(from) || !URL.canParse(from)) throw new UsageError('--from takes the http(s) address of a server');
  return { kind: 'server', url: from, token };
};

export const exportCommand: Command = async (args, { dataDir }) => {
  const { values } = options(args, {
    out: { type: 'string' },
    from: { type: 'string' },
    token: { type: 'string' },
    task: { type: 'string' },
  });
  const out = needed(values.out, '--out');
  if (values.task !== undefined && !ID_PATTERN.test(values.task)) throw new UsageError('--task takes the id of a task');
  const spec = specOf(values.from, values.token ?? process.env['DUBAN_TOKEN'], dataDir);
  try {
    const source = openSource(spec);
    try {
      if (values.task === undefined) print(JSON.stringify(await exportBundle(source, out, workMeter('exporting'))));
      else writeFileSync(out, await makeTaskFile(source, values.task));
    } finally {
      source.close();
    }
  } catch (error) {
    if (error instanceof Unreadable || error instanceof ExportRefused) throw new Failed(error.message);
    throw error;
  }
};
