//! The real window, drawn by the program and by OpenGL, beside a bare eframe window with the same font, in one run.
//!
//! `DISPLAY=:0 cargo bench --bench window`; best on an empty Xvfb screen of 1920 × 1080, since pixels of the screen
//! are looked at; xdotool turns the wheel and presses the keys. A percentage is processor time by time gone, with all
//! threads of the process, so what runs beside it matters little. It takes some ten minutes; every window tells its
//! figures as it closes, and the table of medians comes last.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a bench prints, and stops at the first surprise"
)]

use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat, InputFocus, Window};
use x11rb::rust_connection::RustConnection;

const RUNS: usize = 3;
const SIZES: [[u16; 2]; 2] = [[1366, 768], [1900, 1000]];
/// Where the pixel is looked at: in the window, on every screen.
const SPOT: (i16, i16) = (200, 200);
const IDLE: Duration = Duration::from_secs(3);
/// Moves over the table, a hundred a second.
const MOVES: i16 = 300;
/// Clicks of the wheel, twenty a second.
const CLICKS: usize = 60;
/// Digits as by hand, five a second, each held for a while.
const DIGITS: usize = 25;
/// Nothing takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// What leads to the next part of the report.
const NEXT_PART: [&str; 2] = ["key", "F6"];

/// What one window costs: milliseconds to be seen, megabytes, and percent of a core.
#[derive(Clone, Copy)]
struct Cost {
    start: f64,
    resident: f64,
    idle: f64,
    moves: f64,
    wheel: f64,
    digits: f64,
}

/// The figures of a window, by what they are called; the last is how they are written.
type Figure = (&'static str, fn(&Cost) -> f64, &'static str);

const FIGURES: [Figure; 6] = [
    ("指针每秒动100次", |cost| cost.moves, "%"),
    ("滚轮每秒20格", |cost| cost.wheel, "%"),
    ("每秒键入5个数字", |cost| cost.digits, "%"),
    ("空闲", |cost| cost.idle, "%"),
    ("从启动到看见", |cost| cost.start, "毫秒"),
    ("内存", |cost| cost.resident, " MB"),
];

struct Screen {
    connection: RustConnection,
    root: Window,
}

impl Screen {
    fn pixel(&self) -> Vec<u8> {
        let (x, y) = SPOT;
        let image = self
            .connection
            .get_image(ImageFormat::Z_PIXMAP, self.root, x, y, 1, 1, !0);
        image.unwrap().reply().unwrap().data
    }

    fn move_pointer(&self, x: i16, y: i16) {
        let moved = self
            .connection
            .warp_pointer(x11rb::NONE, self.root, 0, 0, 0, 0, x, y);
        moved.unwrap();
        self.connection.flush().unwrap();
    }

    /// Gives the keyboard to the window under the spot, which no window manager may be there to do.
    fn focus(&self) {
        self.move_pointer(SPOT.0, SPOT.1);
        let pointer = self.connection.query_pointer(self.root).unwrap();
        let window = pointer.reply().unwrap().child;
        let now = x11rb::CURRENT_TIME;
        let given = self
            .connection
            .set_input_focus(InputFocus::POINTER_ROOT, window, now);
        given.unwrap();
        self.connection.flush().unwrap();
    }

    /// Runs a program until it has shown itself, gone on some parts, and done what it is measured for.
    fn measure(&self, command: &mut Command, parts: usize) -> Cost {
        let empty = self.pixel();
        self.move_pointer(1, 1);
        let begun = Instant::now();
        let mut child = command.spawn().unwrap();
        while self.pixel() == empty {
            std::thread::sleep(Duration::from_micros(500));
            assert!(begun.elapsed() < PATIENCE, "no window");
        }
        let start = begun.elapsed().as_secs_f64() * 1000.0;
        until_at_rest(&child);
        self.focus();
        until_at_rest(&child);
        for _ in 0..parts {
            tool(NEXT_PART.map(str::to_owned));
            until_at_rest(&child);
        }
        let moves = share(&child, || {
            let begun = Instant::now();
            for step in 0..MOVES {
                let (across, down) = (step * 4 % 700, step % 90);
                self.move_pointer(450 + across, 260 + down);
                let due = Duration::from_millis(10) * u32::from(step.unsigned_abs() + 1);
                std::thread::sleep(due.saturating_sub(begun.elapsed()));
            }
        });
        until_at_rest(&child);
        let wheel = share(&child, || {
            let button = |click: usize| {
                if (click / 15).is_multiple_of(2) {
                    "5"
                } else {
                    "4"
                }
            };
            let click = |click| ["click", button(click), "sleep", "0.05"].map(str::to_owned);
            tool((0..CLICKS).flat_map(click));
        });
        until_at_rest(&child);
        let digits = share(&child, || {
            let digit = |digit: usize| {
                let key = (digit % 10).to_string();
                let held = [
                    "keydown", &key, "sleep", "0.08", "keyup", &key, "sleep", "0.12",
                ];
                held.map(str::to_owned)
            };
            tool((0..DIGITS).flat_map(digit));
        });
        // What was told at the opening has faded by now.
        until_at_rest(&child);
        let idle = share(&child, || std::thread::sleep(IDLE));
        let resident = memory(&child);
        child.kill().unwrap();
        child.wait().unwrap();
        while self.pixel() != empty {
            std::thread::sleep(Duration::from_millis(5));
            assert!(begun.elapsed() < PATIENCE * 4, "the window stays");
        }
        Cost {
            start,
            resident,
            idle,
            moves,
            wheel,
            digits,
        }
    }
}

/// Percent of a core that a program takes while something is done, and for a moment after it.
fn share(child: &Child, done: impl FnOnce()) -> f64 {
    let (begun, before) = (Instant::now(), ticks(child));
    done();
    std::thread::sleep(Duration::from_millis(100));
    (ticks(child) - before) / begun.elapsed().as_secs_f64() / 10.0
}

/// Has xdotool do something.
fn tool(arguments: impl IntoIterator<Item = String>) {
    let status = Command::new("xdotool").args(arguments).status();
    assert!(status.unwrap().success(), "xdotool did not do it");
}

/// Waits until a program has used no processor time for a while.
fn until_at_rest(child: &Child) {
    let begun = Instant::now();
    let (mut before, mut quiet) = (ticks(child), 0);
    while quiet < 4 && begun.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(200));
        let now = ticks(child);
        quiet = if now > before { 0 } else { quiet + 1 };
        before = now;
    }
}

/// Milliseconds of processor time so far.
fn ticks(child: &Child) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).unwrap();
    let (_, after_name) = stat.rsplit_once(')').unwrap();
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields
        .map(|field| field.parse::<f64>().unwrap() * 10.0)
        .sum()
}

/// Megabytes in memory.
fn memory(child: &Child) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let mut lines = status
        .lines()
        .filter_map(|line| line.strip_prefix("VmRSS:"));
    let number = lines.next().unwrap().trim().trim_end_matches(" kB");
    number.parse::<f64>().unwrap() / 1024.0
}

fn median(costs: &[Cost], of: fn(&Cost) -> f64) -> f64 {
    let mut values: Vec<_> = costs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap()
}

/// The peer: a window with the same font and a line of text.
struct Bare;

impl eframe::App for Bare {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        egui::CentralPanel::default().show(ui, |ui| {
            ui.heading("年报");
            ui.label("一个空窗口");
        });
    }
}

fn bare(size: &str) {
    let mut sides = size.split('x').map(|side| side.parse::<f32>().unwrap());
    let size = [sides.next().unwrap(), sides.next().unwrap()];
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size(size),
        ..eframe::NativeOptions::default()
    };
    let run = eframe::run_native(
        "bare",
        options,
        Box::new(|creation| {
            nianbao::app::widgets::fonts::install(&creation.egui_ctx);
            Ok(Box::new(Bare))
        }),
    );
    run.unwrap();
}

/// The windows that are measured: what each is called, and what draws it.
const PEERS: [(&str, Option<&str>); 3] = [
    ("eframe空窗口，OpenGL", None),
    ("表三，OpenGL画", Some("glow")),
    ("表三，程序自己画", Some("cpu")),
];

/// The program with table three of the sample before it, in a home of its own: nothing is locked, nothing left to recover.
fn program(own: &Path, drawn_by: &str, [width, height]: [u16; 2]) -> Command {
    std::fs::create_dir_all(own).unwrap();
    let window = format!("(window: Some((width: {width}, height: {height}, maximized: false)))");
    std::fs::write(own.join("settings.ron"), window).unwrap();
    let draft = own.join("sample.nianbao");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample.nianbao");
    std::fs::copy(sample, &draft).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
    command.args(["--renderer", drawn_by]).arg(draft);
    command.env("NIANBAO_HOME", own);
    command
}

fn main() {
    if let Ok(size) = std::env::var("NIANBAO_BARE") {
        bare(&size);
        return;
    }
    let Ok((connection, number)) = x11rb::connect(None) else {
        println!("没有图形界面，不测窗口");
        return;
    };
    let root = connection.setup().roots.get(number).unwrap().root;
    let screen = Screen { connection, root };
    let home = tempfile::tempdir().unwrap();
    for size in SIZES {
        let [width, height] = size;
        let mut costs: [Vec<Cost>; PEERS.len()] = Default::default();
        for run in 1..=RUNS {
            for ((name, drawn_by), costs) in PEERS.into_iter().zip(&mut costs) {
                let cost = if let Some(drawn_by) = drawn_by {
                    let own = home.path().join(format!("{width}-{run}-{drawn_by}"));
                    screen.measure(&mut program(&own, drawn_by, size), 3)
                } else {
                    let mut command = Command::new(std::env::current_exe().unwrap());
                    command.env("NIANBAO_BARE", format!("{width}x{height}"));
                    screen.measure(&mut command, 0)
                };
                let figure = |(name, of, unit): &Figure| format!("{name} {:.1}{unit}", of(&cost));
                let figures: Vec<_> = FIGURES.iter().map(figure).collect();
                eprintln!(
                    "{width}×{height} {run}/{RUNS} {name}: {}",
                    figures.join(", ")
                );
                costs.push(cost);
            }
        }
        print(size, &costs);
    }
}

/// A row for each figure, with the ratio to the bare window.
fn print([width, height]: [u16; 2], costs: &[Vec<Cost>; PEERS.len()]) {
    let names = PEERS.map(|(name, _)| name).join(" | ");
    println!("| {width}×{height} | {names} | 比值 |\n|---|--:|--:|--:|--:|");
    for (name, of, unit) in FIGURES {
        let medians: Vec<f64> = costs.iter().map(|costs| median(costs, of)).collect();
        let (bare, own) = (medians.first().unwrap(), medians.last().unwrap());
        let places = usize::from(unit == "%");
        let figures: Vec<_> = medians
            .iter()
            .map(|figure| format!("{figure:.places$}{unit}"))
            .collect();
        let ratio = if *bare > 0.0 {
            format!("{:.2}", own / bare)
        } else {
            "相同".to_owned()
        };
        println!("| {name} | {} | {ratio} |", figures.join(" | "));
    }
}
