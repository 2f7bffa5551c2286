import { computed, createModel, signal } from '@preact/signals';

export type Panel = 'people' | 'chat' | 'transcript';

/** Which panel is beside the stage (one at most) and whether the settings are open. */
export const PanelsView = createModel(() => {
  const panel = signal<Panel | undefined>(undefined);
  const settingsOpen = signal(false);
  return {
    panel,
    isChatOpen: computed(() => panel.value === 'chat'),
    settingsOpen,
    toggle(which: Panel): void {
      panel.value = panel.value === which ? undefined : which;
    },
    open(which: Panel): void {
      panel.value = which;
    },
    close(): void {
      panel.value = undefined;
    },
    openSettings(): void {
      settingsOpen.value = true;
    },
    closeSettings(): void {
      settingsOpen.value = false;
    },
  };
});
