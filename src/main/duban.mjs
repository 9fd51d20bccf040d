#!/usr/bin/env node
// Plain JavaScript, so that a Node which cannot run the rest can say so. It cannot read the catalogue: these words stand here.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LEAST = 26;

/** In the language that the locale names, as for all that a command says. */
const say = (en, zh) => {
  const { LC_ALL, LC_MESSAGES, LANG, DUBAN_LANG } = process.env;
  const named = LC_ALL || LC_MESSAGES || LANG || DUBAN_LANG || '';
  process.stderr.write(`${/^zh/iu.test(named) ? zh : en}\n`);
};

if (Number(process.versions.node.split('.', 1)[0]) < LEAST) {
  const brought = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
  const program = fileURLToPath(import.meta.url);
  const here = `v${process.versions.node} (${process.execPath})`;
  if (existsSync(brought))
    say(
      `duban needs Node ${LEAST} or newer, and this is ${here}: start it with the one that npm ci has brought, ${brought} ${program}, or by npm start`,
      `duban 需要 Node ${LEAST} 或更高版本，当前为 ${here}：请用 npm ci 装好的 Node 启动，即 ${brought} ${program}，或运行 npm start`,
    );
  else
    say(
      `duban needs Node ${LEAST} or newer, and this is ${here}: run npm ci, which brings it, and then npm start; or install it`,
      `duban 需要 Node ${LEAST} 或更高版本，当前为 ${here}：请运行 npm ci（会装好所需的 Node），再运行 npm start；或自行安装`,
    );
  process.exit(1);
}
await import('./cli.ts');
