import type { RoomType, UserLevel } from '@meetframe/contract';
import type { PortalTextKey } from './text.ts';

/**
 * The roles of an invited person (2.19): in a training (type 3) there are lecturers between moderators and
 * participants.
 */
export const rolesOf = (type: RoomType): readonly (1 | 2 | 3)[] => (type === 3 ? [1, 2, 3] : [1, 2]);

export const roleText = (type: RoomType, role: string | number): PortalTextKey => {
  if (Number(role) === 1) return 'role.moderator';
  return type === 3 && Number(role) === 2 ? 'role.lecturer' : 'role.participant';
};

export const levelText = (level: UserLevel): PortalTextKey => `level.${level}`;

/** Levels that a user may give to others. */
export const levelsFor = (own: UserLevel | null): readonly UserLevel[] => (own === 1 ? [4, 5, 2, 1] : [4, 5, 2]);
