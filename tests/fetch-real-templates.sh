#!/usr/bin/env bash
# Clones the public repositories that the tests' real templates and pages come from, each at a pinned commit, and lays
# their files out as ROS_LSP_SHARED expects: corpus/ with 602 templates, docs/en-US and docs/zh-CN with property tables.
#   tests/fetch-real-templates.sh [FOLDER]     FOLDER is made; the default is target/real-templates
#   ROS_LSP_TEMPLATES_REPOSITORY, ROS_LSP_PAGES_REPOSITORY   other places to clone from, a mirror or a folder
#   ROS_LSP_TEMPLATES_COMMIT, ROS_LSP_PAGES_COMMIT           other commits
# Both are under a licence that allows copies: aliyun/ros-templates Apache-2.0, AlibabaCloudDocs/ros MIT.
set -euo pipefail
cd "$(dirname "$0")/.."

folder="${1:-target/real-templates}"
templates="${ROS_LSP_TEMPLATES_REPOSITORY:-https://github.com/aliyun/ros-templates}"
templates_commit="${ROS_LSP_TEMPLATES_COMMIT:-9cc3b8185ece8bf7609bf875546f6d38cff2d412}"
pages="${ROS_LSP_PAGES_REPOSITORY:-https://github.com/AlibabaCloudDocs/ros}"
pages_commit="${ROS_LSP_PAGES_COMMIT:-71cb51a8cf1f7d9b1b55b1257ba12ca6a13f359f}"

state="$templates_commit $pages_commit"
if [ "$(cat "$folder/state" 2>/dev/null)" = "$state" ]; then
    echo "$folder is complete"
    exit 0
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# One commit of a repository, without its history. Its files' names are not all ASCII.
at_commit() { # REPOSITORY COMMIT FOLDER
    git -c init.defaultBranch=main init -q "$3"
    git -C "$3" config core.quotepath off
    git -C "$3" config core.autocrlf false
    if ! git -C "$3" fetch -q --depth 1 "$1" "$2"; then
        # Servers may give whole branches only.
        git -C "$3" fetch -q "$1" '+refs/heads/*:refs/remotes/origin/*'
    fi
    git -C "$3" checkout -q "$2"
}

# Two thirds of the templates: the digest of a path, as a number, divides by three for those that are kept back to try
# new rules on. 16 leaves the remainder 1, so the sum of the digits tells.
kept_back() { # PATH
    local digest digit sum=0
    digest="$(printf %s "$1" | digest)"
    while read -r -n 1 digit; do
        [ -z "$digit" ] || sum=$((sum + 16#$digit))
    done <<<"${digest%% *}"
    [ $((sum % 3)) -eq 0 ]
}

digest() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi
}

echo "== $templates $templates_commit"
at_commit "$templates" "$templates_commit" "$work/templates"
mkdir -p "$work/out/corpus"
(cd "$work/templates" && git ls-files -z '*.yml' '*.yaml') |
    while IFS= read -r -d '' path; do
        if grep -q ROSTemplateFormatVersion "$work/templates/$path" && ! kept_back "$path"; then
            mkdir -p "$work/out/corpus/$(dirname "$path")"
            cp "$work/templates/$path" "$work/out/corpus/$path"
        fi
    done

echo "== $pages $pages_commit"
at_commit "$pages" "$pages_commit" "$work/pages"
# `ALIYUN::ECS::VPC.md` becomes `ALIYUN-ECS-VPC.md`. Of several pages of a type the one in its product's folder is taken,
# and that of the folder that is named first.
take_pages() { # LANGUAGE FOLDER...
    local out="$work/out/docs/$1" folder path name product
    shift
    mkdir -p "$out"
    for folder in "$@"; do
        (cd "$work/pages" && git ls-files -z "$folder/**::*::*.md") >"$work/list"
        for pass in product any; do
            while IFS= read -r -d '' path; do
                name="${path##*/}"
                product="${name#*::}"
                product="${product%%::*}"
                case "$pass $path" in
                *"/LIYUN::"*) ;; # This page's name has lost its first letter.
                any* | product*"/$product/"*)
                    name="${name//::/-}"
                    [ -e "$out/$name" ] || cp "$work/pages/$path" "$out/$name"
                    ;;
                esac
            done <"$work/list"
        done
    done
    for name in $kept_back_pages; do
        rm -f "$out/$name.md"
    done
}

# Pages that no facts were read from: kept back to try the reader of pages on.
kept_back_pages="ALIYUN-ACTIONTRAIL-Trail ALIYUN-CEN-CenBandwidthPackage ALIYUN-CEN-TransitRouterRouteTableAssociation
    ALIYUN-CMS-MetricRuleTargets ALIYUN-CS-App ALIYUN-CS-ManagedEdgeKubernetesCluster
    ALIYUN-CS-ServerlessKubernetesCluster ALIYUN-DRDS-DrdsInstance ALIYUN-DTS-SubscriptionInstance
    ALIYUN-ECS-BandwidthPackage ALIYUN-ECS-ForwardEntry ALIYUN-ECS-NetworkInterfacePermission
    ALIYUN-ECS-PrepayInstanceGroupClone ALIYUN-ECS-SSHKeyPairAttachment ALIYUN-ECS-SecurityGroupClone
    ALIYUN-ESS-ScalingGroup ALIYUN-ESS-ScalingGroupEnable ALIYUN-FC-CustomDomain ALIYUN-IOT-Rule
    ALIYUN-MEMCACHE-Instance ALIYUN-MONGODB-Instance ALIYUN-MONGODB-ShardingInstance ALIYUN-PVTZ-Zone
    ALIYUN-REDIS-Instance ALIYUN-ROS-WaitConditionHandle ALIYUN-ResourceManager-ControlPolicyAttachment
    ALIYUN-SLB-DomainExtension ALIYUN-SLB-LoadBalancer ALIYUN-SLS-Audit ALIYUN-VPC-Ipv6InternetBandwidth
    ALIYUN-VPC-NatGateway ALIYUN-VPC-VirtualBorderRouter ALIYUN-WAF-LogServiceEnable Aliyun-Serverless-Log-Logstore"
kept_back_pages_of_one_language="ALIYUN-ASM-ServiceMesh ALIYUN-DMS-Instance ALIYUN-DTS-SynchronizationJob"
take_pages en-US intl.en-US
for name in $kept_back_pages_of_one_language; do
    rm -f "$work/out/docs/en-US/$name.md"
done
take_pages zh-CN cn.zh-CN intl.zh-CN

count() { find "$work/out/$1" -type f | wc -l | tr -d ' '; }
echo "$(count corpus) templates, $(count docs/en-US) and $(count docs/zh-CN) pages"
if [ "$(count corpus)" -eq 0 ] || [ "$(count docs/en-US)" -eq 0 ]; then
    echo "the repositories have no templates or no pages" >&2
    exit 1
fi
printf '%s\n' "$state" >"$work/out/state"
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
mv "$work/out" "$folder"
echo "export ROS_LSP_SHARED=$(cd "$folder" && pwd)"
