import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answered, CHINESE, ENGLISH, missing, playedMonth } from './month.ts';

/**
 * `npm run docs:pictures`: plays the month of docs/office.md, writes down what its commands answer, there and in its Chinese
 * page, and makes pictures of the files that they fetch, as LibreOffice and Chromium print them.
 */

const PICTURES = fileURLToPath(new URL('../../../docs/pictures/', import.meta.url));
const FONTS = fileURLToPath(new URL('fonts.conf', import.meta.url));
const PROGRAMS = {
  soffice: 'libreoffice-writer libreoffice-calc',
  pdftoppm: 'poppler-utils',
  pngquant: 'pngquant',
  chromium: 'chromium',
} as const;
/** Of 1 inch, and of colours: what is read well on a page, and is small. */
const DOTS = 90;
const COLOURS = 24;
const LARGEST = 150 * 1024;

/** What is fetched in the month, which page of it, and what the picture is called. */
const SHOWN = [
  { file: 'return.xlsx', page: 1, name: 'return' },
  { file: 'board.xlsx', page: 1, name: 'board' },
  { file: 'missing.xlsx', page: 1, name: 'missing' },
  { file: 'reminder.docx', page: 1, name: 'reminder' },
  { file: 'notice.docx', page: 1, name: 'notice' },
  { file: 'notice.docx', page: 4, name: 'notice-annex' },
  { file: 'inspection.docx', page: 1, name: 'inspection' },
  { file: 'ledger.xlsx', page: 1, name: 'ledger' },
] as const;
const PAGES = [{ file: 'notice.html', name: 'notice-page' }] as const;

const lacking = Object.entries(PROGRAMS).filter(([program]) => spawnSync('which', [program]).status !== 0);
const why = [missing(), ...lacking.map(([program, packages]) => `${program} is not installed (Debian: ${packages})`)].filter(
  (each) => each !== undefined,
);
if (why.length > 0) throw new Error(why.join('\n'));

const run = (program: string, args: readonly string[]): void => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, FONTCONFIG_FILE: FONTS },
    timeout: 180_000,
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout} ${stderr}`);
};

/** Few colours, and no more bytes than a page of documentation should have. */
const made = (png: string): string => {
  run('pngquant', ['--force', '--nofs', '--strip', '--speed', '1', '--output', png, String(COLOURS), png]);
  const { size } = statSync(png);
  if (size > LARGEST) throw new Error(`${png} has ${size} bytes`);
  return `${png.slice(PICTURES.length)} ${Math.ceil(size / 1024)} KiB`;
};

const ends: (() => unknown)[] = [];
try {
  const month = await playedMonth({ teardown: (end) => void ends.push(end) });
  const { dir } = month;
  for (const page of [ENGLISH, CHINESE]) writeFileSync(page.path, answered(page, month));
  mkdirSync(PICTURES, { recursive: true });
  const files = [...new Set(SHOWN.map(({ file }) => file))];
  run('soffice', [
    '--headless',
    `-env:UserInstallation=file://${dir}/profile`,
    '--convert-to',
    'pdf',
    '--outdir',
    join(dir, 'pdf'),
    ...files.map((file) => join(dir, file)),
  ]);
  for (const { file, page, name } of SHOWN) {
    const pdf = join(dir, 'pdf', file.replace(/\.\w+$/u, '.pdf'));
    const [first, png] = [String(page), join(PICTURES, name)];
    run('pdftoppm', ['-r', String(DOTS), '-f', first, '-l', first, '-singlefile', '-png', pdf, png]);
    console.log(made(`${png}.png`));
  }
  for (const { file, name } of PAGES) {
    const png = join(PICTURES, `${name}.png`);
    run('chromium', [
      '--headless',
      '--no-sandbox',
      '--hide-scrollbars',
      '--window-size=794,1123',
      `--user-data-dir=${dir}/chromium`,
      `--screenshot=${png}`,
      `file://${join(dir, file)}`,
    ]);
    console.log(made(png));
  }
  const kept = process.argv[2];
  if (kept !== undefined) cpSync(dir, kept, { recursive: true });
} finally {
  for (const end of ends.toReversed()) await end();
}
