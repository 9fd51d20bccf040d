import type { FastifyRequest } from 'fastify';
import { languageNamed, type Language } from '../messages/language.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** In which answers are written whose reader names none. */
    language: Language;
  }
}

type Range = { readonly type: string; readonly quality: number };

const rangesOf = (accept: string): readonly Range[] =>
  accept.split(',').map((part) => {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
  });

/** How exactly a range names a media type: 3 itself, 2 by its family, 1 as anything, 0 not at all. */
const precision = (range: string, type: string): number => {
  if (range === type) return 3;
  if (range === `${type.split('/', 1)[0]}/*`) return 2;
  return range === '*/*' ? 1 : 0;
};

const qualityOf = (ranges: readonly Range[], type: string): number => {
  let best = 0;
  let quality = 0;
  for (const range of ranges) {
    const exact = precision(range.type, type);
    if (exact > best) {
      best = exact;
      ({ quality } = range);
    }
  }
  return quality;
};

/**
 * The media type, of those offered, that `Accept` likes best (RFC 9110 §12.5.1): the first offered where it likes
 * several alike or says nothing, undefined where it takes none.
 */
export const preferred = (accept: string | undefined, offered: readonly string[]): string | undefined => {
  if (accept === undefined || accept.trim() === '') return offered[0];
  const ranges = rangesOf(accept);
  let best: string | undefined;
  let quality = 0;
  for (const type of offered) {
    const liked = qualityOf(ranges, type);
    if (liked > quality) {
      best = type;
      quality = liked;
    }
  }
  return best;
};

export type { Language };

/** The language that `Accept-Language` likes best (RFC 9110 §12.5.4); `zh-CN` or `zh-Hans` is Chinese. */
export const preferredLanguage = (accept: string | undefined, otherwise: Language = 'en'): Language => {
  let best = otherwise;
  let quality = 0;
  for (const range of rangesOf(accept ?? '')) {
    const language = range.type === '*' ? otherwise : languageNamed(range.type);
    if (language === undefined || range.quality <= quality) continue;
    best = language;
    quality = range.quality;
  }
  return best;
};

/** The language of the answer to a request. */
export const languageOf = ({ headers, server }: FastifyRequest): Language => preferredLanguage(headers['accept-language'], server.language);
