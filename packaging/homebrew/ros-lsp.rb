# Formula for Homebrew. It builds the checkout that it stands in:
#   brew tap-new ros/local && cp packaging/homebrew/ros-lsp.rb "$(brew --repository ros/local)/Formula/"
#   HOMEBREW_ROS_LSP_SOURCE=$PWD brew install --HEAD ros/local/ros-lsp
# A tap of your own adds `url` and `sha256` of a released source archive.
class RosLsp < Formula
  desc "Language server and linter for Alibaba Cloud ROS templates"
  license "Apache-2.0"
  head ENV.fetch("HOMEBREW_ROS_LSP_SOURCE", Dir.pwd), using: :git, branch: "main"

  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    generate_completions_from_executable(bin/"ros-lsp", "completions")
    (buildpath/"ros-lsp.1").write Utils.safe_popen_read(bin/"ros-lsp", "man")
    (buildpath/"ros-lsp-check.1").write Utils.safe_popen_read(bin/"ros-lsp", "man", "check")
    man1.install "ros-lsp.1", "ros-lsp-check.1"
  end

  test do
    (testpath/"a.yml").write <<~YAML
      ROSTemplateFormatVersion: '2015-09-01'
      Resources:
        Vpc:
          Type: ALIYUN::ECS::VPC
          Properties:
            VpcName: {Ref: Missing}
    YAML
    assert_match "ROS1005", shell_output("#{bin}/ros-lsp check a.yml", 1)
  end
end
