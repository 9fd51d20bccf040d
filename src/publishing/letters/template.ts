import { normalized } from '../../kernel/visible-text.ts';
import type { Letter, LetterBlock } from './letter.ts';
import { say, type Message } from '../../messages/message.ts';
import { isPart, isWord, PARTS, WORDS, type LetterFacts, type Part } from './placeholders.ts';

/**
 * The words of a circulation notice, in a form that an office can change: one line a paragraph. `文号：`, `标题：`,
 * `主送：`, `落款：` and `日期：` begin the lines of the head and the end; `# ` and `## ` begin headings, `附件：` a page of
 * its own. `{{…}}` is filled in.
 */
export const DEFAULT_TEMPLATE = `文号：{{文号}}
标题：{{标题}}
主送：各责任单位
根据{{依据}}要求，现将{{期间}}重点工作进展情况报送情况通报如下：
# 一、总体情况
{{总体情况}}
# 二、全部按时报送的单位
{{全部按时单位}}
# 三、逾期报送的单位
{{逾期单位}}
# 四、未报送的单位
{{未报送单位}}
特此通报。
落款：{{发文机关}}
日期：{{成文日期}}
附件：责任单位报送情况统计表
{{情况统计表}}
附件：逾期和未报送事项清单
{{事项清单}}
`;

type Line =
  | { readonly kind: 'field'; readonly field: 'number' | 'title' | 'addressee' | 'signature' | 'date'; readonly text: string }
  | { readonly kind: 'attachment'; readonly text: string }
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'part'; readonly part: Part }
  | { readonly kind: 'paragraph'; readonly text: string };

export type Template = { readonly lines: readonly Line[] };

/** A template that cannot be used: the line, from 1, and why. */
export type TemplateFault = { readonly line: number; readonly message: Message };

const FIELDS = { 文号: 'number', 标题: 'title', 主送: 'addressee', 落款: 'signature', 日期: 'date' } as const;
const isField = (name: string): name is keyof typeof FIELDS => Object.hasOwn(FIELDS, name);

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/gu;

const lineOf = (text: string): Line => {
  const alone = /^\{\{\s*([^{}]*?)\s*\}\}$/u.exec(text)?.[1];
  if (alone !== undefined && isPart(alone)) return { kind: 'part', part: alone };
  const heading = /^(##?) +(.+)$/u.exec(text);
  if (heading !== null) return { kind: 'heading', level: heading[1] === '##' ? 2 : 1, text: heading[2] ?? '' };
  const [, label = '', rest = ''] = /^(.{2})[：:](.*)$/u.exec(text) ?? [];
  if (label === '附件') return { kind: 'attachment', text: rest.trim() };
  return isField(label) ? { kind: 'field', field: FIELDS[label], text: rest.trim() } : { kind: 'paragraph', text };
};

const faultsIn = (line: Line, n: number): readonly TemplateFault[] => {
  if (line.kind === 'part') return [];
  const unknown = [...line.text.matchAll(PLACEHOLDER)].map(([, name = '']) => name).filter((name) => !isWord(name));
  const faults = unknown.map((name) => ({
    line: n,
    message: isPart(name)
      ? say('template.stands-alone', { name: `{{${name}}}` })
      : say('template.no-such-word', { name: `{{${name}}}`, names: [...Object.keys(WORDS), ...Object.keys(PARTS)] }),
  }));
  const open = line.text.replaceAll(PLACEHOLDER, '');
  return open.includes('{{') || open.includes('}}')
    ? [...faults, { line: n, message: say('template.half-open', { begin: '{{', end: '}}' }) }]
    : faults;
};

/** Reads a template; what cannot be used is said line by line. */
export const readTemplate = (
  text: string,
): { readonly ok: true; readonly template: Template } | { readonly ok: false; readonly faults: readonly TemplateFault[] } => {
  const numbered = normalized(text, 'NFC')
    .replace(/^\uFEFF/u, '')
    .split(/\r\n|\r|\n/u)
    .map((line, index) => ({ n: index + 1, text: line.trim() }))
    .filter(({ text: line }) => line !== '')
    .map(({ n, text: line }) => ({ n, line: lineOf(line) }));
  const faults = numbered.flatMap(({ n, line }) => faultsIn(line, n));
  const has = (field: string): boolean => numbered.some(({ line }) => line.kind === 'field' && line.field === field);
  const lacking = has('title') ? [] : [{ line: 1, message: say('template.no-title') }];
  const all = [...lacking, ...faults];
  return all.length === 0 ? { ok: true, template: { lines: numbered.map(({ line }) => line) } } : { ok: false, faults: all };
};

const filled = (text: string, facts: LetterFacts): string =>
  text.replaceAll(PLACEHOLDER, (whole, name: string) => (isWord(name) ? WORDS[name](facts) : whole));

const orNull = (text: string): string | null => (text === '' ? null : text);

/** The letter that a template makes of the facts. */
export const writeLetter = ({ lines }: Template, facts: LetterFacts): Letter => {
  const fields = { number: '', title: '', addressee: '', signature: '', date: '' };
  const blocks: LetterBlock[] = [];
  const attachments: { title: string; blocks: LetterBlock[] }[] = [];
  let into = blocks;
  for (const line of lines) {
    if (line.kind === 'part') into.push(...PARTS[line.part](facts));
    else if (line.kind === 'field') fields[line.field] = filled(line.text, facts);
    else if (line.kind === 'attachment') {
      into = [];
      attachments.push({ title: filled(line.text, facts), blocks: into });
    } else into.push({ ...line, text: filled(line.text, facts) });
  }
  return {
    number: orNull(fields.number),
    title: facts.isExtract ? `${fields.title}（摘录）` : fields.title,
    addressee: orNull(fields.addressee.replace(/[：:]$/u, '')),
    blocks,
    attachments,
    signature: orNull(fields.signature),
    date: orNull(fields.date),
  };
};
