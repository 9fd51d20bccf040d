import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Test } from 'tap';
import { temporaryDir } from '../support/app.ts';
import { startProgram } from '../support/process.ts';

/** A mail server in another process, and what it has taken. */

export type Taken = {
  readonly raw: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
};

export type Mailbox = {
  readonly port: number;
  readonly url: string;
  readonly mails: () => readonly Taken[];
  readonly does: (what: 'take' | 'refuse' | 'refuse-recipient' | 'hang-up' | 'take-and-hang-up') => void;
};

export const startMailbox = async (t: Pick<Test, 'teardown'>, { tls = false }: { readonly tls?: boolean } = {}): Promise<Mailbox> => {
  const dir = temporaryDir(t);
  const [file, doing] = [`${dir}/mails`, `${dir}/doing`];
  writeFileSync(doing, 'take');
  const program = startProgram(t, [file, doing, tls ? 'tls' : 'none'], {}, 'test/reminders/children/smtp.ts');
  const [, port = '0'] = await program.says(/listening on (\d+)/u);
  return {
    port: Number(port),
    url: `smtp://127.0.0.1:${port}`,
    mails: () =>
      existsSync(file)
        ? readFileSync(file, 'utf8')
            .split('\n')
            .slice(0, -1)
            .map((line) => JSON.parse(line) as Taken)
        : [],
    does: (what) => writeFileSync(doing, what),
  };
};
