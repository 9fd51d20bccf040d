import { messages } from './message.ts';

/** What a person does about a finding of each kind. Names in backquotes are those of a correction. */
export const todo = messages({
  'todo.collective-unresolved': {
    en: 'Say which units it stands for (`collectives`), or leave it: they owe nothing by that name until it is known.',
    zh: '请说明它指哪些单位（`collectives`）；暂不说明也可，明确之前这些单位不因此名承担报送。',
  },
  'todo.name-unresolved': {
    en: 'Say which unit is meant (`units`: match, alias or register), or where none was taken, who is to do it (`items`: assignees).',
    zh: '请指明是哪个单位（`units`：对应、别名或新登记）；未采用的，请补为该项责任单位（`items`：assignees）。',
  },
  'todo.row-differs': {
    en: 'Hold the row against the task and correct whichever is wrong (`items`).',
    zh: '请对照附表与正文，更正有误的一处（`items`）。',
  },
  'todo.unit-outside-task': {
    en: 'Check whether the unit belongs to the task, and correct the parties of one of the two (`items`).',
    zh: '请核对该单位是否承担此任务，更正其中一处的责任单位（`items`）。',
  },
  'todo.comparator-conflict': {
    en: 'One figure has two targets: correct one of them (`items`), or note which holds.',
    zh: '同一指标有两个目标：请更正其一（`items`），或注明以哪个为准。',
  },
  'todo.no-leader': {
    en: 'Name the leader if there is one (`items`); otherwise leave it.',
    zh: '如有责任领导请补上（`items`），没有则不必处理。',
  },
  'todo.no-deadline': {
    en: 'Set the deadline if there is one (`items`); otherwise leave it.',
    zh: '如有完成时限请补上（`items`），没有则不必处理。',
  },
  'todo.date-order': {
    en: 'Hold the days against the document and correct the one that is wrong.',
    zh: '请对照原文核对日期，更正有误的一个。',
  },
  'todo.name-drift': {
    en: 'Compare the words with those of the task; correct them if it is a slip (`items`).',
    zh: '请与任务原文比对，如系笔误请更正（`items`）。',
  },
  'todo.layout': {
    en: 'Look at the place in the document; correct the item if it was read wrongly (`items`).',
    zh: '请查看原文该处，如读取有误请更正（`items`）。',
  },
  'todo.source-remark': {
    en: 'Open the file at this place: it may hold more, or other, than what was read.',
    zh: '请打开文件核对该处：其内容可能与读取的不同。',
  },
  'todo.page-title': {
    en: 'Check that this is what a web page added, and no part of the document.',
    zh: '请确认这是网页附加的内容，而非文件正文。',
  },
  'todo.number-missing': {
    en: 'Say the document number, or the id that the directive is to have (`directive`).',
    zh: '请填写文号，或指定文件编号（`directive`）。',
  },
  'todo.date-missing': { en: 'Say the date of the document (`directive.date`).', zh: '请填写成文日期（`directive.date`）。' },
  'todo.title-missing': { en: 'Say the title (`directive.title`).', zh: '请填写标题（`directive.title`）。' },
  'todo.issuer-missing': { en: 'Say who issued it (`directive.issuer`).', zh: '请填写发文机关（`directive.issuer`）。' },
  'todo.noise-set-aside': {
    en: 'Check that the line says nothing; if it does, say what it is (`segments`).',
    zh: '请确认该行无实际内容；如有，请说明其性质（`segments`）。',
  },
  'todo.lines-joined': {
    en: 'Check that the lines belong together; if not, say what each of them is (`segments`).',
    zh: '请确认这几行相连；否则请分别说明其性质（`segments`）。',
  },
  'todo.profile-guessed': {
    en: 'Check how the office writes, and confirm or correct it (`profile`).',
    zh: '请核对该机关的行文方式，予以确认或更正（`profile`）。',
  },
  'todo.year-guessed': {
    en: 'Check the year; correct it for all (`profile.year`) or for the item (`items`).',
    zh: '请核对年份；可统一更正（`profile.year`）或逐项更正（`items`）。',
  },
  'todo.numbering-gap': {
    en: 'Look for the missing number in the document: add the item (`items`) and note it here (`findings`), or note that there is none.',
    zh: '请在原文中查找缺少的序号：补上该项（`items`）并在此注明（`findings`），或注明确无此项。',
  },
  'todo.numbering-restarts': { en: 'Check that the items stand under the right heading.', zh: '请核对各项所属标题是否正确。' },
  'todo.numbering-continues': { en: 'Check that the items stand under the right heading.', zh: '请核对各项所属标题是否正确。' },
  'todo.count-differs': {
    en: 'Count the items in the document; add what is missing, drop what is none (`items`), and note it here (`findings`).',
    zh: '请清点原文条数，补上缺项、去掉误读（`items`），并在此注明核对结果（`findings`）。',
  },
  'todo.column-guessed': {
    en: 'Check what stands in the column; correct it if need be (`profile.columns`).',
    zh: '请核对该列内容，必要时更正（`profile.columns`）。',
  },
  'todo.column-unknown': { en: 'Say what stands in the column (`profile.columns`).', zh: '请说明该列是什么（`profile.columns`）。' },
  'todo.cell-inherited': {
    en: 'Check that the empty cell is to repeat the one above; otherwise correct the item (`items`).',
    zh: '请确认空白单元格沿用上一行；否则请更正该项（`items`）。',
  },
  'todo.cell-shifted': {
    en: 'Hold the row against the table: its cells may stand one column off. Correct the item (`items`).',
    zh: '请对照表格：该行单元格可能错列。请更正该项（`items`）。',
  },
  'todo.cell-misplaced': {
    en: 'Hold the row against the table: a cell holds what belongs into another. Correct it (`items`), and settle this (`findings`).',
    zh: '请对照表格：有单元格内容填错列。请更正该项（`items`），并注明理由了结（`findings`）。',
  },
  'todo.row-uneven': {
    en: 'Hold the row against the table: it has more or fewer cells than the others.',
    zh: '请对照表格：该行单元格数与其他行不同。',
  },
  'todo.row-set-aside': {
    en: 'Check that the row assigns nothing; if it does, add the item (`items`).',
    zh: '请确认该行未布置任务；如有，请补上该项（`items`）。',
  },
  'todo.item-unnumbered': {
    en: 'Check that this is an item of its own; if not, join it to the one it belongs to (`segments`: item-part).',
    zh: '请确认这是独立事项；否则请并入所属事项（`segments`：item-part）。',
  },
  'todo.item-split': {
    en: 'Check that the parts are parts of one item, and correct them if not (`items`); settle this with a reason (`findings`).',
    zh: '请确认各部分同属一项，否则请更正（`items`）；并注明理由了结（`findings`）。',
  },
  'todo.label-unknown': {
    en: 'Say what the label means (`profile.labels`), or correct the item (`items`) and settle this (`findings`).',
    zh: '请说明该标签的含义（`profile.labels`），或更正该项（`items`）并注明理由了结（`findings`）。',
  },
  'todo.label-repeated': {
    en: 'Check which of the two is meant, correct the item (`items`), and settle this with a reason (`findings`).',
    zh: '请核对以哪一处为准，更正该项（`items`），并注明理由了结（`findings`）。',
  },
  'todo.no-items': {
    en: 'Say what numbers an item (`profile.itemMarker`), or add the items (`items`).',
    zh: '请说明条目的编号样式（`profile.itemMarker`），或补上各项（`items`）。',
  },
  'todo.no-parties': { en: 'Say who is to do it (`items`: assignees).', zh: '请填写责任单位（`items`：assignees）。' },
  'todo.party-defaulted': {
    en: 'Check that the party named for all is meant here too; otherwise correct the item (`items`).',
    zh: '请确认统一规定的单位也适用于此项；否则请更正（`items`）。',
  },
  'todo.party-excepted': {
    en: 'Check that the exception is meant so; otherwise correct the item (`items`).',
    zh: '请核对除外情形是否如此；否则请更正（`items`）。',
  },
  'todo.party-pending': {
    en: 'Say who is to do it once that is decided (`items`), or note who decides and when.',
    zh: '确定后请填写责任单位（`items`），或注明由谁何时确定。',
  },
  'todo.party-none': { en: 'Check that nobody is meant; otherwise say who (`items`).', zh: '请确认确无责任单位；否则请填写（`items`）。' },
  'todo.role-guessed': {
    en: 'Check who leads; correct it for all (`profile`) or for the item (`items`).',
    zh: '请核对牵头单位；可统一更正（`profile`）或逐项更正（`items`）。',
  },
  'todo.role-other': {
    en: 'Say whether it leads, cooperates or answers for it (`items`).',
    zh: '请说明其为牵头、配合还是负责（`items`）。',
  },
  'todo.name-doubtful': {
    en: 'Say whether it is a unit, and which (`units`), or correct the parties (`items`).',
    zh: '请说明它是否为单位、是哪个单位（`units`），或更正责任单位（`items`）。',
  },
  'todo.name-joined': {
    en: 'Check whether this is one name or several, and correct the parties (`items`).',
    zh: '请核对这是一个名称还是几个，并更正责任单位（`items`）。',
  },
  'todo.name-repeated': {
    en: 'The name stands twice: check in which role it is meant (`items`).',
    zh: '该名称出现两次：请核对其角色（`items`）。',
  },
  'todo.prefix-carried': {
    en: 'Check that the name belongs to the level of the one before it; otherwise correct it (`items`).',
    zh: '请确认该名称沿用前一单位的层级；否则请更正（`items`）。',
  },
  'todo.prefix-missing': {
    en: 'Say of which level the unit is (`units`, or `profile.namePrefix`).',
    zh: '请说明该单位的层级（`units` 或 `profile.namePrefix`）。',
  },
  'todo.open-list': {
    en: 'The list ends in “and others”: name them if they are known (`items`).',
    zh: '名单以“等”结尾：如已知其他单位请补上（`items`）。',
  },
  'todo.seat-not-person': {
    en: 'A post stands here without a name: name the person if that is known (`items`).',
    zh: '此处只有职务：如已知姓名请补上（`items`）。',
  },
  'todo.leader-pending': { en: 'Name the leader once that is decided (`items`).', zh: '确定后请填写责任领导（`items`）。' },
  'todo.leader-unresolved': {
    en: 'Say which part is the name and which the post (`items`: leaders).',
    zh: '请区分姓名与职务（`items`：leaders）。',
  },
  'todo.leader-of-heading': {
    en: 'Check that the leader of the heading is that of its items; otherwise correct them (`items`).',
    zh: '请确认标题下的领导适用于各项；否则请更正（`items`）。',
  },
  'todo.bracket-unread': {
    en: 'Read what stands in the brackets, correct the item by it (`items`), and settle this with a reason (`findings`).',
    zh: '请阅读括号内容，据此更正该项（`items`），并注明理由了结（`findings`）。',
  },
  'todo.part-unread': {
    en: 'Read this part, correct the item by it if need be (`items`), and settle this with a reason (`findings`).',
    zh: '请阅读该部分，必要时据此更正（`items`），并注明理由了结（`findings`）。',
  },
  'todo.deadline-guessed': {
    en: 'Check the deadline; correct it if it is another (`items`), or confirm it with a reason (`findings`).',
    zh: '请核对完成时限，如不符请更正（`items`），相符请注明理由予以确认（`findings`）。',
  },
  'todo.deadline-no-date': {
    en: 'Say the day if one is meant (`items`); otherwise leave it.',
    zh: '如有确定日期请填写（`items`），没有则不必处理。',
  },
  'todo.deadline-unread': { en: 'Say the day that is meant (`items`: deadline).', zh: '请填写所指日期（`items`：deadline）。' },
  'todo.milestones': {
    en: 'Check which day is the deadline and which are steps (`items`).',
    zh: '请核对哪个是完成时限、哪些是节点（`items`）。',
  },
  'todo.quantity-range': {
    en: 'Say which bound is judged (`items`: measurements), or set it aside: it is then recorded in words.',
    zh: '请说明按哪一端考核（`items`：measurements），或予以搁置，仅以文字记录。',
  },
  'todo.quantity-unread': {
    en: 'Say what is measured, if it is to be (`items`: measurements); otherwise leave it.',
    zh: '如需考核该数值请说明指标（`items`：measurements），否则不必处理。',
  },
  'todo.schedule-none': {
    en: 'Check that no reports are demanded; otherwise say which (`duties`).',
    zh: '请确认文件未要求报送；否则请说明（`duties`）。',
  },
  'todo.schedule-guessed': {
    en: 'Check the schedule in words; put it right (`duties`), or set this aside with a reason.',
    zh: '请核对报送规则的文字说明，予以更正（`duties`），或注明理由予以搁置。',
  },
  'todo.schedule-no-period': {
    en: 'Check for which periods the reports are; put it right if need be (`duties`).',
    zh: '请核对报送所属期，必要时更正（`duties`）。',
  },
  'todo.schedule-unread': {
    en: 'Say which reports the sentence demands (`duties`), or set it aside with a reason.',
    zh: '请说明该句要求的报送（`duties`），或注明理由予以搁置。',
  },
  'todo.schedule-per-item': { en: 'Check which items are reported on how often (`duties`).', zh: '请核对各项的报送频次（`duties`）。' },
  'todo.prose-set-aside': {
    en: 'Read the line: add the item if it assigns something, join it to one, or set it aside with a reason.',
    zh: '请阅读该行：如布置任务请补上该项，或并入他项，或注明理由予以搁置。',
  },
  'todo.unread': {
    en: 'Say what the line is (`segments`), or set it aside with a reason.',
    zh: '请说明该行的性质（`segments`），或注明理由予以搁置。',
  },
  'todo.other': {
    en: 'Look at the place; correct what is wrong, or settle it with a decision and a reason.',
    zh: '请查看该处；更正有误之处，或作出决定并注明理由。',
  },
});
