import { messages } from '../message.ts';

export const domainPersonal = messages({
  'personal.what-event-commits-to-erased': { en: 'what event {$event} commits to is erased', zh: '事件 {$event} 所关联的内容已删除' },
  'personal.person': { en: 'The person.', zh: '人员姓名。' },
  'personal.what-person-there': { en: 'What the person is there.', zh: '在单位的职务。' },
  'personal.as-dialled': { en: 'As it is dialled.', zh: '按拨打方式填写的号码。' },
  'personal.where-reminders-unit-may-go': { en: 'Where reminders of the unit may go.', zh: '可用于催办该单位的地址。' },
  'personal.who-can-be-asked': { en: 'Who can be asked.', zh: '联系人。' },
});
