import { messages } from '../message.ts';

/** What is wrong with a row of a ledger that came in as a file. */
export const apiLedgerRows = messages({
  'ledger-row.not-written-as': { en: '“{$part}” is not written as {$example}', zh: '“{$part}”的写法不符，应如：{$example}' },
  'ledger-row.no-role': { en: '“{$said}” is no role: one of {$roles}', zh: '“{$said}”不是责任角色，应为下列之一：{$roles}' },
  'ledger-row.no-day': { en: '“{$text}” is no day: YYYY-MM-DD', zh: '“{$text}”不是日期，应为 YYYY-MM-DD（年-月-日）' },
  'ledger-row.neither-name-nor-post': {
    en: '“{$part}” is neither a name nor a post that is known; name the persons in 责任领导姓名 (leaders)',
    zh: '“{$part}”既不是姓名，也不是已知的职务；请在“责任领导姓名”（leaders）列写明姓名',
  },
  'ledger-row.not-among-leaders': { en: '{$names} is not among the leaders of the row', zh: '{$names}不在该行的责任领导之中' },
  'ledger-row.not-one-of': { en: '“{$text}” is not one of {$codes}', zh: '“{$text}”不是下列之一：{$codes}' },
  'ledger-row.no-whole-number': { en: '“{$text}” is no whole number', zh: '“{$text}”不是整数' },
  'ledger-row.under-no-heading': { en: '“{$text}” ({$address}) stands under no heading', zh: '“{$text}”（{$address}）上方没有列标题' },
  'ledger-row.no-directive': { en: 'says into which directive the task goes', zh: '应写明任务归入哪一文件' },
  'ledger-row.no-id': {
    en: 'is empty, and so is the number that an id is made of',
    zh: '为空，用以确定编号的序号也为空',
  },
  'ledger-row.party-unknown': {
    en: '{$name} is neither a registered unit nor a defined collective',
    zh: '{$name} 既不是已登记的单位，也不是已定义的集合称谓',
  },
  'ledger-row.otherwise': {
    en: 'task {$task} exists and is otherwise in {$columns}; what is to change is changed there',
    zh: '任务 {$task} 已存在，下列内容与之不同：{$columns}；如需变更，请在该任务中办理',
  },
  'ledger-row.twice': { en: '{$id} stands at {$address} already', zh: '{$id} 已在 {$address} 处出现' },
  'ledger-rows.no-headings': {
    en: 'the table {$table} has no row of headings; send the ledger alone',
    zh: '表格 {$table} 没有列标题行；请只送交台账',
  },
  'ledger-rows.no-such-column': {
    en: 'no column of a ledger is called “{$heading}” ({$address})',
    zh: '台账没有名为“{$heading}”的列（{$address}）',
  },
  'ledger-rows.column-twice': { en: '“{$heading}” ({$address}) is there already', zh: '“{$heading}”（{$address}）列重复' },
  'ledger-rows.no-ledger': { en: 'no row of the file has the headings of a ledger', zh: '文件中没有任何一行具有台账的列标题' },
});
