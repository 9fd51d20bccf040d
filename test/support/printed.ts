import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** LibreOffice and poppler, where this machine has them: what a file looks like when it is printed. */

const has = (program: string): boolean => spawnSync('which', [program]).status === 0;
const missing = ['soffice', 'pdftotext', 'pdffonts'].filter((program) => !has(program));
/** Why a test that prints is left out; false where all is there. */
export const lacks =
  missing.length === 0 ? false : `not on this machine: ${missing.join(', ')} (Debian: libreoffice-writer libreoffice-calc poppler-utils)`;

/** What stands for the fonts that a computer of an office has. */
const FONTS = fileURLToPath(new URL('../docs/month/fonts.conf', import.meta.url));

/** What LibreOffice prints of a file: its PDF. */
export const printed = (name: string, bytes: Uint8Array): string => {
  const dir = mkdtempSync(join(tmpdir(), 'duban-office-'));
  writeFileSync(join(dir, name), bytes);
  const run = spawnSync(
    'soffice',
    ['--headless', `-env:UserInstallation=file://${dir}/profile`, '--convert-to', 'pdf', '--outdir', dir, join(dir, name)],
    {
      encoding: 'utf8',
      env: { ...process.env, FONTCONFIG_FILE: FONTS },
      timeout: 120_000,
    },
  );
  if (run.status !== 0 || /warn|error/iu.test(run.stderr.replaceAll(/.*javaldx.*\n?/gu, '')))
    throw new Error(`soffice: ${run.stdout} ${run.stderr}`);
  return join(dir, name.replace(/\.\w+$/u, '.pdf'));
};
export const textOf = (pdf: string, page: number): string =>
  spawnSync('pdftotext', ['-layout', '-f', String(page), '-l', String(page), pdf, '-'], { encoding: 'utf8' }).stdout;
