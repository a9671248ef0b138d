using CloudNative.Kubernetes.Informing;

namespace CloudNative.Kubernetes.Tests.Informing;

public sealed class RetryPaceTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(30, 30)]
    [InlineData(86_400, 60)]
    [InlineData(100 * 86_400, 60)]
    public void Next_ServerAsksForMore_GetsItUpToTheLongest(int asked, int expected) => Assert.InRange(
        new RetryPace().Next(TimeSpan.FromSeconds(asked)), TimeSpan.FromSeconds(expected), RetryPace.Longest);
}
