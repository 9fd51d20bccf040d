import { messages } from '../message.ts';

export const apiImports = messages({
  'api.imports.what-corrections-name-by': { en: 'What corrections name it by.', zh: '更正时用以指明它的名称。' },
  'api.imports.as-printed-where-name-was-completed': {
    en: 'As printed, where the name was completed.',
    zh: '名称经过补全的，原文的写法。',
  },
  'api.imports.list-parties-ends-in': { en: 'The list of parties ends in 等.', zh: '责任单位列举以“等”结尾。' },
  'api.imports.what-else-row-or-block-says': {
    en: 'What else its row or block says, by column or label.',
    zh: '所在行或段的其他内容，按列或标签。',
  },
  'api.imports.nothing-committed-while-open': { en: 'Nothing is committed while it is open.', zh: '未处理之前不能提交。' },
  'api.imports.import-whose-commit-confirmed-what-profile': {
    en: 'The import whose commit confirmed it: what `?profile=` takes.',
    zh: '经提交确认该样式的导入记录：即 `?profile=` 的取值。',
  },
  'api.imports.under-which-will-stand-or-stands': { en: 'Under which it will stand, or stands.', zh: '提交后所用的编号，或已用的编号。' },
  'api.imports.last-profile-confirmed-for-this-issuer': {
    en: 'The last profile confirmed for this issuer, where it was read with another.',
    zh: '以其他样式读取时，为该发文机关最近确认的样式。',
  },
  'api.imports.units-id-or-one-that-would': {
    en: 'The unit’s id, or the one that it would be registered under.',
    zh: '单位的编号，或将要登记的编号。',
  },
  'api.imports.as-recorded-on-documents-date-or': {
    en: 'As recorded on the document’s date, or as a person said; null: not known.',
    zh: '以文件日期时的记录或人工指明为准；null 表示不知道。',
  },
  'api.imports.send-document-any-type-that-read': {
    en: 'Send a document of any type that is read: text, csv, xlsx, docx, html',
    zh: '送交任何可读取类型的文件：文本、csv、xlsx、docx、html',
  },
  'api.imports.at-most-bytes-content-says-what': {
    en: [
      'At most {$limit} bytes. Its content says what it is; Content-Type is a hint. It becomes a draft that people ',
      'correct and commit. The same bytes again are the same import.',
    ],
    zh: '至多 {$limit} 字节。以内容判断类型，Content-Type 仅供参考。文件成为草稿，由人更正后提交。同一份原文再次送交即为同一次导入。',
  },
  'api.imports.what-file-called': { en: 'What the file is called.', zh: '文件名称。' },
  'api.imports.import-whose-profile-read-with-left': {
    en: 'The import whose profile it is read with. Left out: guessed.',
    zh: '读取所用样式出自哪次导入。不填则自行推断。',
  },
  'api.imports.no-import-was-committed-with-profile': {
    en: 'no import {$named} was committed with a profile',
    zh: '没有带样式提交过的导入 {$named}',
  },
  'api.imports.documents-sent-and-what-became-them': { en: 'Documents sent, and what became of them', zh: '送交过的文件及其处理结果' },
  'api.imports.document-as-was-read-and-corrected': {
    en: 'A document as it was read and corrected, and what is open',
    zh: '读取并经更正的文件，以及尚未处理的事项',
  },
  'api.imports.every-line-and-cell-document-and': {
    en: 'Every line and cell of the document, and what became of it',
    zh: '文件的每一行、每一单元格及其去向',
  },
  'api.imports.bytes': { en: 'The bytes', zh: '字节' },
  'api.imports.no-document-was-sent-under-this': { en: 'no document was sent under this id', zh: '没有以此编号送交过文件' },
  'api.imports.bytes-not-here': { en: 'the bytes of {$sha256} are not here', zh: '{$sha256} 的字节不在此处' },
  'api.imports.stored-bytes-no-longer-have-this': {
    en: 'the stored bytes of {$sha256} no longer have this digest',
    zh: '{$sha256} 所存字节的摘要已与之不符',
  },
  'api.imports.correct-how-document-was-read-or': {
    en: 'Correct how a document was read, or settle what it leaves open',
    zh: '更正文件的读取结果，或处理遗留的疑点',
  },
  'api.imports.send-if-match-findings-counted-anew': {
    en: 'Send If-Match: findings are counted anew in every reading.',
    zh: '请带 If-Match：每次重新读取，疑点都重新编号。',
  },
  'api.imports.append-what-draft-says-directive-units': {
    en: 'Append what the draft says: the directive, its units, tasks and rules',
    zh: '录入草稿内容：文件、单位、任务和规则',
  },
  'api.imports.how-offices-write-their-documents-as': {
    en: 'How offices write their documents, as commits have confirmed it: a version each time it changed',
    zh: '经提交确认的各机关行文样式：每次变化为一个版本',
  },
  'api.imports.person-who-raised-left-out-where': {
    en: 'The person who raised it; left out where the reader of the document did.',
    zh: '提出的人；由读取程序提出的不给出。',
  },
  'api.imports.what-person-does-about-one-this': { en: 'What a person does about one of this kind.', zh: '对此类疑点应如何处理。' },
  'api.imports.what-patch-names-by': { en: 'What `PATCH` names it by.', zh: '`PATCH` 用以指明它的名称。' },
  'api.imports.why-person-must-say-whether-taken': {
    en: 'Why a person must say whether it is taken; null: it is, unless a person leaves it.',
    zh: '为何须由人说明是否采用；null 表示采用，除非由人去除。',
  },
  'api.imports.name': { en: 'Its name.', zh: '名称。' },
  'api.imports.items-key-in-draft': { en: 'The item’s key in the draft.', zh: '该条目在草稿中的键。' },
  'api.imports.directive': { en: 'Of the directive.', zh: '所涉文件的。' },
  'api.imports.position-as-which-difference-was-made': {
    en: 'The position as of which the difference was made: what the commit takes.',
    zh: '得出差异所依据的位置：提交时即用此值。',
  },
  'api.imports.directive-in-force-which-this-another': {
    en: 'The directive in force of which this is another edition.',
    zh: '现行文件：本件为其另一版本。',
  },
  'api.imports.id-that-to-have': { en: 'The id that it is to have.', zh: '将要使用的编号。' },
  'api.imports.tasks-status': { en: 'The task’s status.', zh: '任务的状态。' },
  'api.imports.as-stands': { en: 'As it stands.', zh: '现有内容。' },
  'api.imports.as-this-edition-says': { en: 'As this edition says it.', zh: '本版的表述。' },
  'api.imports.act-since-last-edition-has-changed': {
    en: 'An act since the last edition has changed it.',
    zh: '上一版之后，此处已另行办理变更。',
  },
  'api.imports.whether-taken-with-line': { en: 'Whether it is taken with the line.', zh: '是否随该行一并采用。' },
  'api.imports.what-said-otherwise': { en: 'What is said otherwise.', zh: '表述不同之处。' },
  'api.imports.items-tasks-that-stand-with-what': {
    en: 'Items of tasks that stand, with what they say otherwise.',
    zh: '现有任务中本版表述不同的条目及其不同之处。',
  },
  'api.imports.null-reports-that-asks-for-those': {
    en: 'null: the reports that it asks for are those in force.',
    zh: 'null 表示所要求的报送与现行一致。',
  },
  'api.imports.what-head-document-says-otherwise': { en: 'What the head of the document says otherwise.', zh: '文件首部表述不同之处。' },
  'api.imports.items-that-says-as-they-stand': { en: 'Items that it says as they stand.', zh: '与现有内容一致的条目。' },
  'api.imports.what-this-edition-says-otherwise-than': {
    en: 'What this edition says otherwise than what stands.',
    zh: '本版与现有内容的不同之处。',
  },
  'api.imports.first-thousand-all-them-those-lines': {
    en: 'The first thousand; all of them are those lines whose `use` is `unread`.',
    zh: '前一千处；全部见 `use` 为 `unread` 的各行。',
  },
  'api.imports.directive-in-force-which-another-edition': {
    en: 'The directive in force of which it is another edition.',
    zh: '现行文件：所送文件为其另一版本。',
  },
  'api.imports.null-where-supersedes-nothing': { en: 'null where it supersedes nothing.', zh: '不取代任何文件的为 null。' },
  'api.imports.those-tasks-that-in-log': { en: 'Those of its tasks that are in the log.', zh: '其任务中已录入日志的。' },
  'api.imports.all-that-to-have': { en: 'All that it is to have.', zh: '将要具有的全部任务。' },
  'api.imports.goes-on-by-itself': {
    en: 'Cut short, it goes on by itself; stopped, it is tried again by itself, as long as this server is up.',
    zh: '中断的会自行继续；停住的，只要本服务在运行，就会自行再试。',
  },
  'api.imports.why-it-stopped': {
    en: 'Why it stopped, as far as this server knows; null otherwise.',
    zh: '停住的原因（以本服务所知为限）；未停住的为 null。',
  },
  'api.imports.call-that-goes-on-with-commit': {
    en: 'The call that goes on with it at once; null where all is in.',
    zh: '使其立即继续的调用；已全部录入的为 null。',
  },
  'api.imports.commit-null-before-has-begun': { en: 'Of the commit; null before it has begun.', zh: '提交的；尚未开始的为 null。' },
  'api.imports.bytes-document-as-they-came-with': {
    en: 'The bytes of the document, as they came, with the type that they have and the name that they were sent under',
    zh: '文件的原始字节，附其类型和送交时的文件名',
  },
  'api.imports.refused-while-finding-that-blocks-open-2': {
    en: [
      'Refused while a finding that blocks is open. One that is cut short goes on by itself, and at once when it is ',
      'sent again. Of another edition of a directive in force what is taken of its difference is appended as amendments: ',
      'say the reason and the authority.',
    ],
    zh: '有必须处理的疑点尚未处理的，予以拒绝。中途中断的会自行继续，重新发送则立即继续。如为现行文件的另一版本，则将所采用的差异作为修改录入：须说明理由和依据。',
  },
  'api.imports.first-day-on-which-what-taken': {
    en: 'The first day on which what is taken holds; the day of receipt where left out.',
    zh: '所采用内容生效的第一天；不填为收到之日。',
  },
  'api.imports.position-as-which-difference-was-looked': {
    en: 'The position as of which the difference was looked at; left out, that of the draft’s last change.',
    zh: '查看差异时的位置；不填为草稿最近变更时的位置。',
  },
});
