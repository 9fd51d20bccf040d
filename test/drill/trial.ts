import { closeSync, cpSync, openSync, readSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, type Reply } from '../cluster/drill-http.ts';
import type { Life } from '../cluster/drill-replicas.ts';
import { startProgram, type Program } from '../support/process.ts';

/** A start on files that are not as they were left: it may be refused. Nobody's commands go there. */
export type Trial =
  | { readonly kind: 'refused'; readonly code: number | null; readonly stderr: string }
  | {
      readonly kind: 'up';
      readonly program: Program;
      readonly get: (path: string, token?: string) => Promise<Reply>;
      readonly post: (path: string, token: string, body: object) => Promise<Reply>;
      /** Why it is not ready; undefined where it is. */
      readonly notReady: () => Promise<string | undefined>;
    };

export const tryStart = async (life: Life, dataDir: string): Promise<Trial> => {
  const program = startProgram(life, ['serve'], { DATA_DIR: dataDir, PORT: '0' });
  const url = await program.says(/"msg":"listening on (http:\/\/[^"]+)"/u).then(
    ([, found]) => found,
    () => undefined,
  );
  if (url === undefined) return { kind: 'refused', code: (await program.ended).code, stderr: program.stderr() };
  const notReady = async (): Promise<string | undefined> => {
    const reply = await ask(url, { path: '/health/ready' });
    return reply.status === 200 ? undefined : reply.text;
  };
  // Until it has begun at all it says no more than that.
  while (/the service is starting/u.test((await notReady()) ?? '')) await sleep(20);
  return {
    kind: 'up',
    program,
    get: (path, token) => ask(url, { path, ...(token === undefined ? {} : { token }) }),
    post: (path, token, body) => ask(url, { method: 'POST', path, token, body }),
    notReady,
  };
};

/** What is wrong with a refusal that should name a file and need no stack. */
export const notInWords = ({ code, stderr }: { readonly code: number | null; readonly stderr: string }, file: string): string | undefined =>
  code === 1 && stderr.includes(file) && !/^\s+at /mu.test(stderr) ? undefined : `${code}: ${stderr}`;

/** A directory put back as it was. */
export const putBack = (kept: string, dataDir: string): void => {
  rmSync(dataDir, { recursive: true });
  cpSync(kept, dataDir, { recursive: true });
};

export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

export const cut = (path: string, length: number): void => truncateSync(path, length);

export const overwrite = (path: string, at: number, bytes: Uint8Array): void => {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, undefined, at);
  closeSync(file);
};

/** Of a page that begins with what SQLite writes at the start of a file. */
export const pageBytes = (path: string): number => {
  const header = Buffer.alloc(100);
  const file = openSync(path, 'r');
  readSync(file, header);
  closeSync(file);
  const stated = header.readUInt16BE(16);
  return stated === 1 ? 65_536 : stated;
};
