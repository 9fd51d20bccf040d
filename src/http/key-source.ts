import { boundedBody } from '../kernel/bounded-body.ts';
import { PlaceUnusable, readGivenFile } from '../store/places.ts';
import { say, type Text } from '../messages/message.ts';
import { Told, toldBy } from '../messages/told.ts';

/** Where an issuer's keys are read: a file, or a URL. */
export type KeySource = {
  /** For people: without user, password and query, which may be secrets. */
  readonly name: string;
  readonly kind: 'file' | 'url';
  /** The text that is there now. @throws Error  its message says in a few words what is wrong, and holds no secret */
  readonly read: () => Promise<string>;
};

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MILLIS = 5_000;

const reasonOf = (error: unknown): Text => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return say('http.does-not-answer-within-s', { timeoutMillis: TIMEOUT_MILLIS / 1000 });
  if (error.cause !== undefined) return reasonOf(error.cause); // of `fetch failed` only the cause says anything
  return error.message === '' && 'code' in error ? String(error.code) : toldBy(error);
};

export const fileSource = (path: string): KeySource => ({
  name: path,
  kind: 'file',
  read: async () => {
    try {
      return readGivenFile(path, MAX_BYTES).toString('utf8');
    } catch (error) {
      if (!(error instanceof PlaceUnusable)) throw new Told(say('http.cannot-be-read', { error: reasonOf(error) }), { cause: error });
      throw new Told(error.words, { cause: error });
    }
  },
});

/** As it stands where it is no percent encoding. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** User and password go out as HTTP's Basic scheme does it, since `fetch` takes none in a URL and tells it whole in its error. */
export const urlSource = (text: string): KeySource => {
  const url = new URL(text);
  const { username, password } = url;
  const secret = Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64');
  const headers = {
    accept: 'application/jwk-set+json, application/json',
    ...(username === '' && password === '' ? {} : { authorization: `Basic ${secret}` }),
  };
  url.username = '';
  url.password = '';
  return {
    name: `${url.origin}${url.pathname}`,
    kind: 'url',
    read: async () => {
      let status: number;
      try {
        // Whoever can redirect chooses the keys: the address that was set is the one that is asked.
        const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
        const bytes = await boundedBody(response, MAX_BYTES);
        if (response.status === 200) return bytes.toString('utf8');
        ({ status } = response);
      } catch (error) {
        throw new Told(say('http.cannot-be-fetched', { error: reasonOf(error) }), { cause: error });
      }
      throw new Told(say('http.answers', { status }));
    },
  };
};

export const isUrl = (text: string): boolean => /^https?:\/\//u.test(text);

export const keySource = (setting: string): KeySource => (isUrl(setting) ? urlSource(setting) : fileSource(setting));
