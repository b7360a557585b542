use super::*;
use crate::doc::{Block, Table};

fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
    let rows = |table: &Table| {
        let row = |row| {
            let cells = table.cells.iter().filter(move |cell| cell.row == row);
            cells.map(|cell| cell.text.clone()).collect()
        };
        (0..table.rows).map(row).collect()
    };
    let doc = read(text.as_bytes()).unwrap();
    let blocks = doc.blocks.iter();
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(rows(table)),
            _ => None,
        })
        .collect()
}

#[test]
fn four_ways_to_carry_a_table_make_the_same_rows() {
    let expected = vec![vec![vec!["甲", "乙"], vec!["丙丁", "3"], vec!["戊", "4"]]];
    for text in [
        "文\n\n甲\t乙\n丙丁\t3\n戊\t4\n\n文",
        "文\n\n\t甲\n\t乙\n\n\t丙\n丁\n\t3\n\n\t戊\n\t4\n\n文",
        "文\n\n| 甲 | 乙 |\n|---|---|\n| 丙丁 | 3 |\n| 戊 | 4 |\n\n文",
        "文\n\n甲   乙\n丙丁  3\n戊  4\n\n文",
    ] {
        assert_eq!(tables(text), expected, "{text}");
    }
}

#[test]
fn a_word_may_be_broken_by_an_empty_line() {
    let text = "\t甲\n\n丙\n\t乙\n\n\t1\n\t2\n\n这是下文\n";
    assert_eq!(tables(text), [[["甲丙", "乙"], ["1", "2"]]]);
}

#[test]
fn only_a_mark_apart_from_the_text_makes_a_heading() {
    let doc = read("一、甲\n#1线路\n## 乙丙\n".as_bytes()).unwrap();
    let heading = |level, text: &str| Block::Heading {
        level,
        text: text.to_owned(),
    };
    assert_eq!(doc.blocks[1], Block::Paragraph("#1线路".to_owned()));
    assert_eq!(doc.blocks[2], heading(2, "乙丙"));
}

#[test]
fn an_indent_is_no_table() {
    let doc = read("\t一是甲。\n\t二是乙。\n".as_bytes()).unwrap();
    assert_eq!(doc.blocks.len(), 2);
    assert!(tables("\t一是甲。\n\t二是乙。\n").is_empty());
}

#[test]
fn marks_go_only_where_they_mark_something() {
    for (line, kept) in [
        ("**加强**管理，**1.标题：**内容", "加强管理，1.标题：内容"),
        ("答复申请人张**、李**等", "答复申请人张**、李**等"),
        ("页面里的</p>和<td>两种", "页面里的</p>和<td>两种"),
        ("<p>一段</p>", "一段"),
        ("责任人：____，电话：______", "责任人：____，电话：______"),
    ] {
        assert_eq!(plain(line), kept);
    }
}

#[test]
fn a_backslash_of_a_plain_text_stays() {
    let texts = |text: &str| match read(text.as_bytes()).unwrap().blocks.pop() {
        Some(Block::Paragraph(text)) => text,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        texts("一、甲\n路径\\\"乙\\\"和\\_丙\\"),
        "路径\\\"乙\\\"和\\_丙\\"
    );
    assert_eq!(texts("# 一、甲\n路径\\\"乙\\\"和\\_丙"), "路径\"乙\"和_丙");
}
