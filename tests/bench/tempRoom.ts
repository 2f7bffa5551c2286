/** A public room of its own for a benchmark. `sign`: of the demo's app. Returns its number. */
export const makeTempRoom = async (origin: string, sign: string, numberLimit: number): Promise<number> => {
  const made = await fetch(`${origin}/app/room`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'newTempRoom', sign, name: 'Bench', numberLimit, isPublic: true }),
  });
  return ((await made.json()) as { roomId: number }).roomId;
};
