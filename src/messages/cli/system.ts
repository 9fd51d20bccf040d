import { messages } from '../message.ts';

export const cliSystem = messages({
  'cli.sqlite-in-use': { en: 'a file in it is in use by another process: stop that one', zh: '其中有文件正被另一进程使用：请停止该进程' },
  'cli.sqlite-not-writable': {
    en: 'it cannot be written: give this user the right to write there',
    zh: '无法写入：请授予本用户在该处写入的权限',
  },
  'cli.sqlite-io': { en: 'reading or writing failed: look at the disk', zh: '读写失败：请检查磁盘' },
  'cli.sqlite-full': { en: 'the disk is full: make room', zh: '磁盘已满：请腾出空间' },
  'cli.sqlite-cannot-open': {
    en: 'a file in it cannot be opened: give this user the right to read and write there',
    zh: '其中有文件无法打开：请授予本用户在该处读写的权限',
  },
  'cli.at-path': { en: '{$path}: {$why}', zh: '{$path}：{$why}' },
  'cli.at-path-because': { en: '{$path}: {$what} ({$why})', zh: '{$path}：{$what}（{$why}）' },
  'cli.port-in-use': {
    en: 'port {$port} of {$host} is in use (EADDRINUSE): stop what listens there, or set PORT to another',
    zh: ['{$host} 的端口 {$port} 已被占用（EADDRINUSE）：请停止在该处监听的程序，', '或将 PORT 设为其他端口'],
  },
  'cli.no-address-of-this-machine': {
    en: '{$host} is no address of this machine ({$code}): set HOST to one that is',
    zh: '{$host} 不是本机的地址（{$code}）：请将 HOST 设为本机的地址',
  },
  'cli.port-may-not-be-opened': {
    en: 'port {$port} may not be opened by this user (EACCES): set PORT to one above 1023',
    zh: '本用户不能打开端口 {$port}（EACCES）：请将 PORT 设为 1023 以上',
  },
  'cli.no-right-to-path': {
    en: ['{$path} cannot be read or written by this user ({$code}): give it the right to, or set DATA_DIR to ', 'another directory'],
    zh: '本用户不能读写 {$path}（{$code}）：请授予权限，或将 DATA_DIR 设为其他目录',
  },
  'cli.no-room-left': { en: 'there is no room left for {$path} ({$code}): make some', zh: '{$path} 没有剩余空间（{$code}）：请腾出空间' },
  'cli.set-data-dir': {
    en: '{$fault}: set DATA_DIR to a directory that this user can write',
    zh: '{$fault}：请将 DATA_DIR 设为本用户可以写入的目录',
  },
  'cli.bring-the-right-one': { en: '{$fault}: bring the right one, or move it away', zh: '{$fault}：请放入正确的文件，或者将其移走' },
  'cli.mend-or-set': {
    en: '{$fault}: mend it, or set {$setting} to a file that this user can read',
    zh: '{$fault}：请修复，或将 {$setting} 设为本用户可以读取的文件',
  },
});
