import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProgram, type Program } from '../support/process.ts';
import type { Test } from 'tap';

/** What a receiver wrote down, and how long is waited for it. */

export type Received = {
  readonly at: number;
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export const receivedIn = (file: string): readonly Received[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Received)
    : [];

export const startReceiver = async (t: Pick<Test, 'teardown'>, file: string, port = 0): Promise<Program & { readonly url: string }> => {
  const program = startProgram(t, [file, String(port)], {}, 'test/subscriptions/children/receiver.ts');
  const [, url = ''] = await program.says(/listening on (\S+)/u);
  return { ...program, url };
};

/** @throws after half a minute */
export const until = async (what: string, holds: () => boolean | Promise<boolean>, millis = 30_000): Promise<void> => {
  const end = Date.now() + millis;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${millis} ms`);
    await sleep(20);
  }
};
