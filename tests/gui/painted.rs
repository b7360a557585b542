//! The painter's picture of the whole program, bit by bit and at once, whatever keys, pointer and edges do.

use std::time::{Duration, Instant};

use egui::{
    Color32, Context, Event, Key, Modifiers, MouseWheelUnit, PointerButton, RawInput, Rect,
    TouchPhase, ViewportId, pos2, vec2,
};
use nianbao::app::{App, Scripted};
use nianbao::keep::crash;
use nianbao::screen::Painter;

use crate::window::{full_report, report, state};

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        let number = self.roll(all.len() as u64);
        *all.get(usize::try_from(number).unwrap()).unwrap()
    }
}

const KEYS: [(Key, Modifiers); 24] = [
    (Key::F6, Modifiers::NONE),
    (Key::F6, Modifiers::NONE),
    (Key::F6, Modifiers::SHIFT),
    (Key::F8, Modifiers::NONE),
    (Key::F7, Modifiers::NONE),
    (Key::F5, Modifiers::NONE),
    (Key::F1, Modifiers::NONE),
    (Key::F2, Modifiers::NONE),
    (Key::Escape, Modifiers::NONE),
    (Key::Escape, Modifiers::NONE),
    (Key::Tab, Modifiers::NONE),
    (Key::Enter, Modifiers::NONE),
    (Key::ArrowDown, Modifiers::NONE),
    (Key::ArrowRight, Modifiers::SHIFT),
    (Key::PageDown, Modifiers::NONE),
    (Key::Backspace, Modifiers::NONE),
    (Key::Delete, Modifiers::NONE),
    (Key::A, Modifiers::COMMAND),
    (Key::Z, Modifiers::COMMAND),
    (Key::Y, Modifiers::COMMAND),
    (Key::K, Modifiers::COMMAND),
    (Key::F, Modifiers::COMMAND),
    (Key::Plus, Modifiers::COMMAND),
    (Key::Num0, Modifiers::COMMAND),
];

/// What a person at the window may do in a moment.
fn events(dice: &mut Dice, size: [u32; 2]) -> Vec<Event> {
    let [width, height] = size.map(|length| u64::from(length.max(1)));
    let at = pos2(dice.roll(width) as f32, dice.roll(height) as f32);
    let click = |button, pressed| Event::PointerButton {
        pos: at,
        button,
        pressed,
        modifiers: Modifiers::NONE,
    };
    match dice.roll(12) {
        0..=2 => vec![Event::PointerMoved(at)],
        3 => vec![Event::PointerMoved(at), click(PointerButton::Primary, true)],
        4 => vec![
            Event::PointerMoved(at),
            click(PointerButton::Primary, false),
        ],
        5 => vec![
            Event::PointerMoved(at),
            click(PointerButton::Secondary, true),
            click(PointerButton::Secondary, false),
        ],
        6 => vec![Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, dice.of(&[-120.0, -7.0, 7.0, 120.0])),
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
            source: egui::MouseWheelSource::Wheel,
        }],
        7 => vec![Event::Text(
            dice.of(&["7", "0", "年", "公开", "."]).to_owned(),
        )],
        8 => vec![Event::PointerGone],
        _ => {
            let (key, modifiers) = dice.of(&KEYS);
            [true, false]
                .map(|pressed| Event::Key {
                    key,
                    physical_key: None,
                    pressed,
                    repeat: false,
                    modifiers,
                })
                .to_vec()
        }
    }
}

/// Minutes of random input that were asked for; a moment of it otherwise.
fn time_for_it() -> Duration {
    let minutes = std::env::var("NIANBAO_MINUTES").ok();
    let minutes = minutes.and_then(|minutes| minutes.parse::<f64>().ok());
    minutes.map_or(Duration::from_secs(4), |minutes| {
        Duration::from_secs_f64(minutes * 60.0)
    })
}

/// Megabytes of this process that are backed by no file, where the system tells.
fn memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))?;
    let number: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(number / 1024.0)
}

/// A window of the program, painted.
struct Painted {
    ctx: Context,
    app: App,
    painter: Painter,
    pixels: Vec<u32>,
    time: f64,
}

impl Painted {
    fn new() -> Self {
        let ctx = Context::default();
        let prior = full_report(2024, &[("requests.new_received@natural_person", 3)]);
        let report = report(2025, &[("requests.new_received@natural_person", 12)]);
        let shell = Box::new(Scripted::new([]));
        Self {
            app: App::new_for(&ctx, shell, state(report, Some(prior))),
            ctx,
            painter: Painter::default(),
            pixels: Vec::new(),
            time: 0.0,
        }
    }

    /// Runs a frame after that many seconds; returns what it says.
    fn frame(&mut self, size: [u32; 2], scale: f32, wait: f64, events: Vec<Event>) -> Vec<String> {
        let [width, height] = size;
        let count = usize::try_from(width * height).unwrap();
        if self.pixels.len() != count {
            self.pixels = vec![0; count];
        }
        self.time += wait;
        let screen = vec2(width as f32, height as f32) / scale;
        let mut input = RawInput {
            screen_rect: Some(Rect::from_min_size(egui::Pos2::ZERO, screen)),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let viewport = input.viewports.entry(ViewportId::ROOT).or_default();
        viewport.native_pixels_per_point = Some(scale);
        let mut output = self.ctx.run_ui(input, |ui| self.app.ui(ui));
        let said = |shape: &egui::epaint::ClippedShape| match &shape.shape {
            egui::Shape::Text(text) => Some(text.galley.text().to_owned()),
            _ => None,
        };
        let said = output.shapes.iter().filter_map(said).collect();
        self.painter.take_textures(&mut output.textures_delta);
        let density = output.pixels_per_point;
        self.painter
            .take_shapes(&self.ctx, output.shapes, density, size);
        self.painter.paint(&mut self.pixels, Color32::WHITE, false);
        said
    }

    /// Whether the same comes out when all of it is painted.
    fn is_whole(&mut self) -> bool {
        let kept = self.pixels.clone();
        self.painter.paint(&mut self.pixels, Color32::WHITE, true);
        kept == self.pixels
    }
}

#[test]
fn every_frame_of_the_program_is_painted_as_if_it_were_the_first() {
    let (begun, mut told) = (Instant::now(), Instant::now());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut frames = 0_u32;
    while frames == 0 || begun.elapsed() < time_for_it() {
        let mut window = Painted::new();
        let scale = dice.of(&[1.0, 1.25, 1.5, 2.0]);
        let mut size = [1366, 768];
        for _ in 0..300 {
            if dice.roll(40) == 0 {
                size = [1900, 1000].map(|most| u32::try_from(dice.roll(most)).unwrap() + 1);
            }
            let wait = dice.of(&[0.016, 0.016, 0.1, 0.6]);
            let events = events(&mut dice, size.map(|side| (side as f32 / scale) as u32));
            window.frame(size, scale, wait, events);
            assert!(window.is_whole(), "frame {frames} at {scale}, {size:?}");
            frames += 1;
            if begun.elapsed() > time_for_it() {
                break;
            }
        }
        let said = window.frame([1366, 768], 1.0, 0.1, Vec::new());
        assert!(!is_broken(&said), "broke within 300 frames to {frames}");
        if told.elapsed() > Duration::from_secs(30) {
            told = Instant::now();
            eprintln!("{frames} frames, {:?} MB", memory());
        }
    }
    eprintln!("{frames} frames, {:?} MB", memory());
}

fn is_broken(said: &[String]) -> bool {
    let words = [crash::WORDS, crash::UNKEPT];
    said.iter().any(|said| words.contains(&said.as_str()))
}

#[test]
fn every_dialog_stands_in_a_window_of_any_size() {
    let press = |key, modifiers| Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    };
    let dialogs = [
        (Key::K, Modifiers::COMMAND),
        (Key::N, Modifiers::COMMAND),
        (Key::E, Modifiers::COMMAND),
        (Key::Q, Modifiers::COMMAND),
        (Key::F5, Modifiers::NONE),
        (Key::F7, Modifiers::NONE),
        (Key::F8, Modifiers::NONE),
    ];
    for (key, modifiers) in dialogs {
        for size in [[1, 1], [60, 700], [1300, 30], [120, 90]] {
            let mut window = Painted::new();
            window.frame([1366, 768], 1.0, 0.1, Vec::new());
            window.frame([1366, 768], 1.0, 0.1, vec![press(key, modifiers)]);
            for _ in 0..3 {
                window.frame(size, 1.0, 0.1, Vec::new());
            }
            let said = window.frame([1366, 768], 1.0, 0.1, Vec::new());
            assert!(!said.is_empty() && !is_broken(&said), "{key:?} in {size:?}");
        }
    }
}
