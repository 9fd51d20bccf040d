import { messages } from '../message.ts';

export const apiPersonal = messages({
  'api.personal.id-event-as-command-has-answered': {
    en: 'Id of the event, as its command has answered it.',
    zh: '事件编号，即其命令的答复所给出的编号。',
  },
  'api.personal.no-event-this-id-that-you': {
    en: 'no event of this id that you may see commits to personal data',
    zh: '没有您有权查看的、以此为编号且关联个人信息的事件',
  },
  'api.personal.say-who-can-be-asked-at': {
    en: 'Say who can be asked at a unit, in place of whom it said before',
    zh: '填报单位的联系人，取代此前所填',
  },
  'api.personal.names-telephone-numbers-and-e-mail': {
    en: ['Names, telephone numbers and e-mail addresses are held apart from the log, which commits to them, and can be ', 'erased.'],
    zh: '姓名、电话和电子邮箱与日志分开保存，日志只存其承诺值，可以删除。',
  },
  'api.personal.no-unit-registered': { en: 'no unit {$unit} is registered', zh: '没有登记单位 {$unit}' },
  'api.personal.required': { en: 'is required', zh: '必须填写' },
  'api.personal.who-can-be-asked-at-unit': {
    en: 'Who can be asked at a unit: for the office and the unit itself',
    zh: '单位的联系人：供督查机构和单位自己查看',
  },
  'api.personal.what-event-this-id-commits-to': {
    en: 'What the event of this id commits to: for the office and the unit whose it is',
    zh: '此编号的事件所关联的内容：供督查机构和所属单位查看',
  },
  'api.personal.with-salt-so-that-can-be': {
    en: 'With its salt, so that it can be shown to be what the event commits to.',
    zh: '附盐值，以便证明即为该事件所关联的内容。',
  },
  'api.personal.erase-personal-data-on-somebodys-authority': {
    en: 'Erase personal data, on somebody’s authority',
    zh: '删除个人信息，须注明依据',
  },
  'api.personal.value-and-salt-gone-once-this': {
    en: ['The value and its salt are gone once this is answered. The events that commit to it stay, and so does every ', 'proof.'],
    zh: '答复之后，该值及其盐值即不复存在。关联它的事件和所有证明仍然有效。',
  },
});
