//! Building blocks of the views: colours, fonts, menus, the grid. They know no draft history and no action.

pub mod dialog;
pub mod fit;
pub mod fonts;
pub mod ime;
pub mod menu;
pub mod theme;
pub mod toast;
