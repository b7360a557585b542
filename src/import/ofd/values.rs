//! What stands in attributes: numbers, boxes, colours, steps, paths.

use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use quick_xml::events::BytesStart;

use crate::import::package::attribute;
use crate::import::placed::drawing::Color;

/// More numbers than any attribute needs but for steps.
const NUMBERS: usize = 8;
/// The longest name, in bytes.
const NAME: usize = 200;
/// The most pieces of one path.
const PIECES: usize = 50_000;

/// Numbers with spaces between them, the first ones.
pub(super) fn numbers(text: &str) -> Vec<f64> {
    let words = text.split(|c: char| c.is_ascii_whitespace() || c == ',');
    let numbers = words.filter_map(|word| word.parse().ok());
    let numbers = numbers.filter(|number: &f64| number.is_finite());
    numbers.take(NUMBERS).collect()
}

/// A number of an element.
pub(super) fn number(element: &BytesStart<'_>, name: &str) -> Option<f64> {
    numbers(&attribute(element, name)?).first().copied()
}

/// The name that an element has or names.
pub(super) fn name(element: &BytesStart<'_>, attribute_name: &str) -> Option<String> {
    attribute(element, attribute_name).filter(|name| name.len() <= NAME)
}

/// A word for yes or no of an element.
pub(super) fn flag(element: &BytesStart<'_>, name: &str) -> Option<bool> {
    let value = attribute(element, name)?;
    Some(matches!(value.trim(), "true" | "1"))
}

/// A box: a corner and a size.
pub(super) fn area(text: &str) -> Option<Rect> {
    let [left, top, width, height] = numbers(text).try_into().ok()?;
    Some(Rect::new(left, top, left + width, top + height))
}

/// What leads from the coordinates of an object to those around it.
pub(super) fn place(element: &BytesStart<'_>) -> Affine {
    let corner = attribute(element, "Boundary").and_then(|text| area(&text));
    let corner = corner.map_or(Point::ZERO, |area| area.origin());
    let matrix = attribute(element, "CTM").and_then(|text| numbers(&text).try_into().ok());
    Affine::translate(corner.to_vec2()) * matrix.map_or(Affine::IDENTITY, Affine::new)
}

/// A colour of one, three or four parts; `None` when it is none of its own.
pub(super) fn color(element: &BytesStart<'_>) -> Option<Color> {
    let value = attribute(element, "Value")?;
    let part = |word: &str| match word.strip_prefix('#') {
        Some(digits) => u8::from_str_radix(digits, 16).ok().map(f32::from),
        None => word.parse().ok(),
    };
    let parts = value.split_ascii_whitespace().filter_map(part);
    let parts: Vec<f32> = parts.take(NUMBERS).collect();
    let alpha = number(element, "Alpha").map_or(1.0, |alpha| (alpha / 255.0) as f32);
    Some(match parts.as_slice() {
        [gray] => [gray / 255.0, gray / 255.0, gray / 255.0, alpha],
        [red, green, blue] => [red / 255.0, green / 255.0, blue / 255.0, alpha],
        [cyan, magenta, yellow, black] => {
            let part = |ink: f32| (1.0 - ink / 255.0) * (1.0 - black / 255.0);
            [part(*cyan), part(*magenta), part(*yellow), alpha]
        }
        _ => return None,
    })
}

/// Steps from letter to letter, no more than so many; “g 5 3.2” is five times 3.2.
pub(super) fn steps(text: &str, most: usize) -> Vec<f64> {
    let mut steps = Vec::new();
    let mut words = text.split_ascii_whitespace();
    while steps.len() < most
        && let Some(word) = words.next()
    {
        if word == "g" {
            let count = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
            let step = words.next().and_then(|word| word.parse().ok());
            let count = count.min(most - steps.len());
            steps.extend((0..count).map(|_| step.unwrap_or(0.0)));
        } else {
            steps.extend(word.parse::<f64>().ok());
        }
    }
    steps.retain(|step| step.is_finite());
    steps
}

/// A path: letters, each with its numbers behind it.
pub(super) fn path(text: &str) -> BezPath {
    let mut path = BezPath::new();
    let mut words = text.split_ascii_whitespace();
    let mut is_open = false;
    while let Some(word) = words.next() {
        let mut numbers = |count: usize| -> Vec<f64> {
            let numbers = words.by_ref().take(count);
            numbers.filter_map(|word| word.parse().ok()).collect()
        };
        let count = match word {
            "S" | "M" | "L" => 2,
            "Q" => 4,
            "B" => 6,
            "A" => 7,
            _ => 0,
        };
        let found = numbers(count);
        if found.len() < count || found.iter().any(|number| !number.is_finite()) {
            break;
        }
        let (x, y) = match found.as_slice() {
            [.., x, y] => (*x, *y),
            _ => (0.0, 0.0),
        };
        let end = Point::new(x, y);
        match word {
            "S" | "M" => {
                path.move_to(end);
                is_open = true;
            }
            "L" if is_open => path.line_to(end),
            // How it bends does not matter, only that it is no straight rule.
            "Q" | "B" | "A" if is_open => path.quad_to(end, end),
            "C" if is_open => path.close_path(),
            _ => {}
        }
        if path.elements().len() > PIECES {
            break;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_may_be_counted() {
        assert_eq!(steps("1 g 3 2.5 -1", 9), [1.0, 2.5, 2.5, 2.5, -1.0]);
        assert_eq!(steps("1 g 99999999999 2.5 -1", 3), [1.0, 2.5, 2.5]);
        assert_eq!(steps("g g x NaN", 9), Vec::<f64>::new());
    }

    #[test]
    fn of_an_attribute_without_end_only_the_start_is_kept() {
        let element = |value: &str| format!("a Name=\"{value}\"");
        let read = |text: &str| {
            let element = BytesStart::from_content(text, 1).into_owned();
            (name(&element, "Name"), number(&element, "Name"))
        };
        assert_eq!(read(&element("3 4")), (Some("3 4".to_owned()), Some(3.0)));
        let long = "3 ".repeat(1_000);
        assert_eq!(read(&element(&long)), (None, Some(3.0)));
        assert!(numbers(&long).len() <= NUMBERS);
        assert_eq!(area(&long), None);
    }

    #[test]
    fn paths_end_where_they_cannot_be_read() {
        assert_eq!(path("M 0 0 L 5 0 C").elements().len(), 3);
        assert_eq!(
            path("M 0 0 B 1 1 2 2 3 3 A 1 1 0 0 1 9 9").elements().len(),
            3
        );
        assert_eq!(path("L 5 0 M 1").elements().len(), 0);
        assert_eq!(path("M 0 0 L x 1").elements().len(), 1);
    }
}
