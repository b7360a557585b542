//! What a window is opened with, and what wakes it.

use std::time::{Duration, Instant};

use egui::{Ui, ViewportBuilder};
use egui_winit::accesskit_winit;
use winit::event_loop::EventLoopBuilder;

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
    /// Another thread wants a frame at that time.
    Outside(Instant),
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
