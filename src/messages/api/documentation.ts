import { messages } from '../message.ts';

export const apiDocumentation = messages({
  'api.documentation.units-by-every-name-they-ever': {
    en: 'Units, by every name they ever had, and names that stand for several of them.',
    zh: '各单位及其用过的全部名称，以及代表若干单位的集合称谓。',
  },
  'api.documentation.documents-that-assign-work-what-their': {
    en: 'The documents that assign the work, what their import left open, and the policies that judge.',
    zh: '交办工作的文件、导入时遗留的疑点，以及判断所依据的报送规则。',
  },
  'api.documentation.documents-as-they-came-read-into': {
    en: 'Documents as they came: read into drafts, corrected by people, committed.',
    zh: '送来的原始文件：读取为草稿，由人更正，提交录入。',
  },
  'api.documentation.what-to-be-done-by-whom': {
    en: 'What is to be done, by whom and until when; acknowledging, planning, extending, claiming, deciding.',
    zh: '做什么、由谁做、何时完成；签收、报方案、申请延期、申请办结、作出决定。',
  },
  'api.documentation.what-units-say-period-one-by': {
    en: 'What units say of a period, one by one or filed together; amended, sent back, accepted.',
    zh: '各单位一期的报告，逐项报送或一并报送；更正、退回、认可。',
  },
  'api.documentation.what-was-owed-whether-came-in': {
    en: 'What was owed, whether it came in time, and how far the work is: judged at a moment, by what was known.',
    zh: '应报什么、是否按时、进展如何：按某一时刻、以当时所知判断。',
  },
  'api.documentation.compliance-put-on-record-with-digest': {
    en: 'Compliance put on record, with a digest that anyone can compute again.',
    zh: '列入记录的报送情况，附摘要，任何人都可重新计算。',
  },
  'api.documentation.circulation-notices-drafted-from-snapshot-issued': {
    en: 'Circulation notices: drafted from a snapshot, issued, objected to, corrected, withdrawn.',
    zh: '通报：依据快照起草、印发、提出异议、更正、撤回。',
  },
  'api.documentation.inspections-their-findings-and-conclusions-and': {
    en: 'Inspections, their findings and conclusions, and what has to be put right.',
    zh: '督查、督查发现的问题和结论，以及须整改的事项。',
  },
  'api.documentation.names-and-contact-details-held-apart': {
    en: 'Names and contact details, held apart from the log, which commits to them; erased on record.',
    zh: '姓名和联系方式，与日志分开保存，日志只存其承诺值；删除留有记录。',
  },
  'api.documentation.bytes-documents-named-by-their-sha': {
    en: 'Bytes of documents, named by their SHA-256.',
    zh: '文件的字节，以其 SHA-256 命名。',
  },
  'api.documentation.who-did-what-when-and-on': {
    en: 'Who did what, when and on whose authority: the history of each task, and the log itself.',
    zh: '谁在何时依据什么做了什么：每项任务的办理经过，以及日志本身。',
  },
  'api.documentation.proofs-that-need-no-trust-in': {
    en: 'Proofs that need no trust in this service: checkpoints, receipts, tiles (C2SP, RFC 6962).',
    zh: '无须信任本服务的证明：检查点、回执、分片（C2SP、RFC 6962）。',
  },
  'api.documentation.tokens-that-no-longer-good-though': {
    en: 'Tokens that are no longer good, though they have not expired.',
    zh: '虽未过期但不再有效的令牌。',
  },
  'chapter.roster': { en: 'Roster', zh: '单位名册' },
  'chapter.directives': { en: 'Directives', zh: '交办文件' },
  'chapter.imports': { en: 'Imports', zh: '文件导入' },
  'chapter.tasks': { en: 'Tasks', zh: '任务' },
  'chapter.reports': { en: 'Reports', zh: '报送' },
  'chapter.compliance': { en: 'Compliance', zh: '报送情况' },
  'chapter.snapshots': { en: 'Snapshots', zh: '快照' },
  'chapter.notices': { en: 'Notices', zh: '通报' },
  'chapter.inspections': { en: 'Inspections', zh: '督查' },
  'chapter.personal-data': { en: 'Personal data', zh: '个人信息' },
  'chapter.attachments': { en: 'Attachments', zh: '附件' },
  'chapter.audit': { en: 'Audit', zh: '审计' },
  'chapter.ledger': { en: 'Ledger', zh: '存证账本' },
  'chapter.tokens': { en: 'Tokens', zh: '令牌' },
  'api.documentation.when-units-reminded-what-they-owe': {
    en: 'When units are reminded of what they owe, by mail, and what became of each reminder.',
    zh: '何时以邮件就所欠事项催办单位，以及每次催办的结果。',
  },
  'api.documentation.systems-office-that-told-what-recorded': {
    en: 'Systems of the office that are told of what is recorded: webhooks, signed, at least once.',
    zh: '向督查机构的其他系统通知所记录的事件：webhook，带签名，至少送达一次。',
  },
  'chapter.reminders': { en: 'Reminders', zh: '催办' },
  'chapter.subscriptions': { en: 'Subscriptions', zh: '事件订阅' },
});
