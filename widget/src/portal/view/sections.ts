import type { UserLevel } from '@meetframe/contract';

export const sections = ['meetings', 'calls', 'rooms', 'records', 'users'] as const;
export type Section = (typeof sections)[number];

/** 1 administers the platform, 2 a company. */
export const isAdmin = (level: UserLevel | null): boolean => level === 1 || level === 2;

/** Users who may only attend (level 5) make no meetings and rooms. */
export const mayMake = (level: UserLevel | null): boolean => level !== 5;

/** Sections of the home screen for a user of this level. */
export const sectionsFor = (level: UserLevel | null): readonly Section[] =>
  isAdmin(level) ? sections : sections.filter((section) => section !== 'users');

/** The section that the part of an address after `#` names; the first section if it names none. */
export const sectionOf = (hash: string, level: UserLevel | null): Section =>
  sectionsFor(level).find((section) => hash === `#/${section}`) ?? 'meetings';

export const addressOf = (section: Section): string => (section === 'meetings' ? '#/' : `#/${section}`);
