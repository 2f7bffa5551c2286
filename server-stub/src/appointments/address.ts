/** The page that opens a meeting (7.2), at the first of these addresses that a browser can open. */
export const inviteAddress = (inviteCode: string, pages: readonly (string | null | undefined)[]): string => {
  const page = pages.find((each) => each && /^https?:/i.test(each) && URL.canParse(each)) ?? undefined;
  return new URL(`#/?code=${inviteCode}`, page ?? undefined).href;
};
