//! The real window beside a bare eframe window with the same font, on one screen in one run.
//!
//! `DISPLAY=:0 cargo bench --bench window`; best on an empty Xvfb screen, since pixels of the screen are looked at.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops at the first surprise"
)]

use std::path::Path;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat};
use x11rb::rust_connection::RustConnection;

const RUNS: usize = 7;
const SIZE: [f32; 2] = [1280.0, 720.0];
/// Where the pixel is looked at: in the window, on every screen.
const SPOT: (i16, i16) = (200, 200);
const IDLE: Duration = Duration::from_secs(5);
const MOVES: i16 = 200;

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
    root: u32,
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

    /// Runs a program until it has shown itself, rested and followed the pointer.
    fn measure(&self, command: &mut Command) -> Cost {
        let empty = self.pixel();
        self.move_pointer(1, 1);
        let begun = Instant::now();
        let mut child = command.spawn().unwrap();
        while self.pixel() == empty {
            std::thread::sleep(Duration::from_micros(500));
            assert!(begun.elapsed() < Duration::from_secs(20), "no window");
        }
        let start = begun.elapsed().as_secs_f64() * 1000.0;
        std::thread::sleep(Duration::from_secs(2));
        let before = ticks(&child);
        std::thread::sleep(IDLE);
        let idle = ticks(&child) - before;
        let before = ticks(&child);
        for step in 0..MOVES {
            self.move_pointer(300 + step * 2, 250 + step);
            std::thread::sleep(Duration::from_millis(16));
        }
        let moving = (ticks(&child) - before) / f64::from(MOVES);
        let (resident, own) = memory(&child);
        child.kill().unwrap();
        child.wait().unwrap();
        while self.pixel() != empty {
            std::thread::sleep(Duration::from_millis(5));
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
            nianbao::app::kit::fonts::install(&creation.egui_ctx);
            Ok(Box::new(Bare))
        }),
    );
    run.unwrap();
}

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
    let mut peers = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        for (peer, costs) in peers.iter_mut().enumerate() {
            let mut command = match peer {
                0 => {
                    let mut command = Command::new(std::env::current_exe().unwrap());
                    command.env("NIANBAO_BARE", "1");
                    command
                }
                _ => Command::new(env!("CARGO_BIN_EXE_nianbao")),
            };
            if peer == 2 {
                command.arg(&sample);
            }
            command.env("NIANBAO_HOME", home.path());
            costs.push(screen.measure(&mut command));
        }
    }
    println!(
        "| 窗口 | 启动到第一帧 | 内存 | 其中自有 | 空闲5秒的CPU | 指针每动一次的CPU |\n|---|--:|--:|--:|--:|--:|"
    );
    let names = ["eframe空窗口，同一字体", "年报，开始页", "年报，打开样例"];
    for (name, costs) in names.iter().zip(&peers) {
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
