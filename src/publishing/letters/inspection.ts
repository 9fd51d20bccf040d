import { stateIn } from '../../messages/named.ts';
import { chineseDate } from './chinese.ts';
import type { Letter, LetterBlock } from './letter.ts';

/*
 * The words of the letter stand here and not in the catalogue: it is a Chinese document whoever asks for it, laid out by
 * GB/T 9704. States are called as everywhere.
 */

/** What the letter of an inspection's conclusion is written from: units and tasks by the names that a reader knows them by. */
export type InspectionFacts = {
  readonly title: string;
  readonly directive: { readonly title: string; readonly number: string; readonly issuer: string };
  readonly team: readonly string[];
  readonly units: readonly string[];
  /** How many. */
  readonly tasks: number;
  /** YYYY-MM-DD, as are all days. */
  readonly openedOn: string;
  readonly conclusion: { readonly text: string; readonly deliveredTo: readonly string[]; readonly issuedOn: string } | null;
  readonly findings: readonly { readonly n: number; readonly unit: string; readonly task: string | null; readonly text: string }[];
  readonly rectifications: readonly {
    readonly finding: number;
    readonly unit: string;
    readonly text: string;
    readonly due: string | null;
    readonly state: RectificationState;
  }[];
  /** A unit's copy: what is about itself. */
  readonly isExtract: boolean;
};

export type RectificationState = 'ordered' | 'reported' | 'returned' | 'verified';

const paragraph = (text: string): LetterBlock => ({ kind: 'paragraph', text });
const heading = (text: string): LetterBlock => ({ kind: 'heading', level: 1, text });
const paragraphs = (text: string): readonly LetterBlock[] =>
  text
    .split(/\r?\n/u)
    .filter((line) => line.trim() !== '')
    .map(paragraph);

const found = ({ findings }: InspectionFacts): readonly LetterBlock[] =>
  findings.length === 0
    ? [paragraph('未发现问题。')]
    : [
        paragraph(`共发现问题${findings.length}项，如下：`),
        {
          kind: 'table',
          table: {
            columns: [
              { heading: '序号', weight: 2 },
              { heading: '责任单位', weight: 5 },
              { heading: '事项', weight: 7 },
              { heading: '发现的问题', weight: 10 },
            ],
            rows: findings.map(({ n, unit, task, text }) => [String(n), unit, task ?? '—', text]),
          },
        },
      ];

const ordered = ({ rectifications }: InspectionFacts): readonly LetterBlock[] => {
  if (rectifications.length === 0) return [paragraph('未提出整改要求。')];
  const open = rectifications.filter(({ state }) => state !== 'verified').length;
  return [
    paragraph(`共提出整改要求${rectifications.length}项，${open === 0 ? '均已核实整改到位' : `其中${open}项尚未核实整改到位`}。`),
    {
      kind: 'table',
      table: {
        columns: [
          { heading: '问题序号', weight: 3.5 },
          { heading: '责任单位', weight: 5 },
          { heading: '整改要求', weight: 6.5 },
          { heading: '整改时限', weight: 7 },
          { heading: '状态', weight: 3 },
        ],
        rows: rectifications.map(({ finding, unit, text, due, state }) => [
          String(finding),
          unit,
          text,
          due === null ? '未定时限' : chineseDate(due),
          stateIn(state, 'zh'),
        ]),
      },
    },
    ...(open === 0 ? [] : [paragraph('请有关单位按期整改，并报送整改情况。')]),
  ];
};

/** Before the conclusion is given the letter is a proof to read: without addressee and day, and it says so. */
export const inspectionLetter = (facts: InspectionFacts): Letter => {
  const { title, directive, team, units, tasks, openedOn, conclusion, isExtract } = facts;
  const number = directive.number === '' ? '' : `（${directive.number}）`;
  const scope = `${units.join('、')}开展督查${tasks === 0 ? '' : `，涉及事项${tasks}项`}`;
  return {
    number: null,
    title: `${title}${conclusion === null ? '情况（未作结论）' : '结论'}${isExtract ? '（摘录）' : ''}`,
    addressee: conclusion === null || conclusion.deliveredTo.length === 0 ? null : conclusion.deliveredTo.join('、'),
    blocks: [
      paragraph(
        `根据《${directive.title}》${number}要求，${team.length === 0 ? '督查组' : team.join('、')}自${chineseDate(openedOn)}起对${scope}。现将有关情况通知如下：`,
      ),
      heading('一、督查结论'),
      ...(conclusion === null ? [paragraph('尚未作出结论。')] : paragraphs(conclusion.text)),
      heading('二、发现的问题'),
      ...found(facts),
      heading('三、整改要求'),
      ...ordered(facts),
    ],
    attachments: [],
    signature: conclusion === null ? null : directive.issuer,
    date: conclusion === null ? null : chineseDate(conclusion.issuedOn),
  };
};
