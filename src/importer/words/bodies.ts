/** How names of bodies end and begin: what tells a unit, a collective and a seat from other words. */

const BODIES =
  '局|委|办|室|厅|处|署|会|联|社|行|院|所|站|队|台|校|科|股|部|大学|学院|中学|小学|中心|集团|' +
  '公司|海关|政府|法院|专班|组|工厂|馆|电信|移动|联通|铁塔|银行|医院|管委会|工委|党委|团委|热线|组织|邮政|总社|基金|学会|企业|园区管理处|纪检监察组';
/** What the name of an office, a company or a body ends in. */
export const BODY = new RegExp(`(?:${BODIES})$`, 'u');
/** A body of government, which a list names without its place. */
export const OFFICE = /(?:局|委|办|室|厅|处|署|会|联|院|中心|支队|总队|大队|集团|社|台|站|所|学院)$/u;
export const COMPANY = /(?:公司|银行|行|校|中学|小学|大学|医院|电信|移动|联通|铁塔|厂|企业)$/u;
export const LOCAL_GOVERNMENT = /^[^省市县区州乡镇].*[市县区州旗乡镇](?:人民)?政府$/u;
export const ZONE = /(?:管委会|管理委员会)$/u;
export const TOWN = /(?:镇|乡|街道|苏木|农场|林场|村|社区|嘎查|园区)$/u;
export const PLACE = /[市县区州旗]$/u;
// The People's Bank is named by its own network, not by the place's.
export const CENTRAL_BANK = /^人行/u;

export const LEVELS = '省市县区州盟旗镇乡';
/** Words that begin with the letter of a level and do not name it: 市场监管局, 区域协作办. */
const NO_LEVEL = /^(?:市场|市政(?!府|协|务|法|研|策)|区域|县域|镇街|乡村|乡镇|州际|省际|市容|市民(?!政|宗|族)|区块|区间|旗帜)/u;

/** The level that a name begins with: 市 of 市财政局 and of 团市委; null where it is a part of a word. */
export const levelOf = (name: string): string | null => {
  const first = name.charAt(0);
  if (first === '团' && LEVELS.includes(name.charAt(1)) && name.charAt(2) === '委') return name.charAt(1);
  return first !== '' && LEVELS.includes(first) && !NO_LEVEL.test(name) ? first : null;
};

const EVERY = /^(?:各|相关|有关|全[省市县区州旗](?:各|所有)?|其他|其余|所有|所涉|涉及)/u;
const MEMBERS =
  /(?:成员单位|各部门|各单位|有关部门|相关部门|有关单位|相关单位|部门和单位|所属单位|直属单位|职能部门|责任部门|主管部门|各乡镇|各镇街|各街道|各学校|各医院|各企业|各支部|各科室)$/u;
const EACH_INSIDE = /^.{1,8}各(?:[省市县区州旗]|部门|单位|委办局|乡镇|镇|街道|区县|县区|科室|处室|直属|有关|相关|级)/u;

/** A group that is named as a group: 各乡镇, 省政府各部门, 市安委会成员单位, 市直有关部门. */
export const isCollective = (name: string): boolean =>
  EVERY.test(name) || MEMBERS.test(name) || EACH_INSIDE.test(name) || (LEVEL_WORDS.test(name) && LEVEL_WORDS_ONLY.test(name));

/** Levels and what stands at them, and no place: `县(市)政府`, `街道办事处`. Alone it names nobody; it ends a collective that holds a separator. */
const LEVEL_WORDS = /^(?:街道|乡镇|镇街|县级市|[省市州区县旗乡镇]\()/u;
const LEVEL_WORDS_ONLY =
  /^[省市州区县旗乡镇街道级场(),、办事处]+(?:人民政府|政府|党委政府|党政办|管委会|管理委员会|党工委)?(?:\([^)]*\))?$/u;
export const endsCollective = (name: string): boolean => LEVEL_WORDS_ONLY.test(name) && name !== '';

/** A piece of a list that begins a collective whose rest follows after a separator: 各区 of 各区、县(市)政府. */
export const beginsCollective = (name: string): boolean =>
  /^(?:各|相关|有关)[省市州区县旗乡镇街道级(),、]+(?:人民政府|政府|管委会|办事处)?$/u.test(name);

/** Nobody: what an empty cell is filled with. */
export const NOBODY = /^(?:[/\\|—\-–―_*×]+|无|无需|不涉及|暂无|空|N\/?A)$/iu;
/** Somebody, but not yet named. */
export const PENDING = /^\(?(?:待定|待明确|待确定|另定|另行确定|另行明确|另行通知|暂缺|空缺|未定|待补充|待补|TBD|待落实)\)?$/iu;

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁' +
  '岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝' +
  '贝冼蔺郦阚芮湛荆揭幸冀逄帅粟隗昝';

/**
 * Whether a word may be the name of a person: two or three letters that begin with a surname, four with one of two letters,
 * or parts joined by a point.
 */
export const isPerson = (word: string): boolean =>
  /^\p{Script=Han}{2,4}$/u.test(word)
    ? ((word.length < 4 && SURNAMES.includes(word.charAt(0))) ||
        /^(?:欧阳|上官|司马|诸葛|皇甫|尉迟|公孙|慕容|司徒|夏侯|东方)/u.test(word)) &&
      !/[乡镇县村]$/u.test(word) &&
      !BODY.test(word.slice(2))
    : /^(?=.{3,15}$)\p{Script=Han}+(?:[·•]\p{Script=Han}+)+$/u.test(word);
