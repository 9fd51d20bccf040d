import { messages } from '../message.ts';

export const domainInspections = messages({
  'inspections.inspection-this-id-was-opened': { en: 'an inspection of this id was opened', zh: '已有此编号的督查' },
  'inspections.no-directive-known': { en: 'no directive {$directive} is known', zh: '没有文件 {$directive}' },
  'inspections.no-unit-registered': { en: 'no unit {$unit} is registered', zh: '没有登记单位 {$unit}' },
  'inspections.no-task-known': { en: 'no task {$task} is known', zh: '没有任务 {$task}' },
  'inspections.was-concluded-on': { en: 'it was concluded on {$issuedOn}', zh: '该督查已于 {$issuedOn} 作出结论' },
  'inspections.not-in-scope-inspection': { en: '{$unit} is not in the scope of the inspection', zh: '{$unit} 不在督查范围内' },
  'inspections.not-in-scope-inspection-2': { en: '{$task} is not in the scope of the inspection', zh: '{$task} 不在督查范围内' },
  'inspections.was-concluded-on-already': { en: 'it was concluded on {$issuedOn} already', zh: '该督查已于 {$issuedOn} 作出结论' },
  'inspections.inspection-has-no-finding': { en: 'the inspection has no finding {$number}', zh: '该督查没有第 {$number} 号问题' },
  'inspections.was-ordered-no-rectification': {
    en: '{$unit} was ordered no rectification {$n}',
    zh: '没有向 {$unit} 提出过第 {$n} 号整改要求',
  },
  'inspections.rectification-verified': { en: 'rectification {$n} is verified', zh: '第 {$n} 号整改已核实' },
  'inspections.inspection-ordered-no-rectification': {
    en: 'the inspection ordered no rectification {$n}',
    zh: '该督查没有提出过第 {$n} 号整改要求',
  },
  'inspections.rectification-verified-already': { en: 'rectification {$n} is verified already', zh: '第 {$n} 号整改已核实' },
  'inspections.has-not-reported-on-rectification': {
    en: '{$unit} has not reported on rectification {$n}',
    zh: '{$unit} 尚未报告第 {$n} 号整改的情况',
  },
  'inspections.no-such-inspection': { en: 'no such inspection', zh: '没有该督查' },
});
