//! Functions that read what stands elsewhere: in the template, in another stack, at the service.

use super::super::doc::Doc;
use super::{Argument, ArgumentKind, Arguments, Function, Places, Returns};

pub(super) static REF: Function = Function {
    name: "Ref",
    tag: "!Ref",
    arguments: Arguments::One(
        Argument::new(
            "name",
            ArgumentKind::Name,
            "A parameter, resource, local or pseudo parameter.",
            "参数、资源、局部变量或伪参数的名称。",
        )
        .literal(),
    ),
    returns: Returns::Any,
    places: Places::ALL,
    documented: true,
    doc: Doc::new(
        "The value of a parameter, pseudo parameter or local, or the id of a resource. The name must be written out. \
         For a resource with `Count` the result is a list of ids.",
        "参数、伪参数或局部变量的值，或资源的 ID。名称必须是字面值。资源带 `Count` 时得到 ID 列表。",
    ),
    example: "Ref: VpcId",
    tag_example: "!Ref VpcId",
};

pub(super) static GET_ATT: Function = Function {
    name: "Fn::GetAtt",
    tag: "!GetAtt",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "resource",
                ArgumentKind::Resource,
                "A resource of the template.",
                "模板中的资源名。",
            )
            .literal(),
            Argument::new(
                "attribute",
                ArgumentKind::Attribute,
                "An attribute of its type; `Outputs.Name` for a nested stack.",
                "该类型的返回值；嵌套栈用 `Outputs.名称`。",
            )
            .literal(),
        ],
        required: 2,
    },
    returns: Returns::Any,
    places: Places::VALUES,
    documented: true,
    doc: Doc::new(
        "An attribute of a resource, known once the resource is made. As a tag, name and attribute are divided by a \
         dot. For a resource with `Count` the result is a list.",
        "资源创建后得到的返回值。短标签形式中资源名和返回值用点号分隔。资源带 `Count` 时得到列表。",
    ),
    example: "Fn::GetAtt: [WebServer, PublicIp]",
    tag_example: "!GetAtt WebServer.PublicIp",
};

pub(super) static SUB: Function = Function {
    name: "Fn::Sub",
    tag: "!Sub",
    arguments: Arguments::OneOrList {
        one: TEXT,
        items: &[
            TEXT,
            Argument::new(
                "variables",
                ArgumentKind::Variables,
                "Further names for the text, with their values.",
                "文本中可用的其他变量及其值。",
            ),
        ],
        required: 2,
    },
    returns: Returns::String,
    places: Places::VALUES,
    documented: true,
    doc: Doc::new(
        "A text with values put in: `${Name}` for a parameter, pseudo parameter, resource or variable of the call, \
         `${Resource.Attribute}` for an attribute. `${!Name}` yields `${Name}` itself. Locals can't be named.",
        "在文本中代入值：`${Name}` 为参数、伪参数、资源或调用中的变量，`${Resource.Attribute}` 为资源的返回值。\
         `${!Name}` 原样得到 `${Name}`。不能使用局部变量。",
    ),
    example: "Fn::Sub: 'http://${WebServer.PublicIp}:${Port}/'",
    tag_example: "!Sub 'http://${WebServer.PublicIp}:${Port}/'",
};

const TEXT: Argument = Argument::new(
    "text",
    ArgumentKind::Template,
    "The text with `${Name}` in it.",
    "含有 `${Name}` 的文本。",
)
.literal();

pub(super) static FIND_IN_MAP: Function = Function {
    name: "Fn::FindInMap",
    tag: "!FindInMap",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "mapping",
                ArgumentKind::Mapping,
                "A name from `Mappings`.",
                "`Mappings` 中的名称。",
            ),
            Argument::new(
                "firstKey",
                ArgumentKind::MappingKey,
                "A key of that mapping.",
                "该映射的第一级键。",
            ),
            Argument::new(
                "secondKey",
                ArgumentKind::MappingKey,
                "A key under the first one.",
                "第一级键下的第二级键。",
            ),
        ],
        required: 3,
    },
    returns: Returns::Any,
    places: Places::EARLY,
    documented: true,
    doc: Doc::new(
        "A value from `Mappings`, found by its two keys.",
        "按两级键从 `Mappings` 中取值。",
    ),
    example: "Fn::FindInMap: [ImageOfRegion, {Ref: ALIYUN::Region}, linux]",
    tag_example: "!FindInMap [ImageOfRegion, !Ref 'ALIYUN::Region', linux]",
};

pub(super) static GET_STACK_OUTPUT: Function = Function {
    name: "Fn::GetStackOutput",
    tag: "!GetStackOutput",
    arguments: Arguments::List {
        items: &[
            Argument::new(
                "stack",
                ArgumentKind::String,
                "Name or id of the other stack.",
                "另一个资源栈的名称或 ID。",
            ),
            Argument::new(
                "output",
                ArgumentKind::String,
                "Name of its output.",
                "该资源栈的输出名。",
            ),
            Argument::new(
                "region",
                ArgumentKind::Region,
                "Where that stack is; here if left out.",
                "该资源栈所在地域，省略时为当前地域。",
            ),
        ],
        required: 2,
    },
    returns: Returns::Any,
    places: Places::VALUES,
    documented: true,
    doc: Doc::new(
        "An output of another stack; empty if the stack or the output doesn't exist. Stacks may read each other in \
         one direction only, at most three deep.",
        "另一个资源栈的输出；资源栈或输出不存在时为空。只能单向引用，最多三层。",
    ),
    example: "Fn::GetStackOutput: [network, VpcId]",
    tag_example: "!GetStackOutput [network, VpcId]",
};

pub(super) static GET_AZS: Function = Function {
    name: "Fn::GetAZs",
    tag: "!GetAZs",
    arguments: Arguments::One(Argument::new(
        "region",
        ArgumentKind::Region,
        "The id of a region.",
        "地域 ID。",
    )),
    returns: Returns::List,
    places: Places::VALUES,
    documented: true,
    doc: Doc::new(
        "The zones of a region, as a list of ids. Choose one with `Fn::Select`.",
        "某个地域的可用区 ID 列表，可用 `Fn::Select` 选取其一。",
    ),
    example: "Fn::GetAZs: {Ref: ALIYUN::Region}",
    tag_example: "!GetAZs {Ref: ALIYUN::Region}",
};

pub(super) static MARKETPLACE_IMAGE: Function = Function {
    name: "Fn::MarketplaceImage",
    tag: "!MarketplaceImage",
    arguments: Arguments::One(Argument::new(
        "productCode",
        ArgumentKind::String,
        "The product's code in the marketplace.",
        "云市场中的商品编码。",
    )),
    returns: Returns::String,
    places: Places::VALUES,
    documented: true,
    doc: Doc::new(
        "The id that a marketplace image has in the stack's region.",
        "云市场镜像在资源栈所在地域的镜像 ID。",
    ),
    example: "Fn::MarketplaceImage: cmjj00012345",
    tag_example: "!MarketplaceImage cmjj00012345",
};
