import { linesWithin, widthOf } from '../kernel/text-width.ts';
import { say, type PlainKey } from '../messages/message.ts';
import { inWords } from '../messages/words.ts';
import type { Language } from '../messages/language.ts';

/** How the commands are called, for a terminal of 80 columns. */

const COLUMNS = 80;
const USE_INDENT = 2;
const FURTHER_INDENT = 6;

/** A way to call a command, and what it does. */
export type Use = readonly [use: PlainKey, does: PlainKey];

/** An option with its value, and what stands in brackets, is never broken. */
const PARTS = /\[[^\]]*\]…?|--\S+ <[^>]*>|<[^>]*>…?|\S+/gu;

const synopsis = (text: string, indent: number): readonly string[] => {
  const lines: string[] = [];
  for (const [part] of text.matchAll(PARTS)) {
    const line = lines.at(-1);
    if (line !== undefined && widthOf(line) + 1 + widthOf(part) <= COLUMNS) lines[lines.length - 1] = `${line} ${part}`;
    else lines.push(' '.repeat(lines.length === 0 ? indent : indent + FURTHER_INDENT) + part);
  }
  return lines;
};

const useText = ([use, does]: Use, prefix: string, indent: number, language: Language): readonly string[] => [
  ...synopsis(prefix + inWords(say(use), language), indent),
  ...linesWithin(inWords(say(does), language), COLUMNS - FURTHER_INDENT).map((line) => ' '.repeat(FURTHER_INDENT) + line),
];

/** All commands. */
export const usageText = (uses: readonly Use[], language: Language): string =>
  [inWords(say('cli.duban'), language), '', ...uses.flatMap((use) => useText(use, '', USE_INDENT, language))].join('\n');

/** One of them. */
export const commandText = (uses: readonly Use[], language: Language): string =>
  uses.flatMap((use) => useText(use, 'duban ', 0, language)).join('\n');
