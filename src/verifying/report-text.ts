import { padTo } from '../kernel/text-width.ts';
import type { Fault } from './fault.ts';
import type { TaskReport } from './task-file.ts';
import type { Report } from './verify.ts';
import { say, type Message, type PlainKey, type Text } from '../messages/message.ts';
import { inWords } from '../messages/words.ts';
import { TAGS, type Language } from '../messages/language.ts';

/** Reports for a person to read. Checks and places are the same in every language. */

export const faultSaid = ({ check, position, place, detail }: Fault): Message =>
  say('verifying.fault', { at: position === null ? '' : `@${position} `, check, place, detail });

const TRUST = {
  policy: 'verifying.trust-policy',
  remembered: 'verifying.trust-remembered',
  'first-use': 'verifying.trust-first-use',
} as const satisfies Readonly<Record<NonNullable<Report['trust']>, PlainKey>>;

const NAME_WIDTH = 12;

type Row = readonly [name: PlainKey | undefined, text: Text];

/** More faults than this are counted only. */
const SHOWN = 20;

const textIn = (language: Language, rows: readonly Row[], verdict: Message): string =>
  [
    ...rows.map(([name, text]) => padTo(name === undefined ? '' : inWords(say(name), language), NAME_WIDTH) + inWords(text, language)),
    inWords(verdict, language),
  ].join('\n');

const found = ({ remarks, faults }: Pick<Report, 'remarks' | 'faults'>): readonly Row[] => [
  ...remarks.map((remark): Row => ['verifying.row-remark', remark]),
  ...faults.slice(0, SHOWN).map((one): Row => ['verifying.row-fault', faultSaid(one)]),
  ...(faults.length > SHOWN ? [[undefined, say('verifying.and-more', { n: faults.length - SHOWN })] as const] : []),
];

const restartSaid = ({ position, from, lost, reason }: Report['restarts'][number]): Message =>
  lost === null
    ? say('verifying.restart', { position, from, reason })
    : say('verifying.restart-with-loss', { position, from, first: lost.from, last: lost.to, reason });

/** Of a whole log; the report is in the words of the same language. */
export const reportText = (report: Report, language: Language): string => {
  const { origin, source, trust, root, anchored, stamped, remembered, keys, restarts, stream, faults } = report;
  const number = (value: number): string => value.toLocaleString(TAGS[language]);
  const [size, streams] = [number(report.size), number(report.streams)];
  const checkpoints: readonly Text[] = [
    number(report.checkpoints),
    ...(anchored === null ? [] : [say('verifying.anchored', { size: number(anchored.size), time: anchored.time })]),
    ...(stamped === null ? [] : [say('verifying.stamped', { size: number(stamped.size), time: stamped.time })]),
  ];
  const [first] = faults;
  const rows: readonly Row[] = [
    ['verifying.row-log', say('verifying.log-from', { origin: origin ?? say('verifying.unknown'), source })],
    ...(trust === null ? [] : [['verifying.row-trust', say(TRUST[trust])] as const]),
    ...keys.map((key): Row => ['verifying.row-key', key]),
    [
      'verifying.row-tree',
      root === null ? say('verifying.tree', { size, streams }) : say('verifying.tree-with-root', { size, streams, root }),
    ],
    ['verifying.row-checkpoints', say('verifying.checkpoints', { clauses: { clauses: checkpoints } })],
    [
      'verifying.row-remembered',
      remembered === null ? say('verifying.nothing') : say('verifying.remembered-size', { size: number(remembered) }),
    ],
    ...restarts.map((restart): Row => ['verifying.row-restart', restartSaid(restart)]),
    ['verifying.row-published', say('verifying.published', { snapshots: number(report.snapshots), notices: number(report.notices) })],
    ...(stream === null ? [] : [['verifying.row-stream', streamSaid(stream)] as const]),
    ...found(report),
  ];
  return textIn(
    language,
    rows,
    first === undefined ? say('verifying.verified') : say('verifying.not-verified-for', { fault: faultSaid(first) }),
  );
};

const streamSaid = ({ name, positions }: NonNullable<Report['stream']>): Message =>
  positions.length === 0 ? say('verifying.stream-without-events', { name }) : say('verifying.stream', { name, positions });

/** Of one task's history; the report is in the words of the same language. */
export const taskReportText = (report: TaskReport, language: Language): string => {
  const { ok, events, size, trust } = report;
  const unknown = say('verifying.unknown');
  const [task, origin, position] = [report.task ?? unknown, report.origin ?? unknown, report.position ?? unknown];
  const rows: readonly Row[] = [
    [
      'verifying.row-task',
      size === null
        ? say('verifying.task', { task, origin, events, position })
        : say('verifying.task-in-log', { task, origin, events, position, size }),
    ],
    ['verifying.row-trust', say(trust === 'policy' ? TRUST.policy : 'verifying.trust-file')],
    ...found(report),
  ];
  return textIn(language, rows, say(ok ? 'verifying.verified' : 'verifying.not-verified'));
};
