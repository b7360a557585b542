//! The real window beside a bare eframe window with the same font, on one screen in one run.
//!
//! `DISPLAY=:0 cargo bench --bench window`; best on an empty Xvfb screen, since pixels of the screen are looked at; xdotool presses the keys.
//! It takes about three minutes; every window tells its figures as it closes, and the table of medians comes last.
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

const RUNS: usize = 5;
const SIZE: [f32; 2] = [1280.0, 720.0];
/// Where the pixel is looked at: in the window, on every screen.
const SPOT: (i16, i16) = (200, 200);
const IDLE: Duration = Duration::from_secs(3);
const MOVES: u16 = 120;
/// Nothing takes longer, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// What leads to the next part of the report.
const NEXT_PART: [&str; 2] = ["key", "F6"];

/// What one window costs.
#[derive(Clone, Copy)]
struct Cost {
    start: f64,
    resident: f64,
    own: f64,
    idle: f64,
    moving: f64,
}

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

    /// Runs a program until it has shown itself, gone on some parts, followed the pointer and rested.
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
            let pressed = Command::new("xdotool").args(NEXT_PART).status();
            assert!(pressed.unwrap().success(), "no key was pressed");
            until_at_rest(&child);
        }
        let before = ticks(&child);
        for step in 0..MOVES {
            let step = i16::try_from(step).unwrap();
            self.move_pointer(400 + step * 3, 250 + step * 2);
            std::thread::sleep(Duration::from_millis(25));
        }
        let moving = (ticks(&child) - before) / f64::from(MOVES);
        // What was told at the opening has faded by now.
        until_at_rest(&child);
        let before = ticks(&child);
        std::thread::sleep(IDLE);
        let idle = ticks(&child) - before;
        let (resident, own) = memory(&child);
        child.kill().unwrap();
        child.wait().unwrap();
        while self.pixel() != empty {
            std::thread::sleep(Duration::from_millis(5));
            assert!(begun.elapsed() < PATIENCE * 4, "the window stays");
        }
        Cost {
            start,
            resident,
            own,
            idle,
            moving,
        }
    }
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

/// Megabytes in memory: all of them, and those not backed by a file.
fn memory(child: &Child) -> (f64, f64) {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let of = |name: &str| {
        let mut lines = status.lines().filter_map(|line| line.strip_prefix(name));
        let number = lines.next().unwrap().trim().trim_end_matches(" kB");
        number.parse::<f64>().unwrap() / 1024.0
    };
    (of("VmRSS:"), of("RssAnon:"))
}

fn median(costs: &[Cost], of: impl Fn(&Cost) -> f64) -> f64 {
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

fn bare() {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size(SIZE),
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

/// The windows that are measured: what each is called, its file, and how many parts it goes on.
const PEERS: [(&str, bool, usize); 4] = [
    ("eframe空窗口，同一字体", false, 0),
    ("年报，开始页", false, 0),
    ("年报，打开样例", true, 0),
    ("年报，样例的表三", true, 3),
];

fn main() {
    if std::env::var_os("NIANBAO_BARE").is_some() {
        bare();
        return;
    }
    let Ok((connection, number)) = x11rb::connect(None) else {
        println!("没有图形界面，不测窗口");
        return;
    };
    let root = connection.setup().roots.get(number).unwrap().root;
    let screen = Screen { connection, root };
    let home = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample.nianbao");
    let mut costs: [Vec<Cost>; PEERS.len()] = Default::default();
    for run in 1..=RUNS {
        for (peer, (name, opens, parts)) in PEERS.into_iter().enumerate() {
            let mut command = if peer == 0 {
                Command::new(std::env::current_exe().unwrap())
            } else {
                Command::new(env!("CARGO_BIN_EXE_nianbao"))
            };
            if peer == 0 {
                command.env("NIANBAO_BARE", "1");
            }
            // Every window is as at a first start: nothing is locked, nothing is left to recover.
            let own = home.path().join(format!("{run}-{peer}"));
            if opens {
                let draft = own.with_extension("nianbao");
                std::fs::copy(&sample, &draft).unwrap();
                command.arg(draft);
            }
            command.env("NIANBAO_HOME", own);
            let cost = screen.measure(&mut command, parts);
            let Cost {
                start,
                resident,
                idle,
                moving,
                ..
            } = cost;
            eprintln!(
                "{run}/{RUNS} {name}: {start:.0} ms, {resident:.0} MB, idle {idle:.0} ms, moving {moving:.1} ms"
            );
            if let Some(costs) = costs.get_mut(peer) {
                costs.push(cost);
            }
        }
    }
    println!(
        "| 窗口 | 启动到第一帧 | 内存 | 其中自有 | 空闲{}秒的CPU | 指针每动一次的CPU |\n|---|--:|--:|--:|--:|--:|",
        IDLE.as_secs()
    );
    for ((name, ..), costs) in PEERS.iter().zip(&costs) {
        println!(
            "| {name} | {:.0}毫秒 | {:.0} MB | {:.0} MB | {:.0}毫秒 | {:.1}毫秒 |",
            median(costs, |cost| cost.start),
            median(costs, |cost| cost.resident),
            median(costs, |cost| cost.own),
            median(costs, |cost| cost.idle),
            median(costs, |cost| cost.moving),
        );
    }
}
