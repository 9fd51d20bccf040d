import { messages } from '../message.ts';

export const apiAttachments = messages({
  'api.attachments.must-be-64-lower-case-hex': { en: 'must be 64 lower-case hex digits', zh: '应为 64 位小写十六进制数字' },
  'api.attachments.attachment-has-at-most-bytes': { en: 'an attachment has at most {$most} bytes', zh: '一份附件至多 {$most} 字节' },
  'api.attachments.unit-has-sent-attachments-bytes': {
    en: 'the unit has sent {$count} attachments of {$bytes} bytes',
    zh: '该单位已送交 {$count} 份附件，共 {$bytes} 字节',
  },
  'api.attachments.upload-bytes-attachment': { en: 'Upload the bytes of an attachment', zh: '送交附件' },
  'api.attachments.named-by-sha-256-bytes-at': {
    en: [
      'Named by the SHA-256 of its bytes, at most {$most} of them. Reports, claims and findings cite it by that ',
      'digest. 200 where the sender has sent the same before.',
    ],
    zh: '以其字节的 SHA-256 命名，至多 {$most} 字节。报告、办结申请和督查问题以该摘要引用附件。同一发送者此前送交过同一附件的答 200。',
  },
  'api.attachments.upload-broke-off': { en: 'the upload broke off', zh: '上传中断' },
  'api.attachments.bytes-attachment-checked-against-their-digest': {
    en: 'The bytes of an attachment, checked against their digest before they are sent',
    zh: '附件的字节，发送前与其摘要核对',
  },
  'api.attachments.bytes': { en: 'The bytes', zh: '字节' },
  'api.attachments.no-attachment-this-digest-here-or': {
    en: 'no attachment of this digest is here, or none that you may see',
    zh: '此处没有此摘要的附件，或者您无权查看',
  },
  'api.attachments.stored-bytes-no-longer-have-this': {
    en: 'the stored bytes of {$digest} no longer have this digest',
    zh: '{$digest} 所存字节的摘要已与之不符',
  },
});
