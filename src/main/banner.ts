import { wholePathOf } from '../kernel/data-files.ts';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import { say } from '../messages/message.ts';
import { inWords } from '../messages/words.ts';
import type { Language } from '../messages/language.ts';

/** What somebody who has started the service wants to know next, in one line of its log. */

const OWN_DATA = fileURLToPath(new URL('../../data', import.meta.url));

const quoted = (path: string): string => (/^[\w./@%+:,-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`);

/** The command that makes a token for this data directory. */
const tokenCommand = (dataDir: string): string => {
  const path = wholePathOf(dataDir);
  return `${path === OWN_DATA ? '' : `DATA_DIR=${quoted(path)} `}npm run -s duban -- token --role office`;
};

export type Banner = { readonly docs: string; readonly data: string; readonly token: string };

/** In the language of whoever has started it; the line of the log around it is in English, as all of them are. */
export const banner = ({ dataDir, authJwks }: Pick<Config, 'dataDir' | 'authJwks'>, address: string, language: Language): Banner => ({
  docs: `${address}/docs`,
  data: wholePathOf(dataDir),
  token: authJwks === undefined ? tokenCommand(dataDir) : inWords(say('cli.from-the-issuer'), language),
});
