import type { PartnerUser } from '../platform.ts';
import type { Contact } from './people.ts';

/** The mail with the link, in the language of the contact. */
export const invitation = (contact: Contact, { name }: PartnerUser, link: string): { subject: string; text: string } =>
  contact.language === 'en'
    ? {
        subject: `Video call with ${name}`,
        text: [
          `Dear ${contact.name},`,
          '',
          `${name} would like to talk to you now, with video if you like.`,
          'This link opens the meeting in your browser; you need no account and no program:',
          '',
          link,
          '',
          'It works for an hour and is meant for you alone.',
        ].join('\r\n'),
      }
    : {
        subject: `${name} 邀请您视频通话`,
        text: [
          `${contact.name}，您好：`,
          '',
          `${name} 想现在与您通话，可以打开视频。`,
          '请用浏览器打开下面的链接，无需账号，也无需安装软件：',
          '',
          link,
          '',
          '链接一小时内有效，仅供您本人使用。',
        ].join('\r\n'),
      };
