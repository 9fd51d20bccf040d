import { messages } from './message.ts';

/** Words of the pages of problems. */
export const pages = messages({
  'page.docs': { en: 'Duban: calls of the HTTP interface', zh: '督办：HTTP 接口' },
  'page.problems': { en: 'Problems', zh: '问题类型' },
  'page.all-problems': { en: 'All problems', zh: '全部问题类型' },
  'page.status': { en: 'Status {$status}', zh: '状态码 {$status}' },
  'page.two-statuses': {
    en: 'Status {$subject} where the URL names it, {$field} where a field of the body does',
    zh: '由网址指明时状态码为 {$subject}，由请求正文的字段指明时为 {$field}',
  },
});
