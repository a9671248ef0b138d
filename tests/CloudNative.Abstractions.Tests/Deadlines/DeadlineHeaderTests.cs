using CloudNative.Deadlines;

namespace CloudNative.Abstractions.Tests.Deadlines;

public sealed class DeadlineHeaderTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1500", 1500)]
    [InlineData("0001", 1)]
    [InlineData("999999999", 999_999_999)]
    public void TryParse_Milliseconds_AreRead(string value, double milliseconds)
    {
        Assert.True(DeadlineHeader.TryParse(value, out var timeLeft));
        Assert.Equal(milliseconds, timeLeft.TotalMilliseconds);
    }

    [Fact]
    public void TryParse_MoreDigitsThanANumberHolds_IsTheLongestTime()
    {
        Assert.True(DeadlineHeader.TryParse(new string('9', 5000), out var timeLeft));
        Assert.Equal(TimeSpan.MaxValue, timeLeft);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.5")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("1, 2")]
    [InlineData("soon")]
    [InlineData("٣")]
    public void TryParse_AnythingElse_IsRefused(string value) => Assert.False(DeadlineHeader.TryParse(value, out _));

    [Theory]
    [InlineData(0, "1")]
    [InlineData(0.2, "1")]
    [InlineData(1499.1, "1500")]
    [InlineData(1e12, "999999999")]
    public void Format_TimeLeft_IsWholeMilliseconds(double milliseconds, string value) =>
        Assert.Equal(value, DeadlineHeader.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Format_LongestTime_IsWritten() => Assert.Equal("999999999", DeadlineHeader.Format(TimeSpan.MaxValue));
}
