//! Functions that decide something.

use super::super::doc::Doc;
use super::{Argument, ArgumentKind, Arguments, Function, Places, Returns};

pub(super) static IF: Function = Function {
    name: "Fn::If",
    tag: "!If",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "condition",
                ArgumentKind::ConditionName,
                "A name from `Conditions`.",
                "`Conditions` 中的名称。",
            )
            .literal(),
            Argument::new(
                "valueIfTrue",
                ArgumentKind::Any,
                "The value if the condition holds.",
                "条件成立时的值。",
            ),
            Argument::new(
                "valueIfFalse",
                ArgumentKind::Any,
                "The value if it does not.",
                "条件不成立时的值。",
            ),
        ],
        required: 3,
    },
    returns: Returns::Any,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new(
        "One of two values, chosen by a condition. `Ref: ALIYUN::NoValue` as a value leaves the property out.",
        "按条件二选一。以 `Ref: ALIYUN::NoValue` 为值时去掉该属性。",
    ),
    example: "Fn::If: [IsProduction, ecs.g7.2xlarge, ecs.g7.large]",
    tag_example: "!If [IsProduction, ecs.g7.2xlarge, ecs.g7.large]",
};

pub(super) static EQUALS: Function = Function {
    name: "Fn::Equals",
    tag: "!Equals",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "left",
                ArgumentKind::Any,
                "A value; a text here is just a text.",
                "一个值，文本就是文本本身。",
            ),
            Argument::new("right", ArgumentKind::Any, "Another value.", "另一个值。"),
        ],
        required: 2,
    },
    returns: Returns::Boolean,
    places: Places::TESTS.and(Places::LOCALS),
    documented: true,
    doc: Doc::new(
        "Whether two values are the same. `null` is equal to a parameter that was left empty.",
        "两个值是否相同。未填写的参数与 `null` 相等。",
    ),
    example: "Fn::Equals: [{Ref: Environment}, production]",
    tag_example: "!Equals [!Ref Environment, production]",
};

pub(super) static NOT: Function = Function {
    name: "Fn::Not",
    tag: "!Not",
    arguments: Arguments::OneOrList {
        one: CONDITION,
        items: &[CONDITION],
        required: 1,
    },
    returns: Returns::Boolean,
    places: Places::TESTS.and(Places::LOCALS),
    documented: true,
    doc: Doc::new(
        "The opposite of a condition, which is given by its name or as a function.",
        "对条件取反，条件可以是名称或函数。",
    ),
    example: "Fn::Not: {Fn::Equals: [{Ref: Domain}, '']}",
    tag_example: "!Not {Fn::Equals: [{Ref: Domain}, '']}",
};

pub(super) static AND: Function = Function {
    name: "Fn::And",
    tag: "!And",
    arguments: Arguments::Many {
        item: CONDITION,
        least: 2,
    },
    returns: Returns::Boolean,
    places: Places::TESTS,
    documented: true,
    doc: Doc::new(
        "Whether all of two or more conditions hold. Each is the name of a condition or a function.",
        "两个或更多条件是否全部成立。每一项可以是条件名或函数。",
    ),
    example: "Fn::And: [IsProduction, HasDomain]",
    tag_example: "!And [IsProduction, HasDomain]",
};

pub(super) static OR: Function = Function {
    name: "Fn::Or",
    tag: "!Or",
    arguments: Arguments::Many {
        item: CONDITION,
        least: 2,
    },
    returns: Returns::Boolean,
    places: Places::TESTS,
    documented: true,
    doc: Doc::new(
        "Whether any of two or more conditions holds. Each is the name of a condition or a function.",
        "两个或更多条件中是否有一个成立。每一项可以是条件名或函数。",
    ),
    example: "Fn::Or: [IsProduction, IsStaging]",
    tag_example: "!Or [IsProduction, IsStaging]",
};

const CONDITION: Argument = Argument::new(
    "condition",
    ArgumentKind::Condition,
    "The name of a condition, or a function that is true or false.",
    "条件名，或结果为真假的函数。",
);

/// The service describes these as usable in values, too, unlike the classic conditions above; but not as a condition's
/// outermost function.
const EVERYWHERE: Places = Places::IN_CONDITIONS.and(Places::RULES).and(Places::VALUES);

pub(super) static ANY: Function = Function {
    name: "Fn::Any",
    tag: "!Any",
    arguments: Arguments::Many {
        item: Argument::new(
            "value",
            ArgumentKind::Any,
            "Something that is true or false.",
            "结果为真假的值。",
        ),
        least: 1,
    },
    returns: Returns::Boolean,
    places: EVERYWHERE,
    documented: true,
    doc: Doc::new("Whether any item of a list is true.", "列表中是否有一项为真。"),
    example: "Fn::Any: [{Fn::Equals: [{Ref: Zone}, a]}, {Fn::Equals: [{Ref: Zone}, b]}]",
    tag_example: "!Any [!Equals [!Ref Zone, a], !Equals [!Ref Zone, b]]",
};

pub(super) static CONTAINS: Function = Function {
    name: "Fn::Contains",
    tag: "!Contains",
    arguments: Arguments::List {
        items: &[
            Argument::new("list", ArgumentKind::List, "Where to look.", "要查找的列表。"),
            Argument::new("value", ArgumentKind::Any, "What to look for.", "要查找的值。"),
        ],
        required: 2,
    },
    returns: Returns::Boolean,
    places: EVERYWHERE,
    documented: true,
    doc: Doc::new("Whether a list has a value in it.", "列表中是否包含某个值。"),
    example: "Fn::Contains: [[cn-beijing, cn-hangzhou], {Ref: ALIYUN::Region}]",
    tag_example: "!Contains [[cn-beijing, cn-hangzhou], !Ref 'ALIYUN::Region']",
};

pub(super) static EACH_MEMBER_IN: Function = Function {
    name: "Fn::EachMemberIn",
    tag: "!EachMemberIn",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "members",
                ArgumentKind::List,
                "What to look for.",
                "要查找的各项。",
            ),
            Argument::new("list", ArgumentKind::List, "Where to look.", "要查找的列表。"),
        ],
        required: 2,
    },
    returns: Returns::Boolean,
    places: EVERYWHERE,
    documented: true,
    doc: Doc::new(
        "Whether every item of the first list is in the second.",
        "第一个列表的每一项是否都在第二个列表中。",
    ),
    example: "Fn::EachMemberIn: [{Ref: Ports}, [80, 443, 8080]]",
    tag_example: "!EachMemberIn [!Ref Ports, [80, 443, 8080]]",
};

pub(super) static MATCH_PATTERN: Function = Function {
    name: "Fn::MatchPattern",
    tag: "!MatchPattern",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "pattern",
                ArgumentKind::String,
                "A regular expression.",
                "正则表达式。",
            ),
            Argument::new(
                "value",
                ArgumentKind::String,
                "The text to try.",
                "要检查的文本。",
            ),
        ],
        required: 2,
    },
    returns: Returns::Boolean,
    places: EVERYWHERE,
    documented: true,
    doc: Doc::new(
        "Whether a text matches a regular expression.",
        "文本是否匹配正则表达式。",
    ),
    example: "Fn::MatchPattern: ['^ecs\\.g[78]', {Ref: InstanceType}]",
    tag_example: "!MatchPattern ['^ecs\\.g[78]', !Ref InstanceType]",
};
