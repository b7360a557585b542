//! The window and its event loop. It knows no shape and no tile.

use std::num::NonZeroU32;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use egui::{ColorImage, Context, Ui, ViewportBuilder, ViewportCommand, ViewportId, ViewportInfo};
use egui_winit::{ActionRequested, accesskit_winit};
use winit::application::ApplicationHandler;
use winit::event::{ElementState, WindowEvent};
use winit::event_loop::{
    ActiveEventLoop, ControlFlow, EventLoop, EventLoopBuilder, EventLoopProxy,
};
use winit::window::{Window, WindowId};

use super::{Damage, Painter, pixel, wheel};

/// A window that cannot be seen is asked for its timers only this often.
const HIDDEN_PAUSE: Duration = Duration::from_millis(250);
/// The pause between frames where bringing the pixels to the screen takes long, as over a network.
const SLOW_PAUSE: Duration = Duration::from_millis(33);
/// From this time on, presenting takes long.
const SLOW: Duration = Duration::from_millis(6);
/// So many frames in a row may fail to reach the screen before the window gives up.
const MOST_FAILURES: u32 = 20;

/// How the window is opened and fed.
#[derive(Debug, Clone)]
pub struct Options {
    /// Title, size and icon.
    pub viewport: ViewportBuilder,
    /// Settles which window system is asked.
    pub prepare: fn(&mut EventLoopBuilder<Wake>),
    /// The least time from one frame to the next.
    pub pause: Duration,
    /// Whether a frame is painted within each step of resizing, where the system lets nothing else
    /// happen meanwhile (Windows).
    pub paints_while_resizing: bool,
}

/// Why there is no window, or none any more.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The window system cannot be reached.
    #[error("{0}")]
    EventLoop(#[from] winit::error::EventLoopError),
    /// It opens no window.
    #[error("{0}")]
    Window(#[from] winit::error::OsError),
    /// There is a window, but pixels cannot be brought to it.
    #[error("{0}")]
    Surface(#[from] softbuffer::SoftBufferError),
}

/// What wakes the event loop from outside of the window system.
#[derive(Debug)]
pub enum Wake {
    /// egui wants a frame at that time, as said in that pass.
    Repaint(Instant, u64),
    /// A screen reader asks for something.
    Access(accesskit_winit::Event),
}

impl From<accesskit_winit::Event> for Wake {
    fn from(event: accesskit_winit::Event) -> Self {
        Self::Access(event)
    }
}

/// What draws a frame.
pub type Draw = Box<dyn FnMut(&mut Ui)>;

/// Opens a window and runs it until it is closed; `create` is called once there is one to draw into, and
/// what it returns is dropped before this returns.
///
/// # Errors
/// Says what kept the window from opening, or from being drawn later on.
pub fn run(options: Options, create: impl FnOnce(&Context) -> Draw) -> Result<(), StartError> {
    let mut builder = EventLoop::<Wake>::with_user_event();
    (options.prepare)(&mut builder);
    let event_loop = builder.build()?;
    let ctx = Context::default();
    // As eframe does: a frame may be laid out twice where its sizes were not known.
    ctx.options_mut(|options| options.max_passes = std::num::NonZeroUsize::MIN.saturating_add(1));
    ctx.set_embed_viewports(false);
    let provider = egui_system_font_provider::SystemFontProvider::new();
    ctx.add_font_provider(Arc::new(provider));
    let mut handler = Handler {
        ctx,
        proxy: event_loop.create_proxy(),
        options,
        create: Some(create),
        running: None,
        failed: None,
    };
    let outcome = event_loop.run_app(&mut handler);
    if let Some(error) = handler.failed {
        return Err(error);
    }
    Ok(outcome?)
}

struct Handler<F> {
    ctx: Context,
    proxy: EventLoopProxy<Wake>,
    options: Options,
    create: Option<F>,
    running: Option<Running>,
    failed: Option<StartError>,
}

impl<F: FnOnce(&Context) -> Draw> Handler<F> {
    fn start(&mut self, event_loop: &ActiveEventLoop) -> Result<Option<Running>, StartError> {
        let Some(create) = self.create.take() else {
            return Ok(None);
        };
        let ctx = self.ctx.clone();
        // Shown with its first picture.
        let viewport = self.options.viewport.clone().with_visible(false);
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
        input.init_accesskit(event_loop, &window, self.proxy.clone());
        let proxy = Mutex::new(self.proxy.clone());
        ctx.set_request_repaint_callback(move |info| {
            let wake = Wake::Repaint(Instant::now() + info.delay, info.current_cumulative_pass_nr);
            if let Ok(proxy) = proxy.lock() {
                // Nobody listens any more once the window is closed.
                drop(proxy.send_event(wake));
            }
        });
        let mut info = ViewportInfo::default();
        egui_winit::update_viewport_info(&mut info, &ctx, &window, true);
        let draw = create(&ctx);
        Ok(Some(Running {
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
            pause: self.options.pause,
            is_slow: false,
            failures: 0,
        }))
    }

    /// Runs a frame; a window that cannot be drawn any more is closed.
    fn frame(&mut self, event_loop: &ActiveEventLoop) {
        let Some(running) = &mut self.running else {
            return;
        };
        match running.frame(event_loop) {
            Ok(true) => {}
            Ok(false) => event_loop.exit(),
            Err(error) => {
                running.failures += 1;
                if running.failures > MOST_FAILURES || !running.is_shown {
                    self.failed = Some(error);
                    event_loop.exit();
                } else {
                    running.painter.forget();
                    running.ask(Instant::now());
                }
            }
        }
    }
}

struct Running {
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
}

impl Running {
    /// Runs and paints a frame; `false` when the window is to be closed.
    fn frame(&mut self, event_loop: &ActiveEventLoop) -> Result<bool, StartError> {
        self.last = Some(Instant::now());
        self.next = None;
        let ctx = self.ctx.clone();
        egui_winit::update_viewport_info(&mut self.info, &ctx, &self.window, false);
        self.is_hidden = self.info.visible() == Some(false);
        let mut raw = self.input.take_egui_input(&self.window);
        ctx.options(|options| wheel::scroll_at_once(&options.input_options, &mut raw));
        raw.viewports = std::iter::once((ViewportId::ROOT, self.info.clone())).collect();
        let is_closing = raw.viewport().close_requested();
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
                self.present(width, height)?;
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

    /// Paints what changed and brings it to the screen.
    fn present(&mut self, width: NonZeroU32, height: NonZeroU32) -> Result<(), StartError> {
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
        Ok(())
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
    fn ask(&mut self, when: Instant) {
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

    fn event(&mut self, event: &WindowEvent) {
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

    fn access(&mut self, event: accesskit_winit::WindowEvent) {
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

impl<F: FnOnce(&Context) -> Draw> ApplicationHandler<Wake> for Handler<F> {
    fn resumed(&mut self, event_loop: &ActiveEventLoop) {
        if self.running.is_some() {
            return;
        }
        match self.start(event_loop) {
            Ok(running) => self.running = running,
            Err(error) => {
                self.failed = Some(error);
                event_loop.exit();
            }
        }
        self.frame(event_loop);
    }

    fn window_event(&mut self, event_loop: &ActiveEventLoop, _: WindowId, event: WindowEvent) {
        let Some(running) = &mut self.running else {
            return;
        };
        running.event(&event);
        if self.options.paints_while_resizing && matches!(event, WindowEvent::Resized(_)) {
            self.frame(event_loop);
        }
    }

    fn user_event(&mut self, _: &ActiveEventLoop, event: Wake) {
        let Some(running) = &mut self.running else {
            return;
        };
        match event {
            Wake::Repaint(when, pass) => {
                // One that was asked for long ago has come since.
                let now = self.ctx.cumulative_pass_nr_for(ViewportId::ROOT);
                if now == pass || now == pass + 1 {
                    running.ask(when);
                }
            }
            Wake::Access(event) => running.access(event.window_event),
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        let next = |handler: &Self| handler.running.as_ref().and_then(|running| running.next);
        if next(self).is_some_and(|next| next <= Instant::now()) {
            self.frame(event_loop);
        }
        event_loop.set_control_flow(next(self).map_or(ControlFlow::Wait, ControlFlow::WaitUntil));
    }

    fn exiting(&mut self, _: &ActiveEventLoop) {
        // The program ends while its window still stands.
        self.running = None;
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
