// biome-ignore-all lint/suspicious/noExplicitAny: whatever the platform answers; each test looks into it.

export const platformOrigin = (): string => process.env.PLATFORM_ORIGIN ?? '';

/** Address of the platform's own page. */
export const platformPage = (hash: string): string => `${platformOrigin()}/app/${hash}`;

/** A partner's back end, or any other client without a browser: one call over HTTP. */
export const ask = async (module: string, method: string, params: object = {}): Promise<any> => {
  const answer = await fetch(`${platformOrigin()}/app/${module}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method, ...params }),
  });
  const body = (await answer.json()) as Record<string, any>;
  if (body.error) throw Object.assign(new Error(`${module}.${method}: ${body.error.message}`), body.error);
  return body;
};

/** Section 6.1. */
export const askSign = async (appId: string, secret: string): Promise<any> =>
  (
    await fetch(`${platformOrigin()}/app/getSign`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appId, secret }),
    })
  ).json();

/** Session id of a demo account. */
export const signIn = async (name: string): Promise<{ SID: string; userId: number }> => {
  const { SID, user } = await ask('account', 'login', { name, password: 'demo' });
  return { SID, userId: user.id };
};

const minute = 60_000;

/** An appointment of the demo account `alice`, a private one with a room of its own. */
export const plan = async (details: {
  name: string;
  /** Minutes from now. */
  startsIn: number;
  isPublic?: boolean;
}): Promise<{
  meetingId: number;
  roomId: number;
  inviteCode: string;
  SID: string;
  move(startsIn: number): Promise<void>;
}> => {
  const { SID } = await signIn('alice');
  const times = (startsIn: number) => ({
    startTime: new Date(Date.now() + startsIn * minute).toISOString(),
    endTime: new Date(Date.now() + (startsIn + 60) * minute).toISOString(),
  });
  const { name, startsIn, isPublic = false } = details;
  const { meetingId, roomId, inviteCode } = await ask('appointment', 'createAppointment', {
    SID,
    name,
    isPublic,
    ...times(startsIn),
  });
  const move = async (to: number): Promise<void> => {
    await ask('appointment', 'updateAppointment', { SID, meetingId, ...times(to) });
  };
  return { meetingId, roomId, inviteCode, SID, move };
};
