import type { ErrorCode } from './error.ts';

type ErrorCodeRow = {
  /** HTTP status of an answer that carries this code. */
  status: number;
  meaning: string;
  /** What the person who integrates the widget should do. */
  remedy: string;
};

/** Meaning, remedy and HTTP status of every error code; the reference pages derive from it. */
export const errorCodes: Record<ErrorCode, ErrorCodeRow> = {
  INVALID_ARGUMENT: {
    status: 400,
    meaning: 'An argument is missing, of the wrong type or out of range.',
    remedy: 'Look at details.field and details.expected.',
  },
  UNAUTHENTICATED: {
    status: 401,
    meaning: 'The sign or the session is missing, expired, revoked or forged.',
    remedy: 'Get a new sign from your back end, or log in again.',
  },
  FORBIDDEN: {
    status: 403,
    meaning: 'The caller is known but may not do this.',
    remedy: 'Check the role of the user, or ask a moderator.',
  },
  NOT_FOUND: {
    status: 404,
    meaning: 'The object that the call names does not exist, or the caller may not see it.',
    remedy: 'Check the id.',
  },
  CONFLICT: {
    status: 409,
    meaning: 'The call contradicts the current state.',
    remedy: 'Read the state again, then decide.',
  },
  ROOM_FULL: {
    status: 409,
    meaning: 'The room already has as many participants as numberLimit allows.',
    remedy: 'Try later, or raise numberLimit.',
  },
  ROOM_NOT_OPEN: {
    status: 409,
    meaning: 'The room cannot be entered now.',
    remedy: 'Wait for the start of the appointment, or until the moderator unlocks the meeting (`details.reason`).',
  },
  WRONG_PASSWORD: {
    status: 403,
    meaning: 'The room needs a password; the given one is wrong or missing.',
    remedy: 'Ask the user for the password.',
  },
  THROTTLED: { status: 429, meaning: 'Too many attempts.', remedy: 'Wait for details.retryAfter milliseconds.' },
  SHARE_IN_USE: {
    status: 409,
    meaning: 'Another participant is sharing a screen.',
    remedy: 'Wait until that participant stops sharing. The moderator may take over.',
  },
  PERMISSION_DENIED: {
    status: 403,
    meaning: 'The browser or the user refused access to a device.',
    remedy: 'Ask the user to allow it in the address bar; check that no outer frame lacks the allow attribute.',
  },
  DEVICE_NOT_FOUND: {
    status: 404,
    meaning: 'There is no such camera, microphone or speaker.',
    remedy: 'Take part without the device, or connect one.',
  },
  DEVICE_IN_USE: {
    status: 409,
    meaning: 'Another program holds the device.',
    remedy: 'Close the other program and try again.',
  },
  NOT_IN_MEETING: {
    status: 409,
    meaning: 'The call needs a meeting, and the caller is in none.',
    remedy: 'Call meeting.enter first.',
  },
  TIMEOUT: {
    status: 504,
    meaning: 'The call was not answered in time.',
    remedy: 'Try again; the first call may have succeeded.',
  },
  DISCONNECTED: {
    status: 503,
    meaning: 'The connection to the platform is lost.',
    remedy: 'Wait for connectionChanged.',
  },
  FRAME_RELOADED: { status: 503, meaning: 'The frame was reloaded while the call was running.', remedy: 'Call again.' },
  FRAME_BLOCKED: {
    status: 503,
    meaning: 'The frame did not load, or lacks a permission that the page must grant; the message says why.',
    remedy: 'Follow the message: secure context, allowed origins, sandbox, allow, or an unreachable host.',
  },
  DESTROYED: { status: 410, meaning: 'The RTCPeer was destroyed.', remedy: 'Create a new one.' },
  UNSUPPORTED: {
    // Not 501: to call an unknown method is the caller's mistake, and monitoring counts 5xx as faults of the platform.
    status: 404,
    meaning: 'The widget or the server has no such method, or the browser lacks a feature.',
    remedy: 'Ask rtcPeer.supports(name) first.',
  },
  VERSION_MISMATCH: {
    status: 426,
    meaning: 'The two sides speak different major versions.',
    remedy: 'Update the older one; the message names both.',
  },
  STORAGE_FULL: {
    status: 507,
    meaning: 'The platform cannot store anything: its disk is full, or may not be written to. Nothing was changed.',
    remedy: 'Tell the administrator of the platform, who sees this at /healthz, too. Try again later.',
  },
  INTERNAL: { status: 500, meaning: 'A fault of the platform.', remedy: 'Report the id that the message carries.' },
};
