using CloudNative.Consul.Leases;

namespace CloudNative.Consul.Tests.Leases;

public sealed class LeaseTermsTests
{
    [Theory]
    [InlineData(1, "10000ms", "1000ms")]
    [InlineData(30, "30000ms", "30000ms")]
    [InlineData(3600, "3600000ms", "60000ms")]
    public void Of_Duration_KeepsToConsulsLimits(double seconds, string ttl, string lockDelay)
    {
        var duration = TimeSpan.FromSeconds(seconds);
        Assert.Equal((ttl, lockDelay), (LeaseTerms.Ttl(duration), LeaseTerms.LockDelay(duration, chosen: null)));
    }

    [Fact]
    public void LockDelay_Chosen_IsThat() =>
        Assert.Equal("0ms", LeaseTerms.LockDelay(TimeSpan.FromSeconds(30), TimeSpan.Zero));
}
