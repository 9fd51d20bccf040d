/** The languages in which everything for people is written. Codes, names of members and values of closed lists are in none. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What answers and pages call a language (RFC 5646): the Chinese here is that of the mainland's offices. */
export const TAGS: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

/** The language that a tag names by its first part, as a browser, a setting (`zh-CN`) or a locale (`zh_CN.UTF-8`) writes it. */
export const languageNamed = (tag: string): Language | undefined => {
  const [first] = tag
    .trim()
    .toLowerCase()
    .split(/[-_.@]/u, 1);
  return LANGUAGES.find((known) => known === first);
};
