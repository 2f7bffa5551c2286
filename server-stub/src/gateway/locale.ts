import type { Locale } from '@meetframe/contract/look';

/** The language for a client by its `Accept-Language` header. As in the widget, one of which nothing is known is Chinese. */
export const localeOf = (header: string | undefined): Locale => (/^(zh\b|\*|$)/i.test(header ?? '') ? 'zh-CN' : 'en');
