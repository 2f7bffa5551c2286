/** Fields that carry a point in time: ISO 8601 on the wire, `Date` in a page. */
export const dateFields = ['startTime', 'endTime', 'actuallyStartTime'] as const;
