const codes = [
  'INVALID_ARGUMENT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONFLICT',
  'ROOM_FULL',
  'ROOM_NOT_OPEN',
  'WRONG_PASSWORD',
  'THROTTLED',
  'SHARE_IN_USE',
  'PERMISSION_DENIED',
  'DEVICE_NOT_FOUND',
  'DEVICE_IN_USE',
  'NOT_IN_MEETING',
  'TIMEOUT',
  'DISCONNECTED',
  'FRAME_RELOADED',
  'FRAME_BLOCKED',
  'DESTROYED',
  'UNSUPPORTED',
  'VERSION_MISMATCH',
  'STORAGE_FULL',
  'INTERNAL',
] as const;

/**
 * Every error that a caller can meet, as a stable string. The reference page lists what each means and what to do about
 * it; the texts stand in `errorCodes.ts` so that this module stays free of them (the host SDK bundles it).
 */
export type ErrorCode = (typeof codes)[number];

/** The plain object that postMessage, socket and HTTP carry for an {@link RTCPeerError}. */
export type ErrorShape = {
  code: ErrorCode;
  message: string;
  /** For `INVALID_ARGUMENT`: `{field, expected}`. For `THROTTLED`: `{retryAfter}` in milliseconds. */
  details?: Record<string, unknown> | undefined;
};

/**
 * The one error class of the product. Rejections of every public method are instances of it.
 *
 * @example
 * rtcPeer.meeting.enter({ roomId: 1012 }).catch((error) => {
 *   if (error.code === 'WRONG_PASSWORD') askForPassword();
 * });
 */
export class RTCPeerError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>, cause?: unknown) {
    super(message, { cause });
    this.name = 'RTCPeerError';
    this.code = code;
    this.details = details;
  }

  /** The plain object that survives structured cloning and JSON, where class instances do not. */
  toJSON(): ErrorShape {
    return { code: this.code, message: this.message, details: this.details };
  }

  /** Makes an `RTCPeerError` of any value that was thrown or received; an unknown value or code becomes `INTERNAL`. */
  static from(shape: unknown): RTCPeerError {
    if (shape instanceof RTCPeerError) return shape;
    const { code, message, details } = (shape ?? {}) as Partial<ErrorShape>;
    return new RTCPeerError(
      codes.find((known) => known === code) ?? 'INTERNAL',
      message ?? String(shape),
      details,
      shape,
    );
  }
}
