import type { Platform } from '../api.ts';
import type { Input, Output } from '../define.ts';

/** Rows that can be called over HTTP. */
export type HttpRow = { [R in keyof Platform]: Platform[R] extends { overSocket: true } ? never : R }[keyof Platform];

/** Who makes the call: nobody in particular, an app with its sign, or somebody logged in. */
type Example<R extends HttpRow> = {
  as: 'nobody' | 'app' | 'alice' | 'bob' | 'carol' | 'admin';
  request: Input<Platform[R]>;
  response: Output<Platform[R]>;
};

const demo = { id: 2, name: 'Demo', email: null, phone: null, logo: null, address: null };
const person = (id: number, account: string, name: string) => ({
  id,
  account,
  name,
  email: `${account}@example.com`,
  phone: null,
  photo: null,
  company: 'Demo',
});
const alice = person(3, 'alice', 'Alice');
const dave = { ...person(8, 'dave', 'Dave'), email: 'dave@example.com', phone: '+86 10 5555 0100' };
const SID = 'p8Yc1kO3m0tRkq3bN1xW7sZbq5Jd2uTgH4vLr9eAfXo';
const sign = 'demo.1893456000.Zt4cQ2yQ7bT1n0k8mB6hVw3xU5rJ9sLqOaEdPfGiHjK';

const workshop = {
  id: 1016,
  name: 'Workshop',
  ownerId: 3,
  roomType: 2,
  definition: '1080p',
  numberLimit: 40,
  isPublic: false,
  isHasPwd: true,
  appointmentId: null,
  appointmentName: null,
  superModeId: null,
  logo: 'https://example.com/workshop.png',
  comment: 'For work that takes an afternoon',
} as const;
const planning = {
  id: 1,
  name: 'Quarterly planning',
  startTime: '2030-03-04T01:30:00.000Z',
  endTime: '2030-03-04T03:00:00.000Z',
  from: alice,
  timeLength: 90,
  description: 'Targets of the second quarter',
  streamId: null,
  broadCastId: null,
  actuallyStartTime: null,
};
/** Colleagues see no contacts unless the company opens them. */
const seenByBob = { ...planning, from: { ...alice, email: null } };
const planningRoom = {
  ...workshop,
  id: 412873590,
  name: 'Quarterly planning',
  definition: '720p',
  numberLimit: 200,
  isPublic: true,
  isHasPwd: false,
  appointmentId: 1,
  appointmentName: 'Quarterly planning',
  logo: null,
  comment: 'Targets of the first quarter',
} as const;
const planned = {
  result: 0,
  roomId: 412873590,
  meetingId: 1,
  inviteCode: '4071882536',
  url: 'https://meet.example.com/app/#/?code=4071882536',
  mail: { sent: 0, unsent: 2 },
};

/**
 * One call of each method. In this order they are a story that a fresh platform with its demo data can live through, and a test
 * makes it: what a method answers here is what it really answers, but for what is random or depends on the time.
 */
export const examples: { readonly [R in HttpRow]: Example<R> } = {
  'session.ping': { as: 'nobody', request: {}, response: { serverTime: 1893456000000 } },
  'account.login': {
    as: 'nobody',
    request: { name: 'alice', password: 'demo' },
    response: { result: 0, user: alice, company: demo, level: 4, SID },
  },
  'account.dockingLogin': {
    as: 'nobody',
    request: { account: 'zhang.san', sign, userName: '张三', job: 'Engineer', avatar: 'https://example.com/zhang.png' },
    response: {
      result: 0,
      SID,
      user: {
        ...person(6, 'zhang.san', '张三'),
        email: null,
        photo: 'https://example.com/zhang.png',
      },
      organisation: demo,
    },
  },
  'account.dotokenLogin': {
    as: 'nobody',
    request: { account: 'li.si', sign, appkey: 'demo', userName: '李四', level: 5 },
    response: { result: 0, SID, user: { ...person(7, 'li.si', '李四'), email: null }, organisation: demo },
  },
  'account.modifyPassword': {
    as: 'carol',
    request: { userId: 5, oldpassword: 'demo', password: 'a longer one' },
    response: { result: 0 },
  },
  'account.resetPassword': {
    as: 'admin',
    request: { userId: 5, password: 'a longer one' },
    response: { result: 0 },
  },
  'account.logout': { as: 'bob', request: { userId: 4 }, response: { result: 0 } },

  'user.addUser': {
    as: 'admin',
    request: { orgId: 2, account: 'dave', password: 'a longer one', level: 4, name: 'Dave', email: 'dave@example.com' },
    response: { result: 0, userId: 8 },
  },
  'user.modifyUser': {
    as: 'admin',
    request: { userId: 8, phone: '+86 10 5555 0100', job: 'Support' },
    response: { result: 0, user: dave },
  },
  'user.searchUserByOrgId': {
    as: 'alice',
    request: { orgId: 2, pageNo: 0, pageSize: 2, name: 'da' },
    response: { users: [{ ...dave, email: null, phone: null }], levels: { 8: 4 }, totalCount: 1, totalPage: 1 },
  },
  'user.deleteUser': { as: 'admin', request: { orgId: 2, userId: 8 }, response: { result: 0 } },

  'room.createRoom': {
    as: 'alice',
    request: {
      name: 'Workshop',
      roomtype: 2,
      numberLimit: 20,
      isPublic: false,
      definition: '1080p',
      desc: 'For work that takes an afternoon',
      pictureuri: 'https://example.com/workshop.png',
    },
    response: { result: 0, roomId: 1016 },
  },
  'room.updateRoom': {
    as: 'alice',
    request: { roomId: 1016, numberLimit: 40 },
    response: { result: 0, roomId: 1016 },
  },
  'room.modifyRoomPwd': {
    as: 'alice',
    request: { roomId: 1016, password: '4711' },
    response: { result: 0 },
  },
  'room.checkRoomHasPwd': { as: 'alice', request: { roomId: 1016 }, response: { isHasPwd: true } },
  'room.checkRoomPwd': { as: 'alice', request: { roomId: 1016, password: '4711' }, response: { result: 1 } },
  'room.addRoomMan': { as: 'alice', request: { roomId: 1016, userId: 4 }, response: { result: 0 } },
  'room.queryRoomMen': {
    as: 'bob',
    request: { roomId: 1016 },
    response: {
      result: 0,
      moderators: [{ id: 4, name: 'Bob', account: 'bob', photo: null, role: 2 }],
      totalCount: 1,
      totalPage: 1,
    },
  },
  'room.getRoomById': { as: 'bob', request: { roomId: 1016 }, response: { room: workshop, waitingRoom: false } },
  'room.queryMyRooms': {
    as: 'bob',
    request: { pageNo: 0, pageSize: 1 },
    response: { rooms: [workshop], waitingRooms: [], totalCount: 4, totalPage: 4 },
  },
  'room.checkActiveRoom': { as: 'bob', request: { roomId: 1016 }, response: { result: 0 } },
  'room.deleteRoomMen': { as: 'alice', request: { roomId: 1016, moderatorId: 4 }, response: { result: 0 } },
  'room.deleteRoom': { as: 'alice', request: { roomId: 1016 }, response: { result: 0 } },
  'room.newTempRoom': {
    as: 'app',
    request: { name: 'Support case 4711', roomtype: 2, numberLimit: 4, isPublic: true, orgId: 2 },
    response: { result: 0, roomId: 501937264 },
  },
  'room.newAppRoom': {
    as: 'alice',
    request: { name: 'Quick call', numberLimit: 2, roomtype: 1, userId: 3 },
    response: { result: 0, roomId: 640215983 },
  },

  'appointment.createAppointment': {
    as: 'alice',
    request: {
      name: 'Quarterly planning',
      description: 'Targets of the first quarter',
      startTime: '20300304013000',
      endTime: '20300304030000',
      type: 2,
      definition: '720p',
      members: [
        { id: 4, role: 1 },
        { name: 'Eve Guest', email: 'eve@example.com' },
      ],
      topics: [{ title: 'Targets', content: 'Numbers of the last quarter first' }],
      isPublic: true,
    },
    response: planned,
  },
  'appointment.updateAppointment': {
    as: 'alice',
    request: {
      meetingId: 1,
      description: 'Targets of the second quarter',
      members: ['0,Bob,,bob@example.com,4,Etc/GMT+8,1'],
    },
    response: { ...planned, mail: { sent: 0, unsent: 1 } },
  },
  'appointment.queryAppointmentById': {
    as: 'bob',
    request: { meetingId: 1 },
    response: {
      meeting: seenByBob,
      members: [{ codeId: null, name: 'Bob', email: 'bob@example.com', role: '1', id: 4 }],
      topics: [{ title: 'Targets', content: 'Numbers of the last quarter first' }],
      roomId: 412873590,
      inviteCode: '4071882536',
      type: 2,
      definition: '720p',
      isPublic: true,
      waitingRoom: false,
      mayChange: false,
      series: null,
    },
  },
  'appointment.queryAppointments': {
    as: 'bob',
    request: { startTime: '2030-03-04T00:00:00Z', endTime: '2030-03-05T00:00:00Z' },
    response: { meetings: [seenByBob], repeating: [], totalCount: 1, totalPage: 1 },
  },
  'appointment.getRoomByInviteCode': {
    as: 'nobody',
    request: { code: 1 },
    response: {
      result: 3,
      room: planningRoom,
      meeting: { ...planning, from: { ...planning.from, account: '', email: null } },
    },
  },
  'appointment.getCalendarFile': {
    as: 'nobody',
    request: { inviteCode: '4071882536' },
    response: { name: 'meeting.ics', content: 'BEGIN:VCALENDAR…' },
  },
  'appointment.getMailState': { as: 'alice', request: {}, response: { sends: false } },
  'appointment.queryAppointmentsByRoomId': {
    as: 'alice',
    request: { roomId: 412873590, pageNo: 0, pageSize: 20 },
    response: { resultList: [planning], totalCount: 1, totalPage: 1 },
  },
  'appointment.deleteAppointment': {
    as: 'alice',
    request: { meetingId: 1 },
    response: { result: 0, mail: { sent: 0, unsent: 1 } },
  },
  'appointment.instantAppointment': {
    as: 'alice',
    request: { name: 'Stand-up', orgId: '2', userId: 3, type: 2 },
    response: {
      result: 0,
      roomId: 730551284,
      meetingId: 2,
      inviteCode: '9920374415',
      url: 'https://meet.example.com/app/#/?code=9920374415',
      mail: { sent: 0, unsent: 0 },
    },
  },
  'meeting.new': {
    as: 'alice',
    request: {
      name: 'Customer review',
      startTime: '20300305060000',
      hour: '1.5',
      type: 2,
      isPublic: false,
      pin: 4711,
      leverage: '20',
      members: ['0,Carol,,carol@example.com,5,Etc/GMT+8,2'],
      orgId: 2,
    },
    response: {
      result: 0,
      id: 3,
      meetingId: 3,
      roomId: 265904417,
      inviteCode: '3318264507',
      url: 'https://meet.example.com/app/#/?code=3318264507',
      mail: { sent: 0, unsent: 1 },
    },
  },

  'record.getRecordByRange': {
    as: 'admin',
    request: { orgId: 2, pageNo: 0, pageSize: 20, name: 'review', startDate: '20300101000000' },
    response: {
      recordList: [
        {
          id: 1,
          name: 'Customer review',
          comment: '2030-03-05-review.webm?expires=1898233200&signature=mXv1cQ0T4pJ8kq3bN1xW7sZbq5Jd2uTgH4vLr9eAfXo',
          duration: 2711.5,
          size: 48210432,
          status: 0,
          progress: null,
          reason: null,
          startTime: '2030-03-05T06:00:12.000Z',
          endTime: '2030-03-05T06:45:24.000Z',
          roomId: 265904417,
          meetingId: 3,
          userId: 3,
          mayDelete: true,
          files: [
            {
              format: 'webm',
              comment:
                '2030-03-05-review.webm?expires=1898233200&signature=mXv1cQ0T4pJ8kq3bN1xW7sZbq5Jd2uTgH4vLr9eAfXo',
              size: 48210432,
              status: 0,
              progress: null,
              reason: null,
            },
          ],
          hasTranscript: true,
        },
      ],
      totalCount: 1,
      totalPage: 1,
    },
  },
  'record.makeRecordFile': {
    as: 'admin',
    request: { recordId: 1, format: 'm4a' },
    response: {
      file: {
        format: 'm4a',
        comment: '2030-03-05-review.m4a?expires=1898233200&signature=zB3nQe8sR6yUo1tWc5pLk0hGf7dSa4xVj9mNi2bKqYw',
        size: 0,
        status: 3,
        progress: 0,
        reason: null,
      },
    },
  },
  'record.queryTranscripts': {
    as: 'admin',
    request: { orgId: 2, pageNo: 0, pageSize: 20 },
    response: {
      transcripts: [
        {
          sessid: '9f0c6a1e-3d0b-4a57-8f21-6b6d3f1c2a44',
          name: 'Customer review',
          roomId: 265904417,
          meetingId: 3,
          startTime: '2030-03-05T06:00:00.000Z',
          endTime: '2030-03-05T06:45:24.000Z',
          lines: 2,
          mayDelete: true,
        },
      ],
      totalCount: 1,
      totalPage: 1,
    },
  },
  'record.readTranscript': {
    as: 'admin',
    request: { recordId: 1, limit: 1 },
    response: {
      lines: [
        {
          bg: '1240',
          ed: '3900',
          client: { id: 100000017, name: 'Alice', pictureurl: null, userId: null },
          onebest: 'Good morning, everybody.',
          lang: 'en',
        },
      ],
      more: true,
    },
  },
  'record.downloadTranscript': {
    as: 'admin',
    request: { recordId: 1, format: 'vtt' },
    response: {
      fileName: 'Customer review 2030-03-05.vtt',
      contentType: 'text/vtt; charset=utf-8',
      content:
        'WEBVTT\n\n00:00:01.240 --> 00:00:03.900\n<v Alice>Good morning, everybody.</v>\n\n00:00:05.000 --> 00:00:06.200\n<v Bob>Good morning.</v>\n',
    },
  },
  'record.deleteTranscripts': {
    as: 'admin',
    request: { sessids: ['9f0c6a1e-3d0b-4a57-8f21-6b6d3f1c2a44'] },
    response: { result: 0 },
  },
  'record.deleteRecords': { as: 'admin', request: { recordIds: [1] }, response: { result: 0 } },
  'media.getMediaState': {
    as: 'alice',
    request: {},
    response: {
      object: [
        { mediaAddress: '127.0.0.1', mediaId: 1, mediaName: 'media-1', participants: 0, roomSize: '0', status: 0 },
      ],
    },
  },

  'call.updateSettings': {
    as: 'alice',
    request: { doNotDisturb: true },
    response: { doNotDisturb: true, callWaiting: 'knock' },
  },
  'call.querySettings': { as: 'alice', request: {}, response: { doNotDisturb: true, callWaiting: 'knock' } },
  'call.block': { as: 'alice', request: { userId: 4, blocked: true }, response: { result: 0 } },
  'call.queryBlocked': {
    as: 'alice',
    request: {},
    response: { users: [{ ...person(4, 'bob', 'Bob'), email: null }] },
  },
  'call.queryCalls': {
    as: 'alice',
    request: { pageNo: 0, pageSize: 20 },
    response: { calls: [], unseen: 0, totalCount: 0, totalPage: 0 },
  },
  'call.markSeen': { as: 'alice', request: {}, response: { result: 0 } },
};
