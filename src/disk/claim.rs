//! Where a new file may go. What stands in its place is looked at before any work is done for it.

use std::io;
use std::path::Path;

use super::door::Storage;
use super::refusal::Refusal;
use crate::system;

/// Whether what stands in the place of a new file may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaces {
    /// Somebody said so.
    Anything,
    /// Nobody said so.
    Nothing,
}

impl Replaces {
    /// As it was said on the command line.
    #[must_use]
    pub fn said(overwrite: bool) -> Self {
        if overwrite {
            Self::Anything
        } else {
            Self::Nothing
        }
    }
}

/// Where a new file may go: never in the place of a file that was read, and in that of another one
/// only when that was said.
#[derive(Debug, Clone, Copy)]
pub struct FileClaim<'a> {
    /// The files that were read.
    pub inputs: &'a [&'a Path],
    /// Whether another file may go.
    pub replaces: Replaces,
}

impl FileClaim<'_> {
    /// Whatever stands there may go.
    pub const ANYTHING: Self = Self {
        inputs: &[],
        replaces: Replaces::Anything,
    };
    /// Nothing that stands there may go.
    pub const NEW: Self = Self {
        inputs: &[],
        replaces: Replaces::Nothing,
    };
}

/// Whether a file may be written there, before any work is done for it.
///
/// # Errors
/// Says why not; the system is asked again when the file is written.
pub fn check(storage: &dyn Storage, path: &Path, claim: FileClaim<'_>) -> io::Result<()> {
    if claim
        .inputs
        .iter()
        .any(|input| system::is_same_file(input, path))
    {
        return Err(Refusal::Input.into());
    }
    let Ok(look) = storage.look(path) else {
        return Ok(());
    };
    if look.is_folder {
        Err(io::ErrorKind::IsADirectory.into())
    } else if !look.is_regular {
        Err(Refusal::Irregular.into())
    } else if claim.replaces == Replaces::Nothing {
        Err(Refusal::Exists.into())
    } else {
        Ok(())
    }
}
