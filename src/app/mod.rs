//! The window: reads the draft, asks for changes, and is drawn again.
//!
//! Views get the [`State`] to read and push actions; one match after the frame runs them.
//!
//! | room | what | knows |
//! |---|---|---|
//! | `system` | what the window takes from the system | nothing of the window |
//! | `state` | what the window shows: data | system |
//! | `actions`, `effects` | what views ask for; what is left to the system | state |
//! | `update` | what actions do | all above |
//! | `widgets` | colours, fonts, menus, dialogs | nothing of the report |
//! | `table` | the statutory table as a sheet | widgets, and the form |
//! | `views` | each reads the state and says what it asks for | all above |
//! | `window` | a frame: keys, panels, focus, the way to the system | all above |

mod actions;
mod effects;
mod state;
pub mod system;
pub mod table;
mod update;
mod views;
pub mod widgets;
mod window;

pub use actions::{ImportAction, RecoveryAction};
pub use effects::{Effect, Handling, Job};
pub use state::after::ThenDo;
pub use state::autosave::{Autosave, AutosaveState, Typing};
pub use state::deadline::Deadline;
pub use state::dialog::{
    AskYear, Dialog, FilePurpose, NewReport, PendingFileDialog, ReadFrom, Seek,
};
pub use state::find::Find;
pub use state::findings::{Filter, FindingsRoom};
pub use state::import::ImportReview;
pub use state::jobs::RunningJob;
pub use state::likeliest::Likeliest;
pub use state::listing::DirListing;
pub use state::offer::{FileNow, RecoverableDraft};
pub use state::progress::{NextStep, Progress};
pub use state::protection::Unprotected;
pub use state::publish::{FileOutcome, Publishing, WritingProgress};
pub use state::recent::{DraftSummaries, DraftSummary};
pub use state::recovery::{Compared, RecoveryDialog};
pub use state::saving::SaveDone;
pub use state::settings::{Recent, Settings, ThemeChoice, WindowSize};
pub use state::{OpenDraft, Pages, PartId, State, Target};
pub use system::shell::{Clip, FileAnswer, FileQuestion, Moment, Native, Scripted, Shell, Work};
pub use window::App;
pub use window::launch::{AppError, run};
