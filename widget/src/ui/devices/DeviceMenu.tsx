import type { ReadonlySignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import { type DeviceKind, deviceChoice, flipCamera, hasBothFacings } from '../../view/devices.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import { itemsOf, MenuItem, MenuLine, moveInMenu } from '../controls/MenuItem.tsx';
import { Popover } from '../controls/Popover.tsx';
import { useText } from '../text.ts';
import styles from './DeviceMenu.module.css';
import { CaretIcon } from './icons.tsx';
import { LevelMeter } from './LevelMeter.tsx';

type Props = { app: AppModel; toolbar: InstanceType<typeof ToolbarView> };

/** Beside the microphone of the toolbar: which microphone and speaker are used, and the level of the microphone. */
export function MicrophoneMenu({ app, toolbar }: Props) {
  const t = useText();
  const { devices } = app;
  return (
    <>
      <Caret label={t('device.menu.microphone')} testId="microphone-menu">
        {(close) => (
          <>
            <Choice devices={devices} kind="microphone" close={close}>
              <div class={styles.meter} aria-hidden="true">
                <LevelMeter level={devices.microphoneLevel} />
              </div>
            </Choice>
            <Choice devices={devices} kind="speaker" close={close} />
            <MenuLine />
            <Item testId="open-effects" label={t('device.noise')} run={() => toolbar.show('effects')} close={close} />
            <Item testId="open-device-test" label={t('device.test')} run={() => toolbar.show('test')} close={close} />
          </>
        )}
      </Caret>
      <Level level={devices.microphoneLevel} />
    </>
  );
}

/** Beside the camera of the toolbar: which camera is used. */
export function CameraMenu({ app, toolbar }: Props) {
  const t = useText();
  const { devices } = app;
  return (
    <Caret label={t('device.menu.camera')} testId="camera-menu">
      {(close) => (
        <>
          <Choice devices={devices} kind="camera" close={close} />
          <MenuLine />
          {hasBothFacings(devices) && (
            <Item
              testId="menu-flip"
              label={t('device.flip')}
              run={() => void flipCamera(devices).catch(() => undefined)}
              close={close}
            />
          )}
          <Item
            testId="open-effects"
            label={t('device.background')}
            run={() => toolbar.show('effects')}
            close={close}
          />
          <Item testId="open-device-test" label={t('device.test')} run={() => toolbar.show('test')} close={close} />
        </>
      )}
    </Caret>
  );
}

type CaretProps = { label: string; testId: string; children: (close: () => void) => ComponentChildren };

function Caret({ label, testId, children }: CaretProps) {
  return (
    <Popover label={label} testId={testId} class={styles.caret} face={<CaretIcon />}>
      {(close) => <Menu label={label}>{children(close)}</Menu>}
    </Popover>
  );
}

/** Takes the focus; arrow keys lead from item to item. */
function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const items = itemsOf(menu.current);
    const chosen = items.find((item) => item.ariaChecked === 'true') ?? items[0];
    // By then the popover is shown.
    requestAnimationFrame(() => chosen?.focus());
  }, []);
  return (
    <div ref={menu} class={styles.menu} role="menu" aria-label={label} onKeyDown={moveInMenu}>
      {children}
    </div>
  );
}

type ChoiceProps = {
  devices: AppModel['devices'];
  kind: DeviceKind;
  close: () => void;
  /** Below the chosen one. */
  children?: ComponentChildren;
};

function Choice({ devices: model, kind, close, children }: ChoiceProps) {
  const t = useText();
  const { devices, chosen, empty } = deviceChoice(model, kind);
  const label = t(`device.${kind}`);
  // Where the browser lets a page choose no speaker, it lists none.
  if (kind === 'speaker' && empty) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: within a menu.
    <div role="group" aria-label={label}>
      <p class={styles.heading} aria-hidden="true">
        {label}
      </p>
      {empty && <p class={styles.empty}>{t(empty)}</p>}
      {devices.map(({ deviceId, label: name }, index) => (
        <MenuItem
          key={deviceId}
          testId={`choose-${kind}`}
          isChosen={deviceId === chosen}
          isOneOf
          run={() => {
            close();
            void model.choose({ [kind]: deviceId }).catch(() => undefined);
          }}
        >
          {name || t('device.unnamed', { kind: label, number: index + 1 })}
        </MenuItem>
      ))}
      {!empty && children}
    </div>
  );
}

type ItemProps = { testId: string; label: string; run: () => void; close: () => void };

const Item = ({ testId, label, run, close }: ItemProps) => (
  <MenuItem
    testId={testId}
    run={() => {
      close();
      run();
    }}
  >
    {label}
  </MenuItem>
);

/** A bar at the button that shows the level of the user's own microphone. */
function Level({ level }: { level: ReadonlySignal<number> }) {
  if (level.value === 0) return null;
  return (
    <span class={styles.level} aria-hidden="true" data-testid="microphone-level">
      <span style={{ transform: `scaleX(${Math.min(1, level.value)})` }} />
    </span>
  );
}
