import { messages } from '../message.ts';

export const apiInspections = messages({
  'api.inspections.letter-file': { en: 'inspection_{$what}', zh: '{$what}结论' },
  'api.inspections.open-rectification-was-ordered-that-not': {
    en: '`open`: a rectification was ordered that is not verified; `recorded`: none was ordered.',
    zh: '`open`：已责令整改但未核实；`recorded`：未责令整改。',
  },
  'api.inspections.what-unit-reported-and-what-office': {
    en: 'What the unit reported, and what the office made of it.',
    zh: '单位所报告的情况，以及督查机构的处理。',
  },
  'api.inspections.rectifications-ordered-and-not-verified': {
    en: 'Rectifications ordered and not verified.',
    zh: '已责令但未核实的整改。',
  },
  'api.inspections.there-no-inspection-or-none-that': {
    en: 'there is no inspection {$inspection}, or none that concerns you',
    zh: '没有督查 {$inspection}，或者与贵单位无关',
  },
  'api.inspections.open-inspection-with-scope-and-plan': {
    en: 'Open an inspection with its scope and plan',
    zh: '立项督查，确定范围和方案',
  },
  'api.inspections.record-finding-with-evidence': { en: 'Record a finding, with evidence', zh: '记录督查发现的问题及其依据' },
  'api.inspections.issue-conclusion-to-units-inspected': {
    en: 'Issue the conclusion to the units inspected',
    zh: '向被督查单位印发督查结论',
  },
  'api.inspections.order-rectification-finding': { en: 'Order the rectification of a finding', zh: '就问题责令整改' },
  'api.inspections.report-what-was-done-about-rectification': { en: 'Report what was done about a rectification', zh: '报告整改情况' },
  'api.inspections.verify-rectification-or-send-back': { en: 'Verify a rectification, or send it back', zh: '核实整改，或退回' },
  'api.inspections.inspections-unit-sees-those-in': {
    en: 'Inspections; a unit sees those it is in',
    zh: '督查列表；单位只看到涉及本单位的',
  },
  'api.inspections.only-those-with-rectifications-open': { en: 'Only those with rectifications open.', zh: '只列有整改尚未销号的。' },
  'api.inspections.inspection-scope-findings-conclusion-rectifications-as': {
    en: 'An inspection: scope, findings, conclusion, rectifications; as .docx or .html the letter of its conclusion',
    zh: '一次督查：范围、问题、结论、整改；.docx 或 .html 为其结论文稿',
  },
});
