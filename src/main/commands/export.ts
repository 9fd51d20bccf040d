import { writeFileSync } from 'node:fs';
import { exportBundle, ExportRefused } from '../../verifying/export-bundle.ts';
import { workMeter } from '../work-meter.ts';
import { Unreadable } from '../../verifying/fault.ts';
import { openSource, type SourceSpec } from '../../verifying/open-source.ts';
import { makeTaskFile } from '../../verifying/task-file.ts';
import { failing, needed, options, print, taskOption, UsageError, type Command } from './kit.ts';
import { say } from '../../messages/message.ts';

const specOf = (from: string | undefined, token: string | undefined, dataDir: string): SourceSpec => {
  if (from === undefined) return { kind: 'data', dir: dataDir };
  if (!/^https?:\/\//u.test(from) || !URL.canParse(from)) throw new UsageError(say('cli.from-takes-a-server'));
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
  const task = taskOption(values.task);
  const spec = specOf(values.from, values.token ?? process.env['DUBAN_TOKEN'], dataDir);
  await failing([Unreadable, ExportRefused], async () => {
    const source = openSource(spec);
    try {
      if (task === undefined) print(JSON.stringify(await exportBundle(source, out, workMeter(say('cli.exporting')))));
      else writeFileSync(out, await makeTaskFile(source, task));
    } finally {
      source.close();
    }
  });
};
