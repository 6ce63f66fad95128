//! Drags inside the page: something is taken by the pointer, carried, and let go, by WebDriver's actions.

use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::key::Key;

use crate::driver::Window;
use crate::find::{Name, Seen};
use crate::wait::answered;

/// How long the pointer is on its way; the page hears of it on the way.
const ON_THE_WAY: Option<Duration> = Some(Duration::from_millis(150));

/// Something that hangs on the pointer over the page.
pub struct Carried<'w> {
    window: &'w Window<'w>,
}

/// Something in the page, by role and name.
type Named<'a> = (&'a str, Name<'a>);

/// Times that a page may be drawn anew while something is taken.
const TAKEN_AT_MOST: usize = 5;

impl Window<'_> {
    /// Takes something in the page and carries it over something else.
    pub async fn carry(&self, from: Named<'_>, over: Named<'_>) -> Carried<'_> {
        self.take(from, over, None).await
    }

    /// The same with Ctrl held, until it is let go.
    pub async fn carry_with_control(&self, from: Named<'_>, over: Named<'_>) -> Carried<'_> {
        self.take(from, over, Some(Key::Control)).await
    }

    /// Again, where the page drew one of them anew meanwhile.
    async fn take(&self, from: Named<'_>, over: Named<'_>, held: Option<Key>) -> Carried<'_> {
        for _ in 0..TAKEN_AT_MOST {
            if let Some(key) = held {
                let down = KeyActions::new("keys".to_owned()).then(KeyAction::Down { value: key.into() });
                answered("a key", self.client.perform_actions(down)).await.expect("a key can be held");
            }
            let (from, over) = (self.see(from.0, from.1).await, self.see(over.0, over.1).await);
            match answered("a drag", self.client.perform_actions(way(&from, &over))).await {
                Ok(()) => return Carried { window: self },
                Err(error) => eprintln!("carrying: {error}"),
            }
            self.let_go().await;
        }
        panic!("it cannot be carried");
    }

    async fn let_go(&self) {
        answered("the keys", self.client.release_actions()).await.expect("keys can be let go");
    }
}

/// From one to the other with the button down.
fn way(from: &Seen<'_>, over: &Seen<'_>) -> MouseActions {
    let to = |seen: &Seen<'_>, duration| PointerAction::MoveToElement {
        element: seen.element.clone(),
        duration,
        x: 0.0,
        y: 0.0,
    };
    MouseActions::new("pointer".to_owned())
        .then(to(from, None))
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(PointerAction::MoveBy { duration: ON_THE_WAY, x: 12.0, y: 4.0 })
        .then(to(over, ON_THE_WAY))
        // A last small movement: what moves under a resting pointer is not told.
        .then(PointerAction::MoveBy { duration: None, x: 1.0, y: 1.0 })
}

impl Carried<'_> {
    /// Lets it go where it is, and then every key.
    pub async fn drop_here(self) {
        let up = MouseActions::new("pointer".to_owned()).then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        answered("a drop", self.window.client.perform_actions(up)).await.expect("the pointer can let go");
        self.window.let_go().await;
    }
}
