using CloudNative.Leases;

namespace CloudNative.Consul.Tests.Leases;

public sealed class LeasePaceTests
{
    [Theory]
    [InlineData(1, 1.0 / 3, 0.2)]
    [InlineData(9, 3, 1)]
    [InlineData(30, 10, 10.0 / 3)]
    [InlineData(3600, 15, 5)]
    public void Of_Duration_LeavesSeveralAttempts(double seconds, double pause, double afterFailure)
    {
        var duration = TimeSpan.FromSeconds(seconds);
        Assert.Equal(pause, LeasePace.Pause(duration).TotalSeconds, tolerance: 0.001);
        Assert.Equal(afterFailure, LeasePace.PauseAfterFailure(duration).TotalSeconds, tolerance: 0.001);
    }
}
