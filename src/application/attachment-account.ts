import { readdir, stat } from 'node:fs/promises';
import { hasCode } from '../kernel/error-code.ts';

/** What each unit has sent: how many attachments, and how many bytes of them. Counted once, and kept up from then on. */
export type Sent = { readonly count: number; readonly bytes: number };

export type AttachmentAccount = {
  readonly of: (unit: string) => Promise<Sent>;
  readonly add: (unit: string, bytes: number) => Promise<void>;
};

const NOTHING: Sent = { count: 0, bytes: 0 };

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0;
    throw error;
  }
};

/** `root` has a directory for each digest, by its beginning, in which a file is named after each sender. */
export const attachmentAccount = (
  root: string,
  { unitOf, pathOf }: { readonly unitOf: (sender: string) => string | undefined; readonly pathOf: (sha256: string) => string },
): AttachmentAccount => {
  let counted: Promise<Map<string, Sent>> | undefined;
  const note = (sent: Map<string, Sent>, unit: string, bytes: number): void => {
    const before = sent.get(unit) ?? NOTHING;
    sent.set(unit, { count: before.count + 1, bytes: before.bytes + bytes });
  };
  const namesIn = async (path: string): Promise<readonly string[]> => {
    try {
      return await readdir(path);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    }
  };
  const count = async (): Promise<Map<string, Sent>> => {
    const sent = new Map<string, Sent>();
    for (const folder of await namesIn(root))
      for (const sha256 of await namesIn(`${root}/${folder}`)) {
        const units = (await namesIn(`${root}/${folder}/${sha256}`)).flatMap((sender) => unitOf(sender) ?? []);
        if (units.length === 0) continue;
        const bytes = await sizeOf(pathOf(sha256));
        for (const unit of units) note(sent, unit, bytes);
      }
    return sent;
  };
  const account = async (): Promise<Map<string, Sent>> => {
    counted ??= count();
    try {
      return await counted;
    } catch (error) {
      counted = undefined; // the next one tries again
      throw error;
    }
  };
  return {
    of: async (unit) => (await account()).get(unit) ?? NOTHING,
    add: async (unit, bytes) => note(await account(), unit, bytes),
  };
};
