import { messages } from '../../message.ts';

/** The log and its proofs. */
export const apiWordsLog = messages({
  'word.position': { en: 'Position in the log, from 1.', zh: '在日志中的位置，从 1 起。' },
  'word.index': { en: 'Index of the leaf, from 0.', zh: '叶的序号，从 0 起。' },
  'word.leafHash': { en: 'RFC 6962 leaf hash of the stored bytes, base64.', zh: '所存字节的 RFC 6962 叶哈希，base64。' },
  'word.rootHash': { en: 'RFC 6962 root hash of the tree of this size, base64.', zh: '该规模的树的 RFC 6962 根哈希，base64。' },
  'word.Checkpoint.size': { en: 'Events that it covers.', zh: '所涵盖的事件数。' },
  'word.body.size': { en: 'Events that the checkpoint covers.', zh: '检查点所涵盖的事件数。' },
  'word.answer.size': { en: 'Bytes, or events covered.', zh: '字节数，或所涵盖的事件数。' },
  'word.origin': { en: 'The log’s name, the first line of its checkpoints.', zh: '日志名称，即其检查点的第一行。' },
  'word.signedThrough': { en: 'Events that signed checkpoints cover.', zh: '已签名检查点所涵盖的事件数。' },
  'word.cosignature': {
    en: 'A witness’s line for a checkpoint (C2SP tlog-cosignature).',
    zh: '见证方就检查点作出的联署（C2SP tlog-cosignature）。',
  },
  'word.added': { en: 'Whether it was new.', zh: '是否为新的。' },
  'word.type': { en: 'Type of the event.', zh: '事件类型。' },
  'word.subject': {
    en: 'What it is about: the id of a subject, or the stream of an event.',
    zh: '所涉对象：对象的编号，或事件所在的事件流。',
  },
  'word.events': { en: 'The events, in order.', zh: '各事件，按顺序。' },
  'word.answer.events': {
    en: 'What was recorded, or how many events lie between the two positions.',
    zh: '所记录的内容，或两个位置之间的事件数。',
  },
  'word.revision': { en: 'The subject’s revision: what If-Match takes.', zh: '对象的版本：If-Match 即用此值。' },
  'word.receipt': {
    en: 'Link of the proof that the event is in the log; null where nothing was recorded.',
    zh: '该事件在日志中的证明的链接；没有记录任何内容的为 null。',
  },
  'word.changes': { en: 'What it changed, member by member.', zh: '所变更的内容，逐个成员。' },
  'word.path': { en: 'JSON Pointer to what changed.', zh: '指向变更之处的 JSON Pointer。' },
  'word.before': { en: 'What stood before.', zh: '变更前的内容。' },
  'word.after': { en: 'What stands since.', zh: '变更后的内容。' },
  'word.backdated': { en: 'Whether it was received on a day before it was recorded.', zh: '是否在记录日期之前的某日已收到。' },
  'word.data': { en: 'What the event says.', zh: '事件的内容。' },
});
