import { messages } from '../message.ts';

export const apiNotices = messages({
  'api.notices.number-is-of': { en: '{$number} is the number of notice {$notice}', zh: '{$number} 是通报 {$notice} 的文号' },
  'api.notices.letter-file': { en: 'notice_{$what}', zh: '{$what}' },
  'api.notices.draft': { en: 'draft', zh: '通报（草稿）' },
  'api.notices.letter-as-issued-not-kept-here': {
    en: 'the letter as issued is not kept here: another replica or a backup of the attachments has it',
    zh: '此处未保存印发时的通报文稿：其他副本或附件备份中有',
  },
  'api.notices.stored-bytes-no-longer-have-this': {
    en: 'the stored bytes of {$sha256} no longer have this digest',
    zh: '{$sha256} 所存字节的摘要已与之不符',
  },
  'api.notices.snapshot-what-notice-rests-on': { en: 'Of the snapshot: what the notice rests on.', zh: '快照所在的位置：通报所依据者。' },
  'api.notices.name-and-version-rule-that-says': {
    en: 'Name and version of the rule that says who must be named.',
    zh: '规定应通报哪些单位的规则的名称和版本。',
  },
  'api.notices.lines-about-other-units-which-unit': {
    en: 'Lines about other units, which a unit is not shown; 0 to all others.',
    zh: '涉及其他单位、不向本单位显示的条目数；对其他人为 0。',
  },
  'api.notices.position-draft': { en: 'Position of the draft.', zh: '草稿所在的位置。' },
  'api.notices.letter-as-was-issued-null-for': {
    en: 'The letter as it was issued; null for a draft, to a unit, and where it was issued without one.',
    zh: '印发时的通报文稿；草稿、单位查看时，以及未附文稿印发的为 null。',
  },
  'api.notices.null-does-not-name-unit-though': {
    en: 'null: it does not name the unit, though the rule demands it.',
    zh: 'null 表示规则要求点名该单位而通报未点名。',
  },
  'api.notices.by-what-was-known-at-position': {
    en: 'By what was known at its position. null: the rule does not name the unit.',
    zh: '以通报位置时所知为准。null 表示规则不要求点名该单位。',
  },
  'api.notices.same-day-by-what-known-at': { en: 'Of the same day by what is known at `asOf`.', zh: '同一日，以 `asOf` 时所知为准。' },
  'api.notices.what-units-named-sent-after-facts': {
    en: 'What the units named sent after the facts were taken and before the notice was issued.',
    zh: '被点名单位在取数之后、通报印发之前报送的内容。',
  },
  'api.notices.whether-more-known-day-by-now': {
    en: 'Whether more is known of the day by now, so that the rule would say otherwise than at its position.',
    zh: '现在对该日所知是否更多，以致规则的结论与通报位置时不同。',
  },
  'api.notices.what-came-to-log-after-notices': {
    en: 'What came to the log after the notice’s position on the reports and tasks of which more is known.',
    zh: '通报位置之后进入日志的、使有关报告和任务情况更明的内容。',
  },
  'api.notices.there-no-notice-or-none-that': {
    en: 'there is no notice {$notice}, or none that names you',
    zh: '没有通报 {$notice}，或者通报未点名贵单位',
  },
  'api.notices.draft-circulation-notice-from-snapshot-who': {
    en: 'Draft a circulation notice from a snapshot: who must be named, and why',
    zh: '依据快照起草通报：应点名哪些单位，理由何在',
  },
  'api.notices.no-snapshot-was-taken': { en: 'no snapshot {$snapshot} was taken', zh: '没有快照 {$snapshot}' },
  'api.notices.judges-which-has-not-come-nobody': {
    en: 'judges {$on}, which has not come: nobody can be named for it yet',
    zh: '判断的是 {$on}，该日尚未到来：现在不能据此点名任何单位',
  },
  'api.notices.issue-notice': { en: 'Issue a notice', zh: '印发通报' },
  'api.notices.rests-on-which-has-not-come': { en: 'it rests on {$on}, which has not come', zh: '所依据的 {$on} 尚未到来' },
  'api.notices.correct-issued-notice-what-said-what': {
    en: 'Correct an issued notice: what it said, what it should have said, and why',
    zh: '更正已印发的通报：原文如何、应为如何、理由何在',
  },
  'api.notices.notice-itself-stands-as-issued-correction': {
    en: 'The notice itself stands as issued; the correction is shown with it.',
    zh: '通报原文保持印发时的样子；更正与其一并显示。',
  },
  'api.notices.withdraw-issued-notice': { en: 'Withdraw an issued notice', zh: '撤回已印发的通报' },
  'api.notices.object-to-issued-notice-that-names': {
    en: 'Object to an issued notice that names the unit',
    zh: '被点名单位对已印发的通报提出异议',
  },
  'api.notices.answer-objection': { en: 'Answer an objection', zh: '答复异议' },
  'api.notices.what-notice-says-against-facts-at': {
    en: 'What the notice says against the facts at its position, and what arrived until it was issued',
    zh: '通报内容与其位置时事实的对照，以及印发之前到达的内容',
  },
  'api.notices.circulation-notices-unit-sees-those-issued': {
    en: 'Circulation notices; a unit sees those issued that name it',
    zh: '通报列表；单位只看到已印发且点名本单位的',
  },
  'api.notices.circulation-notice-as-docx-or-html': {
    en: 'A circulation notice; as .docx or .html its letter',
    zh: '一份通报；.docx 或 .html 为其文稿',
  },
  'api.notices.from-which-was-drafted-null-to': {
    en: 'From which it was drafted; null to a unit: it shows all of them.',
    zh: '起草所依据的快照；对单位为 null：快照涉及全部单位。',
  },
});
