#!/usr/bin/env node
// Plain JavaScript, so that a Node which cannot run the rest can say so.
const LEAST = 26;
if (Number(process.versions.node.split('.', 1)[0]) < LEAST) {
  process.stderr.write(
    `duban needs Node ${LEAST} or newer, and this is ${process.version} (${process.execPath}): install it, or run npm ci\n`,
  );
  process.exit(1);
}
await import('./cli.ts');
