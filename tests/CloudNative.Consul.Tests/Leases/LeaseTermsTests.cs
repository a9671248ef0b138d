using CloudNative.Consul.Leases;

namespace CloudNative.Consul.Tests.Leases;

public sealed class LeaseTermsTests
{
    [Theory]
    [InlineData(1, "10000ms", "1000ms", 1.0 / 3)]
    [InlineData(30, "30000ms", "30000ms", 10)]
    [InlineData(3600, "3600000ms", "60000ms", 15)]
    public void Of_Duration_KeepsToConsulsLimits(double seconds, string ttl, string lockDelay, double pause)
    {
        var duration = TimeSpan.FromSeconds(seconds);
        Assert.Equal((ttl, lockDelay), (LeaseTerms.Ttl(duration), LeaseTerms.LockDelay(duration, chosen: null)));
        Assert.Equal(pause, LeaseTerms.Pause(duration).TotalSeconds, tolerance: 0.001);
    }

    [Fact]
    public void LockDelay_Chosen_IsThat() =>
        Assert.Equal("0ms", LeaseTerms.LockDelay(TimeSpan.FromSeconds(30), TimeSpan.Zero));

    [Theory]
    [InlineData(1, 0.2)]
    [InlineData(9, 1)]
    [InlineData(3600, 5)]
    public void PauseAfterFailure_OfDuration_LeavesSeveralAttempts(double seconds, double expected) =>
        Assert.Equal(expected, LeaseTerms.PauseAfterFailure(TimeSpan.FromSeconds(seconds)).TotalSeconds);
}
