//! Tells the frames that lead nowhere: egui follows every event with two more, also a move that changed nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use egui::{Context, Event, RequestRepaintInfo};

/// Counts who asks for a frame.
#[derive(Debug, Default, Clone)]
pub struct Asked {
    count: Arc<AtomicUsize>,
}

impl Asked {
    /// Listens to a context; `outside` is called with what other threads ask for, which may come at any
    /// time, also while egui believes that a frame is due anyway.
    pub fn listen(
        &self,
        ctx: &Context,
        outside: impl Fn(RequestRepaintInfo) + Send + Sync + 'static,
    ) {
        let count = Arc::clone(&self.count);
        let own = std::thread::current().id();
        ctx.set_repaint_observer(move |info| {
            count.fetch_add(1, Ordering::Relaxed);
            if std::thread::current().id() != own {
                outside(info);
            }
        });
    }

    /// How often a frame was asked for so far.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }
}

/// Whether a frame with these events alone is to be followed by none if it paints nothing: egui asks for the
/// next one once because there were events, and tooltips, fades and the program ask beside it.
pub fn are_moves(events: &[Event]) -> bool {
    let is_move = |event: &Event| matches!(event, Event::PointerMoved(_));
    !events.is_empty() && events.iter().all(is_move)
}

/// What egui itself asks for in a frame of moves.
pub const HABIT: usize = 1;

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Pos2, RawInput, Rect, Ui, pos2, vec2};

    /// Lets the pointer come, rest, and move on once; counts what was asked for in that last frame.
    fn asked_by_a_move(from: Pos2, to: Pos2, draw: impl Fn(&mut Ui)) -> usize {
        let (ctx, asked) = (Context::default(), Asked::default());
        asked.listen(&ctx, |_| {});
        let mut time = 0.0;
        let mut frame = |events: Vec<Event>| {
            time += 0.5;
            let input = RawInput {
                screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(300.0, 200.0))),
                time: Some(time),
                events,
                ..RawInput::default()
            };
            let before = asked.count();
            let mut output = ctx.run_ui(input, |ui| draw(ui));
            output.textures_delta.clear();
            asked.count() - before
        };
        for _ in 0..3 {
            frame(Vec::new());
        }
        frame(vec![Event::PointerMoved(from)]);
        for _ in 0..5 {
            frame(Vec::new());
        }
        frame(vec![Event::PointerMoved(to)])
    }

    #[test]
    fn a_move_over_nothing_asks_only_by_habit_and_one_onto_a_button_with_a_tooltip_for_more() {
        let draw = |ui: &mut Ui| {
            drop(ui.button("年报").on_hover_text("说明"));
        };
        let (bare, button) = (pos2(200.0, 150.0), pos2(15.0, 15.0));
        assert_eq!(asked_by_a_move(bare, pos2(210.0, 150.0), draw), HABIT);
        assert!(asked_by_a_move(bare, button, draw) > HABIT);
    }

    #[test]
    fn another_thread_is_heard_while_a_frame_is_due_already() {
        let (ctx, asked) = (Context::default(), Asked::default());
        let heard = Arc::new(AtomicUsize::new(0));
        let listener = Arc::clone(&heard);
        asked.listen(&ctx, move |_| {
            listener.fetch_add(1, Ordering::Relaxed);
        });
        ctx.request_repaint();
        let other = ctx.clone();
        assert!(
            std::thread::spawn(move || other.request_repaint())
                .join()
                .is_ok()
        );
        assert_eq!((heard.load(Ordering::Relaxed), asked.count()), (1, 2));
    }

    #[test]
    fn only_moves_are_moves() {
        let moved = || Event::PointerMoved(Pos2::ZERO);
        assert!(are_moves(&[moved(), moved()]));
        assert!(!are_moves(&[]) && !are_moves(&[moved(), Event::PointerGone]));
    }
}
