import { type Actor, actors, decisionsOf, type Permission } from '../may.ts';

const titles: Record<Actor, string> = {
  stranger: 'everybody',
  app: 'apps with a sign and everybody logged in',
  user: 'everybody logged in',
  member: 'members',
  owner: 'the owner',
  companyAdmin: 'administrators of the company',
  platformAdmin: 'administrators of the platform',
  chosenModerator: 'a participant who was made moderator',
};
/** In words: a list from the stranger, the app or the user on needs its first one only. */
const people = (may: readonly Actor[]): string => {
  const whole = may.length === actors.length - (actors as readonly Actor[]).indexOf(may[0] ?? 'stranger');
  const first = may[0];
  if (whole && (first === 'stranger' || first === 'app' || first === 'user')) return titles[first];
  return may.map((actor) => titles[actor]).join(', ') || 'nobody';
};
/** Who may call a method, in a few words. */
export const whoMay = ({ note, ...permission }: Permission): string =>
  decisionsOf(permission)
    .map(([title, { actors }]) => (title === 'usual' ? `May: ${people(actors)}` : `${title}: ${people(actors)}`))
    .concat(note ?? [])
    .join('; ');
