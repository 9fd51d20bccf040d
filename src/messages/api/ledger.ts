import { messages } from '../message.ts';

export const apiLedger = messages({
  'api.ledger.base64-32-bytes-each': { en: 'Base64, 32 bytes each.', zh: 'base64，每个 32 字节。' },
  'api.ledger.reply-time-stamping-authority-rfc-3161': {
    en: 'The reply of a time-stamping authority (RFC 3161) about the text of the note, base64.',
    zh: '时间戳机构（RFC 3161）就该签名文本给出的答复，base64。',
  },
  'api.ledger.signed-note-with-cosignatures-c2sp-signed': {
    en: 'The signed note with its cosignatures (C2SP signed-note, tlog-checkpoint).',
    zh: '带联署的签名文本（C2SP signed-note、tlog-checkpoint）。',
  },
  'api.ledger.not-covered-by-signed-checkpoint-yet': {
    en: '{$what} is not covered by a signed checkpoint yet',
    zh: '尚无已签名的检查点涵盖{$what}',
  },
  'api.ledger.newest-signed-checkpoint-with-cosignatures': {
    en: 'The newest signed checkpoint, with its cosignatures',
    zh: '最新的已签名检查点及其联署',
  },
  'api.ledger.signed-note-c2sp-tlog-checkpoint': { en: 'A signed note (C2SP tlog-checkpoint)', zh: '签名文本（C2SP tlog-checkpoint）' },
  'api.ledger.log': { en: 'the log', zh: '日志' },
  'api.ledger.signed-checkpoints-in-order-size': { en: 'Signed checkpoints in order of size', zh: '按规模排列的已签名检查点' },
  'api.ledger.after-next-page': { en: '`after` of the next page.', zh: '下一页的 `after`。' },
  'api.ledger.events-in-log': { en: 'Events in the log.', zh: '日志中的事件数。' },
  'api.ledger.largest-size-that-quorum-witnesses-has': {
    en: 'The largest size that the quorum of witnesses has cosigned; 0 without witnesses.',
    zh: '法定数量的见证方已联署的最大规模；没有见证方的为 0。',
  },
  'api.ledger.events-that-no-quorum-vouches-for': {
    en: 'Events that no quorum vouches for yet: only these could be rewritten unseen.',
    zh: '尚无法定数量见证方担保的事件：只有这些可能被不留痕迹地改写。',
  },
  'api.ledger.when-first-these-was-recorded': { en: 'When the first of these was recorded.', zh: '其中第一个事件的记录时间。' },
  'api.ledger.why-nothing-signed-where-nothing': { en: 'Why nothing is signed, where nothing is.', zh: '不签名的原因（如不签名）。' },
  'api.ledger.what-signing-waits-for-where-goes': {
    en: 'What signing waits for, where it goes on by itself once that has come.',
    zh: '签名所等待的事项；等到之后自行继续。',
  },
  'api.ledger.verifier-keys-checkpoints-oldest-first-last': {
    en: 'The verifier keys of the checkpoints, oldest first: the last one signs',
    zh: '检查点的验证密钥，由旧到新：最后一个用于签名',
  },
  'api.ledger.verifier-keys-c2sp-signed-note-one': {
    en: 'Verifier keys (C2SP signed-note), one a line: name+hash+base64',
    zh: '验证密钥（C2SP signed-note），每行一个：名称+摘要+base64',
  },
  'api.ledger.that-event-at-position-in-tree': {
    en: 'That the event at a position is in the tree of a size (RFC 6962 §2.1.1)',
    zh: '证明某位置的事件在某一规模的树中（RFC 6962 §2.1.1）',
  },
  'api.ledger.beyond-tree-which-has-leaves': { en: 'is beyond the tree, which has {$size} leaves', zh: '超出该树，其叶数为 {$size}' },
  'api.ledger.not-in-tree-leaves': { en: 'is not in the tree of {$size} leaves', zh: '不在叶数为 {$size} 的树中' },
  'api.ledger.that-tree-one-size-beginning-that': {
    en: 'That the tree of one size is the beginning of that of another (RFC 6962 §2.1.2)',
    zh: '证明一种规模的树是另一规模的树的开头部分（RFC 6962 §2.1.2）',
  },
  'api.ledger.larger-than-to': { en: 'is larger than `to`', zh: '大于 `to`' },
  'api.ledger.receipt-event-proof-file-that-needs': {
    en: 'The receipt of an event: a proof file that needs no server',
    zh: '事件的回执：不需要服务器即可验证的证明文件',
  },
  'api.ledger.unit-gets-those-events-that-may': {
    en: 'A unit gets those of events that it may see.',
    zh: '单位可取得其有权查看的事件的回执。',
  },
  'api.ledger.c2sp-tlog-proof-index-hashes-and': {
    en: 'A C2SP tlog-proof: index, hashes, and the signed checkpoint they lead to',
    zh: 'C2SP tlog-proof：序号、哈希，以及由此得出的已签名检查点',
  },
  'api.ledger.no-event-this-id-in-log': {
    en: 'no event of this id is in the log, or none that you may see',
    zh: '日志中没有此编号的事件，或者您无权查看',
  },
  'api.ledger.position': { en: 'position {$position}', zh: '位置 {$position}' },
  'api.ledger.tiles-hashes-and-bundles-entries-c2sp': {
    en: 'Tiles of hashes and bundles of entries (C2SP tlog-tiles)',
    zh: '哈希分片和条目包（C2SP tlog-tiles）',
  },
  'api.ledger.v1-ledger-tile-l-n-p': {
    en: '`/v1/ledger/tile/<L>/<N>[.p/<W>]` and `/v1/ledger/tile/entries/<N>[.p/<W>]`.',
    zh: '`/v1/ledger/tile/<L>/<N>[.p/<W>]` 和 `/v1/ledger/tile/entries/<N>[.p/<W>]`。',
  },
  'api.ledger.hashes-32-bytes-or-entries-each': {
    en: 'Hashes of 32 bytes, or entries each behind its length',
    zh: '每个 32 字节的哈希，或各带长度的条目',
  },
  'api.ledger.that-no-path-tile': { en: 'that is no path of a tile', zh: '这不是分片的路径' },
  'api.ledger.that-not-shown-to-unit': { en: 'that is not shown to a unit', zh: '该内容不向单位提供' },
  'api.ledger.tree-has-no-such-tile-yet': { en: 'the tree has no such tile yet', zh: '该树尚无此分片' },
  'api.ledger.hand-in-witnesss-line-for-checkpoint': {
    en: 'Hand in a witness’s line for a checkpoint',
    zh: '送交见证方就检查点作出的联署',
  },
});
