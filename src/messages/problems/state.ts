import { messages } from '../message.ts';

/** What exists already, and what the state of a thing forbids. */
export const state = messages({
  'problem.unit-exists.title': { en: 'The unit exists already', zh: '单位已存在' },
  'problem.unit-exists.explanation': {
    en: 'A unit of this id is registered. Ids are never given twice; rename the unit instead.',
    zh: '此编号的单位已登记。编号不重复使用；如单位更名，请办理更名。',
  },
  'problem.name-taken.title': { en: 'The name is taken', zh: '名称已被占用' },
  'problem.name-taken.explanation': {
    en: 'Another unit or collective bears this name, so it would no longer say who is meant.',
    zh: '已有单位或集合称谓使用此名称，重复使用将无法分辨所指。',
  },
  'problem.collective-exists.title': { en: 'The collective exists already', zh: '集合称谓已存在' },
  'problem.collective-exists.explanation': {
    en: 'A collective of this id is defined. Its members are changed by PUT /v1/collectives/{id}/members.',
    zh: '此编号的集合称谓已定义。其成员用 PUT /v1/collectives/{id}/members 变更。',
  },
  'problem.directive-exists.title': { en: 'The directive exists already', zh: '文件已存在' },
  'problem.directive-exists.explanation': { en: 'A directive of this id is registered.', zh: '此编号的文件已登记。' },
  'problem.task-exists.title': { en: 'The task exists already', zh: '任务已存在' },
  'problem.task-exists.explanation': {
    en: 'A task of this id was assigned. Its assignees are changed by a reassignment.',
    zh: '此编号的任务已交办。变更责任单位请办理改派。',
  },
  'problem.already-acknowledged.title': { en: 'Acknowledged already', zh: '已签收' },
  'problem.already-acknowledged.explanation': { en: 'The unit has acknowledged this assignment before.', zh: '该单位此前已签收本次交办。' },
  'problem.already-reported.title': { en: 'Reported already', zh: '已报送' },
  'problem.already-reported.explanation': {
    en: 'The unit has reported on this task for this period. A report is changed by amending it, with a reason.',
    zh: '该单位已就本任务报送过这一期。如需变更，请更正报告并说明理由。',
  },
  'problem.already-claimed.title': { en: 'Claimed already', zh: '已申请办结' },
  'problem.already-claimed.explanation': {
    en: 'A completion claim of this task awaits its decision.',
    zh: '本任务已有一件办结申请等待审核。',
  },
  'problem.already-decided.title': { en: 'Decided already', zh: '已有决定' },
  'problem.already-decided.explanation': {
    en: 'This was decided before, and a decision is not taken twice.',
    zh: '此事项已作出决定，不再重复决定。',
  },
  'problem.already-erased.title': { en: 'Erased already', zh: '已删除' },
  'problem.already-erased.explanation': {
    en: 'This was erased before. GET /v1/personal-data/{event} names the act.',
    zh: '此项已经删除。可用 GET /v1/personal-data/{event} 查看删除记录。',
  },
  'problem.task-closed.title': { en: 'The task is closed', zh: '任务已办结或已撤销' },
  'problem.task-closed.explanation': {
    en: [
      'A cancelled task takes no further acts, and a completed one none but the reports that it still owes. The office may ',
      'reopen either, with a reason.',
    ],
    zh: '已撤销的任务不再办理任何事项；已办结的任务除补报所欠报告外不再办理。督查机构可说明理由后重新启动。',
  },
  'problem.task-suspended.title': { en: 'The task is suspended', zh: '任务已中止' },
  'problem.task-suspended.explanation': {
    en: 'While a task is suspended it takes no such act. The office may resume it.',
    zh: '任务中止期间不办理此类事项。督查机构可恢复该任务。',
  },
  'problem.task-not-suspended.title': { en: 'The task is not suspended', zh: '任务未中止' },
  'problem.task-not-suspended.explanation': { en: 'Only a suspended task can be resumed.', zh: '只有已中止的任务才能恢复。' },
  'problem.task-not-closed.title': { en: 'The task is not closed', zh: '任务既未办结也未撤销' },
  'problem.task-not-closed.explanation': {
    en: 'Only a completed or cancelled task can be reopened.',
    zh: '只有已办结或已撤销的任务才能重新启动。',
  },
  'problem.unit-merged.title': { en: 'The unit was merged', zh: '单位已并入其他单位' },
  'problem.unit-merged.explanation': {
    en: 'The unit became part of another one and takes no new work; name the unit it was merged into.',
    zh: '该单位已并入其他单位，不再承接新任务；请使用并入后的单位。',
  },
  'problem.report-accepted.title': { en: 'The report was accepted', zh: '报告已认可' },
  'problem.report-accepted.explanation': {
    en: 'An accepted report is neither amended nor returned.',
    zh: '已认可的报告不再更正，也不再退回。',
  },
  'problem.report-returned.title': { en: 'The report was returned', zh: '报告已退回' },
  'problem.report-returned.explanation': {
    en: 'A returned report waits for its amendment before anything else happens to it.',
    zh: '已退回的报告在更正之前不办理其他事项。',
  },
  'problem.extension-pending.title': { en: 'An extension request is pending', zh: '有延期申请待决定' },
  'problem.extension-pending.explanation': {
    en: 'The unit has asked for an extension that is not decided yet.',
    zh: '该单位已申请延期，尚未决定。',
  },
  'problem.no-deadline.title': { en: 'The task has no deadline', zh: '任务没有完成时限' },
  'problem.no-deadline.explanation': { en: 'What has no deadline cannot be extended.', zh: '没有完成时限的任务无从延期。' },
  'problem.notice-issued.title': { en: 'The notice was issued', zh: '通报已印发' },
  'problem.notice-issued.explanation': {
    en: 'An issued notice is not changed; it is corrected or withdrawn, with a reason.',
    zh: '已印发的通报不再变更；可说明理由后更正或撤回。',
  },
  'problem.notice-number-taken.title': { en: 'Another notice has this number', zh: '该文号已被使用' },
  'problem.notice-number-taken.explanation': {
    en: 'A printed number means one notice. That of a withdrawn one stays its own, for its letter was sent out under it.',
    zh: '一个文号只对应一份通报。通报撤回后，其文号仍归其所有，因为文稿已以该文号印发。',
  },
  'problem.notice-not-issued.title': { en: 'The notice was not issued', zh: '通报尚未印发' },
  'problem.notice-not-issued.explanation': {
    en: 'Only an issued notice can be corrected, withdrawn or objected to.',
    zh: '只有已印发的通报才能更正、撤回或提出异议。',
  },
  'problem.notice-withdrawn.title': { en: 'The notice was withdrawn', zh: '通报已撤回' },
  'problem.notice-withdrawn.explanation': { en: 'A withdrawn notice takes no further acts.', zh: '已撤回的通报不再办理任何事项。' },
  'problem.source-differs.title': { en: 'The source differs', zh: '原文不一致' },
  'problem.source-differs.explanation': {
    en: 'This directive was imported from other bytes. The same bytes twice change nothing; other bytes are another document.',
    zh: '该文件此前由另一份原文导入。同一份原文重复导入不产生任何变化；内容不同即为另一份文件。',
  },
  'problem.directive-importing.title': { en: 'The directive is being imported', zh: '文件正在导入' },
  'problem.directive-importing.explanation': {
    en: 'The commit of its document is not at its end. Until it is, its ids are its own, and no snapshot is taken of it.',
    zh: '该文件的提交尚未完成。完成之前，其编号不得另用，也不能为其留存快照。',
  },
  'problem.base-changed.title': { en: 'Somebody has acted since', zh: '其间已有其他变动' },
  'problem.base-changed.explanation': {
    en: 'Tasks of the difference were changed after it was shown. Look at it again, and send the base that it then names.',
    zh: '差异显示之后，有关任务又有变更。请重新查看差异，并提交新的基准位置。',
  },
  'problem.import-open.title': { en: 'Findings are open', zh: '尚有疑点未处理' },
  'problem.import-open.explanation': {
    en: [
      'The reading leaves something open that a person must settle, by a correction or by setting it aside with a reason. ',
      'facts lists it.',
    ],
    zh: '读取结果中有事项须由人工处理：予以更正，或说明理由后搁置。详见 facts。',
  },
  'problem.import-committed.title': { en: 'The import is committed', zh: '导入已提交' },
  'problem.import-committed.explanation': {
    en: ['What the document says is in the directive and its tasks; it is changed there, with a reason and on somebody’s ', 'authority.'],
    zh: '文件内容已录入文件及其任务；如需变更，请在该处办理，并说明理由和依据。',
  },
  'problem.objection-pending.title': { en: 'An objection is pending', zh: '有异议待答复' },
  'problem.objection-pending.explanation': {
    en: 'The unit has raised an objection that is not answered yet.',
    zh: '该单位已提出异议，尚未答复。',
  },
  'problem.inspection-concluded.title': { en: 'The inspection is concluded', zh: '督查已作结论' },
  'problem.inspection-concluded.explanation': {
    en: 'After its conclusion an inspection takes no further findings; what follows is rectification.',
    zh: '作出结论后不再记录新的问题；后续为整改。',
  },
  'problem.rectification-closed.title': { en: 'The rectification is closed', zh: '整改已销号' },
  'problem.rectification-closed.explanation': {
    en: 'A rectification that was verified takes no further acts.',
    zh: '经核实的整改不再办理任何事项。',
  },
  'problem.nothing-rectified.title': { en: 'Nothing is reported as rectified', zh: '尚未报告整改情况' },
  'problem.nothing-rectified.explanation': {
    en: 'A rectification is verified after the unit has reported it.',
    zh: '单位报告整改情况之后方可核实。',
  },
  'problem.policy-missing.title': { en: 'No policy is in force', zh: '没有现行的报送规则' },
  'problem.policy-missing.explanation': {
    en: 'The directive has no reporting policy for the time of this act; POST /v1/directives/{id}/policies adopts one.',
    zh: '该文件在办理此事项时没有报送规则；请用 POST /v1/directives/{id}/policies 制定。',
  },
  'problem.nothing-changed.title': { en: 'Nothing would change', zh: '没有变化' },
  'problem.nothing-changed.explanation': {
    en: 'The act names no difference from what is recorded.',
    zh: '所办事项与已有记录没有任何不同。',
  },
  'problem.moment-not-come.title': { en: 'The moment has not come', zh: '时间未到' },
  'problem.moment-not-come.explanation': {
    en: [
      'What is put on record, or made known, is judged at a moment that is over: what will be known by then is not known ',
      'yet. A forecast can be read by asking for it with `on`.',
    ],
    zh: '列入记录或予以公布的内容，须以已经过去的时刻为准：届时的情况现在尚不可知。如需预测，可用 `on` 查询。',
  },
});
