import { messages } from '../message.ts';

export const apiTokens = messages({
  'api.tokens.epoch-seconds-from-then-on-good': {
    en: 'Epoch seconds: from then on it is good for nothing anyway, and the list forgets it.',
    zh: '纪元秒：此后令牌本已失效，清单不再保留。',
  },
  'api.tokens.revoke-token-by-jti': { en: 'Revoke a token by its jti', zh: '按 jti 吊销令牌' },
  'api.tokens.in-force-at-once-at-this': {
    en: 'In force at once at this server, and within a second at every other one that shares its keys.',
    zh: '在本服务器立即生效，在共用其密钥的其他服务器一秒之内生效。',
  },
  'api.tokens.when-token-expires-epoch-seconds-unless': {
    en: 'When the token expires, epoch seconds; unless given, the longest that any could be good.',
    zh: '令牌的到期时间，纪元秒；不填则按令牌的最长有效期。',
  },
  'api.tokens.past-token-good-for-nothing': { en: 'is past: the token is good for nothing', zh: '已经过去：令牌已失效' },
  'api.tokens.later-than-any-token-good': { en: 'is later than any token is good', zh: '晚于任何令牌的有效期' },
  'api.tokens.tokens-that-were-revoked-and-may': {
    en: 'Tokens that were revoked and may not have expired',
    zh: '已吊销且可能尚未过期的令牌',
  },
});
