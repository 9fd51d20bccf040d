import type { Fault } from './fault.ts';
import type { Text } from '../messages/message.ts';
import { inWords } from '../messages/words.ts';
import type { Language } from '../messages/language.ts';

type Said<Each extends Text> = { readonly remarks: readonly Each[]; readonly faults: readonly Fault<Each>[] };

/** A report in the words of a language: its remarks, and what is wrong. */
export const worded = <Report extends Said<Text>>(report: Report, language: Language): Omit<Report, keyof Said<Text>> & Said<string> => ({
  ...report,
  remarks: report.remarks.map((remark) => inWords(remark, language)),
  faults: report.faults.map((one) => ({ ...one, detail: inWords(one.detail, language) })),
});
