import { languageNamed, type Language } from '../messages/language.ts';

/** Locales that ask for no language at all, as scripts do that read what they are told (POSIX, 8.2). */
const UNTRANSLATED = /^(?:C|POSIX)$/u;

type Environment = Readonly<Record<string, string | undefined>>;

/** What of the environment says which messages are wanted: the first that is set, as POSIX has it. */
const localeIn = (env: Environment): string => [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value = '') => value !== '') ?? '';

/**
 * The language of whoever is at the terminal: that of the locale where it names one of ours (`zh_CN.UTF-8`), `DUBAN_LANG` where
 * it names none (`C.UTF-8`, `de_DE`, nothing), English where that says nothing either.
 */
export const commandLanguage = (env: Environment): Language => {
  const locale = localeIn(env);
  return UNTRANSLATED.test(locale) ? 'en' : (languageNamed(locale) ?? languageNamed(env['DUBAN_LANG'] ?? '') ?? 'en');
};
