//! The window while it is open: its frames, what it is told and what it shows. It knows no shape and no tile.

use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use egui::{ColorImage, Context, ViewportCommand, ViewportId, ViewportInfo};
use egui_winit::{ActionRequested, accesskit_winit};
use winit::event::{ElementState, WindowEvent};
use winit::event_loop::{ActiveEventLoop, EventLoopProxy};
use winit::window::Window;

use super::calm::{self, Asked};
use super::options::{Draw, Options, StartError, Wake};
use super::{Damage, Painter, pixel, wheel};

/// A window that cannot be seen is asked for its timers only this often.
const HIDDEN_PAUSE: Duration = Duration::from_millis(250);
/// The pause between frames where bringing the pixels to the screen takes long, as over a network.
const SLOW_PAUSE: Duration = Duration::from_millis(33);
/// From this time on, presenting takes long.
const SLOW: Duration = Duration::from_millis(6);
/// So many frames in a row may fail to reach the screen before the window gives up.
const MOST_FAILURES: u32 = 20;

/// An open window.
pub struct Running {
    ctx: Context,
    window: Rc<Window>,
    surface: softbuffer::Surface<Rc<Window>, Rc<Window>>,
    input: egui_winit::State,
    info: ViewportInfo,
    draw: Draw,
    painter: Painter,
    /// Screenshots that were asked for.
    pending: Vec<egui::ScreenshotCallback>,
    size: [u32; 2],
    is_shown: bool,
    /// Whether nothing of it can be seen.
    is_hidden: bool,
    last: Option<Instant>,
    next: Option<Instant>,
    pause: Duration,
    /// Whether presenting took long the last time.
    is_slow: bool,
    /// Frames in a row that did not reach the screen.
    failures: u32,
    asked: Asked,
    /// The pass after which egui's own wish for another one is not heard.
    settled: Option<u64>,
}

impl Running {
    /// Opens the window, yet unseen.
    pub fn new(
        ctx: &Context,
        event_loop: &ActiveEventLoop,
        proxy: &EventLoopProxy<Wake>,
        options: &Options,
        create: impl FnOnce(&Context) -> Draw,
    ) -> Result<Self, StartError> {
        let ctx = ctx.clone();
        // Shown with its first picture.
        let viewport = options.viewport.clone().with_visible(false);
        let window = Rc::new(egui_winit::create_window(&ctx, event_loop, &viewport)?);
        let context = softbuffer::Context::new(Rc::clone(&window))?;
        let surface = softbuffer::Surface::new(&context, Rc::clone(&window))?;
        let scale = Some(window.scale_factor() as f32);
        let mut input = egui_winit::State::new(
            ctx.clone(),
            ViewportId::ROOT,
            &window,
            scale,
            window.theme(),
            Some(8192),
        );
        input.init_accesskit(event_loop, &window, proxy.clone());
        let wake = waker(proxy, Wake::Repaint);
        ctx.set_request_repaint_callback(wake);
        let asked = Asked::default();
        asked.listen(&ctx, waker(proxy, |when, _| Wake::Outside(when)));
        let mut info = ViewportInfo::default();
        egui_winit::update_viewport_info(&mut info, &ctx, &window, true);
        let draw = create(&ctx);
        Ok(Self {
            ctx,
            window,
            surface,
            input,
            info,
            draw,
            painter: Painter::default(),
            pending: Vec::new(),
            size: [0, 0],
            is_shown: false,
            is_hidden: false,
            last: None,
            next: None,
            pause: options.pause,
            is_slow: false,
            failures: 0,
            asked,
            settled: None,
        })
    }

    /// When the next frame is due.
    pub fn next(&self) -> Option<Instant> {
        self.next
    }

    /// Begins anew after a frame that did not reach the screen; `false` when that is of no use.
    pub fn tries_again(&mut self) -> bool {
        self.failures += 1;
        self.painter.forget();
        self.ask(Instant::now());
        self.is_shown && self.failures <= MOST_FAILURES
    }

    /// Takes what egui asked for in a pass.
    pub fn wake(&mut self, when: Instant, pass: u64) {
        // One that was asked for long ago has come since.
        let now = self.ctx.cumulative_pass_nr_for(ViewportId::ROOT);
        let is_new = now == pass || now == pass + 1;
        if is_new && self.settled != Some(pass) {
            self.ask(when);
        }
    }

    /// Runs and paints a frame; `false` when the window is to be closed.
    pub fn frame(&mut self, event_loop: &ActiveEventLoop) -> Result<bool, StartError> {
        self.last = Some(Instant::now());
        self.next = None;
        let ctx = self.ctx.clone();
        egui_winit::update_viewport_info(&mut self.info, &ctx, &self.window, false);
        self.is_hidden = self.info.visible() == Some(false);
        let mut raw = self.input.take_egui_input(&self.window);
        ctx.options(|options| wheel::scroll_at_once(&options.input_options, &mut raw));
        raw.viewports = std::iter::once((ViewportId::ROOT, self.info.clone())).collect();
        let is_closing = raw.viewport().close_requested();
        let (are_moves, asked) = (calm::are_moves(&raw.events), self.asked.count());
        let pass = ctx.cumulative_pass_nr_for(ViewportId::ROOT);
        let mut output = ctx.run_ui(raw, |ui| (self.draw)(ui));
        self.info.events.clear();
        self.painter.take_textures(&mut output.textures_delta);
        self.input.handle_platform_output_with_event_loop(
            &self.window,
            event_loop,
            output.platform_output,
        );
        let commands = output.viewport_output.into_values();
        let is_kept = self.obey(commands.flat_map(|viewport| viewport.commands).collect());
        let window = self.window.inner_size();
        let size = [window.width, window.height];
        if let [Some(width), Some(height)] = size.map(NonZeroU32::new) {
            self.painter
                .take_shapes(&ctx, output.shapes, output.pixels_per_point, size);
            if !self.is_hidden || !self.pending.is_empty() {
                let is_same = !self.present(width, height)?;
                let is_habit = self.asked.count() == asked + calm::HABIT;
                self.settled = (are_moves && is_same && is_habit).then_some(pass);
            }
        }
        if !self.is_shown {
            self.is_shown = true;
            self.window.set_visible(true);
        }
        Ok(!is_closing || is_kept)
    }

    /// Does what the program asked of its window; `true` when it is not to be closed.
    fn obey(&mut self, commands: Vec<ViewportCommand>) -> bool {
        let is_kept = commands.contains(&ViewportCommand::CancelClose);
        let mut asked = Vec::new();
        egui_winit::process_viewport_commands(
            &self.ctx,
            &mut self.info,
            commands,
            &self.window,
            &mut asked,
        );
        for action in asked {
            match action {
                ActionRequested::Screenshot(callback) => self.pending.push(callback),
                ActionRequested::PaintWhileHidden => {}
                ActionRequested::Cut => self.input.egui_input_mut().events.push(egui::Event::Cut),
                ActionRequested::Copy => self.input.egui_input_mut().events.push(egui::Event::Copy),
                ActionRequested::Paste => {
                    let text = self
                        .input
                        .clipboard_text()
                        .map(|text| text.replace("\r\n", "\n"));
                    let text = text.filter(|text| !text.is_empty());
                    let events = &mut self.input.egui_input_mut().events;
                    events.extend(text.map(egui::Event::Paste));
                }
            }
        }
        is_kept
    }

    /// Paints what changed and brings it to the screen; `false` when nothing did.
    fn present(&mut self, width: NonZeroU32, height: NonZeroU32) -> Result<bool, StartError> {
        let size = [width.get(), height.get()];
        if self.size != size {
            self.surface.resize(width, height)?;
            self.size = size;
        }
        let mut buffer = self.surface.buffer_mut()?;
        // Where there is more than one buffer, this one does not hold the last frame.
        let everything = buffer.age() != 1;
        let background = self.ctx.global_style().visuals.panel_fill;
        let damage = self.painter.paint(&mut buffer, background, everything);
        if !self.pending.is_empty() {
            let picture = Arc::new(picture(&buffer, size));
            for callback in self.pending.drain(..) {
                callback.complete(Arc::clone(&picture));
            }
        }
        let damage: Vec<softbuffer::Rect> = damage.into_iter().filter_map(rect).collect();
        if !damage.is_empty() {
            self.window.pre_present_notify();
            let begun = Instant::now();
            buffer.present_with_damage(&damage)?;
            self.is_slow = begun.elapsed() > SLOW;
        }
        self.failures = 0;
        Ok(!damage.is_empty())
    }

    /// Shows again what the system lost; frames come another way, so that is what a redraw means.
    fn show_again(&mut self) {
        let shown = match self.surface.buffer_mut() {
            Ok(buffer) if buffer.age() == 1 => buffer.present().is_ok(),
            _ => false,
        };
        if !shown {
            self.painter.forget();
            self.ask(Instant::now());
        }
    }

    /// Asks for a frame: the first after a rest comes at once, the next ones no faster than the pause.
    pub fn ask(&mut self, when: Instant) {
        let pause = if self.is_hidden {
            HIDDEN_PAUSE
        } else if self.is_slow {
            self.pause.max(SLOW_PAUSE)
        } else {
            self.pause
        };
        let when = self.last.map_or(when, |last| when.max(last + pause));
        self.next = Some(self.next.map_or(when, |next| next.min(when)));
    }

    pub fn event(&mut self, event: &WindowEvent) {
        match event {
            WindowEvent::RedrawRequested => {
                self.show_again();
                return;
            }
            WindowEvent::CloseRequested => {
                self.info.events.push(egui::ViewportEvent::Close);
                self.ask(Instant::now());
            }
            WindowEvent::Occluded(is_occluded) => {
                self.info.occluded = Some(*is_occluded);
                self.is_hidden = *is_occluded;
                // What it had asked for meanwhile need not wait as long any more.
                self.ask(Instant::now());
            }
            // Comes with every movement of a mouse beside the event that egui reads.
            WindowEvent::AxisMotion { .. } => return,
            _ => {}
        }
        let is_release = matches!(
            event,
            WindowEvent::KeyboardInput { event, .. } if event.state == ElementState::Released
        );
        let response = self.input.on_window_event(&self.window, event);
        // The release of a key changes nothing by itself; egui learns of it with the next frame.
        if response.repaint && !is_release {
            self.ask(Instant::now());
        }
    }

    pub fn access(&mut self, event: accesskit_winit::WindowEvent) {
        match event {
            accesskit_winit::WindowEvent::InitialTreeRequested => self.ctx.enable_accesskit(),
            accesskit_winit::WindowEvent::ActionRequested(request) => {
                self.input.on_accesskit_action_request(request);
            }
            accesskit_winit::WindowEvent::AccessibilityDeactivated => {
                self.ctx.disable_accesskit();
                return;
            }
        }
        self.ask(Instant::now());
    }
}

/// Wakes the event loop for a frame that egui was asked for.
fn waker(
    proxy: &EventLoopProxy<Wake>,
    wake: impl Fn(Instant, u64) -> Wake + Send + Sync + 'static,
) -> impl Fn(egui::RequestRepaintInfo) + Send + Sync + 'static {
    let proxy = Mutex::new(proxy.clone());
    move |info| {
        let wake = wake(Instant::now() + info.delay, info.current_cumulative_pass_nr);
        if let Ok(proxy) = proxy.lock() {
            // Nobody listens any more once the window is closed.
            drop(proxy.send_event(wake));
        }
    }
}

fn rect(damage: Damage) -> Option<softbuffer::Rect> {
    Some(softbuffer::Rect {
        x: damage.x,
        y: damage.y,
        width: NonZeroU32::new(damage.width)?,
        height: NonZeroU32::new(damage.height)?,
    })
}

fn picture(pixels: &[u32], size: [u32; 2]) -> ColorImage {
    let rgba: Vec<u8> = pixels
        .iter()
        .flat_map(|&pixel| pixel::rgba(pixel))
        .collect();
    let size = size.map(|side| usize::try_from(side).unwrap_or(0));
    ColorImage::from_rgba_premultiplied(size, &rgba)
}
