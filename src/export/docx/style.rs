//! The looks: fonts, sizes and indents as docx-rs styles, and the parts docx-rs cannot write.
//!
//! Built-in styles carry their English names, which Word and WPS translate.

use std::collections::BTreeSet;

use docx_rs::{
    AlignmentType, BorderType, RunFonts, RunProperty, SpecialIndentType, Style, StyleType,
    TableBorder, TableBorderPosition, TableBorders, TableCellMargins,
};

use super::with_line;
use crate::doc::sheet::{
    BIAO_SONG, CELL_EDGE, CELL_SIDE, FOOTER_INDENT, FOOTER_LINE, FOOTER_SIZE, HEI, KAI, SONG, TIMES,
};
use crate::report::Choices;

pub(super) const TITLE: &str = "Title";
pub(super) const BODY: &str = "BodyText";
pub(super) const HEADER: &str = "Header";
pub(super) const SIGNATURE: &str = "Signature";
/// The character style of a heading that runs on into its paragraph.
pub(super) const RUN_IN: &str = "RunInHeading";
/// The same of the third level, which only a house rule sets apart.
pub(super) const RUN_IN_THIRD: &str = "RunInHeading3";
/// The number of the letter under the title.
pub(super) const NUMBER: &str = "LetterNumber";
pub(super) const FOOTER_ODD: &str = "FooterOdd";
pub(super) const FOOTER_EVEN: &str = "FooterEven";
pub(super) const TABLE: &str = "ReportTable";
pub(super) const TABLE_LABEL: &str = "TableLabel";
pub(super) const TABLE_HEAD: &str = "TableHead";
pub(super) const TABLE_VALUE: &str = "TableValue";

pub(super) const NORMAL: &str = "Normal";
const TABLE_NORMAL: &str = "TableNormal";
const FOOTER: &str = "Footer";
const TABLE_TEXT: &str = "TableText";
const HEADINGS: [&str; 3] = ["Heading1", "Heading2", "Heading3"];

/// Styles that apply where a document names none.
pub(super) const DEFAULTS: [&str; 4] = [NORMAL, "DefaultParagraphFont", TABLE_NORMAL, "NoList"];

/// The fonts of Chinese and of Latin text, both named, so that no default face slips in.
pub(super) fn fonts(name: &str, choices: &Choices) -> RunFonts {
    of_both(if choices.times { TIMES } else { name }, name)
}

fn of_both(latin: &str, name: &str) -> RunFonts {
    RunFonts::new()
        .ascii(latin)
        .hi_ansi(latin)
        .east_asia(name)
        .cs(latin)
}

/// The style of a heading; deeper levels look like the third.
pub(super) fn heading(level: u8) -> &'static str {
    let [first, second, third] = HEADINGS;
    match level {
        0 | 1 => first,
        2 => second,
        _ => third,
    }
}

/// Every style of the document except “Normal”, which docx-rs writes itself.
pub(super) fn all(choices: &Choices) -> Vec<Style> {
    let [first, second, third] = HEADINGS;
    let title = paragraph(TITLE, "Title", NORMAL)
        .next(BODY)
        .ui_priority(10)
        .fonts(fonts(&choices.title_font, choices))
        .size(usize::from(choices.title_size))
        .snap_to_grid(false)
        .align(AlignmentType::Center);
    let body = spaced(paragraph(BODY, "Body Text", NORMAL), choices)
        .ui_priority(1)
        .align(AlignmentType::Both)
        .indent(
            None,
            Some(SpecialIndentType::FirstLine(first_line(choices))),
            None,
            None,
        );
    let number = spaced(paragraph(NUMBER, "文号", NORMAL), choices)
        .ui_priority(10)
        .next(BODY)
        .align(AlignmentType::Center);
    let signature = spaced(paragraph(SIGNATURE, "Signature", NORMAL), choices)
        .ui_priority(99)
        .align(AlignmentType::Right);
    let mut styles = defaults();
    styles.extend(vec![
        with_line(title, choices.line_pitch),
        with_line(body, choices.line_pitch),
        with_line(signature, choices.line_pitch),
        with_line(number, choices.line_pitch),
        Style::new(RUN_IN, StyleType::Character)
            .name("段首标题")
            .fonts(fonts(KAI, choices)),
        Style::new(RUN_IN_THIRD, StyleType::Character)
            .name("段首三级标题")
            .bold(),
        heading_style(choices, (first, "heading 1"), HEI, 0),
        heading_style(choices, (second, "heading 2"), KAI, 1),
        heading_style(choices, (third, "heading 3"), &choices.body_font, 2),
    ]);
    styles.extend(footers());
    styles.extend(tables(choices));
    styles
}

fn defaults() -> Vec<Style> {
    let hidden = |id: &str, kind, name: &str| {
        Style::new(id, kind)
            .name(name)
            .q_format(false)
            .ui_priority(99)
            .semi_hidden()
            .unhide_when_used()
    };
    vec![
        hidden(
            "DefaultParagraphFont",
            StyleType::Character,
            "Default Paragraph Font",
        ),
        hidden(TABLE_NORMAL, StyleType::Table, "Normal Table")
            .clear_all_border()
            .margins(TableCellMargins::new().margin(0, 108, 0, 108)),
        hidden("NoList", StyleType::Numbering, "No List"),
    ]
}

fn paragraph(id: &str, name: &str, base: &str) -> Style {
    Style::new(id, StyleType::Paragraph)
        .name(name)
        .based_on(base)
}

fn first_line(choices: &Choices) -> i32 {
    i32::from(choices.first_line())
}

fn spaced(mut style: Style, choices: &Choices) -> Style {
    let spacing = choices.character_spacing();
    if spacing != 0 {
        style.run_property = RunProperty::new().character_spacing(spacing);
    }
    style
}

fn heading_style(choices: &Choices, names: (&str, &str), font: &str, outline: usize) -> Style {
    let mut style = spaced(paragraph(names.0, names.1, NORMAL), choices)
        .next(BODY)
        .ui_priority(9)
        .fonts(fonts(font, choices))
        .size(usize::from(choices.body_size))
        .align(AlignmentType::Both)
        .indent(
            None,
            Some(SpecialIndentType::FirstLine(first_line(choices))),
            None,
            None,
        )
        .outline_lvl(outline);
    if outline > 1 && choices.bold_third {
        style = style.bold();
    }
    style.paragraph_property.keep_next = Some(true);
    style.paragraph_property.keep_lines = Some(true);
    with_line(style, choices.line_pitch)
}

/// The page number stands on the outer side, one character in from the edge; the mark in the middle.
fn footers() -> Vec<Style> {
    let base = paragraph(FOOTER, "footer", NORMAL)
        .ui_priority(99)
        .fonts(of_both(SONG, SONG))
        .size(usize::from(FOOTER_SIZE))
        .snap_to_grid(false);
    vec![
        paragraph(HEADER, "header", NORMAL)
            .ui_priority(99)
            .fonts(of_both(HEI, HEI))
            .size(usize::from(FOOTER_SIZE))
            .align(AlignmentType::Center),
        with_line(base, FOOTER_LINE),
        paragraph(FOOTER_ODD, "奇数页码", FOOTER)
            .align(AlignmentType::Right)
            .indent(None, None, Some(FOOTER_INDENT.into()), None),
        paragraph(FOOTER_EVEN, "偶数页码", FOOTER)
            .align(AlignmentType::Left)
            .indent(Some(FOOTER_INDENT.into()), None, None, Some(100)),
    ]
}

fn tables(choices: &Choices) -> Vec<Style> {
    let text = paragraph(TABLE_TEXT, "表格文字", NORMAL)
        .size(usize::from(choices.table_size))
        .snap_to_grid(false);
    let grid = [
        TableBorderPosition::Top,
        TableBorderPosition::Left,
        TableBorderPosition::Bottom,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ]
    .into_iter()
    .fold(TableBorders::with_empty(), |borders, position| {
        borders.set(
            TableBorder::new(position)
                .border_type(BorderType::Single)
                .size(4)
                .color("auto"),
        )
    });
    vec![
        with_line(text, choices.table_line()),
        paragraph(TABLE_LABEL, "表格主栏", TABLE_TEXT),
        paragraph(TABLE_HEAD, "表格表头", TABLE_TEXT)
            .fonts(fonts(HEI, choices))
            .align(AlignmentType::Center),
        paragraph(TABLE_VALUE, "表格数字", TABLE_TEXT).align(AlignmentType::Center),
        Style::new(TABLE, StyleType::Table)
            .name("年报表格")
            .based_on(TABLE_NORMAL)
            .set_borders(grid)
            .margins(TableCellMargins::new().margin(
                CELL_EDGE.into(),
                CELL_SIDE.into(),
                CELL_EDGE.into(),
                CELL_SIDE.into(),
            )),
    ]
}

/// Document settings; docx-rs writes a fixed set in an order no schema allows.
pub(super) fn settings(choices: &Choices) -> String {
    let half_line = (choices.line_pitch / 2).to_string();
    SETTINGS.replace("{half line}", &half_line)
}

const SETTINGS: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
    r#"<w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>"#,
    r#"<w:drawingGridVerticalSpacing w:val="{half line}"/>"#,
    r#"<w:characterSpacingControl w:val="compressPunctuation"/>"#,
    r#"<w:compat><w:doNotExpandShiftReturn/><w:useFELayout/>"#,
    r#"<w:compatSetting w:name="compatibilityMode" "#,
    r#"w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"#,
    r#"<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>"#,
    r#"<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"#,
);

/// The fonts with the names they go by on other systems.
pub(super) fn font_table(choices: &Choices) -> String {
    let body = quick_xml::escape::escape(choices.body_font.as_str());
    let other = match choices.body_font.as_str() {
        "仿宋" => "仿宋_GB2312",
        SONG => "SimSun",
        _ => "仿宋",
    };
    let title = quick_xml::escape::escape(choices.title_font.as_str());
    let mut fonts = vec![
        (body.as_ref(), other, "modern"),
        (KAI, "楷体", "modern"),
        (BIAO_SONG, "方正小标宋_GBK", "script"),
        (HEI, "SimHei", "modern"),
        (SONG, "SimSun", "auto"),
        (title.as_ref(), "华文中宋", "script"),
    ];
    // A font is told once, whatever is set in it: one that is known, with what is like it.
    let mut told = BTreeSet::new();
    fonts.retain(|font| told.insert(font.0.to_owned()));
    let latin = choices.times.then(|| {
        format!(
            r#"<w:font w:name="{TIMES}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>"#
        )
    });
    let fonts = fonts.into_iter().map(|(name, other, family)| {
        format!(
            r#"<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/></w:font>"#
        )
    });
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:fonts>"#,
        fonts.chain(latin).collect::<String>()
    )
}
