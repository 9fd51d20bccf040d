import { messages } from '../message.ts';

export const storeFiles = messages({
  'store.append-not-written': { en: 'the append was not written', zh: '未能写入所追加的内容' },
  'store.is-closed': { en: 'the store is closed', zh: '存储已关闭' },
  'store.is-no-log': { en: '{$path} is not an event log', zh: '{$path} 不是事件日志' },
  'store.newer-schema': {
    en: ['{$path} has schema version {$version}; this program knows versions up to {$known}. Use the newer ', 'program that wrote it'],
    zh: '{$path} 的结构为第 {$version} 版；本程序只认识至第 {$known} 版。请使用写入它的较新程序',
  },
  'store.log-remedy': {
    en: [
      'duban verify tells what else is wrong. Put a backup in its place, or restore the log from a bundle ',
      'into an empty data directory: duban restore --from <bundle>',
    ],
    zh: ['duban verify 可说明其他问题。请放入备份，或者将日志从导出包恢复到空的数据目录：', 'duban restore --from <导出包>'],
  },
  'store.other-bytes-at': {
    en: 'position {$position} of {$file} does not hold the bytes that were recorded: they have another hash',
    zh: '{$file} 第 {$position} 位不是当初记录的字节：哈希值不同',
  },
  'store.row-not-of-event': {
    en: 'the row of position {$position} in {$file} is not that of the event in it',
    zh: '{$file} 第 {$position} 位的记录与其中的事件不符',
  },
  'store.cannot-be-read': { en: '{$file} cannot be read: {$why}', zh: '无法读取 {$file}：{$why}' },
  'store.another-process': { en: 'another process', zh: '另一进程' },
  'store.process': { en: 'process {$pid}', zh: '进程 {$pid}' },
  'store.takes-no-directories': { en: 'cannot be made: {$above} takes no directories', zh: '无法建立：{$above} 不能存放目录' },
  'store.takes-no-files': { en: 'takes no files', zh: '不能存放文件' },
  'store.cannot-be-made': { en: 'cannot be made: {$why}', zh: '无法建立：{$why}' },
  'store.data-dir-path-too-long': {
    en: 'is too long a path: that of a data directory may have {$n} bytes',
    zh: '路径过长：数据目录的路径至多 {$n} 字节',
  },
  'store.may-not-be-used': { en: 'may not be used by this user', zh: '本用户不能使用' },
  'store.read-only': { en: 'cannot be written: its file system is mounted read-only', zh: '无法写入：其文件系统以只读方式挂载' },
  'store.disk-is-full': { en: 'cannot be written: the disk is full', zh: '无法写入：磁盘已满' },
  'store.part-is-a-file': {
    en: 'cannot be there: a part of the path is a file, not a directory',
    zh: '不可能存在：路径中有一段是文件，不是目录',
  },
  'store.link-to-itself': { en: 'is a link that leads back to itself', zh: '是指回自身的链接' },
  'store.path-too-long': { en: 'is too long a path', zh: '路径过长' },
  'store.is-not-there': { en: 'is not there (ENOENT)', zh: '不存在（ENOENT）' },
  'store.link-to-nothing': {
    en: 'is a link to {$target}, which is not there (ENOENT)',
    zh: '是指向 {$target} 的链接，而该处不存在（ENOENT）',
  },
  'store.is-a-directory': { en: 'is a directory, not a file', zh: '是目录，不是文件' },
  'store.is-a-pipe': { en: 'is a pipe or a device, not a file', zh: '是管道或设备，不是文件' },
  'store.is-longer-than': { en: 'is longer than {$n} bytes', zh: '超过 {$n} 字节' },
  'store.is-not-a-file': { en: 'is not a file', zh: '不是文件' },
  'store.is-not-a-directory': { en: 'is not a directory (EEXIST)', zh: '不是目录（EEXIST）' },
  'store.in-use-by': { en: '{$dir} is in use by {$holder}', zh: '{$dir} 正被{$holder}使用' },
  'store.refused-with': { en: '{$what} ({$code})', zh: '{$what}（{$code}）' },
  'store.cannot-be-used': { en: 'cannot be used', zh: '无法使用' },
  'store.with-remedy': { en: '{$damage}. {$remedy}', zh: '{$damage}。{$remedy}' },
  'store.log-has-another-name': { en: 'the log is {$held}, not {$wanted}', zh: '日志是 {$held}，不是 {$wanted}' },
  'store.at-another-revision': {
    en: '{$stream} is at revision {$actual}, not {$expected}',
    zh: '{$stream} 在第 {$actual} 版，不是第 {$expected} 版',
  },
  'store.name-has-another-use': { en: '{$name} has another use', zh: '名称 {$name} 已作他用' },
});
