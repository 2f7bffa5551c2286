import type { Entered } from '../../model/home/entrance.ts';
import type { Format } from '../../view/home/format.ts';
import type { Text } from '../../view/home/text.ts';

/**
 * After a way into a meeting was tried: the address of an open one goes into the address bar, so that a reload and the
 * browser's Back do what people expect. For the others, what to say.
 */
export const settle = (entered: Entered, format: Format): Text | undefined => {
  switch (entered.state) {
    case 'open':
      history.pushState(null, '', entered.address);
      return undefined;
    case 'early':
      return { key: 'enter.early', params: { time: format.moment(Date.parse(entered.startTime)) } };
    case 'over':
      return { key: 'enter.over' };
    case 'unknown':
      return { key: 'enter.unknown' };
  }
};
