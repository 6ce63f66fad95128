//! Drags inside the page: something is taken by the pointer, carried, and let go, by WebDriver's actions.

use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::key::Key;

use crate::driver::Window;
use crate::find::Seen;
use crate::wait::answered;

/// How long the pointer is on its way; the page hears of it on the way.
const ON_THE_WAY: Option<Duration> = Some(Duration::from_millis(150));

/// Something that hangs on the pointer over the page.
pub struct Carried<'w> {
    window: &'w Window<'w>,
}

impl Window<'_> {
    /// Takes something in the page and carries it over something else.
    pub async fn carry<'w>(&'w self, from: &Seen<'_>, over: &Seen<'_>) -> Carried<'w> {
        let to = |seen: &Seen<'_>, duration| PointerAction::MoveToElement {
            element: seen.element.clone(),
            duration,
            x: 0.0,
            y: 0.0,
        };
        let pointer = MouseActions::new("pointer".to_owned())
            .then(to(from, None))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::MoveBy { duration: ON_THE_WAY, x: 12.0, y: 4.0 })
            .then(to(over, ON_THE_WAY))
            // A last small movement: what moves under a resting pointer is not told.
            .then(PointerAction::MoveBy { duration: None, x: 1.0, y: 1.0 });
        answered("a drag", self.client.perform_actions(pointer)).await.expect("the pointer can be moved");
        Carried { window: self }
    }

    /// The same with Ctrl held, until it is let go.
    pub async fn carry_with_control<'w>(&'w self, from: &Seen<'_>, over: &Seen<'_>) -> Carried<'w> {
        let control = KeyActions::new("keys".to_owned()).then(KeyAction::Down { value: Key::Control.into() });
        answered("a key", self.client.perform_actions(control)).await.expect("a key can be held");
        self.carry(from, over).await
    }
}

impl Carried<'_> {
    /// Lets it go where it is, and then every key.
    pub async fn drop_here(self) {
        let up = MouseActions::new("pointer".to_owned()).then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        answered("a drop", self.window.client.perform_actions(up)).await.expect("the pointer can let go");
        answered("the keys", self.window.client.release_actions()).await.expect("keys can be let go");
    }
}
