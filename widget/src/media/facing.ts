type Facing = 'user' | 'environment';

/** The direction of a camera, from its capabilities or its label; `undefined` for most cameras of computers. */
export const facingOf = (camera: {
  label: string;
  getCapabilities?: () => MediaTrackCapabilities;
}): Facing | undefined => {
  const told = camera.getCapabilities?.().facingMode?.[0];
  if (told === 'user' || told === 'environment') return told;
  if (/front|前/i.test(camera.label)) return 'user';
  return /back|rear|后|後/i.test(camera.label) ? 'environment' : undefined;
};

/** The camera after the current one: the next one of the opposite direction if there is any, otherwise the next in the list. */
export const nextCamera = <Camera extends { deviceId: string; label: string }>(
  cameras: readonly Camera[],
  presentId: string | undefined,
): Camera | undefined => {
  const index = cameras.findIndex(({ deviceId }) => deviceId === presentId);
  const present = cameras[index];
  const others = [...cameras.slice(index + 1), ...cameras.slice(0, Math.max(0, index))];
  const facing = present && facingOf(present);
  const opposite = facing && others.find((each) => ![undefined, facing].includes(facingOf(each)));
  return opposite ?? others[0];
};
