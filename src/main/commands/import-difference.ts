import type { Reissue } from '../../application/imports/reissue.ts';
import { say, type Message, type Text } from '../../messages/message.ts';
import { inWords } from '../../messages/words.ts';
import type { Language } from '../../messages/language.ts';

/** A difference for a terminal: what another edition of a document would change, line by line. Names of fields are in no language. */

const shown = (value: unknown): string => (value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value));

type Line = { readonly line: string; readonly asks: Message | null; readonly decision: 'take' | 'leave' | null };

const MARKS = { take: '+', leave: '-' } as const;

const headOf = ({ line, asks, decision }: Line, more: string): readonly Text[] => [
  `${decision === null ? '?' : MARKS[decision]} ${line}${more === '' ? '' : `  ${more}`}`,
  ...(decision === null ? [say('cli.asks', { asks })] : []),
];

const fieldOf = (field: string, before: unknown, after: unknown): string => `    ${field}: ${shown(before)} → ${shown(after)}`;

const namesOf = (steps: readonly { readonly name: string }[]) => (steps.length === 0 ? '—' : { clauses: steps.map(({ name }) => name) });

const scheduleOf = (schedule: NonNullable<Reissue['difference']['schedule']>): readonly Message[] => [
  say('cli.schedule-before', { names: namesOf(schedule.before) }),
  say('cli.schedule-after', { names: namesOf(schedule.after) }),
];

export const differenceText = ({ supersedes, difference }: Reissue, language: Language): string => {
  const { added, changed, dropped, schedule, heading, unchanged } = difference;
  const counts = { added: added.length, changed: changed.length, dropped: dropped.length, unchanged };
  const said: readonly Text[] = [
    say('cli.another-edition', { directive: supersedes.directive, ...counts }),
    ...(heading === null
      ? []
      : [...headOf(heading, ''), ...heading.fields.map(({ field, before, after }) => fieldOf(field, before, after))]),
    ...added.flatMap((line) => headOf(line, `${line.planned.number ?? ''} ${line.planned.title} (${line.task})`.trim())),
    ...changed.flatMap((line) => [
      ...headOf(line, `${line.standing.now.number ?? ''} ${line.standing.now.title}`.trim()),
      ...line.fields.map(({ field, before, after }) => fieldOf(field, before, after)),
    ]),
    ...dropped.flatMap((line) =>
      headOf(line, `${line.standing.now.number ?? ''} ${line.standing.now.title} (${line.standing.task.status})`.trim()),
    ),
    ...(schedule === null ? [] : [...headOf(schedule, ''), ...scheduleOf(schedule)]),
  ];
  return said.map((each) => inWords(each, language)).join('\n');
};
