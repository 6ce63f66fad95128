// An icon button that is nothing but an action of the table.
import { type ActionId, useAction } from "../actions";
import { IconButton } from "../kit";

export function ActionButton({ action: id }: { action: ActionId }) {
  const action = useAction(id);
  return (
    <IconButton label={action.label} shortcut={action.shortcut} isDisabled={action.isDisabled} onPress={action.run}>
      {action.icon}
    </IconButton>
  );
}
