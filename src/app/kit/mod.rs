//! Building blocks of the views: colours, fonts, the grid. They know no draft history and no action.

pub mod fit;
pub mod fonts;
pub mod grid;
pub mod ime;
pub mod theme;
pub mod toast;
