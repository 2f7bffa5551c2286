/** State of a media node (2.30). */
export type MediaNode = { address: string; name: string; isWell(): boolean };
