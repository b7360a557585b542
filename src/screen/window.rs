//! Opens the window and runs its event loop. It knows no shape and no tile.

use std::sync::Arc;
use std::time::Instant;

use egui::Context;
use winit::application::ApplicationHandler;
use winit::event::WindowEvent;
use winit::event_loop::{ActiveEventLoop, ControlFlow, EventLoop, EventLoopProxy};
use winit::window::WindowId;

use super::options::{Draw, Options, StartError, Wake};
use super::running::Running;

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
        let proxy = &self.proxy;
        let running = Running::new(&self.ctx, event_loop, proxy, &self.options, create)?;
        Ok(Some(running))
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
                if !running.tries_again() {
                    self.failed = Some(error);
                    event_loop.exit();
                }
            }
        }
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
            Wake::Repaint(when, pass) => running.wake(when, pass),
            Wake::Outside(when) => running.ask(when),
            Wake::Access(event) => running.access(event.window_event),
        }
    }

    fn about_to_wait(&mut self, event_loop: &ActiveEventLoop) {
        let next = |handler: &Self| handler.running.as_ref().and_then(Running::next);
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
