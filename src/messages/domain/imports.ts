import { messages } from '../message.ts';

export const domainImports = messages({
  'imports.finding-open': { en: '{$count} finding must be settled first: {$first}', zh: '须先处理 {$count} 处疑点：{$first}' },
  'imports.findings-open': { en: '{$count} findings must be settled first: {$first}', zh: '须先处理 {$count} 处疑点：{$first}' },
  'imports.more-findings-open': { en: '{$count} findings must be settled first: {$first} …', zh: '须先处理 {$count} 处疑点：{$first}……' },
  'imports.finding-at': { en: '{$n} ({$address}): {$detail}', zh: '{$n}（{$address}）：{$detail}' },
  'imports.no-such-import': { en: 'no such import', zh: '没有该导入记录' },
  'imports.another-document-has-id-that-begins': { en: 'another document has an id that begins alike', zh: '另有一份文件的编号开头相同' },
  'imports.content-in-directive-what-to-change': {
    en: 'its content is in directive {$directive}; what is to change there is changed there',
    zh: '其内容已录入文件 {$directive}；如需变更，请在该文件中办理',
  },
  'imports.correction-says-nothing': { en: 'the correction says nothing', zh: '更正没有任何内容' },
  'imports.must-be-64-lower-case-hex': { en: 'must be 64 lower-case hex digits', zh: '应为 64 位小写十六进制数字' },
  'imports.names-at-most-columns': { en: 'names at most {$mostColumns} columns', zh: '至多可列 {$mostColumns} 列' },
  'imports.commit-into-directive-has-begun': {
    en: 'its commit into directive {$directive} has begun: how it was read is corrected no more',
    zh: '其录入文件 {$directive} 的提交已经开始，读取结果不能再更正',
  },
  'imports.whether-taken': { en: 'Whether it is taken.', zh: '是否采用。' },
  'imports.only-these-all-where-left-out': { en: 'Only these of it; all where left out.', zh: '只采用其中这些；不填为全部。' },
  'imports.which-lines-difference-taken': { en: 'Which lines of the difference are taken.', zh: '采用差异中的哪些行。' },
  'imports.nothing-committed-while-open-so-unless': {
    en: 'Nothing is committed while it is open; so it is unless said otherwise.',
    zh: '未处理之前不能提交；没有另作说明的即为如此。',
  },
});
