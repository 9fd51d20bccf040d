import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '../kernel/canonical.ts';
import { hasCode } from '../kernel/error-code.ts';
import { replaceFile } from '../store/durable-file.ts';
import { parseCheckpoint, parseNote, type Checkpoint } from '../tlog/index.ts';
import { linesOf } from './bundle-layout.ts';

/**
 * What an auditor keeps of a log from one verification to the next: its last checkpoint and its keys. This is what
 * makes a rewritten history impossible to miss, whatever keys the one who rewrote it has.
 */
export type Memory = {
  readonly dir: string;
  readonly checkpoint: () => { readonly bytes: Uint8Array; readonly checkpoint: Checkpoint } | undefined;
  readonly keys: () => readonly string[] | undefined;
  readonly remember: (note: Uint8Array, keys: readonly string[]) => void;
  /** Writes down two signed checkpoints that cannot both be true; gives the file. */
  readonly keepEvidence: (text: string) => string;
};

export const defaultMemoryDir = (): string => join(homedir(), '.duban');

const readIfThere = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
};

/** The memory of one log in a directory for all. */
export const openMemory = (base: string, origin: string): Memory => {
  const dir = join(base, sha256Hex(origin));
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(dir, name);
    replaceFile(path, content);
    return path;
  };
  return {
    dir,
    checkpoint: () => {
      const bytes = readIfThere(join(dir, 'checkpoint'));
      if (bytes === undefined) return undefined;
      const note = parseNote(bytes);
      const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
      if (!checkpoint.ok) throw new Error(`${join(dir, 'checkpoint')} is no checkpoint: ${checkpoint.reason}`);
      return { bytes, checkpoint: checkpoint.value };
    },
    keys: () => {
      const text = readIfThere(join(dir, 'keys'))?.toString('utf8');
      return text === undefined ? undefined : linesOf(join(dir, 'keys'), text);
    },
    remember: (note, keys) => {
      write('keys', keys.map((key) => `${key}\n`).join(''));
      write('checkpoint', note);
    },
    keepEvidence: (text) => write('fork-evidence.txt', text),
  };
};
