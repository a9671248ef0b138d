using CloudNative.Consul.Leases;

namespace CloudNative.Consul.Tests.Leases;

public sealed class LeaseKeysTests
{
    [Theory]
    [InlineData("orders:sweep-1", "a/b/orders:sweep-1")]
    [InlineData("a/b", "a/b/a~2Fb")]
    [InlineData("..", "a/b/~2E.")]
    [InlineData("ü%~", "a/b/~C3~BC~25~7E")]
    public void Of_Name_HoldsNothingThatAServerDecodes(string name, string key) => Assert.Equal(key, LeaseKeys.Of("a/b", name));

    [Theory]
    [InlineData("cloudnative/leases", true)]
    [InlineData("", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a/../b", false)]
    [InlineData("a b", false)]
    public void IsPrefix_Text_IsPartsWithSlashesBetween(string prefix, bool expected) =>
        Assert.Equal(expected, LeaseKeys.IsPrefix(prefix));
}
