import { messages } from './message.ts';

/** Why something is not sent to an address. */
export const sending = messages({
  'sending.is-no-url': { en: 'is no URL', zh: '不是网址' },
  'sending.no-blanks': {
    en: 'must not hold blanks, line breaks, control characters or backslashes',
    zh: '不得含有空格、换行、控制字符或反斜杠',
  },
  'sending.begins-with-https': { en: 'must begin with https://', zh: '应以 https:// 开头' },
  'sending.no-credentials': { en: 'must not hold credentials: what is sent is signed', zh: '不得含有用户名和密码：所发送的内容已有签名' },
  'sending.no-fragment': { en: 'must not have a fragment', zh: '不得含有片段（# 之后的部分）' },
  'sending.not-public': {
    en: 'leads to an address that is not public: WEBHOOK_ALLOW does not name it',
    zh: '指向非公开的地址：WEBHOOK_ALLOW 没有列出该地址',
  },
  'sending.https-unless-named': {
    en: 'must begin with https://, unless WEBHOOK_ALLOW names its host',
    zh: '应以 https:// 开头，除非 WEBHOOK_ALLOW 列出其主机',
  },
  'sending.port-unless-named': {
    en: 'must be at port {$ports}, unless WEBHOOK_ALLOW names its host',
    zh: '应使用端口 {$ports}，除非 WEBHOOK_ALLOW 列出其主机',
  },
});
