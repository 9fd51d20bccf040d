import type { Message } from '../../messages/message.ts';
import { inEnglish } from '../../messages/words.ts';
import type { Reissue } from '../../application/imports/reissue.ts';

/** A difference for a terminal: what another edition of a document would change, line by line. */

const shown = (value: unknown): string => (value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value));

type Line = { readonly line: string; readonly asks: Message | null; readonly decision: 'take' | 'leave' | null };

const MARKS = { take: '+', leave: '-' } as const;

const headOf = ({ line, asks, decision }: Line, more: string): readonly string[] => [
  `${decision === null ? '?' : MARKS[decision]} ${line}${more === '' ? '' : `  ${more}`}`,
  ...(decision === null ? [`    ${inEnglish(asks ?? '')}`] : []),
];

export const differenceText = ({ supersedes, difference }: Reissue): string => {
  const { added, changed, dropped, schedule, heading, unchanged } = difference;
  const counts = [
    [added.length, 'added'],
    [changed.length, 'changed'],
    [dropped.length, 'dropped'],
    [unchanged, 'unchanged'],
  ] as const;
  return [
    `another edition of ${supersedes.directive}: ${counts.map(([count, what]) => `${count} ${what}`).join(', ')}`,
    ...(heading === null
      ? []
      : [...headOf(heading, ''), ...heading.fields.map(({ field, before, after }) => `    ${field}: ${before} → ${after}`)]),
    ...added.flatMap((line) => headOf(line, `${line.planned.number ?? ''} ${line.planned.title} (${line.task})`.trim())),
    ...changed.flatMap((line) => [
      ...headOf(line, `${line.standing.now.number ?? ''} ${line.standing.now.title}`.trim()),
      ...line.fields.map(({ field, before, after }) => `    ${field}: ${shown(before)} → ${shown(after)}`),
    ]),
    ...dropped.flatMap((line) =>
      headOf(line, `${line.standing.now.number ?? ''} ${line.standing.now.title} (${line.standing.task.status})`.trim()),
    ),
    ...(schedule === null
      ? []
      : [
          ...headOf(schedule, ''),
          `    before: ${schedule.before.map(({ name }) => name).join('; ') || '—'}`,
          `    after: ${schedule.after.map(({ name }) => name).join('; ') || '—'}`,
        ]),
  ].join('\n');
};
