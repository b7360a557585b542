//! A save on its way.

use std::path::PathBuf;
use std::sync::{Arc, Weak};

use crate::app::state::after::ThenDo;
use crate::keep::lock::Lock;
use crate::keep::save::{SaveError, Saved};
use crate::report::Revision;

/// A save of one draft that is on its way, and what is to be saved after it.
#[derive(Debug, Default)]
pub(in crate::app) struct Saving {
    /// Lives as long as the work does, however it ends.
    pub(in crate::app) token: Weak<()>,
    /// Whether its disk has not answered for a long time.
    pub(in crate::app) is_stalled: bool,
    /// Asked for in the meantime.
    pub(in crate::app) next: Option<(PathBuf, Option<ThenDo>)>,
}

/// A save that nothing came of for a long time.
#[derive(Debug)]
pub struct SaveStalled {
    pub(in crate::app) token: Weak<()>,
    pub(in crate::app) path: PathBuf,
    pub(in crate::app) after: Option<ThenDo>,
}

/// What came of a save.
#[derive(Debug)]
pub struct SaveDone {
    pub(in crate::app) token: Arc<()>,
    pub(in crate::app) path: PathBuf,
    pub(in crate::app) revision: Revision,
    pub(in crate::app) after: Option<ThenDo>,
    pub(in crate::app) lock: Option<Lock>,
    pub(in crate::app) outcome: Result<Saved, SaveError>,
}
