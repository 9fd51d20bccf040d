import { readFileSync, writeFileSync } from 'node:fs';
import { parts, withPart } from './generated.ts';

/** `npm run docs:record`: writes the generated parts of `docs/` again. */

for (const part of parts) {
  const path = new URL(`../../${part.page}`, import.meta.url);
  writeFileSync(path, withPart(readFileSync(path, 'utf8'), part));
}
