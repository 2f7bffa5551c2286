/**
 * A partner's side of the meeting platform, for its back end: the only place that knows the app's secret. Copy it.
 *
 * - sign (section 6.1): says which partner calls. It expires, so it is fetched again when the platform refuses it.
 * - docking (6.2): signs a partner's own user on; the first time makes the user. The session id (SID) that comes of it says
 *   who calls.
 */
export type PartnerUser = { account: string; name: string; job?: string; avatar?: string };
export type SignedOn = { SID: string; userId: number; orgId: number | undefined };

/** What the platform refused, with one of its documented codes, such as `NOT_FOUND`. */
export class PlatformError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Results of section 6.2 besides 0. */
const dockingProblems = new Map([
  [1, 'the app belongs to no company'],
  [2, 'the appkey is wrong'],
  [3, 'our call-back did not confirm the account, or could not be reached'],
  [4, 'the account could not be registered'],
]);

type Body = Record<string, unknown>;

/** `inside`: where this back end reaches the platform, when it is another address than that of its pages. */
export const createPlatform = (options: { origin: string; inside?: string; appId: string; secret: string }) => {
  const { origin, inside = origin, appId, secret } = options;
  /** Signs that never leave this back end. The signs of pages are not among them, because the user of a page can read its sign. */
  const kept = new Set<string>();
  let current: Promise<string> | undefined;

  const post = async (path: string, body: Body): Promise<Body> => {
    const answer = await fetch(`${inside}/app/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    return (await answer.json()) as Body;
  };

  /** A new sign. The secret goes into the body, because addresses end up in logs. */
  const freshSign = async (): Promise<string> => {
    const { data, message } = await post('getSign', { appId, secret });
    if (typeof data !== 'string') throw new PlatformError('UNAUTHENTICATED', `The platform gave no sign: ${message}`);
    return data;
  };
  const keptSign = async (): Promise<string> => {
    const sign = await freshSign();
    kept.add(sign);
    // As many signs as can be in use at the same time.
    for (const old of kept) if (kept.size > 10) kept.delete(old);
    return sign;
  };
  const sign = (): Promise<string> => {
    current ??= keptSign().catch((error) => {
      current = undefined;
      throw error;
    });
    return current;
  };

  /** Calls `{module, method}` of the platform; a sign that has expired is fetched again, once. */
  const call = async (module: string, method: string, params: Body, isSecond = false): Promise<Body> => {
    const used = sign();
    const answer = await post(module, { ...params, method, sign: await used });
    const error = answer.error as { code: string; message: string } | undefined;
    if (!error) return answer;
    if (error.code !== 'UNAUTHENTICATED' || isSecond) throw new PlatformError(error.code, error.message);
    // Another call may have fetched a new sign meanwhile.
    if (current === used) current = undefined;
    return call(module, method, params, true);
  };

  const signOn = async ({ account, name, job, avatar }: PartnerUser): Promise<SignedOn> => {
    const { result, SID, user, organisation } = await call('account', 'dockingLogin', {
      account,
      // Proves that this back end signs the user on: a sign alone, which pages hold too, does not.
      appkey: secret,
      userName: name,
      ...(job && { job }),
      ...(avatar && { avatar }),
    });
    if (result !== 0)
      throw new PlatformError('FORBIDDEN', `${account} was not signed on: ${dockingProblems.get(Number(result))}`);
    return {
      SID: String(SID),
      userId: (user as { id: number }).id,
      orgId: (organisation as { id: number } | undefined)?.id,
    };
  };

  return {
    /** A sign for the page of a user who is logged in here. */
    signForPage: freshSign,
    call,
    /** Signs a user on, for the user's own page. */
    signOn,
    /** Does something in a user's name from here; the session ends with it. */
    async as<T>(user: PartnerUser, act: (signedOn: SignedOn) => Promise<T>): Promise<T> {
      const signedOn = await signOn(user);
      try {
        return await act(signedOn);
      } finally {
        await call('account', 'logout', { SID: signedOn.SID }).catch(() => {});
      }
    },
    /**
     * True when this back end signs the user on: the platform's call-back contains the sign that was used, and a page has another
     * one.
     */
    isOurs: (given: unknown): boolean => typeof given === 'string' && kept.has(given),
    /** Where a recording of section 2.31 plays: its `comment` carries a signature that expires. */
    recordingAddress: (comment: string): string => `${origin}/app/upload/videos/${comment}`,
    /** Where guests enter with the invite code of an appointment (section 7.2). */
    guestLink: (inviteCode: string, name: string): string =>
      `${origin}/app/#/?${new URLSearchParams({ code: inviteCode, name })}`,
  };
};
export type Platform = ReturnType<typeof createPlatform>;
