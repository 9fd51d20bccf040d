import type { Language } from './language.ts';
import type { Message } from './message.ts';
import { inEnglish, inWords, isSayable } from './words.ts';

/** What is recorded once and read later, in whatever language: the English, by which the log knows it, and its message. */
export type Kept = {
  readonly detail: string;
  /** Left out of what a person wrote, and of what was recorded before there were messages. */
  readonly said?: Message | undefined;
};

export const kept = (said: Message): { readonly detail: string; readonly said: Message } => ({ detail: inEnglish(said), said });

/** As it can be recorded: JSON has no member without a value. */
export const recordable = ({ key, values }: Message): Message => ({
  key,
  values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
});

/** In the words of a language; where the message is not known any more, as it was recorded. */
export const keptIn = ({ detail, said }: { readonly detail: string; readonly said?: unknown }, language: Language): string =>
  isSayable(said) ? inWords(said, language) : detail;
