import { messages } from '../message.ts';

export const domainLedger = messages({
  'ledger.verifier-key-c2sp-signed-note-name': {
    en: 'A verifier key (C2SP signed-note): name+hash+base64.',
    zh: '验证密钥（C2SP signed-note）：名称+摘要+base64。',
  },
  'ledger.null-whole-stream': { en: 'null: the whole stream.', zh: 'null 表示整个事件流。' },
  'ledger.where-that-event-was-sequenced-if': { en: 'Where that event was sequenced, if it was.', zh: '该事件排定的位置（如已排定）。' },
});
