import { messages } from '../message.ts';

export const domainRoster = messages({
  'roster.name': { en: '{$name} is a name of {$name2}', zh: '{$name} 是 {$name2} 的名称' },
  'roster.no-unit-registered': { en: 'no unit {$members} is registered', zh: '没有登记单位 {$members}' },
  'roster.named-twice': { en: '{$members} is named twice', zh: '{$members} 重复出现' },
  'roster.unit-registered-already': { en: 'a unit {$unit} is registered already', zh: '单位 {$unit} 已登记' },
  'roster.id-collective': { en: '{$unit} is the id of a collective', zh: '{$unit} 是一个集合称谓的编号' },
  'roster.no-unit-registered-2': { en: 'no unit {$id} is registered', zh: '没有登记单位 {$id}' },
  'roster.present-name-holds-from-new-one': {
    en: 'its present name holds from {$from}; a new one must begin later',
    zh: '现用名称自 {$from} 起使用；新名称应自更晚的日期起使用',
  },
  'roster.no-unit-registered-3': { en: 'no unit {$unit} is registered', zh: '没有登记单位 {$unit}' },
  'roster.name-2': { en: '{$alias} is a name of {$bearer}', zh: '{$alias} 是 {$bearer} 的名称' },
  'roster.no-unit-registered-4': { en: 'no unit {$into} is registered', zh: '没有登记单位 {$into}' },
  'roster.cannot-take-over': { en: '{$into} cannot take over: it is {$into2}', zh: '{$into} 不能承接：{$into2}' },
  'roster.unit-itself': { en: 'the unit itself', zh: '它就是该单位本身' },
  'roster.merged-itself': { en: 'merged itself', zh: '它自身已并入其他单位' },
  'roster.was-merged-into-from': { en: '{$id} was merged into {$unit} from {$from}', zh: '{$id} 已自 {$from} 起并入 {$unit}' },
  'roster.collective-defined-already': { en: 'a collective {$collective} is defined already', zh: '集合称谓 {$collective} 已定义' },
  'roster.id-unit': { en: '{$collective} is the id of a unit', zh: '{$collective} 是一个单位的编号' },
  'roster.no-collective-defined': { en: 'no collective {$id} is defined', zh: '没有定义集合称谓 {$id}' },
});
