// What views may ask the panel to do. Views hold no messages and no state of the host.
import type { GrantChoice, HeldItem, PanelAction } from '../../shared/protocol.ts';
import type { Kept, Route } from '../model/route.ts';

export interface PanelActions {
  go(route: Route): void;
  setMode(mode: Kept['mode']): void;
  /** `shown` is the text that stood on the screen; the host compares its hash with the command. */
  approve(item: HeldItem, shown: string, grant?: GrantChoice): void;
  deny(item: HeldItem, shown: string, message?: string): void;
  edit(item: HeldItem, shown: string, command: string): void;
  /** Answered by the store's `preview` with this number. */
  previewGrant(item: HeldItem, grant: GrantChoice): number;
  /** Answered by the store's `unmasked`. */
  unmask(item: HeldItem): void;
  takeSuggestion(id: string): void;
  copy(submission: string): void;
  act(action: PanelAction): void;
}
