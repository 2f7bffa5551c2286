import { computed, createModel } from '@preact/signals';
import en from '../locales/connection.en.json';
import zhCN from '../locales/connection.zh-CN.json';
import type { AppModel } from '../model/compose.ts';
import { type ConnectionResult, ConnectionTest } from '../model/connectionTest.ts';
import { ofScreen } from '../model/meeting/ofScreen.ts';
import type { TextParams } from './fill.ts';
import { addTexts, type TextKey } from './i18n.ts';
import { problemText } from './problem.ts';

// Loaded with the test.
addTexts({ en, 'zh-CN': zhCN });

/** From this round trip on, in milliseconds, talking becomes hard. */
const slowFrom = 300;

const sentenceOf = ({ way, rtt, server, ports }: ConnectionResult): [TextKey, TextParams] => {
  if (server) return [problemText(server.code), {}];
  if (!way) return ['connection.blocked', { ports: ports.join(', ') }];
  if (way !== 'udp') return [`connection.${way}`, { rtt }];
  return [rtt >= slowFrom ? 'connection.slow' : 'connection.fine', { rtt }];
};

/** One sentence about the connection, for the test of all devices. */
export const ConnectionTestView = createModel((meeting: Pick<AppModel['meeting'], 'make'>) => {
  const test = ofScreen(meeting, ConnectionTest);
  return {
    /** `undefined` while it is tested. */
    sentence: computed(() => test.result.value && sentenceOf(test.result.value)),
    isFine: computed(() => test.result.value?.way === 'udp' && test.result.value.rtt < slowFrom),
    again: () => void test.again(),
  };
});
