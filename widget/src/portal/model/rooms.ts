import type { Definition, Room, RoomMember, RoomType } from '@meetframe/contract';
import { createModel } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import { createGrowingList } from './list.ts';

export type RoomProperties = {
  name: string;
  roomType: RoomType;
  definition: Definition;
  /** 1 to 200. */
  numberLimit: number;
  isPublic: boolean;
  waitingRoom: boolean;
  desc: string;
};

/** A room with what its bean does not have. */
export type ListedRoom = Room & { waitingRoom: boolean };

/** Rooms that the user may enter, and how their owners manage them (2.6 to 2.17). */
export const Rooms = createModel((client: Client) => {
  const list = createGrowingList(async (page) => {
    const { rooms, waitingRooms } = await client.call('room.queryMyRooms', page);
    const items = rooms.map((room): ListedRoom => ({ ...room, waitingRoom: waitingRooms.includes(room.id) }));
    return { items, hasMore: rooms.length === page.pageSize };
  }, 24);
  const refresh = async (roomId: number): Promise<void> => {
    const { room, waitingRoom } = await client.call('room.getRoomById', { roomId });
    list.replace({ ...room, waitingRoom });
  };
  return {
    list,
    async create(properties: RoomProperties): Promise<number> {
      const { roomId } = await client.call('room.createRoom', properties);
      await list.reload();
      return roomId;
    },
    async update(roomId: number, properties: Partial<RoomProperties>): Promise<void> {
      if (Object.keys(properties).length > 0) await client.call('room.updateRoom', { roomId, ...properties });
      await refresh(roomId);
    },
    /** An empty password removes it. */
    async setPassword(roomId: number, password: string): Promise<void> {
      await client.call('room.modifyRoomPwd', { roomId, password });
      await refresh(roomId);
    },
    /** False while a meeting runs in it. */
    async remove(roomId: number): Promise<boolean> {
      const { result } = await client.call('room.deleteRoom', { roomId });
      if (result === 0) list.remove(roomId);
      return result === 0;
    },
    async members(roomId: number): Promise<RoomMember[]> {
      return (await client.call('room.queryRoomMen', { roomId })).moderators;
    },
    async addMember(roomId: number, userId: number): Promise<void> {
      await client.call('room.addRoomMan', { roomId, userId });
    },
    async removeMember(roomId: number, userId: number): Promise<void> {
      await client.call('room.deleteRoomMen', { roomId, moderatorId: userId });
    },
    reset: list.reset,
  };
});
