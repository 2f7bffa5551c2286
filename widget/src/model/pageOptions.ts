import type { WidgetOptions } from '@meetframe/contract';

/**
 * Options of the platform's own page, from a link such as `/app/#/?rd=1012&name=Ann`. A link is not trusted: it opens the
 * lobby of a room and proposes a name, nothing more.
 */
export const readPageOptions = (hash: string): WidgetOptions => {
  const query = new URLSearchParams(hash.slice(hash.indexOf('?') + 1));
  const room = Number(query.get('rd'));
  const name = query.get('name')?.trim().slice(0, 100);
  const locale = query.get('locale');
  return {
    ...(Number.isSafeInteger(room) && room > 0 && { room }),
    ...(name && { username: name }),
    ...((locale === 'zh-CN' || locale === 'en') && { locale }),
  };
};
