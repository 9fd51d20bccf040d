import { messages } from '../message.ts';

export const cliSettings = messages({
  'setting.whole-from': { en: 'must be a whole number, {$least} or more', zh: '应为整数，不小于 {$least}' },
  'setting.time-between': {
    en: 'must be a time such as 30s or 5m, {$least}s to {$most}s',
    zh: '应为时长，如 30s 或 5m，{$least}s 至 {$most}s',
  },
  'setting.addresses': {
    en: 'must be addresses or networks with commas between, such as 10.0.0.1,10.1.0.0/16',
    zh: '应为地址或网段，以逗号分隔，如 10.0.0.1,10.1.0.0/16',
  },
  'setting.places': {
    en: 'must be hosts, addresses or networks with commas between, such as oa.example.cn,10.1.0.0/16',
    zh: '应为主机、地址或网段，以逗号分隔，如 oa.example.cn,10.1.0.0/16',
  },
  'setting.characters': { en: 'must be a number of characters, 256 to 16384', zh: '应为字符数，256 至 16384' },
  'setting.json-depth': { en: 'must be 4 to 32', zh: '应为 4 至 32' },
  'setting.port': { en: 'must be a port, 0 to 65535', zh: '应为端口号，0 至 65535' },
  'setting.seed': { en: 'must be notice or none', zh: '应为 notice 或 none' },
  'setting.eventstore-url': {
    en: 'must be an address such as esdb://127.0.0.1:2113?tls=false',
    zh: '应为地址，如 esdb://127.0.0.1:2113?tls=false',
  },
  'setting.file-or-url': { en: 'must be a file or an http(s) URL', zh: '应为文件或 http(s) 网址' },
  'setting.max-ttl': { en: 'must be a time such as 30m, 8h or 7d, at most 366d', zh: '应为时长，如 30m、8h 或 7d，至多 366d' },
  'setting.clock-skew': { en: 'must be a time such as 30s or 2m, at most 60m', zh: '应为时长，如 30s 或 2m，至多 60m' },
  'setting.log-level': {
    en: 'must be fatal, error, warn, info, debug, trace or silent',
    zh: '应为 fatal、error、warn、info、debug、trace 或 silent',
  },
  'setting.origin': { en: 'must be a name without spaces and plus signs', zh: '应为不含空格和加号的名称' },
  'setting.smtp-url': {
    en: 'must be an address such as smtps://user:password@mail.example.cn',
    zh: '应为地址，如 smtps://user:password@mail.example.cn',
  },
  'setting.mail-from': { en: 'must be an address such as duban@example.cn', zh: '应为地址，如 duban@example.cn' },
  'setting.remind-every': { en: 'must be a time such as 5m or 1h, at most 24h', zh: '应为时长，如 5m 或 1h，至多 24h' },
  'setting.remind-office': { en: 'must be an address such as office@example.cn', zh: '应为地址，如 office@example.cn' },
  'setting.body-limit': { en: 'must be a number of bytes, 1024 to 67108864', zh: '应为字节数，1024 至 67108864' },
  'setting.mail-from-is-required': { en: 'MAIL_FROM is required where SMTP_URL is set', zh: '设置 SMTP_URL 时必须设置 MAIL_FROM' },
  'setting.is-none': { en: '{$name} is no setting', zh: '没有设置 {$name}' },
  'setting.is-none-but': { en: '{$name} is no setting: is {$like} meant?', zh: '没有设置 {$name}：是否指 {$like}？' },
  'setting.fault': { en: '{$name} {$fault}', zh: '{$name} {$fault}' },
  'setting.at-most-characters': { en: 'must have at most {$n} characters', zh: '至多 {$n} 个字符' },
});
