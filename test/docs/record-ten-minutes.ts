import { writeFileSync } from 'node:fs';
import { PAGE, recorded } from './ten-minutes.ts';

/** `npm run docs:documents`: runs the commands of docs/documents.md's ten minutes, and writes down what they answered. */

writeFileSync(PAGE, (await recorded()).now);
