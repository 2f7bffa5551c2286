const longestPage = 1000;

type Asked = { pageNo?: number | undefined; pageSize?: number | undefined };
export type Page = { offset: number; size: number };

/** A page of a list; without a length everything up to a bound that no list of a person reaches. */
export const pageOf = ({ pageNo = 0, pageSize = longestPage }: Asked): Page => ({
  offset: pageNo * pageSize,
  size: pageSize,
});

export const pagesOf = (totalCount: number, pageSize: number = longestPage): number => Math.ceil(totalCount / pageSize);

/** How long a list is of which a page was read. Counts only where the page does not show its end. */
export const totalOf = async ({ offset, size }: Page, found: number, count: () => Promise<number>): Promise<number> =>
  found < size && (found > 0 || offset === 0) ? offset + found : await count();
