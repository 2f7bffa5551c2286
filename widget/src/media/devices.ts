import { type Definition, type MediaDevice, RTCPeerError } from '@meetframe/contract';

/** Longer and shorter side of a video in pixels, by definition. */
export const sizes: Record<Definition, { width: number; height: number }> = {
  '240p': { width: 426, height: 240 },
  '480p': { width: 854, height: 480 },
  '720p': { width: 1280, height: 720 },
  '1080p': { width: 1920, height: 1080 },
};

export type CameraConstraints = {
  deviceId?: string | undefined;
  definition?: Definition | undefined;
  /** Frames a second; a slower camera delivers what it can. */
  minFrameRate?: number | undefined;
  /** Frames a second at most; default 30. */
  maxFrameRate?: number | undefined;
  /** A camera with fewer lines than the definition counts as missing. */
  isExact?: boolean | undefined;
};

/** Makes an `RTCPeerError` of the error that `getUserMedia` threw. */
export const deviceError = (cause: unknown, what: string): RTCPeerError => {
  const name = (cause as { name?: string } | null)?.name;
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new RTCPeerError('PERMISSION_DENIED', `The ${what} may not be used.`, undefined, cause);
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new RTCPeerError('DEVICE_NOT_FOUND', `There is no such ${what}.`, undefined, cause);
    case 'NotReadableError':
    case 'AbortError':
      return new RTCPeerError(
        'DEVICE_IN_USE',
        `The ${what} cannot be opened; another program may use it.`,
        undefined,
        cause,
      );
    default:
      return RTCPeerError.from(cause);
  }
};

const chosen = (deviceId: string | undefined) =>
  deviceId && deviceId !== 'any' ? { deviceId: { exact: deviceId } } : {};

const open = async (constraints: MediaStreamConstraints, what: 'camera' | 'microphone'): Promise<MediaStreamTrack> => {
  if (!navigator.mediaDevices) throw new RTCPeerError('PERMISSION_DENIED', `The ${what} may not be used on this page.`);
  try {
    const stream = await navigator.mediaDevices.getUserMedia(constraints);
    const [track] = stream.getTracks();
    if (!track) throw new RTCPeerError('DEVICE_NOT_FOUND', `There is no ${what}.`);
    return track;
  } catch (cause) {
    throw deviceError(cause, what);
  }
};

/** Frame rates to request, from the wanted one to one that every camera has, because any video is better than none. */
const frameRates = ({ minFrameRate, maxFrameRate = 30 }: CameraConstraints): MediaTrackConstraints['frameRate'][] => [
  ...(minFrameRate ? [{ ideal: maxFrameRate, max: maxFrameRate, min: minFrameRate }] : []),
  { ideal: maxFrameRate, max: maxFrameRate },
  // For a camera that only has higher rates, because Firefox does not lower them by itself.
  { ideal: maxFrameRate },
];

const isOverconstrained = (error: unknown): boolean =>
  ((error as RTCPeerError).cause as { name?: string } | undefined)?.name === 'OverconstrainedError';

/** Requests the wanted video from a camera, then less step by step until it does not refuse. Rejects with the last refusal. */
const loosening = async <T>(wish: CameraConstraints, ask: (video: MediaTrackConstraints) => Promise<T>): Promise<T> => {
  const { width, height } = sizes[wish.definition ?? '720p'];
  const size = { width: { ideal: width }, height: { ideal: height, ...(wish.isExact && { min: height }) } };
  const [first, ...looser] = frameRates(wish).map((frameRate) => ({ ...size, frameRate }));
  let answer = ask(first as MediaTrackConstraints);
  for (const video of looser)
    answer = answer.catch((error: unknown) => {
      if (!isOverconstrained(error)) throw error;
      return ask(video);
    });
  return answer;
};

export const openCamera = (wish: CameraConstraints): Promise<MediaStreamTrack> =>
  loosening(wish, (video) => open({ video: { ...chosen(wish.deviceId), ...video } }, 'camera'));

/**
 * Changes the size and the frame rate of an open camera. False where that is not possible. (A camera that is opened once more
 * before it is closed keeps the size that it has.)
 */
export const adjustCamera = async (camera: MediaStreamTrack, wish: CameraConstraints): Promise<boolean> => {
  try {
    await loosening(wish, async (video) => {
      await camera.applyConstraints(video).catch((cause: unknown) => {
        throw deviceError(cause, 'camera');
      });
    });
  } catch {
    return false;
  }
  const { width = 0, height = 0 } = camera.getSettings();
  const { width: most, height: lines } = camera.getCapabilities?.() ?? {};
  const wanted = sizes[wish.definition ?? '720p'].height;
  // The shorter side: a telephone turns the video.
  return Math.min(width, height) >= Math.min(wanted, most?.max ?? 0, lines?.max ?? 0);
};

/** Whether an open camera has the lines of a definition; true where the browser does not tell. */
export const reaches = (camera: MediaStreamTrack, definition: Definition): boolean =>
  (camera.getCapabilities?.().height?.max ?? Number.POSITIVE_INFINITY) >= sizes[definition].height;

export const openMicrophone = (deviceId: string | undefined): Promise<MediaStreamTrack> =>
  open(
    { audio: { ...chosen(deviceId), echoCancellation: true, noiseSuppression: true, autoGainControl: true } },
    'microphone',
  );

export const listDevices = async (): Promise<MediaDevice[]> => {
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
  return (devices ?? []).map(({ deviceId, kind, label, groupId }) => ({ deviceId, kind, label, groupId }));
};

export const onDevicesChanged = (listener: () => void): (() => void) => {
  navigator.mediaDevices?.addEventListener('devicechange', listener);
  return () => navigator.mediaDevices?.removeEventListener('devicechange', listener);
};

/** Whether the user, or a policy, refuses access to a kind of device. False where the browser does not tell. */
export const isDenied = async (kind: 'camera' | 'microphone'): Promise<boolean> => {
  const status = await navigator.permissions?.query({ name: kind }).catch(() => undefined);
  return status?.state === 'denied';
};

/** Tells how the user, or a policy, decides about a kind of device, now and on every change. Silent where the browser does not tell. */
export const onPermission = (
  kind: 'camera' | 'microphone',
  listener: (state: PermissionState) => void,
): (() => void) => {
  let status: PermissionStatus | undefined;
  let isOver = false;
  navigator.permissions?.query({ name: kind }).then(
    (found) => {
      if (isOver) return;
      status = found;
      found.onchange = () => listener(found.state);
      listener(found.state);
    },
    () => {},
  );
  return () => {
    isOver = true;
    if (status) status.onchange = null;
  };
};

/** Access of the models to the devices of this machine; tests pass fakes. */
export type Hardware = {
  openCamera: typeof openCamera;
  adjustCamera: typeof adjustCamera;
  openMicrophone: typeof openMicrophone;
  listDevices: typeof listDevices;
  onDevicesChanged: typeof onDevicesChanged;
  isDenied: typeof isDenied;
  onPermission: typeof onPermission;
};

export const hardware: Hardware = {
  openCamera,
  adjustCamera,
  openMicrophone,
  listDevices,
  onDevicesChanged,
  isDenied,
  onPermission,
};
