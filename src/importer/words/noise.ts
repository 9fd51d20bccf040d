import { say, type Message } from '../../messages/message.ts';
/** What a page or a site leaves among the lines of a document. */

const PAGE = /^[—\-_\s·]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/共,]\s*(?:共\s*)?\d{1,4}\s*页?)?[—\-_\s·]*$/u;
const RULE = /^[-=_*—|+:\s.·…~#]{3,}$/u;
const SITE = new RegExp(
  `^(?:${[
    '您?当前的?位置|您的位置|首页\\s*[>»]|分享到|分享:|扫一扫|扫码|【?打印|打印本页|【?关闭|浏览次数|点击数|点击量|访问量|责任编辑|编辑:',
    '版权所有|网站标识码|上一篇|下一篇|相关链接|相关附件下载|索引号|信息分类|主题词|主题分类|信息公开选项|公开属性|公开方式|联系我们|微信|无障碍',
    '返回顶部|附件下载|页面导航|网站地图|主办:|承办:.*网|文件下载|发布日期|发布时间|发布机构:.*(?:浏览|字号)|\\[?字体|字号',
  ].join('|')})`,
  'u',
);
/** The names of a site's parts in a row: 首页 政务公开 政务服务 互动交流. */
const MENU = /^(?:网站)?首页(?:[\s|]+[\p{Script=Han}·]{2,8}){2,}$/u;
const INSIDE = /ICP备|公网安备|扫一扫在手机|字号:?\s?[[【(]?\s?大|\[大\s*中\s*小\]|请您对该政策|登录提交按钮|javascript|阅读次数/u;
const MARKS =
  /^\(?(?:此件公开发布|此件主动公开|此件依申请公开|此件不公开|主动公开|依申请公开|内部资料|公开发布|请将此件|不得翻印|联系人:.{0,40}电话|此页无正文|以下无正文|正文结束|完|代章|盖章|公章|印章|加盖公章|签章|签字)\)?[。]?$/u;
/** Where the two parties of a contract sign. */
const SIGNING = /^(?:[甲乙丙]方|签订单位|责任单位|责任人|负责人)\s?(?:\((?:盖章|签字|签章|公章|签名)\)|代表)[:\s].{0,80}$/u;
const PRINTED = /^(?:抄送:|.{2,30}(?:办公室|办公厅|委|局|秘书科)\s*20\d{2}年\d{1,2}月\d{1,2}日(?:印发|印))/u;

const NOTE = /^(?:注|备注|说明|填表说明|填报说明|要求|附注)\s?[:0-9.]/u;

/** What explains a table below it: 注:…, 填表说明:… */
export const isNote = (folded: string): boolean => NOTE.test(folded.trim());

/** What a folded line is where it is no part of the document; null where it is one. */
export const noiseOf = (folded: string): Message | null => {
  const text = folded.trim();
  if (text.length > 400) return null;
  if (PAGE.test(text) && /\d/u.test(text)) return say('finding.the-number-of-a-page');
  if (RULE.test(text)) return say('finding.a-rule');
  if (SITE.test(text) || MENU.test(text) || INSIDE.test(text)) return say('finding.what-a-web-page-has-around-a');
  if (MARKS.test(text) || SIGNING.test(text)) return say('finding.a-mark-of-the-office');
  return PRINTED.test(text) ? say('finding.who-printed-and-received-it') : null;
};
