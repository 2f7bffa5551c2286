const longestPage = 1000;

type Asked = { pageNo?: number | undefined; pageSize?: number | undefined };
export type Page = { offset: number; size: number };

/** The requested page of a list. Without a length it returns everything up to a limit that no list of a user reaches. */
export const pageOf = ({ pageNo = 0, pageSize = longestPage }: Asked): Page => ({
  offset: pageNo * pageSize,
  size: pageSize,
});

export const pagesOf = (totalCount: number, pageSize: number = longestPage): number => Math.ceil(totalCount / pageSize);

/** The length of a list of which a page was read. It is counted only if the page does not contain the end. */
export const totalOf = async ({ offset, size }: Page, found: number, count: () => Promise<number>): Promise<number> =>
  found < size && (found > 0 || offset === 0) ? offset + found : await count();
