class Hullmark < Formula
  desc "Linter for Dockerfiles, Kubernetes manifests and GitHub workflows"
  homepage "https://github.com/hullmark/hullmark"
  version "{{version}}"
  license any_of: ["Apache-2.0", "MIT"]

  on_macos do
    on_arm do
      url "{{url aarch64-apple-darwin}}"
      sha256 "{{sha256 aarch64-apple-darwin}}"
    end
    on_intel do
      url "{{url x86_64-apple-darwin}}"
      sha256 "{{sha256 x86_64-apple-darwin}}"
    end
  end

  on_linux do
    on_arm do
      url "{{url aarch64-unknown-linux-musl}}"
      sha256 "{{sha256 aarch64-unknown-linux-musl}}"
    end
    on_intel do
      url "{{url x86_64-unknown-linux-musl}}"
      sha256 "{{sha256 x86_64-unknown-linux-musl}}"
    end
  end

  def install
    bin.install "hullmark"
  end

  test do
    (testpath/"Dockerfile").write "FROM debian:latest\n"
    assert_match "image/latest-tag", shell_output("#{bin}/hullmark check --isolated --exit-zero .")
  end
end
