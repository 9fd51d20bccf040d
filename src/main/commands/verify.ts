import { readFileSync, statSync } from 'node:fs';
import { taskStream } from '../../domain/tasks/state.ts';
import type { Policy } from '../../tlog/index.ts';
import { stepMeter } from '../work-meter.ts';
import { readPolicy } from '../../ledger/policy-file.ts';
import { isBundle } from '../../verifying/bundle-source.ts';
import { isDataDir } from '../../verifying/data-source.ts';
import type { LetterFile } from '../../verifying/letters.ts';
import { defaultMemoryDir, openMemory } from '../../verifying/memory.ts';
import type { SourceSpec } from '../../verifying/open-source.ts';
import { reportText, taskReportText } from '../../verifying/report-text.ts';
import { verifyTaskFile } from '../../verifying/task-file.ts';
import { verifyLog } from '../../verifying/verify.ts';
import { language, options, print, taskOption, UsageError, type Command } from './kit.ts';
import { say } from '../../messages/message.ts';
import { toldBy } from '../../messages/told.ts';

/** Seconds. A checkpoint is signed within 10 s and cosigned within seconds more; the rest is for clocks. */
const DEFAULT_SKEW = 60;

type Subject = SourceSpec | { readonly kind: 'file'; readonly path: string };

const subjectOf = (what: string, token: string | undefined): Subject => {
  if (/^https?:\/\//u.test(what)) {
    if (!URL.canParse(what)) throw new UsageError(say('cli.is-no-address', { what }));
    return { kind: 'server', url: what, token };
  }
  const found = statSync(what, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(say('cli.there-is-no', { what }));
  if (found.isFile()) return { kind: 'file', path: what };
  if (isBundle(what)) return { kind: 'bundle', dir: what };
  if (isDataDir(what)) return { kind: 'data', dir: what };
  throw new UsageError(say('cli.neither-bundle-nor-data', { what }));
};

const policyIn = (path: string | undefined): Policy | undefined => {
  try {
    return readPolicy(path);
  } catch (error) {
    throw new UsageError(toldBy(error));
  }
};

const letterIn = (path: string): LetterFile => {
  try {
    return { name: path, bytes: readFileSync(path) };
  } catch (error) {
    throw new UsageError(say('cli.letter-cannot-be-read', { path, why: toldBy(error) }));
  }
};

const verifyFile = (path: string, policy: Policy | undefined, json: boolean): number => {
  const report = verifyTaskFile(path, readFileSync(path, 'utf8'), policy, json ? 'en' : language);
  print(json ? JSON.stringify(report) : taskReportText(report, language));
  return report.ok ? 0 : 1;
};

export const verifyCommand: Command = async (args) => {
  const { values, positionals } = options(
    args,
    {
      policy: { type: 'string' },
      state: { type: 'string' },
      json: { type: 'boolean', default: false },
      token: { type: 'string' },
      task: { type: 'string' },
      letter: { type: 'string', multiple: true, default: [] },
      'tsa-ca': { type: 'string' },
      skew: { type: 'string', default: String(DEFAULT_SKEW) },
    },
    [say('cli.operand-of-verify')],
  );
  if (!/^\d{1,6}$/u.test(values.skew)) throw new UsageError(say('cli.skew-takes-seconds'));
  const task = taskOption(values.task);
  const policy = policyIn(values.policy);
  const subject = subjectOf(positionals[0] ?? '', values.token ?? process.env['DUBAN_TOKEN']);
  if (subject.kind === 'file') return verifyFile(subject.path, policy, values.json);
  const asked = {
    policy,
    memoryOf: (origin: string) => openMemory(values.state ?? defaultMemoryDir(), origin),
    certificates: values['tsa-ca'],
    skew: Number(values.skew) * 1000,
    stream: task === undefined ? undefined : taskStream(task),
    letters: values.letter.map(letterIn),
    onAdvance: stepMeter(),
  };
  const report = await verifyLog(subject, asked, values.json ? 'en' : language);
  print(values.json ? JSON.stringify(report) : reportText(report, language));
  return report.ok ? 0 : 1;
};
