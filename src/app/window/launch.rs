//! Opens the window, or says in one line why there can be none. It knows no draft.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use crate::app::actions::Action;
use crate::app::effects::Effect;
use crate::app::system::platform::Renderer;
use crate::app::system::{desktop, platform};
use crate::app::{App, Autosave, Native, Settings, State, WindowSize};
use crate::keep::{Places, crash};
use crate::{disk, screen, system};

/// Why there is no window; the commands that need none are named with it.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// No display server.
    #[error(
        "打不开窗口：没有图形界面（DISPLAY没有设置或者连不上），在桌面环境里运行，或者用不开窗口的命令：{COMMANDS}"
    )]
    NoDisplay,
    /// No usable OpenGL; the packages that bring it.
    #[error("打不开窗口：没有可用的OpenGL，安装{0}后再试，或者用不开窗口的命令：{COMMANDS}")]
    NoGraphics(&'static str),
    /// The driver on Windows offers nothing that can draw.
    #[error(
        "打不开窗口：显卡驱动用不了OpenGL，也用不了Direct3D，更新显卡驱动或者不经过远程桌面再试，或者用不开窗口的命令：{COMMANDS}"
    )]
    NoDriver,
    /// Libraries of the window system are missing; the packages that bring them.
    #[error("打不开窗口：缺少系统库，安装{0}后再试，或者用不开窗口的命令：{COMMANDS}")]
    Library(String),
    /// Something else.
    #[error("打不开窗口，可以用不开窗口的命令：{COMMANDS}（{0}）")]
    Other(String),
}

const COMMANDS: &str = "nianbao new、import、check、export、form、demo";

/// Opens the window, on a file if one is given, and returns when it is closed; it is drawn in the way
/// that was asked for, where one was.
///
/// # Errors
/// Says what is missing when there can be no window.
pub fn run(
    file: Option<PathBuf>,
    places: Option<Places>,
    asked: Option<&str>,
) -> Result<(), AppError> {
    if !system::has_display() {
        return Err(AppError::NoDisplay);
    }
    let started = Arc::new(AtomicBool::new(false));
    let notes = Arc::new(OnceLock::new());
    tell_panics(&started, &notes);
    let has_started = Arc::clone(&started);
    let kept_notes = Arc::clone(&notes);
    let kept = places.as_ref().map(Places::settings);
    let mut settings = kept.map_or_else(Settings::default, |kept| Settings::load_from(&kept));
    let renderer = platform::renderer(asked, settings.renderer.as_deref());
    let is_asked = asked.is_some();
    let viewport = viewport(settings.window);
    let create = move |ctx: &egui::Context| {
        has_started.store(true, Ordering::Relaxed);
        let shell = Box::new(Native::new(ctx));
        // The next start begins with what draws here, unless that was asked for this once.
        if !is_asked && platform::renderer(None, settings.renderer.as_deref()) != renderer {
            settings.renderer = Some(renderer.name().to_owned());
            drop(settings.save());
        }
        let mut state = state(settings, places, ctx);
        state.renderer = Some(renderer);
        if let Some(keeper) = &state.keeper {
            drop(notes.set(keeper.folder().to_owned()));
        }
        let mut app = App::new_for(ctx, shell, state);
        app.perform(
            ctx,
            Effect::start("", || Action::Desktop(desktop::is_dark())),
        );
        if let Some(file) = file {
            app.open(ctx, file);
        }
        app.offer_recovery();
        app
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| open(renderer, viewport, create)));
    let reason = match outcome {
        Ok(Ok(())) => return Ok(()),
        Ok(Err(reason)) => reason,
        Err(panic) if started.load(Ordering::Relaxed) => {
            let has_recovery = kept_notes.get().is_some();
            platform::tell(if has_recovery {
                crash::WORDS
            } else {
                crash::UNKEPT
            });
            resume_unwind(panic)
        }
        Err(panic) => words(panic.as_ref()),
    };
    if !is_asked {
        platform::start_again(renderer);
    }
    let error = explain(&reason);
    platform::tell(&error.to_string());
    Err(error)
}

/// Runs the window until it is closed; an error is in the words of the window system.
fn open(
    renderer: Renderer,
    viewport: egui::ViewportBuilder,
    create: impl FnOnce(&egui::Context) -> App + 'static,
) -> Result<(), String> {
    let drawn_by = match renderer {
        Renderer::Cpu => {
            let slow = system::has_remote_display();
            let options = screen::Options {
                viewport,
                prepare: system::use_x11,
                pause: Duration::from_millis(if slow { 33 } else { 16 }),
                paints_while_resizing: system::RESIZING_BLOCKS,
            };
            let outcome = screen::run(options, |ctx| {
                let mut app = create(ctx);
                Box::new(move |ui| app.ui(ui))
            });
            return outcome.map_err(|error| error.to_string());
        }
        // Not every system has the second one.
        Renderer::Glow | Renderer::Wgpu => renderer.name().parse().unwrap_or_default(),
    };
    let options = eframe::NativeOptions {
        viewport,
        renderer: drawn_by,
        // Noise between shades costs a quarter of a frame where the processor draws.
        dithering: false,
        event_loop_builder: Some(Box::new(system::use_x11)),
        ..eframe::NativeOptions::default()
    };
    let create: eframe::AppCreator<'static> =
        Box::new(move |creation| Ok(Box::new(create(&creation.egui_ctx))));
    eframe::run_native("nianbao", options, create).map_err(|error| error.to_string())
}

/// The window's state at the start: what is remembered, and what keeps drafts safe.
fn state(settings: Settings, places: Option<Places>, ctx: &egui::Context) -> State {
    let mut state = State::new(settings);
    let Some(places) = places else {
        state.unkept = Some("找不到存放它们的文件夹".to_owned());
        "找不到存放恢复文件的文件夹，请勤保存".clone_into(&mut state.notice);
        return state;
    };
    let woken = ctx.clone();
    match Autosave::start(places, move || woken.request_repaint()) {
        Ok(keeper) => state.keeper = Some(keeper),
        Err(error) => {
            let reason = disk::advice(&error);
            state.notice = format!("没有恢复文件，请勤保存：{reason}");
            state.unkept = Some(reason);
        }
    }
    state
}

/// A panic is noted without what it says, which may quote the report. One before the window is
/// there is told as an error; it needs no note.
fn tell_panics(started: &Arc<AtomicBool>, notes: &Arc<OnceLock<PathBuf>>) {
    let (started, notes) = (Arc::clone(started), Arc::clone(notes));
    set_hook(Box::new(move |panic| {
        if started.load(Ordering::Relaxed) {
            crash::note(panic, notes.get().map(PathBuf::as_path));
        }
    }));
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("panic").to_owned()
}

fn explain(reason: &str) -> AppError {
    let lower = reason.to_lowercase();
    let says = |parts: &[&str]| parts.iter().any(|part| lower.contains(part));
    let line = || reason.lines().next().unwrap_or_default().to_owned();
    if says(&[
        "wayland_display",
        "connection to x server",
        "display is set",
    ]) {
        AppError::NoDisplay
    } else if says(&["could not be loaded", "shared libraries", "libx"]) {
        AppError::Library(platform::missing_packages())
    } else if system::IS_WINDOWS && says(&["gl", "wgpu", "adapter", "device", "surface"]) {
        AppError::NoDriver
    } else if says(&["glutin", "glx", "egl", "opengl", "gl "]) {
        AppError::NoGraphics(platform::graphics_packages())
    } else {
        AppError::Other(line())
    }
}

fn viewport(window: Option<WindowSize>) -> egui::ViewportBuilder {
    let size = window.map_or([1280.0, 720.0], |window| {
        [f32::from(window.width), f32::from(window.height)]
    });
    let mut viewport = egui::ViewportBuilder::default()
        .with_title("年报填报")
        .with_app_id("nianbao")
        .with_inner_size(size)
        .with_maximized(window.is_some_and(|window| window.maximized))
        .with_min_inner_size([800.0, 480.0]);
    let icon = include_bytes!("../../../assets/icon.png");
    if let Ok(icon) = eframe::icon_data::from_png_bytes(icon) {
        viewport = viewport.with_icon(icon);
    }
    viewport
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_told_in_one_line() {
        for (reason, expected) in [
            (
                "winit EventLoopError: neither WAYLAND_DISPLAY nor WAYLAND_SOCKET nor DISPLAY is set.",
                "没有图形界面",
            ),
            ("Failed to open connection to X server", "没有图形界面"),
            (
                "Library libxkbcommon-x11.so could not be loaded",
                "libxkbcommon-x11-0",
            ),
            ("glutin error: [a7] GLXBadFBConfig", "libgl1"),
            (
                "Found no glutin configs matching the template",
                "libgl1-mesa-dri",
            ),
            ("something new\nand more", "something new"),
        ] {
            let line = explain(reason).to_string();
            assert!(line.contains(expected), "{line}");
            assert!(line.contains("nianbao new") && !line.contains('\n'));
        }
    }
}
