import { messages } from '../message.ts';

export const apiRoster = messages({
  'api.roster.every-name-had-by-civil-days': {
    en: 'Every name it had, by civil days: `from` null since ever, `to` null until now.',
    zh: '用过的全部名称，按日期：`from` 为 null 表示自始使用，`to` 为 null 表示沿用至今。',
  },
  'api.roster.units-on-day-judged-null-where': {
    en: 'Units on the day judged; null where they are not recorded.',
    zh: '判断当日所含的单位；未录入的为 null。',
  },
  'api.roster.register-unit': { en: 'Register a unit', zh: '登记单位' },
  'api.roster.rename-unit-or-merge-into-another': {
    en: 'Rename a unit, or merge it into another, from a day on',
    zh: '自某日起单位更名，或并入其他单位',
  },
  'api.roster.units-found-by-any-name-they': { en: 'Units, found by any name they ever had', zh: '按用过的任何名称查找单位' },
  'api.roster.one-unit-with-names-over-time': { en: 'One unit with its names over time', zh: '一个单位及其历次名称' },
  'api.roster.roster-what-if-match-takes': { en: 'Of the roster: what If-Match takes.', zh: '名册的版本：If-Match 即用此值。' },
  'api.roster.no-unit-registered': { en: 'no unit {$unit} is registered', zh: '没有登记单位 {$unit}' },
  'api.roster.define-name-that-stands-for-several': { en: 'Define a name that stands for several units', zh: '定义代表若干单位的集合称谓' },
  'api.roster.record-who-collective-stands-for-from': {
    en: 'Record who a collective stands for, from a day on',
    zh: '录入集合称谓自某日起所含的单位',
  },
  'api.roster.collectives-and-their-members-on-day': { en: 'Collectives and their members on the day', zh: '集合称谓及其当日成员' },
  'api.roster.one-collective-and-members-over-time': { en: 'One collective and its members over time', zh: '一个集合称谓及其历次成员' },
  'api.roster.no-collective-defined': { en: 'no collective {$collective} is defined', zh: '没有定义集合称谓 {$collective}' },
});
