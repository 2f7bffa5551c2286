import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { OccupancyModel } from '../model/occupancy.ts';
import type { TextParams } from './fill.ts';
import type { TextKey } from './i18n.ts';

/** The participants who are in the meeting already, and whether the user can enter. */
export const InsideView = createModel((app: AppModel) => {
  const { occupancy } = new OccupancyModel({
    roomId: computed(() => app.lobbyRoom.value?.roomId),
    isConnected: computed(() => app.identity.connection.value === 'connected'),
    ask: app.meeting.occupancy,
  });
  return {
    people: computed(() => occupancy.value?.people ?? []),
    who: computed<[TextKey, TextParams] | undefined>(() => {
      if (!occupancy.value) return undefined;
      const { count, people } = occupancy.value;
      const [first = '', second = ''] = people.map(({ name }) => name);
      if (count === 0) return ['inside.none', {}];
      if (people.length === 0) return [count === 1 ? 'inside.one' : 'inside.many', { count }];
      if (count === 1) return ['inside.named', { name: first }];
      return count === 2
        ? ['inside.namedTwo', { first, second }]
        : ['inside.namedMore', { first, second, count: count - 2 }];
    }),
    /** The user would have to wait until the moderator decides. */
    isWaitingRoom: computed(() => occupancy.value?.entry === 'waiting'),
    /** Why the user would be refused now. */
    obstacle: computed<[TextKey, TextParams] | undefined>(() => {
      const { entry, count = 0, numberLimit = 0 } = occupancy.value ?? {};
      return entry === 'full' || entry === 'locked' ? [`inside.${entry}`, { count, limit: numberLimit }] : undefined;
    }),
  };
});
