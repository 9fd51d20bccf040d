import { stateIn } from '../../messages/named.ts';
import { chineseDate, chinesePeriod } from './chinese.ts';
import type { Letter, LetterBlock } from './letter.ts';

/*
 * The words of the letter stand here and not in the catalogue: it is a Chinese document (催办单) whoever asks for it, laid out
 * by GB/T 9704. States and lights are called as everywhere.
 */

/** What a unit still owes, by the name that it knows it by. */
export type Owed = {
  readonly label: string;
  /** `deadline`, or a duty's id: to be completed, or to be reported on. */
  readonly kind: string;
  /** RFC 3339 with the office's offset: what comes at that moment is late. */
  readonly due: string;
  /** YYYY-MM-DD, the last day in time. */
  readonly dueOn: string;
  readonly state: string;
  readonly light: string;
  readonly daysLate: number;
};

/** What a unit's reminder letter of one period is written from. */
export type ReminderFacts = {
  readonly name: string;
  readonly period: string;
  readonly issuers: readonly string[];
  readonly obligations: readonly Owed[];
  readonly missing: number;
  readonly dueSoon: number;
  /** YYYY-MM-DD: the day judged. */
  readonly on: string;
};

/** When the last day in time ends before its midnight: 17时, 8时30分. */
const hourOf = ({ due }: Owed): string => {
  const [, hour = '00', minute = '00'] = /T(\d{2}):(\d{2})/u.exec(due) ?? []; // the office's clock
  return hour === '00' && minute === '00' ? '' : `${Number(hour)}时${minute === '00' ? '' : `${Number(minute)}分`}`;
};

const limitOf = (owed: Owed): string => `${chineseDate(owed.dueOn)}${hourOf(owed) && `${hourOf(owed)}前`}`;

const paragraph = (text: string): LetterBlock => ({ kind: 'paragraph', text });

const standing = ({ state, light, daysLate }: Owed): string =>
  state === 'missing'
    ? `${stateIn('red', 'zh')}灯，${stateIn('late', 'zh')}${daysLate}天`
    : light === 'yellow'
      ? `${stateIn(light, 'zh')}灯，即将到期`
      : stateIn('not-yet-due', 'zh');

const counted = ({ obligations, missing, dueSoon }: ReminderFacts): string => {
  const later = obligations.length - missing - dueSoon;
  return [[missing, '逾期'] as const, [dueSoon, '即将到期'] as const, [later, '尚未到期'] as const]
    .flatMap(([count, word]) => (count === 0 ? [] : [`${word}${count}项`]))
    .join('，');
};

/** By when it is to be answered: at once where something is late, else by the first moment at which something is due. */
const asked = ({ obligations, missing, issuers }: ReminderFacts): string => {
  const whom = issuers.length === 0 ? '' : `向${issuers.join('、')}`;
  const [next] = obligations
    .filter(({ state }) => state !== 'missing')
    .toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
  const late = missing === 0 ? [] : [`请于收到本单后立即${whom}补报逾期事项，并说明原因`];
  const coming =
    next === undefined
      ? []
      : [
          `${missing === 0 ? `请按时限${whom}报送` : '其余事项按时限报送'}，其中最近一项时限为${limitOf(next)}${hourOf(next) === '' ? '（含当日）' : ''}`,
        ];
  return `${[...late, ...coming].join('；')}。`;
};

export const reminderLetter = (facts: ReminderFacts): Letter => {
  const { name, period, issuers, obligations, on } = facts;
  const begin = `截至${chineseDate(on)}，你单位${chinesePeriod(period)}重点工作`;
  return {
    number: null,
    title: `关于${chinesePeriod(period)}重点工作的催办单`,
    addressee: name,
    blocks:
      obligations.length === 0
        ? [paragraph(`${begin}无待办事项。`)]
        : [
            paragraph(`${begin}尚有${obligations.length}项待办，其中${counted(facts)}，如下：`),
            {
              kind: 'table',
              table: {
                columns: [
                  { heading: '序号', weight: 2 },
                  { heading: '事项', weight: 9.2 },
                  { heading: '要求', weight: 2 },
                  { heading: '时限', weight: 6.3 },
                  { heading: '状态', weight: 5.5 },
                ],
                rows: obligations.map((owed, index) => [
                  String(index + 1),
                  owed.label,
                  owed.kind === 'deadline' ? '完成' : '报送',
                  limitOf(owed),
                  standing(owed),
                ]),
              },
            },
            paragraph(asked(facts)),
          ],
    attachments: [],
    signature: issuers.length === 0 ? null : issuers.join('、'),
    date: chineseDate(on),
  };
};
