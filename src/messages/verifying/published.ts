import { messages } from '../message.ts';

export const verifyingPublished = messages({
  'verifying.letter-with-another-head': {
    en: 'its letter has another number, day, title or period than the notice',
    zh: '其文稿的编号、日期、标题或时段与通报不同',
  },
  'verifying.letter-of-another-moment': { en: 'its letter is of another moment than its snapshot', zh: '其文稿所依据的时刻与快照不同' },
  'verifying.letter-with-other-counts': { en: 'the counts in its letter are not those of its snapshot', zh: '其文稿中的数字与快照的不同' },
  'verifying.letter-names-others': {
    en: 'its letter names others, or for something else, than the notice',
    zh: '其文稿点名的单位或事由与通报不同',
  },
  'verifying.words-do-not-follow-from-facts': {
    en: 'the words of its letter do not follow from its facts',
    zh: '其文稿的文字不能由所载事实得出',
  },
  'verifying.letter-rests-on-nothing': { en: 'its letter rests on nothing that can be computed', zh: '其文稿没有可以计算的依据' },
  'verifying.is-no-docx': { en: 'is no .docx', zh: '不是 .docx 文件' },
  'verifying.letter-of-no-notice': { en: 'is the letter of no notice in this log', zh: '不是本日志中任何通报的文稿' },
  'verifying.saved-again': { en: 'in the same words, saved again', zh: '文字相同，经重新保存' },
  'verifying.byte-for-byte': { en: 'byte for byte', zh: '逐字节相同' },
  'verifying.letter-of-notice': { en: '{$file} is the letter of notice {$notice}, {$how}', zh: '{$file} 是通报 {$notice} 的文稿，{$how}' },
  'verifying.letter-not-as-issued': {
    en: 'is not as notice {$notice} was issued: “{$is}” stands where it said “{$was}”',
    zh: '与印发的通报 {$notice} 不同：原为“{$was}”，此处为“{$is}”',
  },
  'verifying.extract-of-notice': {
    en: '{$file} is an extract (摘录) of notice {$notice}, with the lines about {$units}: its words follow from the notice as it was issued',
    zh: '{$file} 是通报 {$notice} 的摘录（{$units}），其文字与印发的通报相符',
  },
  'verifying.extract-not-as-issued': {
    en: 'is an extract (摘录) that does not follow from notice {$notice}: “{$is}” stands where the notice gives “{$was}”',
    zh: '是摘录，但与印发的通报 {$notice} 不符：应为“{$was}”，此处为“{$is}”',
  },
  'verifying.no-stream-for-type': { en: 'is no stream for {$type}', zh: '不是 {$type} 所属的事件流' },
  'verifying.cites-snapshot-not-taken-before': {
    en: 'cites a snapshot that was not taken before it: {$snapshot}',
    zh: '所引用的快照不在其之前生成：{$snapshot}',
  },
  'verifying.cites-with-another-digest': {
    en: 'cites snapshot {$snapshot} with another digest than was recorded',
    zh: '引用快照 {$snapshot}，但摘要与记录的不同',
  },
  'verifying.says-otherwise-than-snapshot': {
    en: 'says of itself something else than snapshot {$snapshot} does',
    zh: '自身所述与快照 {$snapshot} 不同',
  },
  'verifying.snapshot-cannot-be-computed': { en: 'its snapshot {$snapshot} cannot be computed', zh: '其快照 {$snapshot} 无法计算' },
  'verifying.line-not-as-snapshot-shows': { en: 'its line {$n} is not what its snapshot shows', zh: '第 {$n} 行与其快照所示不同' },
  'verifying.shows-a-later-position': { en: 'shows position {$position}, which came after it', zh: '所示位置 {$position} 在其之后' },
  'verifying.no-moment-judged': { en: 'does not say which moment it judges', zh: '没有写明按哪一时刻判断' },
  'verifying.snapshot-of-other-rules': {
    en: [
      'snapshot {$snapshot} was judged by version {$version} of the rules; this program has version ',
      '{$versions}, and did not compute it again',
    ],
    zh: '快照 {$snapshot} 按第 {$version} 版规则判断；本程序具有第 {$versions} 版，未重新计算',
  },
  'verifying.directive-not-known-at': {
    en: 'directive {$directive} is not known at position {$position}',
    zh: '在位置 {$position} 处没有文件 {$directive}',
  },
  'verifying.digest-recorded-is-not-computed': {
    en: 'its digest is recorded as {$recorded}, but the events give {$computed}',
    zh: '记录的摘要为 {$recorded}，由事件算得 {$computed}',
  },
  'verifying.cannot-be-replayed': { en: 'cannot be replayed: {$why}', zh: '无法重放：{$why}' },
  'verifying.notice-by-other-rules': {
    en: 'notice {$notice} was drawn up by {$rule} from a snapshot by rules of another version, and was not compared',
    zh: '通报 {$notice} 由 {$rule} 根据其他版本规则的快照拟定，未作比对',
  },
});
