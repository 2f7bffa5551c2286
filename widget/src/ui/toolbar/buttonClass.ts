import bar from './Toolbar.module.css';
import button from './ToolbarButton.module.css';

export type Look = 'plain' | 'on' | 'off' | 'leave';

/** Class of a button in the toolbar: its place and size there, and its look. */
export const buttonClass = (look: Look): string => `${bar.button} ${button.button} ${button[look] ?? ''}`;
