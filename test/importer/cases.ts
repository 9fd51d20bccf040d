import { readdirSync, readFileSync } from 'node:fs';
import { readSource } from '../../src/documents/read-source.ts';
import type { Source } from '../../src/documents/source.ts';
import { profileSchema, type Profile } from '../../src/importer/profile.ts';
import type { Expected } from './expected.ts';
import { inEnglish } from '../../src/messages/words.ts';

/** Documents in shapes that real offices use, their places and people invented, each with its right reading. */
const ROOT = new URL('cases/', import.meta.url);

export type Case = {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly source: Source;
  readonly expected: Expected;
  /** As a person would confirm it for the office. */
  readonly profile: Profile | null;
};

export const sourceOf = async (bytes: Uint8Array, name: string): Promise<Source> => {
  const read = await readSource(bytes, { name });
  if (!read.ok) throw new Error(`${name}: ${inEnglish(read.problem.detail)}`);
  return read.source;
};

const fileNames = readdirSync(ROOT);
const jsonOf = (name: string): unknown => JSON.parse(readFileSync(new URL(name, ROOT), 'utf8'));

const readCase = async (id: string): Promise<Case> => {
  const expected = jsonOf(`${id}.json`) as Expected; // a file of this folder, of the shape that its neighbours have
  const bytes = readFileSync(new URL(expected.source, ROOT));
  const profile = fileNames.includes(`${id}.profile.json`) ? profileSchema.parse(jsonOf(`${id}.profile.json`)) : null;
  return { id, bytes, source: await sourceOf(bytes, expected.source), expected, profile };
};

/** The text of a case's file, whatever its encoding. */
export const textOf = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
};

export const casesIn = async (): Promise<readonly Case[]> =>
  Promise.all(
    fileNames
      .filter((name) => /^[^.]+\.json$/u.test(name))
      .map((name) => name.slice(0, -'.json'.length))
      .map(readCase),
  );
