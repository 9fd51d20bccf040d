import { messages } from '../message.ts';

export const verifyingCheckpoints = messages({
  'verifying.no-quorum': { en: 'no checkpoint is cosigned by the quorum of the policy', zh: '没有任何检查点得到规则所要求的法定数量联署' },
  'verifying.not-the-note-of-its-size': { en: 'is not the note that is kept for its size', zh: '不是为其规模所保存的那份文书' },
  'verifying.another-root-was-signed': {
    en: 'the first {$size} events give the root {$computed}, but {$root} was signed',
    zh: '前 {$size} 个事件算得的根为 {$computed}，所签的是 {$root}',
  },
  'verifying.no-witnesses-asked': {
    en: 'no witnesses were asked for: that the log shows everyone the same is not proved',
    zh: '未要求见证方：未能证明日志对所有人出示相同内容',
  },
  'verifying.tail-without-quorum': {
    en: 'the last {$n} events are vouched for by the log alone: no quorum has cosigned them yet',
    zh: '最后 {$n} 个事件仅由日志自身担保：尚未得到法定数量的联署',
  },
  'verifying.not-signed-yet': {
    en: [
      '{$n} events after the last checkpoint, to position {$last}, are not signed yet: they are checked like the ',
      'others, but nothing vouches for them, nor shows whether more of them were there',
    ],
    zh: [
      '最后一个检查点之后的 {$n} 个事件（至位置 {$last}）尚未签署：',
      '已与其他事件一样核验，但没有任何东西为其担保，也无从得知是否还有更多',
    ],
  },
  'verifying.no-replica': { en: 'events without a replica', zh: '未写明副本的事件' },
  'verifying.of-replica': { en: 'replica {$replica}', zh: '副本 {$replica}' },
  'verifying.clock-was-ahead': {
    en: [
      '{$count} events, the first at @{$first}, say that they were recorded up to {$span} after the log ',
      'signed them: its clock was ahead then',
    ],
    zh: ['{$count} 个事件（首个在 @{$first}）称其记录时刻比日志签署时刻晚，', '至多晚 {$span}：当时日志的时钟偏快'],
  },
  'verifying.clock-was-behind': {
    en: [
      '{$count} events, the first at @{$first}, say that they were recorded up to {$span} before the log ',
      'signed what stands before them: its clock was behind then',
    ],
    zh: ['{$count} 个事件（首个在 @{$first}）称其记录时刻比日志签署其前内容的时刻早，', '至多早 {$span}：当时日志的时钟偏慢'],
  },
  'verifying.clocks-differed': {
    en: [
      '{$count} events, the first at @{$first}, stand up to {$span} before others that another replica had ',
      'recorded: the clocks of {$replica} and {$other} differed',
    ],
    zh: ['{$count} 个事件（首个在 @{$first}）排在另一副本所记事件之后，', '时刻却早至 {$span}：{$replica}与{$other}的时钟不一致'],
  },
  'verifying.nothing-signed': { en: 'there is none: nothing was signed yet', zh: '没有检查点：尚未签署任何内容' },
  'verifying.key-never-signed': { en: '{$key} never signed for this log', zh: '{$key} 从未为本日志签名' },
  'verifying.published-not-computed': {
    en: 'what was published was not computed again, since not all events can be read',
    zh: '由于并非所有事件都可读取，未重新计算已公布的内容',
  },
  'verifying.is-no-verifier-key': { en: '{$key} is no verifier key: {$reason}', zh: '{$key} 不是验证密钥：{$reason}' },
  'verifying.policy-does-not-name-log': { en: 'does not name the log {$origin}', zh: '没有写明日志 {$origin}' },
  'verifying.openssl-cannot-be-asked': { en: 'openssl cannot be asked: {$why}', zh: '无法调用 openssl：{$why}' },
  'verifying.openssl-does-not-accept': { en: 'openssl does not accept it: {$why}', zh: 'openssl 不予认可：{$why}' },
  'verifying.is-no-time-stamp': { en: 'is no time stamp', zh: '不是时间戳' },
  'verifying.about-something-else': { en: 'is about something else than the checkpoint', zh: '不是关于该检查点的' },
  'verifying.stamps-not-asked-for': {
    en: '{$n} time stamps are there; whether they hold is seen with --tsa-ca <certificates>',
    zh: '有 {$n} 个时间戳；是否有效，用 --tsa-ca <证书> 查验',
  },
  'verifying.restarts-another-log': { en: 'restarts {$old}, but the log was {$name}', zh: '所续接的是 {$old}，而日志此前名为 {$name}' },
  'verifying.says-how-many-survived': {
    en: 'says that {$survived} events survived, but {$index} come before it',
    zh: '称有 {$survived} 个事件留存，而其前有 {$index} 个',
  },
  'verifying.cites-what-the-old-name-did-not-sign': {
    en: 'cites a checkpoint that the old name did not sign',
    zh: '所引用的检查点不是原名称所签',
  },
  'verifying.does-not-say-what-is-lost': {
    en: 'cites a checkpoint of size {$size}, and does not say truly what is lost of it',
    zh: '引用规模为 {$size} 的检查点，却没有如实写明其中丢失的部分',
  },
  'verifying.not-of-the-cited-checkpoint': {
    en: 'the first {$size} events are not those of the checkpoint that it cites',
    zh: '前 {$size} 个事件与所引用的检查点不符',
  },
  'verifying.remembered-more-than-survived': {
    en: [
      'of {$origin} a checkpoint of size {$size} is remembered, but only {$survived} events survived its ',
      'restart: positions {$from} to {$size} are lost',
    ],
    zh: ['曾记住 {$origin} 规模为 {$size} 的检查点，', '而另起后仅 {$survived} 个事件留存：位置 {$from} 至 {$size} 已丢失'],
  },
  'verifying.not-of-the-remembered-checkpoint': {
    en: 'the first {$size} events are not those of the checkpoint of {$origin} that is remembered',
    zh: '前 {$size} 个事件与所记住的 {$origin} 检查点不符',
  },
  'verifying.log-and-checkpoints-name-themselves-otherwise': {
    en: 'the log says that it is {$name}, its checkpoints say {$origin}',
    zh: '日志自称 {$name}，其检查点则称 {$origin}',
  },
  'verifying.replaces-another-key': {
    en: 'replaces the key {$from}, but {$signing} was the one that signed',
    zh: '所更换的密钥为 {$from}，而签名使用的是 {$signing}',
  },
  'verifying.names-a-key-that-is-none': { en: 'names a key that is none: {$to}', zh: '所写密钥不是密钥：{$to}' },
  'verifying.change-of-key-not-signed-by-both': {
    en: 'is the first to cover the change of key at position {$position}, but is not signed by both keys',
    zh: '是最先涵盖位置 {$position} 处密钥更换的检查点，但没有两把密钥的签名',
  },
  'verifying.no-checkpoint-by-a-trusted-key': {
    en: 'no checkpoint is signed by a key that is trusted',
    zh: '没有任何检查点由受信任的密钥签名',
  },
  'verifying.no-signing-key-is-trusted': {
    en: 'none of the keys that signed is trusted: {$keys}',
    zh: '签名所用的密钥均不受信任：{$keys}',
  },
  'verifying.not-signed-by-a-key-of-this-log': {
    en: 'is not signed by a key of this log, or badly',
    zh: '没有本日志密钥的签名，或者签名无效',
  },
  'verifying.signed-out-of-turn': { en: 'is signed by {$key}, whose time it was not', zh: '由 {$key} 签名，但当时不应由其签名' },
  'verifying.log-is-shorter-than-remembered': {
    en: [
      'a checkpoint of size {$size} is remembered, but the log shown has {$shown} events: it was rolled ',
      'back, or this is an older copy',
    ],
    zh: '曾记住规模为 {$size} 的检查点，而所示日志只有 {$shown} 个事件：日志被回退，或者这是较旧的副本',
  },
  'verifying.log-is-not-the-remembered-one': {
    en: [
      'the first {$size} events are not those of the checkpoint remembered: the log was rewritten, or ',
      'shows different people different things. The evidence is in {$file}',
    ],
    zh: '前 {$size} 个事件与所记住的检查点不符：日志被改写，或者对不同的人出示不同内容。证据在 {$file}',
  },
  'verifying.is-no-signed-note': { en: 'is no signed note: {$reason}{$detail}', zh: '不是已签名的文书：{$reason}{$detail}' },
  'verifying.is-no-checkpoint': { en: 'is no checkpoint: {$reason}', zh: '不是检查点：{$reason}' },
  'verifying.checkpoint-of-another-log': {
    en: 'is a checkpoint of {$stated}, not of {$origin}',
    zh: '是 {$stated} 的检查点，不是 {$origin} 的',
  },
  'verifying.cosignature-is-bad': { en: 'the cosignature of {$key} is bad', zh: '{$key} 的联署无效' },
});
