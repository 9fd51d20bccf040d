/**
 * Where the last version of each key stands in a file that is being loaded: a hash table in memory, 17 to 35 bytes a
 * key. The index on keys answers the same, but a load would write it in random places; sorted once at the end it is
 * cheaper.
 */
export type LastRows = {
  /** Rows of all keys with this key's hash, its own among them if it has one: in nearly all cases none or one. */
  readonly of: (key: string) => readonly number[];
  /** `before`: the key's row until now, where it has one. */
  readonly set: (key: string, rowid: number, before: number | undefined) => void;
};

const FIRST_CAPACITY = 2 ** 10;
/** Of the places taken, beyond which a search would pass too many. */
const FULL = 0.7;

/** FNV-1a over UTF-16 units, its high bits folded into the low ones that choose the place. */
const hashOf = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
};

/** Open addressing with linear probing; a row of 0 marks a free place. */
export const lastRows = (): LastRows => {
  let hashes = new Uint32Array(FIRST_CAPACITY);
  let rows = new Float64Array(FIRST_CAPACITY);
  let taken = 0;

  /** The first place from the hash's own on that is free or holds what is sought. */
  const placeOf = (hash: number, row: number | undefined): number => {
    let place = hash & (rows.length - 1);
    while (rows[place] !== 0 && rows[place] !== row) place = (place + 1) & (rows.length - 1);
    return place;
  };

  const put = (hash: number, row: number, before: number | undefined): void => {
    const place = placeOf(hash, before);
    if (rows[place] === 0) taken += 1;
    hashes[place] = hash;
    rows[place] = row;
  };

  const grow = (): void => {
    const [oldHashes, oldRows] = [hashes, rows];
    hashes = new Uint32Array(2 * oldRows.length);
    rows = new Float64Array(2 * oldRows.length);
    taken = 0;
    for (const [place, row] of oldRows.entries()) if (row !== 0) put(oldHashes[place] ?? 0, row, undefined);
  };

  return {
    of: (key) => {
      const hash = hashOf(key);
      const found: number[] = [];
      for (let place = hash & (rows.length - 1); rows[place] !== 0; place = (place + 1) & (rows.length - 1))
        if (hashes[place] === hash) found.push(rows[place] ?? 0);
      return found;
    },
    set: (key, rowid, before) => {
      if (taken > FULL * rows.length) grow();
      put(hashOf(key), rowid, before);
    },
  };
};
