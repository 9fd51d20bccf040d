import { wholePathOf } from '../kernel/data-files.ts';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';

/** What somebody who has started the service wants to know next, in one line of its log. */

const OWN_DATA = fileURLToPath(new URL('../../data', import.meta.url));

const quoted = (path: string): string => (/^[\w./@%+:,-]+$/u.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`);

/** The command that makes a token for this data directory. */
const tokenCommand = (dataDir: string): string => {
  const path = wholePathOf(dataDir);
  return `${path === OWN_DATA ? '' : `DATA_DIR=${quoted(path)} `}npm run -s duban -- token --role office`;
};

export type Banner = { readonly docs: string; readonly data: string; readonly token: string };

export const banner = ({ dataDir, authJwks }: Pick<Config, 'dataDir' | 'authJwks'>, address: string): Banner => ({
  docs: `${address}/docs`,
  data: wholePathOf(dataDir),
  token: authJwks === undefined ? tokenCommand(dataDir) : 'from the issuer that AUTH_JWKS names',
});
