//! Lets a wheel scroll at once: egui spreads a click of a wheel over many frames, small steps not.

use egui::{Event, InputOptions, MouseWheelUnit, RawInput};

/// Steps of less than this many points come through as they are.
const STEP: f32 = 7.0;

/// Breaks the clicks of a wheel into small steps; those that zoom stay as they are.
pub fn scroll_at_once(options: &InputOptions, input: &mut RawInput) {
    let is_click = |event: &Event| {
        matches!(
            event,
            Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                ..
            }
        )
    };
    if !input.events.iter().any(is_click) {
        return;
    }
    let mut events = Vec::with_capacity(input.events.len());
    for event in input.events.drain(..) {
        match event {
            Event::MouseWheel {
                unit: MouseWheelUnit::Line,
                delta,
                modifiers,
                phase,
                source,
            } if !modifiers.command => {
                let way = delta * options.line_scroll_speed;
                let steps = (way.length() / STEP).ceil().clamp(1.0, 1000.0);
                let step = Event::MouseWheel {
                    unit: MouseWheelUnit::Point,
                    delta: way / steps,
                    modifiers,
                    phase,
                    source,
                };
                events.extend((0..steps as usize).map(|_| step.clone()));
            }
            other => events.push(other),
        }
    }
    input.events = events;
}
