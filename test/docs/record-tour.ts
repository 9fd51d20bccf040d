import { writeFileSync } from 'node:fs';
import { PAGES, pathOf, recorded } from './tour.ts';

/** `npm run docs:tour`: runs the commands that the READMEs show, and writes down what they answered. */

for (const page of PAGES) writeFileSync(pathOf(page), (await recorded(page)).now);
