import type { ChatFile } from '@meetframe/contract/beans';
import type { Links } from '../../records/links.ts';
import type { ChatFileRow } from './tables.ts';

export type FileRow = Pick<ChatFileRow, 'id' | 'file' | 'name' | 'size' | 'type' | 'width' | 'height'>;

/** A file as lines of the chat carry it. Its link is made when it is read: lines are sent long after they were written, too. */
export const fileBean = ({ id, file, name, size, type, width, height }: FileRow, links: Links): ChatFile => ({
  ...{ id, name, size, type },
  ...(width !== null && height !== null && { width, height }),
  get link() {
    return linkOf(file, links);
  },
});

/** Below the address of the widget's page. */
export const linkOf = (file: string, links: Links): string => `upload/files/${links.link(file)}`;
