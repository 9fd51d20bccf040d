import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { test } from 'tap';
import { seedDocument } from '../../seed/index.ts';
import { linesWithin, padBefore, padTo, widthOf } from '../../src/kernel/text-width.ts';
import { commandLanguage } from '../../src/main/command-language.ts';
import { temporaryDir } from '../support/app.ts';
import { runProgram, startServer } from '../support/process.ts';

/** The command line in the language of whoever calls it. What programs read of it is the same in both. */

type Environment = Readonly<Record<string, string>>;

const DOCUMENT = fileURLToPath(new URL('../../seed/notice.txt', import.meta.url));
const CHINESE: Environment = { LANG: 'zh_CN.UTF-8' };
const HAN = /\p{Script=Han}/u;
/** Four words of English in a row are a sentence that nobody has put into Chinese. */
const ENGLISH = /(?:^|[\s“(])[a-z]+(?: [a-z]+){3,}/mu;

await test('the locale says which language, then DUBAN_LANG, and otherwise it is English', async (t) => {
  const cases: readonly (readonly [env: Environment, language: 'en' | 'zh'])[] = [
    [{}, 'en'],
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'zh_CN.GB18030' }, 'zh'],
    [{ LANG: 'zh_CN' }, 'zh'],
    [{ LANG: 'zh_SG.UTF-8@pinyin' }, 'zh'],
    [{ LANG: 'en_GB.UTF-8' }, 'en'],
    [{ LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh'],
    [{ LC_MESSAGES: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LC_ALL: 'en_US.UTF-8', LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LC_CTYPE: 'zh_CN.UTF-8' }, 'en'],
    // Scripts ask for what is never translated.
    [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LC_ALL: 'C', DUBAN_LANG: 'zh-CN' }, 'en'],
    [{ LC_ALL: 'POSIX', DUBAN_LANG: 'zh-CN' }, 'en'],
    // No language is named.
    [{ DUBAN_LANG: 'zh-CN' }, 'zh'],
    [{ LANG: 'C.UTF-8', DUBAN_LANG: 'zh-CN' }, 'zh'],
    [{ LANG: 'de_DE.UTF-8', DUBAN_LANG: 'zh' }, 'zh'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{ LANG: 'en_US.UTF-8', DUBAN_LANG: 'zh-CN' }, 'en'],
    [{ DUBAN_LANG: 'klingon' }, 'en'],
  ];
  for (const [env, language] of cases) t.equal(commandLanguage(env), language, JSON.stringify(env));
});

await test('help is in the language asked for, and fits 80 columns', async (t) => {
  const dataDir = join(temporaryDir(t), 'none');
  const helps = [['help'], ['help', 'import'], ['token', '--help']] as const;
  const ask = async (env: Environment) =>
    Promise.all(helps.map(async (args) => (await runProgram(t, args, { DATA_DIR: dataDir, ...env })).stdout));
  const [chinese, byDefault, english, unset] = await Promise.all([
    ask(CHINESE),
    ask({ DUBAN_LANG: 'zh-CN' }),
    ask({ LC_ALL: 'C', ...CHINESE }),
    ask({}),
  ]);
  t.same(byDefault, chinese);
  t.same(english, unset);
  t.notMatch(unset.join('\n'), HAN);
  t.match(unset[0], /^duban <command>\n\n {2}serve\n {6}listen; /u);
  t.match(chinese[0], /^duban <命令>\n\n {2}serve\n {6}启动服务；/u);
  t.match(chinese[1], /^duban import <文件> \[--profile <文件>\] \[--commit\]/u);
  t.notMatch(chinese.join('\n'), ENGLISH);
  const namesIn = (text: string): readonly string[] =>
    [...text.matchAll(/^ {2}([a-z-]+)|(--[a-z-]+)/gmu)].map(([, name, flag]) => name ?? flag ?? '');
  t.same(namesIn(chinese[0] ?? '').toSorted(), namesIn(unset[0] ?? '').toSorted(), 'commands and options are the same');
  for (const line of [...chinese, ...unset].join('\n').split('\n')) t.ok(widthOf(line) <= 80, line);
});

await test('what is wrong with a call or a setting is said in the language asked for', async (t) => {
  const dataDir = join(temporaryDir(t), 'none');
  const said = async (args: readonly string[], env: Environment) => {
    const ended = await runProgram(t, args, { DATA_DIR: dataDir, ...env });
    t.match(ended, { code: 2, stdout: '' });
    return ended.stderr.trim().split('\n').slice(0, -1).join('\n');
  };
  const wrong = { PORT: '65536', SEED: 'some' };
  const cases: readonly (readonly [args: readonly string[], env: Environment, chinese: string, english: string])[] = [
    [
      ['serve'],
      wrong,
      'PORT 应为端口号，0 至 65535\nSEED 应为 notice 或 none',
      'PORT must be a port, 0 to 65535\nSEED must be notice or none',
    ],
    [['serv'], {}, '没有命令 serv：是否指 serve？', 'serv is no command: is serve meant?'],
    [['import'], {}, '缺少文件', 'a file is expected'],
    [['rebuild', '--all'], {}, '此命令没有选项 --all', "'--all' is no option of this command"],
    [
      ['token', '--role'],
      {},
      '选项 --role 缺少所需的值，或者带了不应有的值',
      "'--role' is given without the value that it takes, or with one that it does not take",
    ],
  ];
  await Promise.all(
    cases.map(async ([args, env, chinese, english]) => {
      t.equal(await said(args, { ...env, ...CHINESE }), chinese);
      t.equal(await said(args, env), english);
    }),
  );
  const server = await startServer(t, dataDir, { SEED: 'none', LOG_LEVEL: 'info', AUTH_JWKS: '', ...CHINESE });
  t.ok(server.url, 'the lines of the log are in English, whoever starts it');
  const busy = await runProgram(t, ['backup', '--out', dataDir], { DATA_DIR: dataDir, ...CHINESE });
  t.match(busy, { code: 1, stdout: '', stderr: /已存在，且不为空\n$/u });
  const locked = await runProgram(t, ['rebuild'], { DATA_DIR: dataDir, ...CHINESE });
  t.match(locked, { code: 1, stdout: '', stderr: /正被进程 \d+使用\n$/u });
});

await test('an import, and what an audit finds, are told in the language asked for', async (t) => {
  const dir = temporaryDir(t);
  const [dataDir, broken, other] = [join(dir, 'data'), join(dir, 'broken'), join(dir, 'minutes.txt')];
  writeFileSync(other, seedDocument().toString('utf8').split('\n').with(29, '三十、这一行不成样子').join('\n'));
  const imported = await runProgram(t, ['import', DOCUMENT, '--commit'], { DATA_DIR: dataDir, ...CHINESE });
  t.match(imported, { code: 0, stderr: '', stdout: /^事项 +序号 +内容 +单位/mu });
  t.match(JSON.parse(imported.stdout.trim().split('\n').at(-1) ?? ''), { directive: 'sanzhengban-2023-1', events: 508 });
  const columns = imported.stdout.split('\n').filter((line) => /^(?:事项|task-1|task-23) /u.test(line));
  t.equal(columns.length, 3);
  t.equal(new Set(columns.map((line) => widthOf(/^\S+ +/u.exec(line)?.[0] ?? ''))).size, 1, 'and the second column is straight');

  cpSync(dataDir, broken, { recursive: true });
  const db = new DatabaseSync(join(broken, 'log.sqlite'));
  db.exec(
    "DROP TRIGGER event_no_update; UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '2023', '2032') AS BLOB) WHERE position = 7",
  );
  db.close();

  const asks = (env: Environment) => runProgram(t, ['import', other], { DATA_DIR: join(dir, env['LANG'] ?? 'en'), ...env });
  const verify = (from: string, env: Environment, ...more: readonly string[]) =>
    runProgram(t, ['verify', from, '--state', join(dir, 'state'), ...more], env);
  const [asked, good, bad, json, jsonInChinese] = [
    await asks(CHINESE),
    await verify(dataDir, CHINESE),
    await verify(broken, CHINESE),
    await verify(broken, {}, '--json'),
    await verify(broken, CHINESE, '--json'),
  ];
  t.match(asked, { code: 3, stderr: '', stdout: /^疑点：\d+ 个，\d+ 个已搁置，[1-9]\d* 个必须先处理/mu });
  t.match(good, { code: 0, stderr: '', stdout: /^日志 {8}duban\.localhost[^]*\n验证通过\n$/u });
  t.match(good.stdout, /^说明 {8}未要求见证方：未能证明日志对所有人出示相同内容$/mu);
  t.notMatch(good.stdout, ENGLISH);
  t.match(bad, { code: 1, stderr: '', stdout: /^问题 {8}@7 [^]*\n验证未通过：@7 /mu });
  t.notMatch(bad.stdout, ENGLISH);
  t.equal(json.code, 1);
  t.same(JSON.parse(jsonInChinese.stdout), JSON.parse(json.stdout), 'JSON is the same whoever asks');
  t.notMatch(json.stdout, HAN);
});

await test('what is open in a draft is told with its place in the language asked for', async (t) => {
  const dir = temporaryDir(t);
  const file = join(dir, 'quarter.txt');
  writeFileSync(
    file,
    '关于分解重点任务的通知\n\n1.组织消费季活动不少于10场。责任单位：市商务局；完成时限：春节前。\n2.以上任务由市政府督查室跟踪督办。\n',
  );
  const told = await runProgram(t, ['import', file], { DATA_DIR: join(dir, 'data'), ...CHINESE });
  t.match(told, { code: 3, stderr: '', stdout: /^ {2}\d+\. 第 3 行：时限未读懂：“春节前”不是已知的时限写法$/mu });
  t.match(told.stdout, /^ {2}\d+\. 第 4 行：无责任单位：task-2：没有列出责任单位$/mu);
  const inEnglish = await runProgram(t, ['import', file], { DATA_DIR: join(dir, 'data') });
  t.match(inEnglish.stdout, /^ {2}\d+\. line 3: .*“春节前” is no deadline that is known$/mu);

  const within = await runProgram(t, ['backup', '--out', join(dir, 'data', 'copy')], { DATA_DIR: join(dir, 'data'), ...CHINESE });
  t.match(within, { code: 1, stderr: /copy 位于数据目录 \S+ 之内/u });
  t.notOk(existsSync(join(dir, 'data', 'copy')), 'a copy into the directory that it is of is refused');
  t.match(
    await runProgram(t, ['backup', '--out', join(dir, 'data-copy')], { DATA_DIR: join(dir, 'data') }),
    { code: 0 },
    'beside it is fine',
  );
});

await test('texts are as wide as a terminal shows them', async (t) => {
  t.equal(widthOf('督办 duban，（1）'), 17);
  t.equal(widthOf('e\u0301'), 1);
  t.equal(padTo('督办', 6), '督办  ');
  t.equal(padBefore('督办', 6), '  督办');
  t.equal(padTo('督办督办', 6), '督办督办');
  t.same(linesWithin('one two three', 8), ['one two', 'three']);
  t.same(linesWithin('带 --check 则另行生成，并指出差异', 16), ['带 --check 则另', '行生成，并指出差', '异']);
  t.same(linesWithin('一二三四，五', 8), ['一二三', '四，五'], 'no line begins with a comma');
  t.same(linesWithin('一二（三四', 6), ['一二', '（三四'], 'no line ends with an opening bracket');
  t.same(linesWithin('', 8), []);
});
