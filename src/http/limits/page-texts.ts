import type { Rest } from './turns.ts';

/** The JSON texts of the first items of a page: of all of them, or of as many as have `most` bytes together, one at least. */
export const pageTexts = async (items: readonly unknown[], most: number, rest: Rest): Promise<readonly string[]> => {
  const texts: string[] = [];
  let bytes = 0;
  for (const item of items) {
    const text = JSON.stringify(item);
    bytes += Buffer.byteLength(text);
    if (bytes > most && texts.length > 0) break;
    texts.push(text);
    const pause = rest();
    if (pause !== undefined) await pause;
  }
  return texts;
};
