import type { Generated, Selectable } from 'kysely';

/** Booleans are 0 and 1, times are milliseconds since 1970: the same in every database. */
type Company = {
  id: Generated<number>;
  name: string;
  email: string | null;
  phone: string | null;
  logo: string | null;
  address: string | null;
};
type User = {
  id: Generated<number>;
  account: string;
  password: string | null;
  name: string;
  email: string | null;
  phone: string | null;
  photo: string | null;
  companyId: number | null;
  role: 'user' | 'companyAdmin';
  /** App that signed this user on; accounts are unique inside it. Empty for the platform’s own. */
  appId: string;
};
type Session = { hash: string; userId: number; createdAt: number; expiresAt: number };
type App = { id: string; name: string; secret: string; companyId: number; origins: string; callbackUrl: string | null };
type Room = {
  id: Generated<number>;
  name: string;
  ownerId: number | null;
  companyId: number | null;
  roomType: number;
  definition: string;
  numberLimit: number;
  isPublic: number;
  password: string | null;
  logo: string | null;
  comment: string | null;
  temporary: number;
  usedAt: number;
};
type RoomMember = { roomId: number; userId: number };
type ChatMessage = {
  id: Generated<number>;
  roomId: number;
  clientId: number;
  userId: number | null;
  name: string;
  content: string;
  time: number;
};

export type Tables = {
  company: Company;
  user: User;
  session: Session;
  app: App;
  room: Room;
  room_member: RoomMember;
  chat_message: ChatMessage;
};
export type CompanyRow = Selectable<Company>;
export type UserRow = Selectable<User>;
export type AppRow = Selectable<App>;
export type RoomRow = Selectable<Room>;
