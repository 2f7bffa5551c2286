import { expect, test } from 'vitest';
import { gridScene, mostCells, size } from './layout.ts';

test.each(Array.from({ length: mostCells }, (_, at) => at + 1))(
  '%i cells have one size, even places, and do not touch',
  (count) => {
    const cells = Array.from({ length: count }, (_, clientId) => ({ clientId, camera: undefined }));
    const boxes = gridScene(cells).labels.map(({ box }) => box);
    expect(boxes).toHaveLength(count);
    for (const [at, { x, y, width, height }] of boxes.entries()) {
      expect([x, y, width, height].filter((value) => value % 2 !== 0)).toEqual([]);
      expect(Math.abs(width / height - 16 / 9)).toBeLessThan(0.02);
      expect([width, height]).toEqual([boxes[0]?.width, boxes[0]?.height]);
      expect(Math.min(x, y, size.width - x - width, size.height - y - height)).toBeGreaterThanOrEqual(0);
      for (const other of boxes.slice(at + 1)) expect(other.x >= x + width + 8 || other.y >= y + height + 6).toBe(true);
    }
  },
);
