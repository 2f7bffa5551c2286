import type { CallScreensModel } from '../../model/callScreens.ts';
import type { AppModel } from '../../model/compose.ts';
import type { ToolbarButton as Button } from '../toolbar/ToolbarButton.tsx';

/** Of what is shown of a call. */
export type PartProps = {
  app: AppModel;
  calls: CallScreensModel;
  /** The small card is all that the frame shows, and the page moves the frame. */
  isFrame?: boolean;
  /** For the menu of the toolbar; a chunk of its own for this component would make the meeting's code larger. */
  ToolbarButton?: typeof Button;
};
