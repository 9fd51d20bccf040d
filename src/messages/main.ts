import { messages } from './message.ts';

/** What the command line says. */
export const main = messages({
  'main.language-must': { en: 'must be zh-CN or en', zh: '应为 zh-CN 或 en' },
});
