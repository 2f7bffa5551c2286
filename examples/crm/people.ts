import type { Language } from '../http.ts';
import type { PartnerUser } from '../platform.ts';

/** Who works with this CRM. */
const agents = [
  { account: 'chen.jie', name: 'Chen Jie', job: { en: 'Key accounts', 'zh-CN': '大客户经理' } },
  { account: 'ho.ming', name: 'Ho Ming', job: { en: 'Support', 'zh-CN': '技术支持' } },
];
export const agentsIn = (language: Language): PartnerUser[] =>
  agents.map(({ job, ...agent }) => ({ ...agent, job: job[language] }));
export const agentOf = (account: unknown): PartnerUser | undefined =>
  agentsIn('en').find((agent) => agent.account === account);

/** Customers. Most have no account anywhere: a link is all they get. Those with one on the meeting platform can be called. */
export type Contact = {
  id: string;
  name: string;
  title: Record<Language, string>;
  company: string;
  email: string;
  phone: string;
  /** In which the contact is written to. */
  language: Language;
  account?: string;
};
export const contacts: readonly Contact[] = [
  {
    id: 'li-na',
    name: 'Li Na',
    title: { en: 'Head of product', 'zh-CN': '产品负责人' },
    company: 'Northwind',
    email: 'li.na@northwind.example',
    phone: '+86 10 5550 0188',
    language: 'zh-CN',
    // The account of Northwind's OA, with which its back end signs her on.
    account: 'li.na',
  },
  {
    id: 'anna-berg',
    name: 'Anna Berg',
    title: { en: 'Head of purchasing', 'zh-CN': '采购负责人' },
    company: 'Nordlicht GmbH',
    email: 'anna.berg@nordlicht.example',
    phone: '+49 30 5550 117',
    language: 'en',
  },
  {
    id: 'tom-lin',
    name: 'Tom Lin',
    title: { en: 'Operations manager', 'zh-CN': '运营经理' },
    company: 'Kestrel Logistics',
    email: 'tom.lin@kestrel.example',
    phone: '+852 5550 1204',
    language: 'zh-CN',
  },
  {
    id: 'maria-sol',
    name: 'Maria Sol',
    title: { en: 'Owner', 'zh-CN': '店主' },
    company: 'Sol Cafés',
    email: 'maria@sol-cafes.example',
    phone: '+34 91 555 0142',
    language: 'en',
  },
];
export const contactOf = (id: string | undefined): Contact | undefined => contacts.find((contact) => contact.id === id);
