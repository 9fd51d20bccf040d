import { messages } from '../message.ts';

/** Titles and explanations of problems: what is named does not exist. */
export const unknown = messages({
  'problem.unit-unknown.title': { en: 'No such unit', zh: '没有该单位' },
  'problem.unit-unknown.explanation': {
    en: 'The roster holds no unit of this id. GET /v1/units?q= finds a unit by any name it ever had.',
    zh: '单位名册中没有此编号的单位。可用 GET /v1/units?q= 按单位用过的任何名称查找。',
  },
  'problem.collective-unknown.title': { en: 'No such collective', zh: '没有该集合称谓' },
  'problem.collective-unknown.explanation': {
    en: 'No collective of this id is defined. GET /v1/collectives lists them.',
    zh: '没有定义过此编号的集合称谓（如“各县〔市、区〕政府”）。可用 GET /v1/collectives 列出全部。',
  },
  'problem.directive-unknown.title': { en: 'No such directive', zh: '没有该文件' },
  'problem.directive-unknown.explanation': {
    en: 'No directive of this id was imported or registered.',
    zh: '没有导入或登记过此编号的交办文件。',
  },
  'problem.finding-unknown.title': { en: 'No such finding', zh: '没有该疑点' },
  'problem.finding-unknown.explanation': {
    en: 'The directive has no finding of this number. GET /v1/directives/{id}/findings lists them.',
    zh: '该文件没有此序号的疑点。可用 GET /v1/directives/{id}/findings 列出全部。',
  },
  'problem.policy-unknown.title': { en: 'No such policy', zh: '没有该报送规则' },
  'problem.policy-unknown.explanation': {
    en: 'The directive has no policy of this version. GET /v1/directives/{id}/policies lists them.',
    zh: '该文件没有此版本的报送规则。可用 GET /v1/directives/{id}/policies 列出全部。',
  },
  'problem.task-unknown.title': { en: 'No such task', zh: '没有该任务' },
  'problem.task-unknown.explanation': {
    en: 'There is no task of this id, or none that you may see.',
    zh: '没有此编号的任务，或者您无权查看。',
  },
  'problem.report-unknown.title': { en: 'No such report', zh: '没有该报告' },
  'problem.report-unknown.explanation': {
    en: 'The task has no report of this id. Its history names every report it ever had.',
    zh: '该任务没有此编号的报告。任务的办理经过列出其全部报告。',
  },
  'problem.plan-unknown.title': { en: 'No such plan', zh: '没有该方案' },
  'problem.plan-unknown.explanation': {
    en: 'The task has no plan of this number; plans count from 1 per task.',
    zh: '该任务没有此序号的落实方案；方案按任务从 1 起编号。',
  },
  'problem.milestone-unknown.title': { en: 'No such milestone', zh: '没有该时间节点' },
  'problem.milestone-unknown.explanation': {
    en: 'A report names milestones by the titles that the task’s deadline or one of its plans gives them.',
    zh: '报告应使用任务完成时限或其落实方案中列明的节点名称。',
  },
  'problem.claim-unknown.title': { en: 'No such completion claim', zh: '没有该办结申请' },
  'problem.claim-unknown.explanation': {
    en: 'The task has no completion claim of this number; claims count from 1 per task.',
    zh: '该任务没有此序号的办结申请；申请按任务从 1 起编号。',
  },
  'problem.extension-unknown.title': { en: 'No such extension request', zh: '没有该延期申请' },
  'problem.extension-unknown.explanation': {
    en: 'The task has no extension request of this number; requests count from 1 per task.',
    zh: '该任务没有此序号的延期申请；申请按任务从 1 起编号。',
  },
  'problem.snapshot-unknown.title': { en: 'No such snapshot', zh: '没有该快照' },
  'problem.snapshot-unknown.explanation': { en: 'No compliance snapshot of this id was taken.', zh: '没有此编号的报送情况快照。' },
  'problem.objection-unknown.title': { en: 'No such objection', zh: '没有该异议' },
  'problem.objection-unknown.explanation': {
    en: 'The notice has no objection of this number; objections count from 1 per notice.',
    zh: '该通报没有此序号的异议；异议按通报从 1 起编号。',
  },
  'problem.inspection-unknown.title': { en: 'No such inspection', zh: '没有该督查' },
  'problem.inspection-unknown.explanation': {
    en: 'There is no inspection of this id, or none that concerns you.',
    zh: '没有此编号的督查，或者与您无关。',
  },
  'problem.inspection-finding-unknown.title': { en: 'No such finding', zh: '没有该督查问题' },
  'problem.inspection-finding-unknown.explanation': {
    en: 'The inspection has no finding of this number; findings count from 1 per inspection.',
    zh: '该督查没有此序号的问题；问题按督查从 1 起编号。',
  },
  'problem.rectification-unknown.title': { en: 'No such rectification', zh: '没有该整改事项' },
  'problem.rectification-unknown.explanation': {
    en: 'The inspection ordered no rectification of this number; they count from 1 per inspection.',
    zh: '该督查没有要求过此序号的整改；整改按督查从 1 起编号。',
  },
  'problem.import-unknown.title': { en: 'No such import', zh: '没有该导入记录' },
  'problem.import-unknown.explanation': {
    en: 'No document was sent under this id. GET /v1/imports lists those that were.',
    zh: '没有以此编号送交过文件。可用 GET /v1/imports 列出全部。',
  },
  'problem.item-unknown.title': { en: 'No such place in the reading', zh: '读取结果中没有此处' },
  'problem.item-unknown.explanation': {
    en: 'Items are named by their key, lines and cells by their address, as GET /v1/imports/{id} shows them.',
    zh: '条目以其键指明，行和单元格以其地址指明，均以 GET /v1/imports/{id} 所示为准。',
  },
  'problem.source-missing.title': { en: 'The document is not here', zh: '原文不在此处' },
  'problem.source-missing.explanation': {
    en: 'Its bytes were not kept when it was imported, or are lost or damaged. Send the same document again.',
    zh: '导入时未保存原文，或者原文已丢失、损坏。请重新送交同一文件。',
  },
  'problem.personal-data-unknown.title': { en: 'No such personal data', zh: '没有该个人信息' },
  'problem.personal-data-unknown.explanation': {
    en: 'No event of this id commits to personal data, or none that you may see.',
    zh: '没有此编号的事件关联个人信息，或者您无权查看。',
  },
  'problem.notice-unknown.title': { en: 'No such notice', zh: '没有该通报' },
  'problem.notice-unknown.explanation': {
    en: 'There is no circulation notice of this id, or none that names you.',
    zh: '没有此编号的通报，或者通报未涉及贵单位。',
  },
  'problem.duty-unknown.title': { en: 'No such duty', zh: '没有该报送要求' },
  'problem.duty-unknown.explanation': {
    en: 'A report names a duty that a policy of the directive has for the period, and that asks for no plan.',
    zh: '报告所指的报送要求，应是文件的规则在该期规定的、且不是报送方案的要求。',
  },
  'problem.party-unknown.title': { en: 'No such unit or collective', zh: '没有该单位或集合称谓' },
  'problem.party-unknown.explanation': {
    en: 'An assignee is a unit of the roster or a defined collective; the field at fault names neither.',
    zh: '责任单位应为名册中的单位或已定义的集合称谓；出错字段所指两者皆非。',
  },
  'problem.parent-unknown.title': { en: 'No such parent', zh: '没有该上级任务' },
  'problem.parent-unknown.explanation': {
    en: 'The parent of a task is a task of the same directive.',
    zh: '任务的上级任务应属于同一文件。',
  },
});
