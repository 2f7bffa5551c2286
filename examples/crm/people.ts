import type { PartnerUser } from '../platform.ts';

/** Who works with this CRM. */
export const agents: readonly PartnerUser[] = [
  { account: 'chen.jie', name: 'Chen Jie', job: 'Key accounts' },
  { account: 'ho.ming', name: 'Ho Ming', job: 'Support' },
];

export const agentOf = (account: unknown): PartnerUser | undefined => agents.find((agent) => agent.account === account);

/** Customers. They have no account anywhere: a link is all they get. */
export type Contact = { id: string; name: string; title: string; company: string; email: string; phone: string };
export const contacts: readonly Contact[] = [
  {
    id: 'anna-berg',
    name: 'Anna Berg',
    title: 'Head of purchasing',
    company: 'Nordlicht GmbH',
    email: 'anna.berg@nordlicht.example',
    phone: '+49 30 5550 117',
  },
  {
    id: 'tom-lin',
    name: 'Tom Lin',
    title: 'Operations manager',
    company: 'Harbour Logistics',
    email: 'tom.lin@harbour.example',
    phone: '+852 5550 1204',
  },
  {
    id: 'maria-sol',
    name: 'Maria Sol',
    title: 'Owner',
    company: 'Sol Cafés',
    email: 'maria@sol-cafes.example',
    phone: '+34 91 555 0142',
  },
];

export const contactOf = (id: string | undefined): Contact | undefined => contacts.find((contact) => contact.id === id);
