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
import { faultText, reportText } from '../../verifying/report-text.ts';
import { verifyTaskFile } from '../../verifying/task-file.ts';
import { verifyLog } from '../../verifying/verify.ts';
import { options, print, taskOption, UsageError, type Command } from './kit.ts';

/** Seconds. A checkpoint is signed within 10 s and cosigned within seconds more; the rest is for clocks. */
const DEFAULT_SKEW = 60;

type Subject = SourceSpec | { readonly kind: 'file'; readonly path: string };

const subjectOf = (what: string, token: string | undefined): Subject => {
  if (/^https?:\/\//u.test(what)) {
    if (!URL.canParse(what)) throw new UsageError(`${what} is no address`);
    return { kind: 'server', url: what, token };
  }
  const found = statSync(what, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`there is no ${what}`);
  if (found.isFile()) return { kind: 'file', path: what };
  if (isBundle(what)) return { kind: 'bundle', dir: what };
  if (isDataDir(what)) return { kind: 'data', dir: what };
  throw new UsageError(`${what} is neither a bundle nor a data directory`);
};

const policyIn = (path: string | undefined): Policy | undefined => {
  try {
    return readPolicy(path);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const letterIn = (path: string): LetterFile => {
  try {
    return { name: path, bytes: readFileSync(path) };
  } catch (error) {
    throw new UsageError(`--letter ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const verifyFile = (path: string, policy: Policy | undefined, json: boolean): number => {
  const report = verifyTaskFile(path, readFileSync(path, 'utf8'), policy);
  const { ok, task, origin, events, position, size, trust, remarks, faults } = report;
  const last = `${position ?? 'unknown'}${size === null ? '' : ` of ${size}`}`;
  const text = [
    `task        ${task ?? 'unknown'} of ${origin ?? 'unknown'}: ${events} events, the last at position ${last}`,
    `trust       ${trust === 'policy' ? 'the keys of the policy' : 'the keys in the file: compare them with what the office publishes'}`,
    ...remarks.map((remark) => `remark      ${remark}`),
    ...faults.map((one) => `FAULT       ${faultText(one)}`),
    ok ? 'verified' : 'NOT VERIFIED',
  ];
  print(json ? JSON.stringify(report) : text.join('\n'));
  return ok ? 0 : 1;
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
    ['<bundle, data directory, task file or URL>'],
  );
  if (!/^\d{1,6}$/u.test(values.skew)) throw new UsageError('--skew takes seconds');
  const task = taskOption(values.task);
  const policy = policyIn(values.policy);
  const subject = subjectOf(positionals[0] ?? '', values.token ?? process.env['DUBAN_TOKEN']);
  if (subject.kind === 'file') return verifyFile(subject.path, policy, values.json);
  const report = await verifyLog(subject, {
    policy,
    memoryOf: (origin) => openMemory(values.state ?? defaultMemoryDir(), origin),
    certificates: values['tsa-ca'],
    skew: Number(values.skew) * 1000,
    stream: task === undefined ? undefined : taskStream(task),
    letters: values.letter.map(letterIn),
    onAdvance: stepMeter(),
  });
  print(values.json ? JSON.stringify(report) : reportText(report));
  return report.ok ? 0 : 1;
};
