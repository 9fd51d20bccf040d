import { messages } from '../message.ts';

export const domainImports = messages({
  'imports.no-such-import': { en: 'no such import', zh: '没有该导入记录' },
  'imports.another-document-has-id-that-begins': { en: 'another document has an id that begins alike', zh: '另有一份文件的编号开头相同' },
  'imports.content-in-directive-what-to-change': {
    en: 'its content is in directive {$directive}; what is to change there is changed there',
    zh: '其内容已录入文件 {$directive}；如需变更，请在该文件中办理',
  },
  'imports.correction-says-nothing': { en: 'the correction says nothing', zh: '更正没有任何内容' },
  'imports.must-be-64-lower-case-hex': { en: 'must be 64 lower-case hex digits', zh: '应为 64 位小写十六进制数字' },
  'imports.names-at-most-columns': { en: 'names at most {$mostColumns} columns', zh: '至多可列 {$mostColumns} 列' },
});
