//! Refuses at once what no report can hold, before any box takes it. It knows no widget.

use egui::{Context, Event, ImeEvent};

use crate::app::state::State;
use crate::report::bounds;
use crate::report::bounds::{LONGEST_DRAFT, LONGEST_TEXT};

/// Takes from this frame's input what would make the draft larger than what can be opened again.
pub(in crate::app) fn refuse(ctx: &Context, state: &mut State) {
    let open = state.open.as_ref();
    let mut refused = None;
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let (Event::Paste(text) | Event::Text(text) | Event::Ime(ImeEvent::Commit(text))) =
                event
            else {
                return true;
            };
            // One keystroke more is told by the save, if it is ever one too many.
            if text.len() < LONGEST_TEXT.1 {
                return true;
            }
            let size = open.map_or(0, |open| bounds::size(&open.draft));
            // What stands there already counts too; several pastes make one text.
            let stands = open.and_then(|open| {
                let spot = open.spot.as_ref()?;
                Some(open.draft.report().text(spot.field))
            });
            let whole = [stands.unwrap_or_default(), text].concat();
            let fits = !bounds::is_too_long(&whole) && size + text.len() <= LONGEST_DRAFT;
            if !fits {
                refused = Some(text.chars().count());
            }
            fits
        });
    });
    if let Some(count) = refused {
        state.notice = format!("没有粘贴：有{count}个字，比任何一份年度报告都长，核对复制的内容");
    }
}
