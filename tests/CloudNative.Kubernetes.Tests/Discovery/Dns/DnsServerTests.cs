using CloudNative.Kubernetes.Discovery.Dns;

namespace CloudNative.Kubernetes.Tests.Discovery.Dns;

public sealed class DnsServerTests
{
    [Theory]
    [InlineData("10.96.0.10", "10.96.0.10:53")]
    [InlineData("10.96.0.10:5353", "10.96.0.10:5353")]
    [InlineData("fd00::a", "[fd00::a]:53")]
    [InlineData("[fd00::a]:5353", "[fd00::a]:5353")]
    public void Parse_Address_HasAPort(string text, string server) => Assert.Equal(server, DnsServer.Parse(text).ToString());

    [Theory]
    [InlineData("kube-dns")]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("0.0.0.0")]
    [InlineData("[::]:53")]
    [InlineData("10.96.0.10:dns")]
    public void TryParse_NoAddress_IsRefused(string text) => Assert.False(DnsServer.TryParse(text, out _));
}
