//! Files dragged from the desktop: paths stay here, the page hears of positions, names and a grant.

use crate::events::DesktopDrag;
use amphora_app::App;
use amphora_app::wire::DragNews;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use tauri::{DragDropEvent, Manager, PhysicalPosition, Window};
use tauri_specta::Event;

/// How often the page hears where the pointer is.
const MOVES_EVERY: Duration = Duration::from_millis(40);

/// The drag that is over the window.
#[derive(Default)]
pub struct CurrentDrag(Mutex<Option<Over>>);

struct Over {
    count: u32,
    told: Instant,
}

/// Turns the window's own drag events into news for the page.
pub fn on_drag(window: &Window, event: &DragDropEvent) {
    let current = window.state::<CurrentDrag>();
    let mut over = current.0.lock().unwrap_or_else(PoisonError::into_inner);
    let news = match event {
        DragDropEvent::Enter { paths, position } => {
            let count = u32::try_from(paths.len()).unwrap_or(u32::MAX);
            *over = Some(Over { count, told: Instant::now() });
            let (x, y) = css(window, position);
            DragNews::Over { x, y, count: (count > 0).then_some(count) }
        }
        DragDropEvent::Over { position } => {
            let Some(over) = over.as_mut() else { return };
            if over.told.elapsed() < MOVES_EVERY {
                return;
            }
            over.told = Instant::now();
            let (x, y) = css(window, position);
            DragNews::Over { x, y, count: (over.count > 0).then_some(over.count) }
        }
        DragDropEvent::Drop { paths, position } => {
            *over = None;
            let (x, y) = css(window, position);
            let app = window.state::<App>();
            DragNews::Drop { x, y, grant: app.give_grant(paths.clone()) }
        }
        DragDropEvent::Leave => {
            *over = None;
            DragNews::Leave
        }
        _ => return,
    };
    if let Err(error) = DesktopDrag(news).emit(window) {
        tracing::warn!(%error, "the window did not hear of a drag");
    }
}

#[expect(clippy::cast_possible_truncation, reason = "pixels on a screen")]
fn css(window: &Window, position: &PhysicalPosition<f64>) -> (i32, i32) {
    let logical = position.to_logical::<f64>(window.scale_factor().unwrap_or(1.0));
    (logical.x as i32, logical.y as i32)
}
