import { say } from '../../messages/message.ts';
import { inWords } from '../../messages/words.ts';
import { chinesePeriod } from '../letters/chinese.ts';
import type { Language, Names, Sheet, Words } from './sheet.ts';

/** A table that is printed and filed says of itself what it is about, and as of which day. */

export type About = {
  readonly directive?: string | undefined;
  readonly unit?: string | undefined;
  /** A period of reports; null where none was asked for. */
  readonly period?: string | null | undefined;
  readonly year?: string | undefined;
};

const COMMA: Readonly<Record<Language, string>> = { en: ', ', zh: '，' };

const isSaid = (part: string | null | undefined): part is string => part !== undefined && part !== null;

/** `报送情况一览_sanzhengban-2023-1_2023-03`, in English in ASCII. */
export const fileNameAbout = ({ fileName }: Pick<Sheet<never>, 'fileName'>, { directive, unit, period, year }: About): Words => {
  const named = (name: string): string => [name, directive, unit, period, year].filter(isSaid).join('_');
  return { en: named(fileName.en), zh: named(fileName.zh) };
};

/** `报送情况一览（三政办〔2023〕1号，2023年3月份，截至2023年4月10日）`. */
export const titled = <Item>(sheet: Sheet<Item>, about: About, names: Names): Sheet<Item> => {
  const { directive, unit, period, year } = about;
  const titleIn = (language: Language): string => {
    const shown = (of: string): string => (language === 'zh' ? chinesePeriod(of) : of);
    const parts = [
      directive === undefined ? undefined : names.directive(directive),
      unit === undefined ? undefined : names.unit(unit),
      ...[period, year].map((of) => (isSaid(of) ? shown(of) : undefined)),
      inWords(say('sheet-title.as-of', { day: { day: names.day } }), language),
    ];
    return inWords(say('sheet-title.about', { title: sheet.title[language], about: parts.filter(isSaid).join(COMMA[language]) }), language);
  };
  const title: Words = { en: titleIn('en'), zh: titleIn('zh') };
  return { ...sheet, name: sheet.title, title, fileName: fileNameAbout(sheet, about) };
};
