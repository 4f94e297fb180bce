//! Functions that compute.

use super::super::doc::Doc;
use super::{Argument, ArgumentKind, Arguments, Function, Places, Returns};

pub(super) static CALCULATE: Function = Function {
    name: "Fn::Calculate",
    tag: "!Calculate",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "expression",
                ArgumentKind::String,
                "What to compute; `{0}` is the first of the numbers.",
                "计算式，`{0}` 表示第一个数。",
            ),
            Argument::new(
                "digits",
                ArgumentKind::Integer,
                "Digits to keep after the point.",
                "保留的小数位数。",
            )
            .range(0, i64::MAX),
            Argument::new(
                "numbers",
                ArgumentKind::List,
                "The numbers for `{0}`, `{1}` and so on.",
                "`{0}`、`{1}` 等对应的数。",
            ),
        ],
        required: 2,
    },
    returns: Returns::Number,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new(
        "The result of a calculation such as `({0} + {1}) / 2`. Dividing whole numbers drops the remainder.",
        "计算式的结果，例如 `({0} + {1}) / 2`。整数相除舍去余数。",
    ),
    example: "Fn::Calculate: ['{0} * 2', 0, [{Ref: Amount}]]",
    tag_example: "!Calculate ['{0} * 2', 0, [!Ref Amount]]",
};

pub(super) static ADD: Function = Function {
    name: "Fn::Add",
    tag: "!Add",
    arguments: Arguments::Many {
        item: Argument::new(
            "operand",
            ArgumentKind::Any,
            "A number, a list or a map; the same kind in all places.",
            "数、列表或对象，各项类型须一致。",
        ),
        least: 2,
    },
    returns: Returns::Any,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new(
        "Numbers added up, lists put one behind the other, or maps put together (the later one wins).",
        "数相加，列表首尾相接，或对象合并（后者优先）。",
    ),
    example: "Fn::Add: [{Ref: Amount}, 1]",
    tag_example: "!Add [!Ref Amount, 1]",
};

pub(super) static AVG: Function = Function {
    name: "Fn::Avg",
    tag: "!Avg",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "digits",
                ArgumentKind::Integer,
                "Digits to keep after the point.",
                "保留的小数位数。",
            ),
            Argument::new("numbers", ArgumentKind::List, "The numbers.", "各个数。"),
        ],
        required: 2,
    },
    returns: Returns::Number,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new("The average of numbers.", "若干数的平均值。"),
    example: "Fn::Avg: [1, [1, 2, 6]]",
    tag_example: "!Avg [1, [1, 2, 6]]",
};

pub(super) static MAX: Function = Function {
    name: "Fn::Max",
    tag: "!Max",
    arguments: NUMBERS,
    returns: Returns::Number,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new("The greatest of numbers.", "若干数中最大的。"),
    example: "Fn::Max: [{Ref: Amount}, 1]",
    tag_example: "!Max [!Ref Amount, 1]",
};

pub(super) static MIN: Function = Function {
    name: "Fn::Min",
    tag: "!Min",
    arguments: NUMBERS,
    returns: Returns::Number,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new("The least of numbers.", "若干数中最小的。"),
    example: "Fn::Min: [{Ref: Amount}, 10]",
    tag_example: "!Min [!Ref Amount, 10]",
};

const NUMBERS: Arguments = Arguments::Many {
    item: Argument::new("number", ArgumentKind::Number, "A number.", "一个数。"),
    least: 1,
};
